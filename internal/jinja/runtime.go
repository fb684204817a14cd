package jinja

import (
	"context"
	"errors"
	"slices"

	"github.com/kith-analytics/kith/internal/fault"
)

// Runtime is one rendering, or several that belong together and share limits.
// It serves one goroutine at a time.
type Runtime struct {
	ctx    context.Context //nolint:containedctx // a runtime is one request; host functions ask for it
	opts   Options
	limits Limits
	steps  int64 // left
	alloc  int64 // bytes left
	depth  int
	buf    []byte // output of everything being rendered, innermost last
	stack  []call
	site   site
	native int // native renderings being run
}

// site is a place in a template.
type site struct {
	tmpl *Template
	pos  int32
}

// call is a macro being run, and where it was called.
type call struct {
	name string
	from site
}

// NewRuntime starts a rendering. The context is checked while it runs.
func NewRuntime(ctx context.Context, opts Options) *Runtime {
	l := opts.Limits.withDefaults()
	return &Runtime{ctx: ctx, opts: opts, limits: l, steps: l.Steps, alloc: l.AllocBytes}
}

// Context gives the context of the rendering, for host functions.
func (rt *Runtime) Context() context.Context { return rt.ctx }

// Options gives the options of the rendering.
func (rt *Runtime) Options() Options { return rt.opts }

// Render gives the text of a template. Errors are *fault.Error with a place.
func (rt *Runtime) Render(t *Template, s Scope) (string, error) {
	var text string
	err := rt.renderRoot(t, s, nil, func(out string) { text = out })
	return text, err
}

// renderRoot runs a template's top level, printing into sink when it is given.
func (rt *Runtime) renderRoot(t *Template, s Scope, sink *[]outItem, done func(out string)) error {
	if rt.ctx.Err() != nil {
		return rt.cancelled()
	}
	if rt.depth >= rt.limits.Depth {
		return fault.New(fault.Compile, "templates nested too deeply (more than %d)", rt.limits.Depth).At(t.name, t.firstLine)
	}
	rt.depth++
	before, start := rt.site, len(rt.buf)
	f := newFrame(rt, t.root, nil, s)
	f.sink = sink
	_, err := f.run(t.root.body)
	if err == nil {
		done(string(rt.buf[start:]))
	}
	rt.buf = rt.buf[:start]
	rt.site = before
	rt.depth--
	if ret, ok := errors.AsType[*returnSignal](err); ok {
		return rt.place(ret.from, runtimeErrorf("return() was called outside of a macro"))
	}
	return err
}

// Call calls a value: a macro, a host function or an object that can be called.
func (rt *Runtime) Call(fn Value, args Args) (Value, error) {
	switch x := fn.(type) {
	case *Macro:
		return rt.callMacro(x, args.Pos, args.Kw)
	case *Func:
		v, err := x.fn(rt, args)
		if err != nil {
			return nil, err
		}
		return hostValue(v), nil
	case Caller:
		v, err := x.Call(rt, args)
		if err != nil {
			return nil, err
		}
		return hostValue(v), nil
	case *Undefined:
		if err := x.fail(); err != nil {
			return nil, err
		}
		return x, nil
	}
	return nil, typeErrorf("'%s' object is not callable", TypeName(fn))
}

// hostValue takes in what a host function gave, which may be a plain Go value.
func hostValue(v Value) Value {
	switch v.(type) {
	case nil, string, bool, int64, float64, *List, *Dict, Tuple, *Undefined, Object:
		return v
	}
	return FromGo(v)
}

// Stack gives the macros being run, innermost first, each with the file and line
// it was called from.
func (rt *Runtime) Stack() []fault.Frame {
	if len(rt.stack) == 0 {
		return nil
	}
	out := make([]fault.Frame, 0, len(rt.stack))
	for _, c := range slices.Backward(rt.stack) {
		fr := fault.Frame{Name: c.name}
		if c.from.tmpl != nil {
			fr.File = c.from.tmpl.name
			fr.Line, _ = c.from.tmpl.place(int(c.from.pos))
		}
		out = append(out, fr)
	}
	return out
}

// Site gives the file and line of the call being made, for host functions that
// report something about it. Outside a call both are zero.
func (rt *Runtime) Site() (file string, line int) {
	if rt.site.tmpl == nil {
		return "", 0
	}
	line, _ = rt.site.tmpl.place(int(rt.site.pos))
	return rt.site.tmpl.name, line
}

