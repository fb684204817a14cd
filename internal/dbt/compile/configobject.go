package compile

import (
	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// configObject is `config`: called it sets (while parsing) or does nothing
// (while running); its methods read.
type configObject struct {
	node *manifest.Node
	// capture takes the calls; nil while running.
	capture *Capture
}

// Call is config(...).
func (c configObject) Call(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	if c.capture == nil {
		return "", nil
	}
	d, err := configArguments(args)
	if err != nil {
		return nil, err
	}
	return "", c.configure(d)
}

// configure takes settings, if each is what its key may be.
func (c configObject) configure(d *jinja.Dict) error {
	for k, v := range d.All() {
		if err := manifest.CheckConfig(c.node.ResourceType, jinja.Str(k), v); err != nil {
			return err
		}
	}
	c.capture.Configure(d)
	return nil
}

// GetAttr gives get, require, set, meta_get, meta_require and the persist_docs questions.
func (c configObject) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	method := func(f func(args jinja.Args) (jinja.Value, error)) (jinja.Value, bool, error) {
		return jinja.NewFunc(name, func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) { return f(args) }), true, nil
	}
	switch name {
	case "get", "meta_get":
		return method(func(args jinja.Args) (jinja.Value, error) { return c.get(name, args) })
	case "require", "meta_require":
		return method(func(args jinja.Args) (jinja.Value, error) { return c.require(name, args) })
	case "set":
		return method(func(args jinja.Args) (jinja.Value, error) {
			bound, err := args.Bind("set", jinja.Req("name"), jinja.Req("value"))
			if err == nil && c.capture != nil {
				d := jinja.NewDict()
				d.SetStr(jinja.Str(bound[0]), bound[1])
				err = c.configure(d)
			}
			return "", err
		})
	case "persist_relation_docs":
		return method(func(jinja.Args) (jinja.Value, error) { return c.persist("relation"), nil })
	case "persist_column_docs":
		return method(func(jinja.Args) (jinja.Value, error) { return c.persist("columns"), nil })
	case "model":
		return artifact.NodeDict(c.node), true, nil
	}
	return nil, false, nil
}

func (c configObject) lookup(method, key string) (jinja.Value, bool) {
	if method == "meta_get" || method == "meta_require" {
		meta, _ := c.node.Config.Get("meta")
		d, _ := meta.(*jinja.Dict)
		if d == nil {
			return nil, false
		}
		return d.GetStr(key)
	}
	if key == "pre_hook" || key == "post_hook" {
		key = key[:len(key)-5] + "-hook"
	}
	return c.node.Config.Get(key)
}

func (c configObject) get(method string, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind(method, jinja.Req("name"), jinja.Opt("default", nil), jinja.Opt("validator", nil))
	if err != nil {
		return nil, err
	}
	if c.capture != nil {
		// While parsing the configuration is not known yet; dbt answers with nothing.
		return "", nil
	}
	v, ok := c.lookup(method, jinja.Str(bound[0]))
	if !ok || v == nil && bound[1] != nil {
		return bound[1], nil
	}
	return manifest.CopyValue(v), nil
}

func (c configObject) require(method string, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind(method, jinja.Req("name"), jinja.Opt("validator", nil))
	if err != nil {
		return nil, err
	}
	if c.capture != nil {
		return "", nil
	}
	key := jinja.Str(bound[0])
	v, ok := c.lookup(method, key)
	if !ok {
		return nil, fault.New(fault.Compile, "%s needs the config %q", c.node.UniqueID, key)
	}
	return manifest.CopyValue(v), nil
}

func (c configObject) persist(what string) bool {
	v, _ := c.node.Config.Get("persist_docs")
	d, ok := v.(*jinja.Dict)
	if !ok || c.capture != nil {
		return false
	}
	on, _ := d.GetStr(what)
	return jinja.Truth(on)
}
