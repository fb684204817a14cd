package compile

import (
	"maps"
	"slices"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
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
	fill(g, "nodes", e.Manifest.Nodes, artifact.NodeDict)
	fill(g, "sources", e.Manifest.Sources, artifact.SourceDict)
	fill(g, "exposures", e.Manifest.Exposures, artifact.ExposureDict)
	e.graph = g
	return g
}

// fill gives a section as it is now, whose dicts are made when a template asks for it: there are some thousand nodes, and most
// templates ask for the sources alone. Copies, since workers go on to write what they compile into the nodes.
func fill[T any](g *jinja.Dict, key string, items map[string]*T, dict func(*T) *jinja.Dict) {
	ids := slices.Sorted(maps.Keys(items))
	copies := make([]T, len(ids))
	for i, id := range ids {
		copies[i] = *items[id]
	}
	g.SetStr(key, jinja.NewLaterDict(func() *jinja.Dict {
		d := jinja.NewDict()
		for i, id := range ids {
			d.SetStr(id, dict(&copies[i]))
		}
		return d
	}))
}
