package manifest

import (
	"github.com/kith-analytics/kith/internal/jinja"
)

// dict makes a dict of keys and values in turn.
func dict(keysAndValues ...jinja.Value) *jinja.Dict {
	d := jinja.NewDict()
	for i := 0; i+1 < len(keysAndValues); i += 2 {
		key, _ := keysAndValues[i].(string)
		d.SetStr(key, keysAndValues[i+1])
	}
	return d
}

// CopyValue copies lists and dicts all the way down, so that a template may
// change its own.
func CopyValue(v jinja.Value) jinja.Value {
	switch v := v.(type) {
	case *jinja.Dict:
		if v == nil {
			return jinja.NewDict()
		}
		out := jinja.NewDict()
		for key, item := range v.All() {
			// The key was a key before, so it has a hash.
			_ = out.Set(key, CopyValue(item))
		}
		return out
	case *jinja.List:
		out := jinja.NewList()
		for _, item := range v.Items {
			out.Append(CopyValue(item))
		}
		return out
	}
	return v
}
