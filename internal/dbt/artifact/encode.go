package artifact

import (
	"math"
	"math/big"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/kith-analytics/kith/internal/jinja"
)

// SchemaURL gives the address by which an artifact names its schema.
func schemaURL(name string, version int) string {
	return "https://schemas.getdbt.com/dbt/" + name + "/v" + strconv.Itoa(version) + ".json"
}

// timeFormat is dbt's form of instants, always in UTC.
const timeFormat = "2006-01-02T15:04:05.000000Z"

// encoder appends compact JSON to buf. Commas are put by looking at the last
// byte, which is safe because strings end in a quote.
type encoder struct{ buf []byte }

func (e *encoder) separate() {
	if n := len(e.buf); n > 0 {
		switch e.buf[n-1] {
		case '{', '[', ':':
		default:
			e.buf = append(e.buf, ',')
		}
	}
}

func (e *encoder) beginObject() { e.separate(); e.buf = append(e.buf, '{') }
func (e *encoder) endObject()   { e.buf = append(e.buf, '}') }
func (e *encoder) beginList()   { e.separate(); e.buf = append(e.buf, '[') }
func (e *encoder) endList()     { e.buf = append(e.buf, ']') }

// key starts an entry of an object.
func (e *encoder) key(k string) {
	e.separate()
	e.quoted(k)
	e.buf = append(e.buf, ':')
}

// raw appends JSON as it is.
func (e *encoder) raw(json string) { e.separate(); e.buf = append(e.buf, json...) }

func (e *encoder) null() { e.raw("null") }

func (e *encoder) str(s string) { e.separate(); e.quoted(s) }

// strOrNull writes "" as null.
func (e *encoder) strOrNull(s string) {
	if s == "" {
		e.null()
		return
	}
	e.str(s)
}

func (e *encoder) bool(b bool) { e.raw(strconv.FormatBool(b)) }

func (e *encoder) int(n int64) {
	e.separate()
	e.buf = strconv.AppendInt(e.buf, n, 10)
}

// float writes whole numbers with ".0", as Python does. What JSON can't say is null.
func (e *encoder) float(f float64) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		e.null()
		return
	}
	e.raw(jinja.Repr(f))
}

func (e *encoder) time(t time.Time) {
	if t.IsZero() {
		e.null()
		return
	}
	e.str(t.UTC().Format(timeFormat))
}

func (e *encoder) seconds(d time.Duration) { e.float(d.Seconds()) }

func (e *encoder) strings(list []string) {
	e.beginList()
	for _, s := range list {
		e.str(s)
	}
	e.endList()
}

// Entries of an object.

func (e *encoder) strKey(k, v string)           { e.key(k); e.str(v) }
func (e *encoder) optKey(k, v string)           { e.key(k); e.strOrNull(v) }
func (e *encoder) boolKey(k string, v bool)     { e.key(k); e.bool(v) }
func (e *encoder) createdAt(seconds float64)    { e.key("created_at"); e.float(seconds) }
func (e *encoder) listKey(k string, v []string) { e.key(k); e.strings(v) }
func (e *encoder) rawKey(k, json string)        { e.key(k); e.raw(json) }

// dictKey writes nil as {}.
func (e *encoder) dictKey(k string, d *jinja.Dict) {
	e.key(k)
	e.dict(d)
}

func (e *encoder) dict(d *jinja.Dict) {
	if d == nil {
		e.raw("{}")
		return
	}
	e.beginObject()
	for k, v := range d.All() {
		e.key(jinja.Str(k))
		e.value(v)
	}
	e.endObject()
}

// value writes a template value; what JSON has no form for is written as text.
func (e *encoder) value(v jinja.Value) {
	switch v := v.(type) {
	case nil:
		e.null()
	case bool:
		e.bool(v)
	case int64:
		e.int(v)
	case int:
		e.int(int64(v))
	case *big.Int:
		e.raw(v.String())
	case float64:
		e.float(v)
	case string:
		e.str(v)
	case []string:
		e.strings(v)
	case *jinja.Dict:
		e.dict(v)
	case *jinja.List:
		e.values(v.Items)
	case jinja.Tuple:
		e.values(v)
	case []any:
		e.values(v)
	case map[string]any:
		e.object(v)
	default:
		e.str(jinja.Str(v))
	}
}

func (e *encoder) values(items []jinja.Value) {
	e.beginList()
	for _, item := range items {
		e.value(item)
	}
	e.endList()
}

// object writes a map in the order of its keys.
func (e *encoder) object(m map[string]any) {
	e.beginObject()
	for _, k := range sortedKeys(m) {
		e.key(k)
		e.value(m[k])
	}
	e.endObject()
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

const hexDigits = "0123456789abcdef"

func (e *encoder) quoted(s string) {
	e.buf = append(e.buf, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, width := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && width == 1 {
				e.buf = append(append(e.buf, s[start:i]...), `\ufffd`...)
				i++
				start = i
				continue
			}
			i += width
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' {
			i++
			continue
		}
		e.buf = append(e.buf, s[start:i]...)
		switch c {
		case '"', '\\':
			e.buf = append(e.buf, '\\', c)
		case '\n':
			e.buf = append(e.buf, `\n`...)
		case '\r':
			e.buf = append(e.buf, `\r`...)
		case '\t':
			e.buf = append(e.buf, `\t`...)
		default:
			e.buf = append(e.buf, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
		i++
		start = i
	}
	e.buf = append(append(e.buf, s[start:]...), '"')
}
