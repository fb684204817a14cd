package artifact

import (
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// NodeDict gives a node as templates see it, as model and in graph: the keys and
// values that manifest.json has. The dict is the caller's own, so that no
// template changes the manifest.
func NodeDict(n *manifest.Node) *jinja.Dict {
	return dictOf(func(w *manifestWriter) { w.node(n) })
}

// SourceDict gives a source as templates see it.
func SourceDict(s *manifest.Source) *jinja.Dict {
	return dictOf(func(w *manifestWriter) { w.source(s) })
}

// ExposureDict gives an exposure as templates see it.
func ExposureDict(x *manifest.Exposure) *jinja.Dict {
	return dictOf(func(w *manifestWriter) { w.exposure(x) })
}

func dictOf(write func(*manifestWriter)) *jinja.Dict {
	w := &manifestWriter{}
	write(w)
	// The writer's own JSON reads back, and an entry is an object.
	v, err := jinja.ParseJSON(w.buf)
	d, ok := v.(*jinja.Dict)
	if err != nil || !ok {
		return jinja.NewDict()
	}
	return d
}
