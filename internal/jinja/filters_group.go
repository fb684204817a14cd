package jinja

// groupTuple is one group of groupby: a pair that also has names.
type groupTuple struct {
	grouper Value
	list    *List
}

// GetAttr gives grouper and list.
func (g *groupTuple) GetAttr(_ *Runtime, name string) (Value, bool, error) {
	switch name {
	case "grouper":
		return g.grouper, true, nil
	case "list":
		return g.list, true, nil
	}
	return nil, false, nil
}

func (g *groupTuple) pair() Tuple { return Tuple{g.grouper, g.list} }

// GetItem gives the grouper as 0 and the list as 1.
func (g *groupTuple) GetItem(_ *Runtime, key Value) (Value, bool, error) {
	i, ok := indexIn(key, 2)
	if !ok {
		return nil, false, nil
	}
	return g.pair()[i], true, nil
}

// Iterate gives the grouper and the list.
func (g *groupTuple) Iterate(*Runtime) (Iterator, error) { return Iterate(g.pair()) }

// Len is 2.
func (g *groupTuple) Len() int { return 2 }

// Repr is that of the pair.
func (g *groupTuple) Repr() string { return Repr(g.pair()) }

// TypeName is Jinja's.
func (g *groupTuple) TypeName() string { return "_GroupTuple" }

// Equal compares as a pair.
func (g *groupTuple) Equal(other Value) bool {
	if o, ok := other.(*groupTuple); ok {
		return Equal(g.pair(), o.pair())
	}
	return Equal(g.pair(), other)
}

func filterGroupBy(rt *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_groupby", Req("attribute"), Opt("default", nil), Opt("case_sensitive", false))
	if err != nil {
		return nil, err
	}
	items, err := rt.collect(v)
	if err != nil {
		return nil, err
	}
	get := newAttrGetter(a[0], a[1])
	key := func(x Value) (Value, error) {
		k, err := get.get(rt, x)
		if err == nil && !Truth(a[2]) {
			k = ignoreCase(k)
		}
		return k, err
	}
	if items, err = sortItems(rt, items, key, false); err != nil {
		return nil, err
	}
	out := &List{}
	var last Value
	var group *groupTuple
	for _, x := range items {
		k, err := key(x)
		if err != nil {
			return nil, err
		}
		if group == nil || !Equal(k, last) {
			name, err := get.get(rt, x)
			if err != nil {
				return nil, err
			}
			group, last = &groupTuple{grouper: name, list: &List{}}, k
			out.Append(group)
		}
		group.list.Append(x)
	}
	return out, nil
}

func filterBatch(rt *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_batch", Req("linecount"), Opt("fill_with", nil))
	if err != nil {
		return nil, err
	}
	n, ok := asIndex(a[0])
	if !ok {
		return nil, typeErrorf("'%s' object cannot be interpreted as an integer", TypeName(a[0]))
	}
	c := &cursor{}
	if err := c.start(rt, v); err != nil {
		return nil, err
	}
	row, ended := &List{}, false
	return newGenerator("do_batch", func() (Value, bool, error) {
		for !ended {
			x, ok, err := c.next()
			if err != nil {
				return nil, false, err
			}
			if !ok {
				ended = true
				break
			}
			if err := rt.reserveItems(1); err != nil {
				return nil, false, err
			}
			if int64(len(row.Items)) == n {
				full := row
				row = NewList(x)
				return full, true, nil
			}
			row.Append(x)
		}
		if len(row.Items) == 0 {
			return nil, false, nil
		}
		last := row
		row = &List{}
		return last, true, fillRow(rt, last, n, a[1])
	}), nil
}

// fillRow brings the last row of a batch to n items.
func fillRow(rt *Runtime, row *List, n int64, with Value) error {
	missing := n - int64(len(row.Items))
	if with == nil || missing <= 0 {
		return nil
	}
	if err := rt.reserveItems(int(min(missing, 1<<40))); err != nil {
		return err
	}
	for range missing {
		row.Append(with)
	}
	return nil
}

