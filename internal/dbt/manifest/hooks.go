package manifest

import (
	"strings"

	"github.com/kith-analytics/kith/internal/jinja"
)

// HookValues brings the entries of a hook list into dbt's form: dicts of sql,
// transaction and index. An entry may be a text, a dict, or the JSON text that
// before_begin() and after_commit() give.
func HookValues(v jinja.Value) *jinja.List {
	out := jinja.NewList()
	var items []jinja.Value
	switch v := v.(type) {
	case nil:
	case *jinja.List:
		items = v.Items
	default:
		items = []jinja.Value{v}
	}
	for _, item := range items {
		out.Append(hookValue(item))
	}
	return out
}

func hookValue(v jinja.Value) jinja.Value {
	d, ok := v.(*jinja.Dict)
	if !ok {
		text := jinja.Str(v)
		if strings.HasPrefix(strings.TrimSpace(text), "{") && !strings.HasPrefix(strings.TrimSpace(text), "{{") {
			if parsed, err := jinja.ParseJSON([]byte(text)); err == nil {
				d, _ = parsed.(*jinja.Dict)
			}
		}
		if d == nil {
			d = jinja.NewDict()
			d.SetStr("sql", text)
		}
	}
	out := jinja.NewDict()
	for _, field := range []struct {
		key      string
		fallback jinja.Value
	}{{"sql", ""}, {"transaction", true}, {"index", nil}} {
		value, ok := d.GetStr(field.key)
		if !ok {
			value = field.fallback
		}
		out.SetStr(field.key, value)
	}
	return out
}
