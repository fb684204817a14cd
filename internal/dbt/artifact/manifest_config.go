package artifact

import (
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// configKey writes a config in full: what parsing resolved, and for a config that
// was made by hand the defaults of its type.
func (w *manifestWriter) configKey(kind manifest.ResourceType, c *manifest.Config) {
	full := manifest.DefaultConfig(kind)
	if c != nil {
		full.Merge(c.Values)
	}
	full.Complete()
	w.dictKey("config", full.Values)
}

// writeFilled writes a dict with the JSON of missing keys filled in.
func writeFilled(e *encoder, v jinja.Value, fallbacks ...string) {
	d, _ := v.(*jinja.Dict)
	if d == nil {
		d = jinja.NewDict()
	}
	e.beginObject()
	known := map[string]bool{}
	for k := 0; k+1 < len(fallbacks); k += 2 {
		key := fallbacks[k]
		known[key] = true
		e.key(key)
		if value, set := d.GetStr(key); set {
			e.value(value)
		} else {
			e.raw(fallbacks[k+1])
		}
	}
	for k, value := range d.All() {
		if key := jinja.Str(k); !known[key] {
			e.key(key)
			e.value(value)
		}
	}
	e.endObject()
}
