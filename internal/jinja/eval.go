package jinja

func (n *constExpr) eval(*frame) (Value, error) { return n.val, nil }

func (n *nameExpr) eval(f *frame) (Value, error) {
	if n.slot >= 0 {
		fr := f
		for d := n.depth; d > 0 && fr != nil; d-- {
			fr = fr.parent
		}
		if fr != nil {
			v := fr.slots[n.slot]
			if _, ok := v.(unset); !ok {
				return v, nil
			}
		}
	}
	v := f.global(n.name)
	if u, ok := v.(*Undefined); ok && n.slot >= 0 {
		// A branch that was not taken would have set it: as in Jinja it prints empty.
		return &Undefined{name: u.name, mode: f.rt.mildMode()}, nil
	}
	return v, nil
}

func (n *listExpr) eval(f *frame) (Value, error) {
	items, err := evalAll(f, n.items)
	if err != nil {
		return nil, err
	}
	return &List{Items: items}, nil
}

func (n *tupleExpr) eval(f *frame) (Value, error) {
	items, err := evalAll(f, n.items)
	if err != nil {
		return nil, err
	}
	return Tuple(items), nil
}

func evalAll(f *frame, xs []expr) ([]Value, error) {
	if len(xs) == 0 {
		return nil, nil
	}
	out := make([]Value, len(xs))
	for i, x := range xs {
		v, err := x.eval(f)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

func (n *dictExpr) eval(f *frame) (Value, error) {
	d := newDictSize(len(n.keys))
	for i, k := range n.keys {
		key, err := k.eval(f)
		if err != nil {
			return nil, err
		}
		val, err := n.vals[i].eval(f)
		if err != nil {
			return nil, err
		}
		if err := d.Set(key, val); err != nil {
			return nil, f.fail(n.pos, err)
		}
	}
	return d, nil
}

func (n *condExpr) eval(f *frame) (Value, error) {
	t, err := n.test.eval(f)
	if err != nil {
		return nil, err
	}
	if Truth(t) {
		return n.then.eval(f)
	}
	if n.other == nil {
		return &Undefined{
			hint: "the inline if-expression evaluated to false and no else section was defined.",
			mode: f.rt.mildMode(),
		}, nil
	}
	return n.other.eval(f)
}

func (n *andExpr) eval(f *frame) (Value, error) {
	l, err := n.left.eval(f)
	if err != nil || !Truth(l) {
		return l, err
	}
	return n.right.eval(f)
}

func (n *orExpr) eval(f *frame) (Value, error) {
	l, err := n.left.eval(f)
	if err != nil || Truth(l) {
		return l, err
	}
	return n.right.eval(f)
}

func (n *notExpr) eval(f *frame) (Value, error) {
	v, err := n.x.eval(f)
	if err != nil {
		return nil, err
	}
	return !Truth(v), nil
}

func (n *signExpr) eval(f *frame) (Value, error) {
	v, err := n.x.eval(f)
	if err != nil {
		return nil, err
	}
	out, err := signed(v, n.neg)
	if err != nil {
		return nil, f.fail(n.pos, err)
	}
	return out, nil
}

func (n *binExpr) eval(f *frame) (Value, error) {
	l, err := n.left.eval(f)
	if err != nil {
		return nil, err
	}
	r, err := n.right.eval(f)
	if err != nil {
		return nil, err
	}
	if err := f.rt.tick(); err != nil {
		return nil, f.fail(n.pos, err)
	}
	v, err := binary(f.rt, n.op, l, r)
	if err != nil {
		return nil, f.fail(n.pos, err)
	}
	return v, nil
}

func (n *concatExpr) eval(f *frame) (Value, error) {
	rt, start := f.rt, len(f.rt.buf)
	for _, p := range n.parts {
		v, err := p.eval(f)
		if err != nil {
			rt.buf = rt.buf[:start]
			return nil, err
		}
		s, ok := v.(string)
		if !ok {
			if s, err = rt.str(v); err != nil {
				rt.buf = rt.buf[:start]
				return nil, f.fail(exprPos(p, f.fn.pos), err)
			}
		}
		if err := rt.write(s); err != nil {
			rt.buf = rt.buf[:start]
			return nil, f.fail(exprPos(p, f.fn.pos), err)
		}
	}
	s, err := rt.take(start)
	if err != nil {
		rt.buf = rt.buf[:start]
		return nil, f.fail(exprPos(n.parts[0], f.fn.pos), err)
	}
	return s, nil
}

// exprPos gives where an expression stands, or def when it does not know.
func exprPos(x expr, def int32) int32 {
	switch n := x.(type) {
	case *nameExpr:
		return n.pos
	case *attrExpr:
		return exprPos(n.x, n.pos)
	case *itemExpr:
		return exprPos(n.x, n.pos)
	case *callExpr:
		return exprPos(n.fn, n.pos)
	case *filterExpr:
		return exprPos(n.x, n.pos)
	case *binExpr:
		return exprPos(n.left, n.pos)
	case *dictExpr:
		return n.pos
	}
	return def
}

func (n *compareExpr) eval(f *frame) (Value, error) {
	l, err := n.first.eval(f)
	if err != nil {
		return nil, err
	}
	for i := range n.ops {
		op := &n.ops[i]
		r, err := op.right.eval(f)
		if err != nil {
			return nil, err
		}
		ok, err := compare(f.rt, op.op, l, r)
		if err != nil {
			return nil, f.fail(n.pos, err)
		}
		if !ok {
			return false, nil
		}
		l = r
	}
	return true, nil
}

func (n *attrExpr) eval(f *frame) (Value, error) {
	x, err := n.x.eval(f)
	if err != nil {
		return nil, err
	}
	v, err := getAttr(f.rt, x, n.name)
	if err != nil {
		return nil, f.fail(n.pos, err)
	}
	return v, nil
}

func (n *itemExpr) eval(f *frame) (Value, error) {
	x, err := n.x.eval(f)
	if err != nil {
		return nil, err
	}
	key, err := n.key.eval(f)
	if err != nil {
		return nil, err
	}
	v, err := getItem(f.rt, x, key)
	if err != nil {
		return nil, f.fail(n.pos, err)
	}
	return v, nil
}

func (n *sliceExpr) eval(f *frame) (Value, error) {
	x, err := n.x.eval(f)
	if err != nil {
		return nil, err
	}
	var bounds [3]Value
	for i, e := range [3]expr{n.start, n.stop, n.step} {
		if e == nil {
			continue
		}
		if bounds[i], err = e.eval(f); err != nil {
			return nil, err
		}
	}
	v, err := sliceOf(f.rt, x, bounds)
	if err != nil {
		return nil, f.fail(n.pos, err)
	}
	return v, nil
}

func (n *filterExpr) eval(f *frame) (Value, error) {
	v, err := n.x.eval(f)
	if err != nil {
		return nil, err
	}
	return n.apply(f, v)
}

// apply runs the filter on a value.
func (n *filterExpr) apply(f *frame, v Value) (Value, error) {
	rt := f.rt
	if err := rt.tick(); err != nil {
		return nil, f.fail(n.pos, err)
	}
	if n.fn == nil {
		return nil, f.fail(n.pos, runtimeErrorf("No filter named '%s'.", n.name))
	}
	args, err := n.args.eval(f)
	if err != nil {
		return nil, f.fail(n.pos, err)
	}
	out, err := n.fn(rt, v, args)
	if err != nil {
		return nil, f.fail(n.pos, err)
	}
	return out, nil
}

func (n *testExpr) eval(f *frame) (Value, error) {
	if n.fn == nil {
		return nil, f.fail(n.pos, runtimeErrorf("No test named '%s'.", n.name))
	}
	v, err := n.x.eval(f)
	if err != nil {
		return nil, err
	}
	args, err := n.args.eval(f)
	if err != nil {
		return nil, f.fail(n.pos, err)
	}
	ok, err := n.fn(f.rt, v, args)
	if err != nil {
		return nil, f.fail(n.pos, err)
	}
	return ok != n.neg, nil
}
