package artifact

import (
	"strconv"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// parse reads an artifact and checks that it is the one wanted, in a version
// that is understood.
func parse(path string, data []byte, schema string, versions ...int) (*jinja.Dict, error) {
	v, err := jinja.ParseJSON(data)
	if err != nil {
		e := fault.Wrap(err, fault.Invalid, "not valid JSON")
		e.File = path
		return nil, e
	}
	doc, ok := v.(*jinja.Dict)
	if !ok {
		return nil, fault.New(fault.Invalid, "not a %s artifact: not a JSON object", schema).At(path, 0)
	}
	found := text(sub(doc, "metadata"), "dbt_schema_version")
	known := make([]string, 0, len(versions))
	for _, n := range versions {
		if found == schemaURL(schema, n) {
			return doc, nil
		}
		known = append(known, "v"+strconv.Itoa(n))
	}
	return nil, fault.New(fault.Invalid, "not a %s artifact that can be read: its schema is \"%s\"", schema, found).
		At(path, 0).WithHint("expected %s of %s", strings.Join(known, " or "), schema)
}

// Readers of one entry. They give the zero value for an entry that is missing,
// null or of another kind: artifacts of other versions lack some.

func at(d *jinja.Dict, key string) jinja.Value {
	if d == nil {
		return nil
	}
	v, _ := d.GetStr(key)
	return v
}

func text(d *jinja.Dict, key string) string {
	s, _ := at(d, key).(string)
	return s
}

// scalar reads text or a number as text.
func scalar(d *jinja.Dict, key string) string {
	v := at(d, key)
	if v == nil {
		return ""
	}
	return jinja.Str(v)
}

func sub(d *jinja.Dict, key string) *jinja.Dict {
	v, _ := at(d, key).(*jinja.Dict)
	return v
}

func items(d *jinja.Dict, key string) []jinja.Value {
	if l, ok := at(d, key).(*jinja.List); ok {
		return l.Items
	}
	return nil
}

func texts(d *jinja.Dict, key string) []string { return textsOf(at(d, key)) }

func textsOf(v jinja.Value) []string {
	l, ok := v.(*jinja.List)
	if !ok || len(l.Items) == 0 {
		return nil
	}
	out := make([]string, 0, len(l.Items))
	for _, item := range l.Items {
		out = append(out, jinja.Str(item))
	}
	return out
}

func truth(d *jinja.Dict, key string) bool { return at(d, key) == true }

func float(d *jinja.Dict, key string) float64 {
	switch v := at(d, key).(type) {
	case float64:
		return v
	case int64:
		return float64(v)
	}
	return 0
}

func seconds(d *jinja.Dict, key string) time.Duration {
	return time.Duration(float(d, key) * float64(time.Second))
}

// instant reads a time with or without a zone; without one it is UTC.
func instant(d *jinja.Dict, key string) time.Time { return instantOf(text(d, key)) }

func instantOf(s string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999Z07:00"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// each calls fn for every object in an object of objects.
func each(d *jinja.Dict, key string, fn func(id string, d *jinja.Dict)) {
	outer := sub(d, key)
	if outer == nil {
		return
	}
	for k, v := range outer.All() {
		if inner, ok := v.(*jinja.Dict); ok {
			fn(jinja.Str(k), inner)
		}
	}
}
