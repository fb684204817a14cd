package jinja

import (
	"strings"
	"unicode/utf8"
)

// filterPrettyPrint is Python's pprint.pformat: on one line where it fits in 80
// columns, with dict keys sorted.
func filterPrettyPrint(rt *Runtime, v Value, args Args) (Value, error) {
	if _, err := args.Bind("do_pprint"); err != nil {
		return nil, err
	}
	p := printer{limit: rt.limits.OutputBytes, rt: rt} // also bounds size and depth
	p.repr(v)
	if p.err != nil || p.loops {
		return string(p.buf), p.err
	}
	var b strings.Builder
	pretty(&b, v, 0, 0)
	return wrapStr(b.String(), rt.reserve(b.Len()))
}

// pretty writes v at a column; after is what must still fit behind it.
func pretty(b *strings.Builder, v Value, column, after int) {
	flat := Repr(sortedDicts(v, 0))
	if column+utf8.RuneCountInString(flat)+after <= 80 || column > 400 {
		b.WriteString(flat)
		return
	}
	switch x := v.(type) {
	case *List:
		prettyItems(b, "[", x.Items, "]", column, after)
	case Tuple:
		end := ")"
		if len(x) == 1 {
			end = ",)"
		}
		prettyItems(b, "(", x, end, column, after)
	case *Dict:
		prettyDict(b, x, column, after)
	default:
		b.WriteString(flat)
	}
}

func prettyItems(b *strings.Builder, open string, items []Value, end string, column, after int) {
	b.WriteString(open)
	for i, it := range items {
		if i > 0 {
			b.WriteString(",\n" + strings.Repeat(" ", column+1))
		}
		rest := 1
		if i == len(items)-1 {
			rest = after + len(end)
		}
		pretty(b, it, column+1, rest)
	}
	b.WriteString(end)
}

func prettyDict(b *strings.Builder, d *Dict, column, after int) {
	sorted := sortedDict(d)
	b.WriteString("{")
	i := 0
	for k, v := range sorted.All() {
		if i > 0 {
			b.WriteString(",\n" + strings.Repeat(" ", column+1))
		}
		key := Repr(k) + ": "
		b.WriteString(key)
		rest := 1
		if i == sorted.Len()-1 {
			rest = after + 1
		}
		pretty(b, v, column+1+utf8.RuneCountInString(key), rest)
		i++
	}
	b.WriteString("}")
}

// sortedDict gives a dict with its keys in order, where they have one.
func sortedDict(d *Dict) *Dict {
	entries := make([]dictEntry, 0, d.Len())
	for i := range d.entries {
		if d.entries[i].hash != nil {
			entries = append(entries, d.entries[i])
		}
	}
	if err := sortEntries(entries); err != nil {
		return d
	}
	return &Dict{entries: entries, live: len(entries)}
}

// sortedDicts gives v with the dicts in it sorted.
func sortedDicts(v Value, depth int) Value {
	if depth > maxValueDepth {
		return v
	}
	switch x := v.(type) {
	case *List:
		out := make([]Value, len(x.Items))
		for i, it := range x.Items {
			out[i] = sortedDicts(it, depth+1)
		}
		return &List{Items: out}
	case Tuple:
		out := make(Tuple, len(x))
		for i, it := range x {
			out[i] = sortedDicts(it, depth+1)
		}
		return out
	case *Dict:
		out := sortedDict(x).Copy()
		for i := range out.entries {
			out.entries[i].val = sortedDicts(out.entries[i].val, depth+1)
		}
		return out
	}
	return v
}
