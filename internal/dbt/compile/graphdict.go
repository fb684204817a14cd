package compile

import (
	"sort"

	"github.com/kith-analytics/kith/internal/jinja"
)

func emptyGraph() *jinja.Dict {
	d := jinja.NewDict()
	for _, key := range []string{"nodes", "sources", "exposures", "groups", "metrics", "semantic_models", "saved_queries"} {
		d.SetStr(key, jinja.NewDict())
	}
	return d
}

// graphDict is `graph`: the whole project as dicts, made once for all nodes.
// Templates share it and must not change it.
func (e *Env) graphDict() *jinja.Dict {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.graph != nil {
		return e.graph
	}
	g := emptyGraph()
	fill(g, "nodes", e.Manifest.Nodes)
	fill(g, "sources", e.Manifest.Sources)
	fill(g, "exposures", e.Manifest.Exposures)
	e.graph = g
	return g
}

func fill[T interface{ Dict() *jinja.Dict }](g *jinja.Dict, key string, items map[string]T) {
	ids := make([]string, 0, len(items))
	for id := range items {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	d := jinja.NewDict()
	for _, id := range ids {
		d.SetStr(id, items[id].Dict())
	}
	g.SetStr(key, d)
}
