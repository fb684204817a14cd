package jinja

// eval gives the values of the arguments.
func (a *callArgs) eval(f *frame) (Args, error) {
	var out Args
	if len(a.pos) == 0 && a.plain() {
		return out, nil
	}
	pos, err := evalAll(f, a.pos)
	if err != nil {
		return out, err
	}
	out.Pos = pos
	if a.star != nil {
		v, err := a.star.eval(f)
		if err != nil {
			return out, err
		}
		more, err := f.rt.collect(v)
		if err != nil {
			if !canIterate(v) {
				err = typeErrorf("argument after * must be an iterable, not %s", TypeName(v))
			}
			return out, err
		}
		out.Pos = append(out.Pos, more...)
	}
	if len(a.kw) > 0 {
		out.Kw = make([]KwArg, len(a.kw), len(a.kw)+1)
		for i := range a.kw {
			v, err := a.kw[i].val.eval(f)
			if err != nil {
				return out, err
			}
			out.Kw[i] = KwArg{Name: a.kw[i].name, Value: v}
		}
	}
	if a.kwStar != nil {
		v, err := a.kwStar.eval(f)
		if err != nil {
			return out, err
		}
		if out.Kw, err = f.rt.addKeywords(out.Kw, v); err != nil {
			return out, err
		}
	}
	return out, nil
}

// addKeywords adds the pairs of **v.
func (rt *Runtime) addKeywords(kw []KwArg, v Value) ([]KwArg, error) {
	if u, ok := v.(*Undefined); ok && u.mode == Silent {
		return kw, nil
	}
	d, err := rt.mapping(v)
	if err != nil {
		return nil, typeErrorf("argument after ** must be a mapping, not %s", TypeName(v))
	}
	var seen map[string]bool
	if len(kw) > 0 {
		seen = make(map[string]bool, len(kw))
		for _, k := range kw {
			seen[k.Name] = true
		}
	}
	for key, val := range d.All() {
		name, ok := textOf(key)
		if !ok {
			return nil, typeErrorf("keywords must be strings")
		}
		if seen[name] {
			return nil, typeErrorf("got multiple values for keyword argument '%s'", name)
		}
		kw = append(kw, KwArg{Name: name, Value: val})
	}
	return kw, nil
}

func (n *callExpr) eval(f *frame) (Value, error) { return n.call(f, nil) }

// call makes the call; caller is the body of a call block, or nil.
func (n *callExpr) call(f *frame, caller *Macro) (Value, error) {
	rt := f.rt
	if err := rt.tick(); err != nil {
		return nil, f.fail(n.pos, err)
	}
	if at, ok := n.fn.(*attrExpr); ok && caller == nil {
		recv, err := at.x.eval(f)
		if err != nil {
			return nil, err
		}
		if m := methodOf(recv, at.name); m != nil {
			return n.method(f, recv, m)
		}
		fn, err := getAttr(rt, recv, at.name)
		if err != nil {
			return nil, f.fail(at.pos, err)
		}
		return n.value(f, fn, nil)
	}
	fn, err := n.fn.eval(f)
	if err != nil {
		return nil, err
	}
	return n.value(f, fn, caller)
}

// method calls a method of a built-in type without binding it first.
func (n *callExpr) method(f *frame, recv Value, m method) (Value, error) {
	args, err := n.args.eval(f)
	if err != nil {
		return nil, f.fail(n.pos, err)
	}
	v, err := m(f.rt, recv, args)
	if err != nil {
		return nil, f.fail(n.pos, err)
	}
	return v, nil
}

// value calls a value.
func (n *callExpr) value(f *frame, fn Value, caller *Macro) (Value, error) {
	rt := f.rt
	args, err := n.args.eval(f)
	if err != nil {
		return nil, f.fail(n.pos, err)
	}
	if u, ok := fn.(*Undefined); ok {
		if err := u.fail(); err != nil {
			return nil, f.fail(exprPos(n.fn, n.pos), err)
		}
	}
	if caller != nil {
		args.Kw = append(args.Kw, KwArg{Name: "caller", Value: caller})
	}
	before := rt.site
	rt.site = site{f.fn.tmpl, n.pos}
	v, err := rt.Call(fn, args)
	if err != nil {
		err = rt.place(rt.site, err)
		rt.site = before
		return nil, err
	}
	rt.site = before
	return v, nil
}
