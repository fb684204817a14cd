package jinja

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// attrGetter reads the attribute path of a filter's attribute argument: a name,
// dotted names, or an index.
type attrGetter struct {
	parts []Value
	def   Value // nil: none
}

func newAttrGetter(attribute, def Value) attrGetter {
	g := attrGetter{def: def}
	s, ok := textOf(attribute)
	if !ok {
		if attribute != nil {
			g.parts = []Value{attribute}
		}
		return g
	}
	for part := range strings.SplitSeq(s, ".") {
		if n, err := strconv.ParseInt(part, 10, 64); err == nil && n >= 0 && part[0] != '+' {
			g.parts = append(g.parts, n)
			continue
		}
		g.parts = append(g.parts, part)
	}
	return g
}

func (g attrGetter) get(rt *Runtime, v Value) (Value, error) {
	var err error
	for _, part := range g.parts {
		if v, err = getItem(rt, v, part); err != nil {
			return nil, err
		}
		if _, ok := v.(*Undefined); ok && g.def != nil {
			v = g.def
		}
	}
	return v, nil
}

// keyFunc makes the key of sort, min, max, unique and groupby.
func keyFunc(rt *Runtime, attribute Value, caseSensitive bool) func(Value) (Value, error) {
	var getters []attrGetter
	if s, ok := textOf(attribute); ok && strings.Contains(s, ",") {
		for part := range strings.SplitSeq(s, ",") {
			getters = append(getters, newAttrGetter(part, nil))
		}
	} else {
		getters = []attrGetter{newAttrGetter(attribute, nil)}
	}
	one := func(g attrGetter, v Value) (Value, error) {
		v, err := g.get(rt, v)
		if err == nil && !caseSensitive {
			v = ignoreCase(v)
		}
		return v, err
	}
	if len(getters) == 1 {
		return func(v Value) (Value, error) { return one(getters[0], v) }
	}
	return func(v Value) (Value, error) {
		keys := make(Tuple, len(getters))
		for i, g := range getters {
			k, err := one(g, v)
			if err != nil {
				return nil, err
			}
			keys[i] = k
		}
		return keys, nil
	}
}

func filterLength(_ *Runtime, v Value, args Args) (Value, error) {
	if _, err := args.Bind("length"); err != nil {
		return nil, err
	}
	n, err := length(v)
	return int64(n), err
}

func filterFirst(rt *Runtime, v Value, args Args) (Value, error) {
	if _, err := args.Bind("do_first"); err != nil {
		return nil, err
	}
	var c cursor
	if err := c.start(rt, v); err != nil {
		return nil, err
	}
	x, ok, err := c.next()
	if err != nil || ok {
		return x, err
	}
	return &Undefined{hint: "No first item, sequence was empty.", mode: rt.mildMode()}, nil
}

func filterLast(rt *Runtime, v Value, args Args) (Value, error) {
	if _, err := args.Bind("do_last"); err != nil {
		return nil, err
	}
	if _, ok := v.(*generator); ok {
		return nil, typeErrorf("'generator' object is not reversible")
	}
	items, err := rt.collect(v)
	if err != nil {
		return nil, err
	}
	if len(items) == 0 {
		return &Undefined{hint: "No last item, sequence was empty.", mode: rt.mildMode()}, nil
	}
	return items[len(items)-1], nil
}

func filterRandom(rt *Runtime, v Value, args Args) (Value, error) {
	if _, err := args.Bind("do_random"); err != nil {
		return nil, err
	}
	items, err := rt.collect(v)
	if err != nil {
		return nil, err
	}
	if len(items) == 0 {
		return &Undefined{hint: "No random item, sequence was empty.", mode: rt.mildMode()}, nil
	}
	return items[rand.IntN(len(items))], nil //nolint:gosec // a template's pick needs no secrecy
}

func filterJoin(rt *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_join", Opt("d", ""), Opt("attribute", nil))
	if err != nil {
		return nil, err
	}
	sep, err := rt.str(a[0])
	if err != nil {
		return nil, err
	}
	var c cursor
	if err := c.start(rt, v); err != nil {
		return nil, err
	}
	get := newAttrGetter(a[1], nil)
	start := len(rt.buf)
	defer func() { rt.buf = rt.buf[:start] }()
	for first := true; ; first = false {
		x, ok, err := c.next()
		if err != nil {
			return nil, err
		}
		if !ok {
			return wrapStr(rt.take(start))
		}
		if err := rt.tick(); err != nil {
			return nil, err
		}
		if get.parts != nil {
			if x, err = get.get(rt, x); err != nil {
				return nil, err
			}
		}
		s, err := rt.str(x)
		if err != nil {
			return nil, err
		}
		if !first {
			if err := rt.write(sep); err != nil {
				return nil, err
			}
		}
		if err := rt.write(s); err != nil {
			return nil, err
		}
	}
}

