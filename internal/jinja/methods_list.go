package jinja

import "slices"

// listMethod gives a method of list, or nil.
func listMethod(name string) method {
	switch name {
	case "append":
		return listAppend
	case "extend":
		return listExtend
	case "insert":
		return listInsert
	case "pop":
		return listPop
	case "remove":
		return listRemove
	case "index":
		return seqIndex
	case "count":
		return seqCount
	case "reverse":
		return listReverse
	case "sort":
		return listSort
	case "copy":
		return listCopy
	case "clear":
		return listClear
	}
	return nil
}

// tupleMethod gives a method of tuple, or nil.
func tupleMethod(name string) method {
	switch name {
	case "index":
		return seqIndex
	case "count":
		return seqCount
	}
	return nil
}

// rangeMethod gives a method of range, or nil.
func rangeMethod(name string) method { return tupleMethod(name) }

func listOf(v Value) *List {
	l, _ := v.(*List)
	return l
}

func listAppend(rt *Runtime, recv Value, args Args) (Value, error) {
	if len(args.Pos) != 1 || len(args.Kw) > 0 {
		return nil, typeErrorf("list.append() takes exactly one argument (%d given)", args.Len())
	}
	l := listOf(recv)
	if err := rt.needItems(1); err != nil {
		return nil, err
	}
	if err := rt.needTotal(len(l.Items)); err != nil {
		return nil, err
	}
	l.Items = append(l.Items, args.Pos[0])
	return none()
}

func listExtend(rt *Runtime, recv Value, args Args) (Value, error) {
	a, err := args.Bind("list.extend", Req("iterable"))
	if err != nil {
		return nil, err
	}
	more, err := rt.collect(a[0])
	if err != nil {
		return nil, err
	}
	l := listOf(recv)
	if err := rt.needTotal(len(l.Items) + len(more)); err != nil {
		return nil, err
	}
	l.Items = append(l.Items, more...)
	return none()
}

func listInsert(rt *Runtime, recv Value, args Args) (Value, error) {
	a, err := args.Bind("insert", Req("index"), Req("object"))
	if err != nil {
		return nil, err
	}
	l := listOf(recv)
	if err := rt.needItems(1); err != nil {
		return nil, err
	}
	if err := rt.work(len(l.Items) >> 4); err != nil {
		return nil, err
	}
	i, ok := asIndex(a[0])
	if !ok {
		return nil, typeErrorf("'%s' object cannot be interpreted as an integer", TypeName(a[0]))
	}
	n := int64(len(l.Items))
	if i < 0 {
		i = max(i+n, 0)
	}
	l.Items = slices.Insert(l.Items, int(min(i, n)), a[1])
	return none()
}

func listPop(rt *Runtime, recv Value, args Args) (Value, error) {
	a, err := args.Bind("pop", Opt("index", int64(-1)))
	if err != nil {
		return nil, err
	}
	l := listOf(recv)
	if len(l.Items) == 0 {
		return nil, indexErrorf("pop from empty list")
	}
	if _, ok := asIndex(a[0]); !ok {
		return nil, typeErrorf("'%s' object cannot be interpreted as an integer", TypeName(a[0]))
	}
	i, ok := indexIn(a[0], len(l.Items))
	if !ok {
		return nil, indexErrorf("pop index out of range")
	}
	if err := rt.work((len(l.Items) - i) >> 4); err != nil {
		return nil, err
	}
	v := l.Items[i]
	l.Items = slices.Delete(l.Items, i, i+1)
	return v, nil
}

func listRemove(rt *Runtime, recv Value, args Args) (Value, error) {
	a, err := args.Bind("remove", Req("value"))
	if err != nil {
		return nil, err
	}
	l := listOf(recv)
	for i, it := range l.Items {
		if err := rt.tick(); err != nil {
			return nil, err
		}
		if Equal(it, a[0]) {
			l.Items = slices.Delete(l.Items, i, i+1)
			return none()
		}
	}
	return nil, valueErrorf("list.remove(x): x not in list")
}