func filterSlice(rt *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_slice", Req("slices"), Opt("fill_with", nil))
	if err != nil {
		return nil, err
	}
	items, err := rt.collect(v)
	if err != nil {
		return nil, err
	}
	n, ok := asIndex(a[0])
	if !ok {
		return nil, typeErrorf("'%s' object cannot be interpreted as an integer", TypeName(a[0]))
	}
	if n == 0 {
		return nil, zeroDivision("integer division or modulo by zero")
	}
	per, extra := int64(len(items))/n, int64(len(items))%n
	i, at := int64(0), int64(0)
	return newGenerator("do_slice", func() (Value, bool, error) {
		if i >= n {
			return nil, false, nil
		}
		if err := rt.reserveItems(int(per) + 1); err != nil {
			return nil, false, err
		}
		size := per
		if i < extra {
			size++
		}
		row := &List{Items: append([]Value(nil), items[at:at+size]...)}
		if a[1] != nil && i >= extra {
			row.Append(a[1])
		}
		at += size
		i++
		return row, true, nil
	}), nil
}

// filterMap applies a filter to each item, or takes an attribute of it.
func filterMap(rt *Runtime, v Value, args Args) (Value, error) {
	c := &cursor{}
	if !Truth(v) {
		return newGenerator("sync_do_map", c.next), nil
	}
	fn, err := mapFunc(rt, args)
	if err != nil {
		return nil, err
	}
	if err := c.start(rt, v); err != nil {
		return nil, err
	}
	return newGenerator("sync_do_map", func() (Value, bool, error) {
		x, ok, err := c.next()
		if err != nil || !ok {
			return nil, false, err
		}
		if err := rt.tick(); err != nil {
			return nil, false, err
		}
		out, err := fn(x)
		return out, err == nil, err
	}), nil
}

func mapFunc(rt *Runtime, args Args) (func(Value) (Value, error), error) {
	if attribute, ok := args.Keyword("attribute"); ok && len(args.Pos) == 0 {
		def, _ := args.Keyword("default")
		for _, kw := range args.Kw {
			if kw.Name != "attribute" && kw.Name != "default" {
				return nil, &pyError{kind: "FilterArgumentError", msg: "Unexpected keyword argument " + Repr(kw.Name)}
			}
		}
		get := newAttrGetter(attribute, def)
		return func(x Value) (Value, error) { return get.get(rt, x) }, nil
	}
	if len(args.Pos) == 0 {
		return nil, &pyError{kind: "FilterArgumentError", msg: "map requires a filter argument"}
	}
	name, err := rt.str(args.Pos[0])
	if err != nil {
		return nil, err
	}
	fn := builtinFilter(name)
	if fn == nil {
		return nil, runtimeErrorf("No filter named %s.", Repr(name))
	}
	rest := Args{Pos: args.Pos[1:], Kw: args.Kw}
	return func(x Value) (Value, error) { return fn(rt, x, rest) }, nil
}

// testArgs takes the test from the arguments of a filter; without one the truth
// of a value counts.
func testArgs(rt *Runtime, args Args) (testFunc, Args, error) {
	if len(args.Pos) == 0 {
		return func(_ *Runtime, v Value, _ Args) (bool, error) { return Truth(v), nil }, args, nil
	}
	name, err := rt.str(args.Pos[0])
	if err != nil {
		return nil, args, err
	}
	test := builtinTest(name)
	if test == nil {
		return nil, args, runtimeErrorf("No test named %s.", Repr(name))
	}
	args.Pos = args.Pos[1:]
	return test, args, nil
}

// filterSelect keeps or drops the items that pass a test, of themselves or of an
// attribute.
func filterSelect(keep, attr bool) filterFunc {
	return func(rt *Runtime, v Value, args Args) (Value, error) {
		if !Truth(v) {
			return newGenerator("select_or_reject", (&cursor{}).next), nil
		}
		get := attrGetter{}
		if attr {
			if len(args.Pos) == 0 {
				return nil, &pyError{kind: "FilterArgumentError", msg: "Missing parameter for attribute name"}
			}
			get = newAttrGetter(args.Pos[0], nil)
			args.Pos = args.Pos[1:]
		}
		test, args, err := testArgs(rt, args)
		if err != nil {
			return nil, err
		}
		c := &cursor{}
		if err := c.start(rt, v); err != nil {
			return nil, err
		}
		return newGenerator("select_or_reject", func() (Value, bool, error) {
			for {
				x, ok, err := c.next()
				if err != nil || !ok {
					return nil, false, err
				}
				if err := rt.tick(); err != nil {
					return nil, false, err
				}
				tested, err := get.get(rt, x)
				if err != nil {
					return nil, false, err
				}
				pass, err := test(rt, tested, args)
				if err != nil {
					return nil, false, err
				}
				if pass == keep {
					return x, true, nil
				}
			}
		}), nil
	}
}