func filterList(rt *Runtime, v Value, args Args) (Value, error) {
	if _, err := args.Bind("do_list"); err != nil {
		return nil, err
	}
	items, err := rt.collect(v)
	return &List{Items: items}, err
}

func filterReverse(rt *Runtime, v Value, args Args) (Value, error) {
	if _, err := args.Bind("do_reverse"); err != nil {
		return nil, err
	}
	switch v.(type) {
	case string, Markup:
		return sliceOf(rt, v, [3]Value{nil, nil, int64(-1)})
	}
	if !canIterate(v) {
		return nil, &pyError{kind: "FilterArgumentError", msg: "argument must be iterable"}
	}
	items, err := rt.collect(v)
	if err != nil {
		return nil, err
	}
	i := len(items)
	return newGenerator("reverse", func() (Value, bool, error) {
		if i == 0 {
			return nil, false, nil
		}
		i--
		return items[i], true, nil
	}), nil
}

func filterSort(rt *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_sort", Opt("reverse", false), Opt("case_sensitive", false), Opt("attribute", nil))
	if err != nil {
		return nil, err
	}
	items, err := rt.collect(v)
	if err != nil {
		return nil, err
	}
	out, err := sortItems(rt, items, keyFunc(rt, a[2], Truth(a[1])), Truth(a[0]))
	return &List{Items: out}, err
}

func filterUnique(rt *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_unique", Opt("case_sensitive", false), Opt("attribute", nil))
	if err != nil {
		return nil, err
	}
	c := &cursor{}
	if err := c.start(rt, v); err != nil {
		return nil, err
	}
	key := keyFunc(rt, a[1], Truth(a[0]))
	seen := &Set{}
	return newGenerator("do_unique", func() (Value, bool, error) {
		for {
			x, ok, err := c.next()
			if err != nil || !ok {
				return nil, false, err
			}
			k, err := key(x)
			if err != nil {
				return nil, false, err
			}
			had, err := seen.Has(k)
			if err != nil {
				return nil, false, err
			}
			if had {
				continue
			}
			if err := rt.reserveItems(1); err != nil {
				return nil, false, err
			}
			return x, true, seen.Add(k)
		}
	}), nil
}

// beats says whether a is larger than b, or smaller.
func beats(a, b Value, larger bool) (bool, error) {
	if larger {
		c, _, err := order(a, b, ">")
		return c > 0, err
	}
	c, _, err := order(a, b, "<")
	return c < 0, err
}

func filterExtreme(largest bool) filterFunc {
	return func(rt *Runtime, v Value, args Args) (Value, error) {
		a, err := args.Bind("do_minmax", Opt("case_sensitive", false), Opt("attribute", nil))
		if err != nil {
			return nil, err
		}
		var c cursor
		if err := c.start(rt, v); err != nil {
			return nil, err
		}
		key := keyFunc(rt, a[1], Truth(a[0]))
		var best, bestKey Value
		found := false
		for {
			x, ok, err := c.next()
			if err != nil {
				return nil, err
			}
			if !ok {
				break
			}
			if err := rt.tick(); err != nil {
				return nil, err
			}
			k, err := key(x)
			if err != nil {
				return nil, err
			}
			if found {
				if ok, err = beats(k, bestKey, largest); err != nil {
					return nil, err
				}
			}
			if ok {
				best, bestKey, found = x, k, true
			}
		}
		if !found {
			return &Undefined{hint: "No aggregated item, sequence was empty.", mode: rt.mildMode()}, nil
		}
		return best, nil
	}
}

func filterSum(rt *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_sum", Opt("attribute", nil), Opt("start", int64(0)))
	if err != nil {
		return nil, err
	}
	if _, ok := textOf(a[1]); ok {
		return nil, typeErrorf("sum() can't sum strings [use ''.join(seq) instead]")
	}
	var c cursor
	if err := c.start(rt, v); err != nil {
		return nil, err
	}
	get := newAttrGetter(a[0], nil)
	total := a[1]
	for {
		x, ok, err := c.next()
		if err != nil || !ok {
			return total, err
		}
		if err := rt.tick(); err != nil {
			return nil, err
		}
		if x, err = get.get(rt, x); err != nil {
			return nil, err
		}
		if total, err = binary(rt, OpAdd, total, x); err != nil {
			return nil, err
		}
	}
}
