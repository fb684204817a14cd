package compile

import (
	"context"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Pass is the first pass over one node: its templates are rendered without
// executing anything, for what they refer to and how they configure the node.
type Pass struct {
	Capture

	env   *Env
	node  *manifest.Node
	scope *scope
	rt    *jinja.Runtime
}

// Pass begins the first pass over a node.
func (e *Env) Pass(ctx context.Context, node *manifest.Node) *Pass {
	p := &Pass{env: e, node: node}
	n := &names{env: e}
	n.provide = func(name string) (jinja.Value, bool) { return p.provide(n, name) }
	p.scope = n.scope(node.Package)
	p.rt = jinja.NewRuntime(ctx, jinja.Options{
		Undefined: jinja.Silent,
		Hooks:     jinja.Hooks{OnMacroCall: p.called},
	})
	return p
}

// called notes the macros that the node's own code calls, not those below them.
func (p *Pass) called(def *jinja.MacroDef) {
	if len(p.rt.Stack()) == 0 {
		if m := p.env.Library.byDef[def]; m != nil {
			p.addMacro(m.UniqueID)
		}
	}
}

// Set gives the node's templates one more name.
func (p *Pass) Set(name string, v jinja.Value) { p.scope.set(name, v) }

// Code renders the node's own code.
func (p *Pass) Code() error {
	t, err := p.render(p.node.OriginalFilePath, p.node.RawLine, p.node.RawCode)
	if err != nil {
		return err
	}
	p.asWritten(t)
	return nil
}

// Text renders a text that stands at a line of a file.
func (p *Pass) Text(file string, line int, text string) error {
	_, err := p.render(file, line, text)
	return err
}

func (p *Pass) render(file string, line int, text string) (*jinja.Template, error) {
	t, err := jinja.Parse(file, text, jinja.FirstLine(line))
	if err != nil {
		return nil, err
	}
	_, err = p.rt.Render(t, p.scope)
	return t, err
}

// Arguments renders the arguments of a generic test and gives the values they
// have while nothing is executed.
func (p *Pass) Arguments() (*jinja.Dict, error) {
	return testArguments(p.rt, p.scope, p.node)
}

// Call calls a macro, for the names that macros make: generate_schema_name and
// its like.
func (p *Pass) Call(macro *manifest.Macro, args jinja.Args) (jinja.Value, error) {
	macros := p.Macros
	v, err := p.rt.Call(p.scope.macro(macro), args)
	p.Macros = macros
	return v, err
}

func (p *Pass) provide(n *names, name string) (jinja.Value, bool) {
	switch name {
	case "ref":
		return jinja.NewFunc(name, p.ref), true
	case "source":
		return jinja.NewFunc(name, p.source), true
	case "metric":
		return jinja.NewFunc(name, p.metric), true
	case "config":
		return configObject{node: p.node, capture: &p.Capture}, true
	case "var":
		return p.env.variables(p.node.Package), true
	case "execute":
		return false, true
	case "this":
		return p.self(), true
	case "adapter":
		return adapter.NewParse(p.env.parseAdapter(), finder{n.scope(p.node.Package)}), true
	case "graph":
		return emptyGraph(), true
	case "sql", "compiled_code", "compiled_sql", "thread_id", "defer_relation":
		return nil, true
	case "pre_hooks", "post_hooks":
		return jinja.NewList(), true
	case "store_result", "store_raw_result", "load_result", "load_agate_table", "write", "render", "submit_python_job":
		return nothing(name), true
	}
	return n.common(p.node, name)
}

// self stands for every relation while parsing: the node's own.
func (p *Pass) self() jinja.Value {
	return adapter.NewRelation(p.node.Database, p.node.Schema, p.node.Alias, "", p.env.Quote)
}

func (p *Pass) ref(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	r, err := refArguments(args)
	if err != nil {
		return nil, err
	}
	p.addRef(r, p.site(rt))
	return p.self(), nil
}

func (p *Pass) source(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	r, err := sourceArguments(args)
	if err != nil {
		return nil, err
	}
	p.addSource(r, p.site(rt))
	return p.self(), nil
}

// site is where the call that is being made stands in the project's own files:
// a ref inside of a built-in macro counts where that macro is called.
func (p *Pass) site(rt *jinja.Runtime) manifest.Site {
	file, line := rt.Site()
	stack := rt.Stack()
	for i := 0; strings.HasPrefix(file, BuiltinPrefix) && i < len(stack); i++ {
		file, line = stack[i].File, stack[i].Line
	}
	return manifest.Site{File: file, Line: line}
}

func (p *Pass) metric(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	var parts []string
	for _, v := range args.Pos {
		parts = append(parts, jinja.Str(v))
	}
	p.Metrics = append(p.Metrics, parts)
	return "", nil
}

// parseAdapter is what the adapter object knows while there is no connection.
func (e *Env) parseAdapter() adapter.Config {
	return adapter.Config{Dialect: e.Target.Type, Database: e.Target.Database, Quote: e.Quote, ExternalRoot: e.Target.ExternalRoot}
}
