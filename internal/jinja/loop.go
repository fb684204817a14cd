package jinja

// loopState is the variable loop inside a for block, and the source of its
// values.
type loopState struct {
	src     cursor
	f       *frame
	stmt    *forStmt
	index0  int
	depth0  int
	prev    Value
	cur     Value
	ahead   []Value // values read before their turn
	changed []Value
	rec     func(v Value) (Value, error) // loop(...) of a recursive loop
}

func (s *forStmt) exec(f *frame) (flow, error) {
	v, err := s.iter.eval(f)
	if err != nil {
		return flowNext, err
	}
	if s.recursive != nil {
		return flowNext, s.recurse(f, v, 0)
	}
	return s.loop(f, v, 0, nil)
}

// recurse runs one level of a recursive loop in a frame of its own.
func (s *forStmt) recurse(f *frame, v Value, depth int) error {
	rt := f.rt
	if rt.depth >= rt.limits.Depth {
		return f.fail(s.pos, limitError("a recursive loop is nested too deeply (more than %d levels)", rt.limits.Depth))
	}
	rt.depth++
	defer func() { rt.depth-- }()
	inner := newFrame(rt, s.recursive, f, f.scope)
	if depth == 0 {
		inner.sink = f.sink
	}
	again := func(v Value) (Value, error) {
		start := len(rt.buf)
		if err := s.recurse(f, v, depth+1); err != nil {
			rt.buf = rt.buf[:start]
			return nil, err
		}
		return rt.take(start)
	}
	_, err := s.loop(inner, v, depth, again)
	return err
}

// loop runs the body once for each value that passes the filter.
func (s *forStmt) loop(f *frame, v Value, depth int, rec func(Value) (Value, error)) (flow, error) {
	st := &loopState{f: f, stmt: s, depth0: depth, rec: rec, index0: -1}
	if err := st.src.start(f.rt, v); err != nil {
		return flowNext, f.fail(exprPos(s.iter, s.pos), err)
	}
	return s.turns(f, st)
}

func (s *forStmt) turns(f *frame, st *loopState) (flow, error) {
	rt, slot, seen := f.rt, s.body.scope.loop, false
	if slot >= 0 {
		f.slots[slot] = st
	}
	for {
		if err := rt.tick(); err != nil {
			return flowNext, f.fail(s.pos, err)
		}
		v, ok, err := st.advance()
		if err != nil {
			return flowNext, f.fail(s.pos, err)
		}
		if !ok {
			break
		}
		if err := s.target.assign(f, v); err != nil {
			return flowNext, err
		}
		f.enter(s.body.scope)
		fl, err := f.run(s.body.stmts)
		if err != nil {
			return flowNext, err
		}
		if fl == flowBreak {
			break
		}
		seen = seen || fl == flowNext // as in Jinja a turn cut short is none to else
	}
	if !seen && s.other.stmts != nil {
		return f.runBody(&s.other)
	}
	return flowNext, nil
}

// fetch gives the next value that passes the filter.
func (st *loopState) fetch() (Value, bool, error) {
	s := st.stmt
	for {
		v, ok, err := st.src.next()
		if err != nil || !ok || s.filter == nil {
			return v, ok, err
		}
		if err := st.f.rt.tick(); err != nil {
			return nil, false, err
		}
		if err := s.fTarget.assign(st.f, v); err != nil {
			return nil, false, err
		}
		pass, err := s.filter.eval(st.f)
		if err != nil {
			return nil, false, err
		}
		if Truth(pass) {
			return v, true, nil
		}
	}
}

// advance makes the next value the current one.
func (st *loopState) advance() (Value, bool, error) {
	var v Value
	if len(st.ahead) > 0 {
		v, st.ahead = st.ahead[0], st.ahead[1:]
	} else {
		var ok bool
		var err error
		if v, ok, err = st.fetch(); err != nil || !ok {
			return nil, false, err
		}
	}
	if st.index0 >= 0 {
		st.prev = st.cur
	}
	st.cur = v
	st.index0++
	return v, true, nil
}

