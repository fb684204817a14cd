package compile

import (
	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// common gives the names that mean the same in both passes.
func (n *names) common(node *manifest.Node, name string) (jinja.Value, bool) {
	e := n.env
	switch name {
	case "schema":
		return either(node.Schema, e.Target.Schema), true
	case "database":
		return either(node.Database, e.Target.Database), true
	case "model":
		return artifact.NodeDict(node), true
	case "api":
		return adapter.NewAPI(e.Quote), true
	case "builtins":
		return n.builtins(node), true
	case "selected_resources":
		return texts(e.Selected), true
	case "dbt_metadata_envs":
		return jinja.NewDict(), true
	case "invocation_args_dict":
		return e.Invocation.Flags, true
	case "validation":
		return validation{}, true
	}
	return nil, false
}

// either gives the node's own name, or the target's while it has none.
func either(own, fallback string) string {
	if own != "" {
		return own
	}
	return fallback
}

// builtins holds the functions that a project's macros may have replaced.
func (n *names) builtins(node *manifest.Node) *jinja.Dict {
	d := jinja.NewDict()
	for _, name := range []string{"ref", "source", "config"} {
		v, _ := n.get(name)
		d.SetStr(name, v)
	}
	for name, v := range n.env.base(node.Package) {
		d.SetStr(name, v)
	}
	return d
}

func texts(items []string) *jinja.List {
	out := jinja.NewList()
	for _, item := range items {
		out.Append(item)
	}
	return out
}

// validation is validation.any[...]: dbt's checks of config types, which accept
// here; parsing has checked what it knows.
type validation struct{}

// GetAttr gives any.
func (v validation) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	return v, name == "any", nil
}

// GetItem gives a check that accepts.
func (validation) GetItem(*jinja.Runtime, jinja.Value) (jinja.Value, bool, error) {
	return nothing("validator"), true, nil
}

// nothing is a function that takes anything and gives none.
func nothing(name string) *jinja.Func {
	return jinja.NewFunc(name, func(*jinja.Runtime, jinja.Args) (jinja.Value, error) { return nil, nil })
}

// finder lets the adapter find macros for the node.
type finder struct{ s *scope }

// Dispatch finds what adapter.dispatch means.
func (f finder) Dispatch(name, namespace string) (jinja.Value, error) {
	m, err := f.s.env.Library.Dispatch(f.s.pkg, name, namespace)
	if err != nil {
		return nil, err
	}
	return f.s.macro(m), nil
}

// Macro finds what a plain name means.
func (f finder) Macro(name string) (jinja.Value, bool) {
	if m := f.s.env.Library.Find(f.s.pkg, name); m != nil {
		return f.s.macro(m), true
	}
	return nil, false
}
