package compile

import (
	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// NodeView is a node as the macros that make names see it: a dict in all but
// cost. Those macros are called for every node and look at a key or two, while
// the whole dict has some fifty.
type NodeView struct {
	node *manifest.Node
	full *jinja.Dict
}

// NewNodeView makes the view of a node.
func NewNodeView(n *manifest.Node) *NodeView { return &NodeView{node: n} }

func (v *NodeView) dict() *jinja.Dict {
	if v.full == nil {
		v.full = artifact.NodeDict(v.node)
	}
	return v.full
}

func (v *NodeView) key(name string) (jinja.Value, bool) {
	if v.full == nil {
		switch name {
		case "name":
			return v.node.Name, true
		case "resource_type":
			return string(v.node.ResourceType), true
		case "package_name":
			return v.node.Package, true
		case "unique_id":
			return v.node.UniqueID, true
		case "path":
			return v.node.Path, true
		case "original_file_path":
			return v.node.OriginalFilePath, true
		case "version":
			if v.node.Version == "" {
				return nil, v.node.ResourceType == manifest.Model
			}
		}
	}
	return v.dict().GetStr(name)
}

// GetAttr gives a key, or a dict's method.
func (v *NodeView) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	method := func(f func() jinja.Value) (jinja.Value, bool, error) {
		return jinja.NewFunc(name, func(*jinja.Runtime, jinja.Args) (jinja.Value, error) { return f(), nil }), true, nil
	}
	switch name {
	case "get":
		return getter(v), true, nil
	case "keys":
		return method(func() jinja.Value { return jinja.NewList(v.dict().Keys()...) })
	case "values":
		return method(func() jinja.Value { return jinja.NewList(v.dict().Values()...) })
	case "items":
		return method(func() jinja.Value {
			out := jinja.NewList()
			for key, value := range v.dict().All() {
				out.Append(jinja.NewTuple(key, value))
			}
			return out
		})
	case "copy", "to_dict":
		return method(func() jinja.Value { return v.dict().Copy() })
	}
	value, ok := v.key(name)
	return value, ok, nil
}

// GetItem gives a key.
func (v *NodeView) GetItem(_ *jinja.Runtime, key jinja.Value) (jinja.Value, bool, error) {
	value, ok := v.key(jinja.Str(key))
	return value, ok, nil
}

// Contains is `key in node`.
func (v *NodeView) Contains(_ *jinja.Runtime, key jinja.Value) (bool, error) {
	_, ok := v.key(jinja.Str(key))
	return ok, nil
}

// Iterate gives the keys.
func (v *NodeView) Iterate(*jinja.Runtime) (jinja.Iterator, error) {
	return jinja.Iterate(jinja.NewList(v.dict().Keys()...))
}

// Str prints the dict.
func (v *NodeView) Str() string { return jinja.Str(v.dict()) }

// TypeName is dict, as which it passes.
func (v *NodeView) TypeName() string { return "dict" }
