package compile

import (
	"context"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// ParseNode renders a node's raw code once without executing anything, and gives
// what it found. extra are names that only this node has, such as a generic
// test's arguments.
func (e *Env) ParseNode(ctx context.Context, node *manifest.Node, extra jinja.MapScope) (*Capture, error) {
	t, err := jinja.Parse(node.OriginalFilePath, node.RawCode, jinja.FirstLine(node.RawLine))
	if err != nil {
		return nil, err
	}
	return e.ParseTemplate(ctx, node, t, extra)
}

// ParseTemplate is ParseNode for a template that is parsed already.
func (e *Env) ParseTemplate(ctx context.Context, node *manifest.Node, t *jinja.Template, extra jinja.MapScope) (*Capture, error) {
	c := &Capture{}
	s := e.parseScope(node, c)
	for name, v := range extra {
		s.local[name] = v
	}
	var rt *jinja.Runtime
	rt = jinja.NewRuntime(ctx, jinja.Options{
		Undefined: jinja.Silent,
		Hooks: jinja.Hooks{OnMacroCall: func(def *jinja.MacroDef) {
			if m := e.Library.byDef[def]; m != nil && len(rt.Stack()) == 0 {
				c.addMacro(m.UniqueID)
			}
		}},
	})
	if _, err := rt.Render(t, s); err != nil {
		return nil, err
	}
	return c, nil
}

// CallMacro calls a macro of the project while parsing, for the names that
// macros make: generate_schema_name and its like.
func (e *Env) CallMacro(ctx context.Context, node *manifest.Node, macro *manifest.Macro, args jinja.Args) (jinja.Value, error) {
	s := e.parseScope(node, &Capture{})
	return jinja.NewRuntime(ctx, jinja.Options{Undefined: jinja.Silent}).Call(s.macro(macro), args)
}

func (e *Env) parseScope(node *manifest.Node, c *Capture) *scope {
	n := newNames(e)
	s := n.scope(node.Package)
	self := func() jinja.Value {
		return adapter.NewRelation(node.Database, node.Schema, node.Alias, "", e.Quote)
	}
	ref := jinja.NewFunc("ref", func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		r, err := refArguments(args)
		if err != nil {
			return nil, err
		}
		c.addRef(r)
		return self(), nil
	})
	source := jinja.NewFunc("source", func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		r, err := sourceArguments(args)
		if err != nil {
			return nil, err
		}
		c.addSource(r)
		return self(), nil
	})
	metric := jinja.NewFunc("metric", func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		var parts []string
		for _, v := range args.Pos {
			parts = append(parts, jinja.Str(v))
		}
		c.Metrics = append(c.Metrics, parts)
		return "", nil
	})
	config := configObject{node: node, capture: c}
	n.common(node, ref, source, config)
	n.local["metric"] = metric
	n.local["execute"] = false
	n.local["adapter"] = adapter.NewParse(e.parseAdapter(), finder{s})
	n.local["api"] = adapter.NewAPI(e.Quote)
	n.lazy["this"] = self
	n.lazy["graph"] = func() jinja.Value { return emptyGraph() }
	for _, name := range []string{"sql", "compiled_code", "compiled_sql", "thread_id"} {
		n.local[name] = nil
	}
	n.local["pre_hooks"], n.local["post_hooks"] = jinja.NewList(), jinja.NewList()
	for _, name := range []string{"store_result", "store_raw_result", "load_result", "load_agate_table", "write", "submit_python_job"} {
		n.local[name] = jinja.NewFunc(name, func(*jinja.Runtime, jinja.Args) (jinja.Value, error) { return nil, nil })
	}
	return s
}

// parseAdapter is what the adapter object knows while there is no connection.
func (e *Env) parseAdapter() adapter.Config {
	return adapter.Config{Dialect: e.Target.Type, Database: e.Target.Database, Quote: e.Quote, ExternalRoot: e.Target.ExternalRoot}
}

// common sets the names that mean the same in both passes.
func (n *names) common(node *manifest.Node, ref, source jinja.Value, config jinja.Value) {
	n.local["ref"] = ref
	n.local["source"] = source
	n.local["config"] = config
	n.local["schema"] = n.env.Target.Schema
	n.local["database"] = n.env.Target.Database
	n.lazy["model"] = func() jinja.Value { return node.Dict() }
	n.lazy["builtins"] = func() jinja.Value {
		d := jinja.NewDict()
		for _, name := range []string{"ref", "source", "config"} {
			d.SetStr(name, n.local[name])
		}
		for name, v := range n.env.base(node.Package) {
			d.SetStr(name, v)
		}
		return d
	}
	n.local["selected_resources"] = selectedList(n.env.Selected)
	n.local["dbt_metadata_envs"] = jinja.NewDict()
	n.lazy["invocation_args_dict"] = func() jinja.Value { return n.env.Invocation.Flags }
	n.local["validation"] = validation{}
}

func selectedList(ids []string) *jinja.List {
	out := jinja.NewList()
	for _, id := range ids {
		out.Append(id)
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
	return jinja.NewFunc("validator", func(*jinja.Runtime, jinja.Args) (jinja.Value, error) { return nil, nil }), true, nil
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
