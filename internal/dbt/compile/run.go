package compile

import (
	"context"

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
	r := &Run{
		env: e, node: node, adapter: ad, results: map[string]*Result{},
		rt: jinja.NewRuntime(ctx, jinja.Options{Undefined: jinja.Strict}),
	}
	n := newNames(e)
	s := n.scope(node.Package)
	r.scope = s
	n.common(node, jinja.NewFunc("ref", r.ref), jinja.NewFunc("source", r.sourceTable), configObject{node: node})
	n.local["execute"] = true
	n.local["adapter"] = ad.Object(finder{s})
	n.local["api"] = adapter.NewAPI(e.Quote)
	n.local["column"] = nil
	n.lazy["this"] = func() jinja.Value { return e.this(node) }
	n.lazy["graph"] = func() jinja.Value { return e.graphDict() }
	n.lazy["pre_hooks"] = func() jinja.Value { return hookList(node.Config, "pre-hook") }
	n.lazy["post_hooks"] = func() jinja.Value { return hookList(node.Config, "post-hook") }
	for _, name := range []string{"sql", "compiled_code", "compiled_sql"} {
		n.lazy[name] = func() jinja.Value {
			if node.CompiledCode == "" && node.ResourceType == manifest.Seed {
				return nil
			}
			return node.CompiledCode
		}
	}
	n.local["thread_id"] = "worker"
	n.local["store_result"] = jinja.NewFunc("store_result", r.storeResult)
	n.local["store_raw_result"] = jinja.NewFunc("store_raw_result", r.storeRawResult)
	n.local["load_result"] = jinja.NewFunc("load_result", r.loadResult)
	n.local["load_agate_table"] = jinja.NewFunc("load_agate_table", r.loadSeed)
	n.local["render"] = jinja.NewFunc("render", r.render)
	n.local["write"] = jinja.NewFunc("write", r.write)
	n.local["metric"] = jinja.NewFunc("metric", noMetrics)
	n.local["submit_python_job"] = jinja.NewFunc("submit_python_job", noPython)
	return r
}

// Set gives the node's templates one more name, such as results for hooks.
func (r *Run) Set(name string, v jinja.Value) {
	delete(r.scope.lazy, name)
	r.scope.local[name] = v
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