// peek gives the value after the current one.
func (st *loopState) peek() (Value, bool, error) {
	if len(st.ahead) == 0 {
		v, ok, err := st.fetch()
		if err != nil || !ok {
			return nil, false, err
		}
		st.ahead = append(st.ahead, v)
	}
	return st.ahead[0], true, nil
}

// length gives the number of all turns. Unless the source knows it, the rest is
// read ahead.
func (st *loopState) length() (int, error) {
	if st.stmt.filter == nil {
		if n := st.src.left(); n >= 0 {
			return st.index0 + 1 + len(st.ahead) + n, nil
		}
	}
	for {
		v, ok, err := st.fetch()
		if err != nil {
			return 0, err
		}
		if !ok {
			return st.index0 + 1 + len(st.ahead), nil
		}
		if err := st.f.rt.reserveItems(1); err != nil {
			return 0, err
		}
		if err := st.f.rt.needTotal(len(st.ahead)); err != nil {
			return 0, err
		}
		st.ahead = append(st.ahead, v)
	}
}

// GetAttr gives the attributes Jinja documents.
func (st *loopState) GetAttr(rt *Runtime, name string) (Value, bool, error) {
	switch name {
	case "index":
		return int64(st.index0 + 1), true, nil
	case "index0":
		return int64(st.index0), true, nil
	case "first":
		return st.index0 == 0, true, nil
	case "last":
		_, ok, err := st.peek()
		return !ok, true, err
	case "depth":
		return int64(st.depth0 + 1), true, nil
	case "depth0":
		return int64(st.depth0), true, nil
	case "length", "revindex", "revindex0":
		n, err := st.length()
		switch name {
		case "revindex":
			n -= st.index0
		case "revindex0":
			n -= st.index0 + 1
		}
		return int64(n), true, err
	case "previtem":
		if st.index0 == 0 {
			return &Undefined{hint: "there is no previous item", name: name, mode: rt.mildMode()}, true, nil
		}
		return st.prev, true, nil
	case "nextitem":
		v, ok, err := st.peek()
		if err == nil && !ok {
			return &Undefined{hint: "there is no next item", name: name, mode: rt.mildMode()}, true, nil
		}
		return v, true, err
	case "cycle":
		return NewFunc("cycle", st.cycle), true, nil
	case "changed":
		return NewFunc("changed", st.hasChanged), true, nil
	}
	return nil, false, nil
}

func (st *loopState) cycle(_ *Runtime, args Args) (Value, error) {
	if len(args.Pos) == 0 {
		return nil, typeErrorf("no items for cycling given")
	}
	return args.Pos[st.index0%len(args.Pos)], nil
}

func (st *loopState) hasChanged(_ *Runtime, args Args) (Value, error) {
	same := st.changed != nil && len(st.changed) == len(args.Pos)
	for i := 0; same && i < len(args.Pos); i++ {
		same = Equal(st.changed[i], args.Pos[i])
	}
	if same {
		return false, nil
	}
	st.changed = append([]Value{}, args.Pos...)
	return true, nil
}

// Call runs a recursive loop on the next level.
func (st *loopState) Call(_ *Runtime, args Args) (Value, error) {
	if st.rec == nil {
		return nil, typeErrorf("The loop must have the 'recursive' marker to be called recursively.")
	}
	v, err := args.Bind("loop", Req("iterable"))
	if err != nil {
		return nil, err
	}
	return st.rec(v[0])
}

// Len gives loop.length.
func (st *loopState) Len() int {
	n, err := st.length()
	if err != nil {
		return st.index0 + 1
	}
	return n
}

// TypeName is Jinja's.
func (st *loopState) TypeName() string { return "LoopContext" }

// Truth is always true.
func (st *loopState) Truth() bool { return true }

// Repr shows the place in the loop, as Jinja does.
func (st *loopState) Repr() string {
	return "<LoopContext " + Repr(int64(st.index0+1)) + "/" + Repr(int64(st.Len())) + ">"
}
