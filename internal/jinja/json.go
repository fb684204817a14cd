package jinja

import (
	"math"
	"math/big"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// JSON says how values are written as JSON. The zero value is Python's
// json.dumps: one line, ", " and ": " between, ASCII only, keys as they come.
type JSON struct {
	SortKeys bool
	// Indent is put in front of each level, with one item a line; empty is one line.
	Indent string
	// Unicode leaves characters outside ASCII as they are.
	Unicode bool
}

// ToJSON writes v as Python's json.dumps does. A value that JSON has no form for
// is an error.
func ToJSON(v Value) ([]byte, error) { return JSON{}.Encode(v) }

// Encode writes v.
func (j JSON) Encode(v Value) ([]byte, error) { return j.encode(v, defaultOutputBytes) }

func (j JSON) encode(v Value, limit int) ([]byte, error) {
	w := jsonWriter{opt: j, limit: limit}
	err := w.value(v)
	return w.buf, err
}

type jsonWriter struct {
	opt   JSON
	buf   []byte
	depth int
	limit int
}

func (w *jsonWriter) value(v Value) error {
	if len(w.buf) > w.limit {
		return limitError("the JSON is larger than %d bytes", w.limit)
	}
	switch x := v.(type) {
	case nil:
		w.add("null")
	case bool:
		w.add(strconv.FormatBool(x))
	case int64:
		w.buf = strconv.AppendInt(w.buf, x, 10)
	case *big.Int:
		w.buf = x.Append(w.buf, 10)
	case float64:
		w.add(jsonFloat(x))
	case *Decimal:
		w.add(x.String())
	case string:
		w.str(x)
	case Markup:
		w.str(string(x))
	case *List:
		return w.array(x.Items)
	case Tuple:
		return w.array(x)
	case *groupTuple:
		return w.array(x.pair())
	case *Dict:
		return w.object(x)
	case Mapping:
		d, err := x.ToDict(nil)
		if err != nil {
			return err
		}
		return w.object(d)
	default:
		return typeErrorf("Object of type %s is not JSON serializable", TypeName(v))
	}
	return nil
}

func (w *jsonWriter) add(s string) { w.buf = append(w.buf, s...) }

func jsonFloat(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	}
	return string(appendFloat(nil, f))
}

func (w *jsonWriter) str(s string) {
	const hex = "0123456789abcdef"
	unit := func(r rune) {
		w.add(`\u`)
		for sh := 12; sh >= 0; sh -= 4 {
			w.buf = append(w.buf, hex[(r>>uint(sh))&15])
		}
	}
	w.buf = append(w.buf, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			w.buf = append(w.buf, '\\', byte(r))
		case r == '\n':
			w.add(`\n`)
		case r == '\r':
			w.add(`\r`)
		case r == '\t':
			w.add(`\t`)
		case r == '\b':
			w.add(`\b`)
		case r == '\f':
			w.add(`\f`)
		case r < ' ':
			unit(r)
		case r <= 0x7f || w.opt.Unicode:
			w.buf = utf8.AppendRune(w.buf, r)
		case r > 0xffff:
			r -= 0x10000
			unit(0xd800 + r>>10)
			unit(0xdc00 + r&0x3ff)
		default:
			unit(r)
		}
	}
	w.buf = append(w.buf, '"')
}

// newline begins the next item of a container.
func (w *jsonWriter) newline() {
	if w.opt.Indent != "" {
		w.buf = append(w.buf, '\n')
		w.add(strings.Repeat(w.opt.Indent, w.depth))
	}
}

func (w *jsonWriter) comma() {
	w.buf = append(w.buf, ',')
	if w.opt.Indent == "" {
		w.buf = append(w.buf, ' ')
	}
}

func (w *jsonWriter) down() error {
	w.depth++
	if w.depth > maxValueDepth {
		return valueErrorf("Circular reference detected")
	}
	return nil
}

func (w *jsonWriter) array(items []Value) error {
	if len(items) == 0 {
		w.add("[]")
		return nil
	}
	if err := w.down(); err != nil {
		return err
	}
	w.buf = append(w.buf, '[')
	for i, it := range items {
		if i > 0 {
			w.comma()
		}
		w.newline()
		if err := w.value(it); err != nil {
			return err
		}
	}
	w.depth--
	w.newline()
	w.buf = append(w.buf, ']')
	return nil
}

func (w *jsonWriter) object(d *Dict) error {
	if d.Len() == 0 {
		w.add("{}")
		return nil
	}
	if err := w.down(); err != nil {
		return err
	}
	entries := make([]dictEntry, 0, d.Len())
	for k, v := range d.All() {
		entries = append(entries, dictEntry{key: k, val: v})
	}
	if w.opt.SortKeys {
		if err := sortEntries(entries); err != nil {
			return err
		}
	}
	w.buf = append(w.buf, '{')
	for i, e := range entries {
		if i > 0 {
			w.comma()
		}
		w.newline()
		key, err := jsonKey(e.key)
		if err != nil {
			return err
		}
		w.str(key)
		w.add(": ")
		if err := w.value(e.val); err != nil {
			return err
		}
	}
	w.depth--
	w.newline()
	w.buf = append(w.buf, '}')
	return nil
}

// sortEntries orders pairs by key.
func sortEntries(entries []dictEntry) error {
	var failed error
	sort.SliceStable(entries, func(i, j int) bool {
		c, _, err := order(entries[i].key, entries[j].key, "<")
		if err != nil {
			failed = err
		}
		return c < 0
	})
	return failed
}

func jsonKey(k Value) (string, error) {
	switch x := k.(type) {
	case string:
		return x, nil
	case Markup:
		return string(x), nil
	case nil:
		return "null", nil
	case bool:
		return strconv.FormatBool(x), nil
	case int64, *big.Int:
		return Str(k), nil
	case float64:
		return jsonFloat(x), nil
	}
	return "", typeErrorf("keys must be str, int, float, bool or None, not %s", TypeName(k))
}

// filterToJSON writes JSON that is safe inside HTML, with sorted keys, as Jinja
// does.
func filterToJSON(rt *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_tojson", Opt("indent", nil))
	if err != nil {
		return nil, err
	}
	opt := JSON{SortKeys: true}
	if n, ok := asIndex(a[0]); ok && a[0] != nil {
		if n > 1000 {
			return nil, limitError("an indent of %d is too large", n)
		}
		opt.Indent = strings.Repeat(" ", int(max(n, 0)))
	} else if s, ok := textOf(a[0]); ok {
		opt.Indent = s
	}
	out, err := opt.encode(v, rt.limits.OutputBytes)
	if err != nil {
		return nil, err
	}
	if err := rt.reserve(len(out)); err != nil {
		return nil, err
	}
	safe := strings.NewReplacer("<", `\u003c`, ">", `\u003e`, "&", `\u0026`, "'", `\u0027`)
	return Markup(safe.Replace(string(out))), nil
}