// place makes err a *fault.Error that knows its place and stack. An error that
// has them keeps them.
func (rt *Runtime) place(at site, err error) error {
	if err == nil {
		return nil
	}
	if ret, ok := errors.AsType[*returnSignal](err); ok {
		if ret.from.tmpl == nil {
			ret.from = at
		}
		return err
	}
	var fe *fault.Error
	if errors.As(err, &fe) {
		if fe.File != "" || at.tmpl == nil {
			return err
		}
		copied := *fe
		fe = &copied
	} else {
		fe = fault.New(fault.Compile, "%s", err.Error())
		fe.Err = err
		if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
			fe.Code = fault.Cancelled
		}
	}
	if at.tmpl != nil {
		fe.File = at.tmpl.name
		fe.Line, fe.Column = at.tmpl.place(int(at.pos))
	}
	if fe.Stack == nil {
		fe.Stack = rt.Stack()
	}
	return fe
}

// tick counts one step.
func (rt *Runtime) tick() error {
	rt.steps--
	if rt.steps&0x3ff == 0 || rt.steps < 0 {
		return rt.check()
	}
	return nil
}

// check looks at the limits that are too slow to look at on every step.
func (rt *Runtime) check() error {
	if rt.steps <= 0 {
		return limitError("the template does too much work (more than %d steps)", rt.limits.Steps)
	}
	if rt.ctx.Err() != nil {
		return rt.cancelled()
	}
	return nil
}

func (rt *Runtime) cancelled() error {
	return fault.Wrap(context.Cause(rt.ctx), fault.Cancelled, "rendering was stopped")
}

// work counts n steps at once.
func (rt *Runtime) work(n int) error {
	if n <= 0 {
		return nil
	}
	before := rt.steps >> 10
	rt.steps -= int64(n)
	if rt.steps>>10 != before || rt.steps <= 0 {
		return rt.check()
	}
	return nil
}

// reserve must be called before making a string of n bytes.
func (rt *Runtime) reserve(n int) error {
	if n > rt.limits.OutputBytes {
		return limitError("the template makes a text of %d bytes; the limit is %d", n, rt.limits.OutputBytes)
	}
	rt.alloc -= int64(n)
	if rt.alloc < 0 {
		return limitError("the template uses too much memory (more than %d bytes in all)", rt.limits.AllocBytes)
	}
	return rt.work(n >> 6)
}

// reserveItems must be called before making a list of n items.
func (rt *Runtime) reserveItems(n int) error {
	if n > rt.limits.OutputBytes/16 {
		return limitError("the template makes a list of %d items; the limit is %d", n, rt.limits.OutputBytes/16)
	}
	rt.alloc -= int64(n) * 16
	if rt.alloc < 0 {
		return limitError("the template uses too much memory (more than %d bytes in all)", rt.limits.AllocBytes)
	}
	return rt.work(n >> 2)
}

// write prints s.
func (rt *Runtime) write(s string) error {
	if len(rt.buf)+len(s) > rt.limits.OutputBytes {
		return limitError("the template prints too much (more than %d bytes)", rt.limits.OutputBytes)
	}
	rt.buf = append(rt.buf, s...)
	return nil
}

// take cuts the output printed since start and gives it.
func (rt *Runtime) take(start int) (string, error) {
	if err := rt.reserve(len(rt.buf) - start); err != nil {
		return "", err
	}
	s := string(rt.buf[start:])
	rt.buf = rt.buf[:start]
	return s, nil
}

// undefined makes the value of an unknown global name.
func (rt *Runtime) undefined(name string) *Undefined {
	return &Undefined{name: name, mode: rt.opts.Undefined}
}

// mildMode is the mode of undefined values that Strict leaves alone.
func (rt *Runtime) mildMode() UndefinedMode {
	if rt != nil && rt.opts.Undefined == Silent {
		return Silent
	}
	return Lenient
}

// noAttr makes the value of an attribute that is not there.
func (rt *Runtime) noAttr(v Value, name string) *Undefined {
	return &Undefined{name: name, owner: ownerOf(v), mode: rt.mildMode()}
}

// noItem makes the value of an item that is not there.
func (rt *Runtime) noItem(v, key Value) *Undefined {
	if s, ok := textOf(key); ok {
		return rt.noAttr(v, s)
	}
	return &Undefined{name: Repr(key), owner: ownerOf(v), item: true, mode: rt.mildMode()}
}

// returnSignal carries the value of return() up to the macro it leaves.
type returnSignal struct { //nolint:errname // a signal, no failure
	value Value
	from  site
}

// Error says what happens when nothing catches the signal.
func (r *returnSignal) Error() string { return "return() was called outside of a macro" }

// ReturnFunc gives the function return(value): it ends the macro that runs it,
// whose call then has that value instead of the text printed. Blocks of call
// tags are no macros and are left too.
func ReturnFunc() *Func {
	return NewFunc("return", func(_ *Runtime, args Args) (Value, error) {
		v, err := args.Bind("return", Opt("data", nil))
		if err != nil {
			return nil, err
		}
		return nil, &returnSignal{value: v[0]}
	})
}
