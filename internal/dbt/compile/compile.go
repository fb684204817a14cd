package compile

import (
	"context"
	"regexp"
	"slices"
	"sync"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Compile renders the node's code, puts the SQL of its ephemeral parents in
// front, and keeps the outcome in the node. It gives the compiled SQL.
func (r *Run) Compile() (string, error) {
	n := r.node
	if n.ResourceType == manifest.Seed {
		return "", nil
	}
	r.compiling = true
	defer func() { r.compiling = false }()
	if n.TestMetadata != nil {
		kwargs, err := testArguments(r.rt, r.scope, n)
		if err != nil {
			return "", err
		}
		r.Set(TestKwargsName, kwargs)
	}
	t, err := jinja.Parse(n.OriginalFilePath, n.RawCode, jinja.FirstLine(n.RawLine))
	if err != nil {
		return "", err
	}
	sql, err := r.rt.Render(t, r.scope)
	if err != nil {
		return "", r.place(err)
	}
	n.Compiled, n.CompiledCode, n.ExtraCTEsInjected = true, sql, true
	r.source = mapLines(n, sql)
	if len(r.ctes) == 0 {
		return sql, nil
	}
	ctes, err := r.injected()
	if err != nil {
		return "", err
	}
	n.ExtraCTEs = ctes
	n.CompiledCode = InjectCTEs(sql, ctes)
	r.source.tail = max(afterWith(sql), 0)
	return n.CompiledCode, nil
}

// injected gives the CTEs of all ephemeral ancestors, parents before children.
func (r *Run) injected() ([]manifest.InjectedCTE, error) {
	var out []manifest.InjectedCTE
	have := map[string]bool{}
	for _, parent := range r.ctes {
		entry := r.env.ephemeral(parent)
		entry.once.Do(func() { entry.compile(r.rt.Context(), r.env, parent, r.adapter) })
		if entry.err != nil {
			return nil, entry.err
		}
		for _, cte := range append(slices.Clip(entry.above), entry.own) {
			if !have[cte.ID] {
				have[cte.ID] = true
				out = append(out, cte)
			}
		}
	}
	return out, nil
}

// ephemeralEntry is an ephemeral model, compiled once for all its readers.
type ephemeralEntry struct {
	once  sync.Once
	above []manifest.InjectedCTE
	own   manifest.InjectedCTE
	err   error
}

func (e *Env) ephemeral(n *manifest.Node) *ephemeralEntry {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.ephemerals == nil {
		e.ephemerals = map[string]*ephemeralEntry{}
	}
	entry, ok := e.ephemerals[n.UniqueID]
	if !ok {
		entry = &ephemeralEntry{}
		e.ephemerals[n.UniqueID] = entry
	}
	return entry
}

func (entry *ephemeralEntry) compile(ctx context.Context, env *Env, n *manifest.Node, ad *adapter.Adapter) {
	run := env.Open(ctx, n, ad)
	// The parent's own text goes into the CTE; its ancestors come before it, not inside.
	if _, entry.err = run.Compile(); entry.err != nil { //nolint:contextcheck // the run holds its context
		return
	}
	entry.above = n.ExtraCTEs
	entry.own = manifest.InjectedCTE{
		ID:  n.UniqueID,
		SQL: " " + adapter.NewEphemeral(n.Alias).Render() + " as (\n" + run.source.own + "\n)",
	}
}

// TestKwargsName is the name under which a generic test's code finds its arguments.
const TestKwargsName = "_dbt_generic_test_kwargs"

// callPattern finds test arguments that are written as a bare call, such as
// ref('customers'), which dbt evaluates.
var callPattern = regexp.MustCompile(`^\s*(env_var|ref|var|source|doc)\s*\(.+\)\s*$`)

// testArguments renders the arguments of a generic test. The column's name is
// left as it is.
func testArguments(rt *jinja.Runtime, s jinja.Scope, node *manifest.Node) (*jinja.Dict, error) {
	out := jinja.NewDict()
	for k, v := range node.TestKwargs.All() {
		key := jinja.Str(k)
		if key != "column_name" {
			var err error
			if v, err = renderArgument(rt, s, node, v); err != nil {
				return nil, err
			}
		}
		out.SetStr(key, v)
	}
	return out, nil
}

// renderArgument renders a test argument all the way down: texts with templates
// or bare calls become their values.
func renderArgument(rt *jinja.Runtime, s jinja.Scope, node *manifest.Node, v jinja.Value) (jinja.Value, error) {
	switch v := v.(type) {
	case string:
		if callPattern.MatchString(v) {
			v = "{{ " + v + " }}"
		}
		if !project.IsTemplate(v) {
			return v, nil
		}
		t, err := jinja.Parse(node.OriginalFilePath, v, jinja.FirstLine(node.PatchLine))
		if err != nil {
			return nil, err
		}
		return rt.RenderNative(t, s)
	case *jinja.List:
		out := jinja.NewList()
		for _, item := range v.Items {
			rendered, err := renderArgument(rt, s, node, item)
			if err != nil {
				return nil, err
			}
			out.Append(rendered)
		}
		return out, nil
	case *jinja.Dict:
		out := jinja.NewDict()
		for k, item := range v.All() {
			rendered, err := renderArgument(rt, s, node, item)
			if err != nil {
				return nil, err
			}
			out.SetStr(jinja.Str(k), rendered)
		}
		return out, nil
	}
	return v, nil
}
