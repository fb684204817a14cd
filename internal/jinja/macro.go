package jinja

// Macro is a callable macro, or the inside of a call block. A call gives the
// text it printed, or what return() was called with.
type Macro struct {
	fn     *function
	parent *frame // the variables around its definition; nil when bound by the host
	scope  Scope
}

// NewMacro binds a macro to the global names it sees. Other macros of its
// template are among them only if scope has them.
func NewMacro(def *MacroDef, scope Scope) *Macro {
	return &Macro{fn: def.fn, scope: scope}
}

// Def gives the macro's definition, nil for the inside of a call block.
func (m *Macro) Def() *MacroDef { return m.fn.def }

// GetAttr gives the attributes that Jinja documents.
func (m *Macro) GetAttr(_ *Runtime, name string) (Value, bool, error) {
	switch name {
	case "name":
		if m.fn.def == nil {
			return nil, true, nil
		}
		return m.fn.name, true, nil
	case "arguments":
		names := make(Tuple, len(m.fn.params))
		for i, p := range m.fn.params {
			names[i] = p.name
		}
		return names, true, nil
	case "catch_kwargs":
		return m.fn.catchKwargs, true, nil
	case "catch_varargs":
		return m.fn.catchVarargs, true, nil
	case "caller":
		return m.fn.catchCaller, true, nil
	}
	return nil, false, nil
}

// Repr shows the macro as Jinja does.
func (m *Macro) Repr() string {
	if m.fn.def == nil {
		return "<Macro anonymous>"
	}
	return "<Macro " + Repr(m.fn.name) + ">"
}

// callMacro binds the arguments and runs the macro.
func (rt *Runtime) callMacro(m *Macro, pos []Value, kw []KwArg) (Value, error) {
	fn := m.fn
	f := newFrame(rt, fn, m.parent, m.scope)
	if err := f.bind(pos, kw); err != nil {
		return nil, err
	}
	if rt.depth >= rt.limits.Depth {
		return nil, limitError("macros call each other too deeply (more than %d levels)", rt.limits.Depth)
	}
	if fn.def != nil && rt.opts.Hooks.OnMacroCall != nil {
		rt.opts.Hooks.OnMacroCall(fn.def)
	}
	rt.depth++
	rt.stack = append(rt.stack, call{name: fn.name, from: rt.site})
	v, err := f.runMacro()
	rt.stack = rt.stack[:len(rt.stack)-1]
	rt.depth--
	return v, err
}

// runMacro fills in the defaults and runs the body.
func (f *frame) runMacro() (Value, error) {
	rt, fn := f.rt, f.fn
	for i := range fn.params {
		p := &fn.params[i]
		if _, ok := f.slots[p.slot].(unset); !ok {
			continue
		}
		if p.def == nil {
			f.slots[p.slot] = &Undefined{name: p.name, hint: "parameter '" + p.name + "' was not provided", mode: rt.mildMode()}
			continue
		}
		v, err := p.def.eval(f)
		if err != nil {
			return nil, err
		}
		f.slots[p.slot] = v
	}
	f.enter(fn.scope)
	start := len(rt.buf)
	_, err := f.run(fn.body)
	if err == nil {
		return rt.take(start)
	}
	rt.buf = rt.buf[:start]
	if ret, ok := err.(*returnSignal); ok && fn.def != nil { //nolint:errorlint // never wrapped
		return ret.value, nil
	}
	return nil, err
}

// bind puts arguments into the parameters' slots by Jinja's rules.
func (f *frame) bind(pos []Value, kw []KwArg) error {
	fn := f.fn
	n := min(len(pos), len(fn.params))
	for i := range n {
		f.slots[fn.params[i].slot] = pos[i]
	}
	foundCaller := fn.explicitCaller && n == len(fn.params)
	var rest []KwArg
	for _, k := range kw {
		slot := int32(-1)
		for i := n; i < len(fn.params); i++ {
			if fn.params[i].name == k.Name {
				slot = fn.params[i].slot
				break
			}
		}
		switch {
		case slot >= 0:
			f.slots[slot] = k.Value
		case k.Name == "caller" && fn.callerSlot >= 0 && !fn.explicitCaller:
			f.slots[fn.callerSlot] = k.Value
			foundCaller = true
		default:
			rest = append(rest, k)
		}
	}
	if fn.callerSlot >= 0 && !fn.explicitCaller {
		if v := f.slots[fn.callerSlot]; !foundCaller || v == nil {
			f.slots[fn.callerSlot] = &Undefined{name: "caller", hint: "No caller defined", mode: f.rt.mildMode()}
		}
	}
	switch {
	case fn.catchKwargs:
		f.slots[fn.kwargsSlot] = Args{Kw: rest}.KwDict()
	case len(rest) > 0:
		for _, k := range rest {
			if k.Name == "caller" {
				return typeErrorf("macro %s was invoked with two values for the special caller argument. This is most likely a bug.", Repr(fn.name))
			}
		}
		return typeErrorf("macro %s takes no keyword argument %s", Repr(fn.name), Repr(rest[0].Name))
	}
	switch {
	case fn.catchVarargs:
		f.slots[fn.varargsSlot] = append(Tuple(nil), pos[n:]...)
	case len(pos) > len(fn.params):
		return typeErrorf("macro %s takes not more than %d argument(s)", Repr(fn.name), len(fn.params))
	}
	return nil
}
