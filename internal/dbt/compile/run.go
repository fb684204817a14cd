package compile

import (
	"context"
	"slices"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Run is one node with a connection: its names, and one template runtime. It
// belongs to one goroutine and is thrown away with the node.
type Run struct {
	env     *Env
	node    *manifest.Node
	adapter *adapter.Adapter
	rt      *jinja.Runtime
	scope   *scope
	results map[string]*Result
	// ctes are the ephemeral parents that ref() met, in order.
	ctes []*manifest.Node
	// batch is the window of a microbatch model, nil for anything else.
	batch *Batch
	// compiling says that the node's own code is being rendered.
	compiling bool
	// source maps lines of the compiled SQL to lines of the node's file.
	source LineMap
}

// Result is what a statement block stored.
type Result struct {
	Response adapter.Response
	Table    *adapter.Table
}

// Open prepares a node to be compiled and run over a connection. The adapter
// may be shared with other nodes, one after the other.
func (e *Env) Open(ctx context.Context, node *manifest.Node, ad *adapter.Adapter) *Run {
	r := &Run{env: e, node: node, adapter: ad, results: map[string]*Result{}}
	r.rt = jinja.NewRuntime(ctx, jinja.Options{Undefined: jinja.Strict, Hooks: jinja.Hooks{OnMacroCall: r.called}})
	n := &names{env: e}
	n.provide = func(name string) (jinja.Value, bool) { return r.provide(n, name) }
	r.scope = n.scope(node.Package)
	return r
}

// called adds a macro that the node's own code calls to what the node depends on: with
// a connection it may take branches that the first pass did not.
func (r *Run) called(def *jinja.MacroDef) {
	if !r.compiling || len(r.rt.Stack()) > 0 {
		return
	}
	on := &r.node.DependsOn
	if m := r.env.Library.byDef[def]; m != nil && !slices.Contains(on.Macros, m.UniqueID) {
		on.Macros = append(slices.Clip(on.Macros), m.UniqueID) // copies of the node keep theirs
	}
}

func (r *Run) provide(n *names, name string) (jinja.Value, bool) {
	node := r.node
	switch name {
	case "ref":
		return jinja.NewFunc(name, r.ref), true
	case "source":
		return jinja.NewFunc(name, r.sourceTable), true
	case "metric":
		return jinja.NewFunc(name, noMetrics), true
	case "config":
		return configObject{node: node}, true
	case "execute":
		return true, true
	case "this":
		return r.env.this(node), true
	case "adapter":
		return r.adapter.Object(finder{n.scope(node.Package)}), true
	case "model":
		if r.batch != nil {
			return r.batchModel(), true
		}
	case "defer_relation":
		return r.deferRelation(), true
	case "graph":
		return r.env.graphDict(), true
	case "sql", "compiled_code", "compiled_sql":
		if node.ResourceType == manifest.Seed {
			return nil, true
		}
		return node.CompiledCode, true
	case "thread_id":
		return "worker", true
	case "pre_hooks":
		return hookList(node.Config, "pre-hook"), true
	case "post_hooks":
		return hookList(node.Config, "post-hook"), true
	case "store_result":
		return jinja.NewFunc(name, r.storeResult), true
	case "store_raw_result":
		return jinja.NewFunc(name, r.storeRawResult), true
	case "load_result":
		return jinja.NewFunc(name, r.loadResult), true
	case "load_agate_table":
		return jinja.NewFunc(name, r.loadSeed), true
	case "render":
		return jinja.NewFunc(name, r.render), true
	case "write":
		return jinja.NewFunc(name, r.write), true
	case "submit_python_job":
		return jinja.NewFunc(name, noPython), true
	}
	return n.common(node, name)
}

// Set gives the node's templates one more name, such as results for hooks.
func (r *Run) Set(name string, v jinja.Value) {
	r.scope.set(name, v)
}

// Result gives what a statement stored under a name.
func (r *Run) Result(name string) (*Result, bool) {
	res, ok := r.results[name]
	return res, ok
}

// this is the node's own relation, with its type when the cache knows it.
func (e *Env) this(node *manifest.Node) jinja.Value {
	if !node.Relational() && node.ResourceType != manifest.Test {
		if node.Ephemeral() {
			return adapter.NewEphemeral(node.Alias)
		}
		return nil
	}
	return adapter.NewRelation(node.Database, node.Schema, node.Alias, "", e.quoteFor(node.Config))
}

// quoteFor gives the quoting of a node: the project's, with the node's own over it.
func (e *Env) quoteFor(c *manifest.Config) adapter.Policy {
	policy := e.Quote
	v, _ := c.Get("quoting")
	d, ok := v.(*jinja.Dict)
	if !ok {
		return policy
	}
	for key, target := range map[string]*bool{"database": &policy.Database, "schema": &policy.Schema, "identifier": &policy.Identifier} {
		if on, ok := d.GetStr(key); ok && on != nil {
			*target = jinja.Truth(on)
		}
	}
	return policy
}

// RelationName gives the quoted full name that a node's relation has.
func (e *Env) RelationName(n *manifest.Node) string {
	return adapter.NewRelation(n.Database, n.Schema, n.Alias, "", e.quoteFor(n.Config)).Render()
}
