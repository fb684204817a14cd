package jinja

// frame holds the variables of one run of a function. Functions defined inside
// it keep it alive and share its variables, as closures do.
type frame struct {
	rt     *Runtime
	fn     *function
	parent *frame
	scope  Scope // global names
	slots  []Value
	sink   *[]outItem // where a native rendering collects its values
}

// outItem is one printed value of a native rendering.
type outItem struct {
	val      Value
	constant bool
}

// unset is the content of a variable that nothing was assigned to.
type unset struct{}

func newFrame(rt *Runtime, fn *function, parent *frame, scope Scope) *frame {
	f := &frame{rt: rt, fn: fn, parent: parent, scope: scope}
	if fn.slots > 0 {
		f.slots = make([]Value, fn.slots)
		for i := range f.slots {
			f.slots[i] = unset{}
		}
	}
	return f
}

// enter sets up the variables of a scope.
func (f *frame) enter(sc *scope) {
	if sc == nil {
		return
	}
	for i := range sc.inits {
		in := &sc.inits[i]
		f.slots[in.slot] = f.read(in.depth, in.outer)
	}
}

// read gives the content of a variable, which may be unset.
func (f *frame) read(depth, slot int32) Value {
	if slot < 0 {
		return unset{}
	}
	fr := f
	for ; depth > 0 && fr != nil; depth-- {
		fr = fr.parent
	}
	if fr == nil {
		return unset{} // a macro bound without the template around it
	}
	return fr.slots[slot]
}

// global gives the value of a name that is no variable here.
func (f *frame) global(name string) Value {
	if f.scope != nil {
		if v, ok := f.scope.Lookup(name); ok {
			return hostValue(v)
		}
	}
	if g := f.rt.opts.Globals; g != nil {
		if v, ok := g.Lookup(name); ok {
			return hostValue(v)
		}
	}
	if v := builtinGlobal(name); v != nil {
		return v
	}
	return f.rt.undefined(name)
}

// fail gives err the place of a node.
func (f *frame) fail(pos int32, err error) error {
	return f.rt.place(site{f.fn.tmpl, pos}, err)
}

// run executes statements in order until one leaves the block.
func (f *frame) run(stmts []stmt) (flow, error) {
	for _, s := range stmts {
		fl, err := s.exec(f)
		if err != nil || fl != flowNext {
			return fl, err
		}
	}
	return flowNext, nil
}

// runBody executes a block in its scope.
func (f *frame) runBody(b *body) (flow, error) {
	f.enter(b.scope)
	return f.run(b.stmts)
}

// capture executes a block and gives what it printed.
func (f *frame) capture(b *body) (string, flow, error) {
	sink, start := f.sink, len(f.rt.buf)
	f.sink = nil
	fl, err := f.runBody(b)
	f.sink = sink
	if err != nil {
		f.rt.buf = f.rt.buf[:start]
		return "", fl, err
	}
	text, err := f.rt.take(start)
	return text, fl, err
}