func listReverse(rt *Runtime, recv Value, args Args) (Value, error) {
	if _, err := args.Bind("reverse"); err != nil {
		return nil, err
	}
	l := listOf(recv)
	slices.Reverse(l.Items)
	return nil, rt.work(len(l.Items) >> 2)
}

func listSort(rt *Runtime, recv Value, args Args) (Value, error) {
	if len(args.Pos) > 0 {
		return nil, typeErrorf("sort() takes no positional arguments")
	}
	a, err := args.Bind("sort", Opt("key", nil), Opt("reverse", false))
	if err != nil {
		return nil, err
	}
	l := listOf(recv)
	var key func(Value) (Value, error)
	if a[0] != nil {
		key = func(v Value) (Value, error) { return rt.Call(a[0], Pos(v)) }
	}
	out, err := sortItems(rt, l.Items, key, Truth(a[1]))
	if err != nil {
		return nil, err
	}
	l.Items = out
	return none()
}

func listCopy(rt *Runtime, recv Value, args Args) (Value, error) {
	if _, err := args.Bind("copy"); err != nil {
		return nil, err
	}
	items, err := rt.collect(recv)
	return &List{Items: items}, err
}

func listClear(_ *Runtime, recv Value, args Args) (Value, error) {
	listOf(recv).Items = nil
	_, err := args.Bind("clear")
	return nil, err
}

// seqIndex is list.index and tuple.index.
func seqIndex(rt *Runtime, recv Value, args Args) (Value, error) {
	items, err := rt.collect(recv)
	if err != nil {
		return nil, err
	}
	a, err := args.Bind("index", Req("value"), Opt("start", int64(0)), Opt("stop", int64(len(items))))
	if err != nil {
		return nil, err
	}
	from, _, count, _, err := sliceBounds([3]Value{a[1], a[2], nil}, len(items))
	if err != nil {
		return nil, err
	}
	for i := from; i < from+count; i++ {
		if err := rt.tick(); err != nil {
			return nil, err
		}
		if Equal(items[i], a[0]) {
			return int64(i), nil
		}
	}
	if _, ok := recv.(*List); ok {
		return nil, valueErrorf("%s is not in list", Repr(a[0]))
	}
	return nil, valueErrorf("%s.index(x): x not in %s", TypeName(recv), TypeName(recv))
}

func seqCount(rt *Runtime, recv Value, args Args) (Value, error) {
	a, err := args.Bind("count", Req("value"))
	if err != nil {
		return nil, err
	}
	items, err := rt.collect(recv)
	if err != nil {
		return nil, err
	}
	n := int64(0)
	for _, it := range items {
		if err := rt.tick(); err != nil {
			return nil, err
		}
		if Equal(it, a[0]) {
			n++
		}
	}
	return n, nil
}

// sortItems gives items in order, without changing them. key may be nil.
func sortItems(rt *Runtime, items []Value, key func(Value) (Value, error), reverse bool) ([]Value, error) {
	type pair struct{ key, val Value }
	if err := rt.needItems(2 * len(items)); err != nil {
		return nil, err
	}
	pairs := make([]pair, len(items))
	for i, it := range items {
		k := it
		if key != nil {
			var err error
			if k, err = key(it); err != nil {
				return nil, err
			}
		}
		pairs[i] = pair{k, it}
	}
	var failed error
	slices.SortStableFunc(pairs, func(a, b pair) int {
		if failed != nil {
			return 0
		}
		if failed = rt.tick(); failed != nil {
			return 0
		}
		c, _, err := order(a.key, b.key, "<")
		if err != nil {
			failed = err
		}
		if reverse {
			return -c
		}
		return c
	})
	if failed != nil {
		return nil, failed
	}
	out := make([]Value, len(pairs))
	for i := range pairs {
		out[i] = pairs[i].val
	}
	return out, nil
}
