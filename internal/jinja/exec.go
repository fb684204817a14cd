package jinja

import "strconv"

func (s *textStmt) exec(f *frame) (flow, error) {
	if f.sink != nil {
		*f.sink = append(*f.sink, outItem{val: s.text, constant: true})
		return flowNext, nil
	}
	if err := f.rt.write(s.text); err != nil {
		return flowNext, f.fail(f.fn.pos, err)
	}
	return flowNext, nil
}

func (s *outStmt) exec(f *frame) (flow, error) {
	rt := f.rt
	if err := rt.tick(); err != nil {
		return flowNext, f.fail(s.pos, err)
	}
	v, err := s.x.eval(f)
	if err != nil {
		return flowNext, err
	}
	if f.sink != nil {
		if len(*f.sink) > rt.limits.OutputBytes/16 {
			return flowNext, f.fail(s.pos, limitError("the template prints too much"))
		}
		*f.sink = append(*f.sink, outItem{val: v, constant: s.constant})
		return flowNext, nil
	}
	if err := s.print(f, v); err != nil {
		return flowNext, f.fail(s.pos, err)
	}
	return flowNext, nil
}

// print writes a value, without a string in between for the common kinds.
func (s *outStmt) print(f *frame, v Value) error {
	rt := f.rt
	switch x := v.(type) {
	case string:
		if s.escape {
			x = escapeHTML(x)
		}
		return rt.write(x)
	case int64:
		var digits [20]byte
		return rt.write(string(strconv.AppendInt(digits[:0], x, 10)))
	}
	text, err := rt.str(v)
	if err != nil {
		return err
	}
	if s.escape {
		if _, ok := v.(Markup); !ok {
			text = escapeHTML(text)
		}
	}
	return rt.write(text)
}

func (s *setStmt) exec(f *frame) (flow, error) {
	if err := f.rt.tick(); err != nil {
		return flowNext, f.fail(s.pos, err)
	}
	v, err := s.x.eval(f)
	if err != nil {
		return flowNext, err
	}
	return flowNext, s.target.assign(f, v)
}

func (s *setBlockStmt) exec(f *frame) (flow, error) {
	text, fl, err := f.capture(&s.body)
	if err != nil {
		return fl, f.fail(s.pos, err)
	}
	var v Value = text
	if v, err = applyFilters(f, s.filters, v); err != nil {
		return flowNext, err
	}
	return fl, s.target.assign(f, v)
}

func (s *filterStmt) exec(f *frame) (flow, error) {
	text, fl, err := f.capture(&s.body)
	if err != nil {
		return fl, f.fail(s.pos, err)
	}
	v, err := applyFilters(f, s.filters, text)
	if err != nil {
		return flowNext, err
	}
	out := outStmt{pos: s.pos}
	if f.sink != nil {
		*f.sink = append(*f.sink, outItem{val: v})
		return fl, nil
	}
	if err := out.print(f, v); err != nil {
		return fl, f.fail(s.pos, err)
	}
	return fl, nil
}

// applyFilters runs the filters of a block one after the other.
func applyFilters(f *frame, filters []*filterExpr, v Value) (Value, error) {
	for _, fe := range filters {
		var err error
		if v, err = fe.apply(f, v); err != nil {
			return nil, err
		}
	}
	return v, nil
}

func (s *ifStmt) exec(f *frame) (flow, error) {
	for i := range s.branches {
		b := &s.branches[i]
		v, err := b.test.eval(f)
		if err != nil {
			return flowNext, err
		}
		if Truth(v) {
			return f.run(b.body)
		}
	}
	return f.run(s.other)
}

func (s *macroStmt) exec(f *frame) (flow, error) {
	f.slots[s.slot] = &Macro{fn: s.fn, parent: f, scope: f.scope}
	return flowNext, nil
}

func (s *doStmt) exec(f *frame) (flow, error) {
	_, err := s.x.eval(f)
	return flowNext, err
}

func (s *breakStmt) exec(*frame) (flow, error)    { return flowBreak, nil }
func (s *continueStmt) exec(*frame) (flow, error) { return flowContinue, nil }

func (s *scopeStmt) exec(f *frame) (flow, error) { return f.runBody(&s.body) }

func (s *withStmt) exec(f *frame) (flow, error) {
	vals := make([]Value, len(s.vals))
	for i, x := range s.vals {
		v, err := x.eval(f)
		if err != nil {
			return flowNext, err
		}
		vals[i] = v
	}
	f.enter(s.body.scope)
	for i, t := range s.targets {
		if err := t.assign(f, vals[i]); err != nil {
			return flowNext, err
		}
	}
	return f.run(s.body.stmts)
}

// exec runs {% call %}: what the macro gives must be text, as in Jinja, where
// other values break the joining of the output.
func (s *callStmt) exec(f *frame) (flow, error) {
	caller := &Macro{fn: s.fn, parent: f, scope: f.scope}
	v, err := s.call.call(f, caller)
	if err != nil {
		return flowNext, err
	}
	if f.sink != nil {
		*f.sink = append(*f.sink, outItem{val: v})
		return flowNext, nil
	}
	text, ok := textOf(v)
	if u, isUndef := v.(*Undefined); isUndef && u.mode == Silent {
		text, ok = "", true
	}
	if !ok {
		err = typeErrorf("sequence item 0: expected str instance, %s found", TypeName(v))
	} else {
		err = f.rt.write(text)
	}
	if err != nil {
		return flowNext, f.fail(s.pos, err)
	}
	return flowNext, nil
}

func (t *nameTarget) assign(f *frame, v Value) error {
	f.slots[t.slot] = v
	return nil
}

func (t *tupleTarget) assign(f *frame, v Value) error {
	vals, err := f.rt.collect(v)
	if err != nil {
		if _, ok := v.(*Undefined); !ok && !canIterate(v) {
			err = typeErrorf("cannot unpack non-iterable %s object", TypeName(v))
		}
		return f.fail(t.pos, err)
	}
	switch {
	case len(vals) > len(t.items):
		return f.fail(t.pos, valueErrorf("too many values to unpack (expected %d)", len(t.items)))
	case len(vals) < len(t.items):
		return f.fail(t.pos, valueErrorf("not enough values to unpack (expected %d, got %d)", len(t.items), len(vals)))
	}
	for i, it := range t.items {
		if err := it.assign(f, vals[i]); err != nil {
			return err
		}
	}
	return nil
}

func (t *attrTarget) assign(f *frame, v Value) error {
	obj, err := t.obj.eval(f)
	if err != nil {
		return err
	}
	ns, ok := obj.(*namespace)
	if !ok {
		return f.fail(t.pos, runtimeErrorf("cannot assign attribute on non-namespace object"))
	}
	ns.vars.SetStr(t.attr, v)
	return nil
}
