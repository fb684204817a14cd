package jinja

// setMethod gives a method of set, or nil.
func setMethod(name string) method {
	switch name {
	case "add":
		return setAdd
	case "discard", "remove":
		return setRemove(name == "remove")
	case "union", "update":
		return setUnion(name == "update")
	case "intersection", "difference":
		return setFilter(name == "intersection")
	case "symmetric_difference":
		return setSymmetric
	case "issubset", "issuperset", "isdisjoint":
		return setRelation(name)
	case "pop":
		return setPop
	case "copy":
		return func(_ *Runtime, recv Value, _ Args) (Value, error) { return NewSet(setOf(recv).Items()...) }
	case "clear":
		return func(_ *Runtime, recv Value, _ Args) (Value, error) {
			setOf(recv).d.Clear()
			return none()
		}
	}
	return nil
}

func setOf(v Value) *Set {
	s, _ := v.(*Set)
	return s
}

func setAdd(rt *Runtime, recv Value, args Args) (Value, error) {
	a, err := args.Bind("set.add", Req("elem"))
	if err != nil {
		return nil, err
	}
	if err := rt.needItems(1); err != nil {
		return nil, err
	}
	return nil, setOf(recv).Add(a[0])
}

func setRemove(must bool) method {
	return func(_ *Runtime, recv Value, args Args) (Value, error) {
		a, err := args.Bind("set.remove", Req("elem"))
		if err != nil {
			return nil, err
		}
		ok, err := setOf(recv).Remove(a[0])
		if err == nil && !ok && must {
			err = keyError(a[0])
		}
		return nil, err
	}
}

func setUnion(inPlace bool) method {
	return func(rt *Runtime, recv Value, args Args) (Value, error) {
		out := setOf(recv)
		if !inPlace {
			var err error
			if out, err = NewSet(out.Items()...); err != nil {
				return nil, err
			}
		}
		for _, v := range args.Pos {
			items, err := rt.collect(v)
			if err != nil {
				return nil, err
			}
			for _, it := range items {
				if err := out.Add(it); err != nil {
					return nil, err
				}
			}
		}
		if inPlace {
			return none()
		}
		return out, nil
	}
}

// others gives the arguments of a set method as sets.
func others(rt *Runtime, args Args) ([]*Set, error) {
	out := make([]*Set, len(args.Pos))
	for i, v := range args.Pos {
		items, err := rt.collect(v)
		if err != nil {
			return nil, err
		}
		if out[i], err = NewSet(items...); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// setFilter keeps the items that are in all arguments, or in none.
func setFilter(in bool) method {
	return func(rt *Runtime, recv Value, args Args) (Value, error) {
		sets, err := others(rt, args)
		if err != nil {
			return nil, err
		}
		out := &Set{}
		for _, it := range setOf(recv).Items() {
			keep := true
			for _, s := range sets {
				has, err := s.Has(it)
				if err != nil {
					return nil, err
				}
				keep = keep && has == in
			}
			if keep {
				if err := out.Add(it); err != nil {
					return nil, err
				}
			}
		}
		return out, nil
	}
}

func setSymmetric(rt *Runtime, recv Value, args Args) (Value, error) {
	sets, err := others(rt, args)
	if err != nil {
		return nil, err
	}
	if len(sets) != 1 {
		return nil, typeErrorf("set.symmetric_difference() takes exactly one argument (%d given)", len(sets))
	}
	a, err := setDifference(setOf(recv), sets[0])
	if err != nil {
		return nil, err
	}
	b, err := setDifference(sets[0], setOf(recv))
	if err != nil {
		return nil, err
	}
	return setUnion(false)(rt, a, Pos(b))
}

func setRelation(name string) method {
	return func(rt *Runtime, recv Value, args Args) (Value, error) {
		sets, err := others(rt, args)
		if err != nil {
			return nil, err
		}
		if len(sets) != 1 {
			return nil, typeErrorf("set.%s() takes exactly one argument (%d given)", name, len(sets))
		}
		a, b := setOf(recv), sets[0]
		if name == "issuperset" {
			a, b = b, a
		}
		want := name != "isdisjoint"
		for _, it := range a.Items() {
			if has, err := b.Has(it); err != nil || has != want {
				return false, err
			}
		}
		return true, nil
	}
}

func setPop(_ *Runtime, recv Value, _ Args) (Value, error) {
	s := setOf(recv)
	items := s.Items()
	if len(items) == 0 {
		return nil, &pyError{kind: "KeyError", msg: "'pop from an empty set'"}
	}
	_, err := s.Remove(items[0])
	return items[0], err
}
