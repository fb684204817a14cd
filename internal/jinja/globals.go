package jinja

import "strings"

// builtinGlobal gives one of Jinja's own global functions, or nil.
func builtinGlobal(name string) Value {
	switch name {
	case "range":
		return NewFunc("range", globalRange)
	case "dict":
		return NewFunc("dict", globalDict)
	case "namespace":
		return NewFunc("namespace", globalNamespace)
	case "cycler":
		return NewFunc("cycler", globalCycler)
	case "joiner":
		return NewFunc("joiner", globalJoiner)
	case "lipsum":
		return NewFunc("lipsum", globalLipsum)
	}
	return nil
}

func globalRange(_ *Runtime, args Args) (Value, error) {
	if len(args.Kw) > 0 {
		return nil, typeErrorf("range() takes no keyword arguments")
	}
	if n := len(args.Pos); n == 0 {
		return nil, typeErrorf("range expected at least 1 argument, got 0")
	} else if n > 3 {
		return nil, typeErrorf("range expected at most 3 arguments, got %d", n)
	}
	nums := [3]int64{0, 0, 1}
	for i, v := range args.Pos {
		n, ok := asIndex(v)
		if !ok {
			if u, isUndef := v.(*Undefined); isUndef && u.mode == Silent {
				n, ok = 0, true
			}
		}
		if !ok {
			return nil, typeErrorf("'%s' object cannot be interpreted as an integer", TypeName(v))
		}
		nums[i] = n
	}
	if len(args.Pos) == 1 {
		nums[0], nums[1] = 0, nums[0]
	}
	if nums[2] == 0 {
		return nil, valueErrorf("range() arg 3 must not be zero")
	}
	r, err := newRange(nums[0], nums[1], nums[2])
	if err != nil {
		return nil, err
	}
	return r, nil
}

func globalDict(rt *Runtime, args Args) (Value, error) {
	if len(args.Pos) > 1 {
		return nil, typeErrorf("dict expected at most 1 argument, got %d", len(args.Pos))
	}
	d := NewDict()
	if len(args.Pos) == 1 {
		other, err := rt.toDict(args.Pos[0])
		if err != nil {
			return nil, err
		}
		if err := rt.reserveItems(other.Len()); err != nil {
			return nil, err
		}
		d = other.Copy()
	}
	for _, kw := range args.Kw {
		d.SetStr(kw.Name, kw.Value)
	}
	return d, nil
}

// namespace is an object whose attributes templates may set.
type namespace struct {
	vars *Dict
}

func globalNamespace(rt *Runtime, args Args) (Value, error) {
	d, err := globalDict(rt, args)
	if err != nil {
		return nil, err
	}
	return &namespace{vars: dictOf(d)}, nil
}

// GetAttr gives an attribute.
func (n *namespace) GetAttr(_ *Runtime, name string) (Value, bool, error) {
	v, ok := n.vars.GetStr(name)
	return v, ok, nil
}

// TypeName is Jinja's.
func (n *namespace) TypeName() string { return "Namespace" }

// Repr is Jinja's.
func (n *namespace) Repr() string { return "<Namespace " + Repr(n.vars) + ">" }

// cycler gives its items in turn.
type cycler struct {
	items []Value
	pos   int
}

func globalCycler(_ *Runtime, args Args) (Value, error) {
	if len(args.Pos) == 0 {
		return nil, runtimeErrorf("at least one item has to be provided")
	}
	return &cycler{items: args.Pos}, nil
}

// GetAttr gives current, next and reset.
func (c *cycler) GetAttr(_ *Runtime, name string) (Value, bool, error) {
	switch name {
	case "current":
		return c.items[c.pos], true, nil
	case "next":
		return NewFunc("next", func(*Runtime, Args) (Value, error) {
			v := c.items[c.pos]
			c.pos = (c.pos + 1) % len(c.items)
			return v, nil
		}), true, nil
	case "reset":
		return NewFunc("reset", func(*Runtime, Args) (Value, error) {
			c.pos = 0
			return none()
		}), true, nil
	}
	return nil, false, nil
}

// TypeName is Jinja's.
func (c *cycler) TypeName() string { return "Cycler" }

// globalJoiner gives a function that gives nothing the first time and the
// separator from then on.
func globalJoiner(rt *Runtime, args Args) (Value, error) {
	a, err := args.Bind("Joiner", Opt("sep", ", "))
	if err != nil {
		return nil, err
	}
	used := false
	return NewFunc("joiner", func(*Runtime, Args) (Value, error) {
		if !used {
			used = true
			return "", nil
		}
		return rt.strValue(a[0])
	}), nil
}

// globalLipsum gives filler text; html wraps its paragraphs.
func globalLipsum(rt *Runtime, args Args) (Value, error) {
	a, err := args.Bind("generate_lorem_ipsum", Opt("n", int64(5)), Opt("html", true), Opt("min", int64(20)), Opt("max", int64(100)))
	if err != nil {
		return nil, err
	}
	const text = "Lorem ipsum dolor sit amet, consectetuer adipiscing elit, aenean commodo ligula eget dolor aenean massa."
	n, ok := asIndex(a[0])
	if !ok {
		return nil, typeErrorf("'%s' object cannot be interpreted as an integer", TypeName(a[0]))
	}
	n = max(n, 0)
	if err := rt.reserve(int(min(n, 1<<30)) * (len(text) + 8)); err != nil {
		return nil, err
	}
	parts := make([]string, n)
	for i := range parts {
		parts[i] = text
		if Truth(a[1]) {
			parts[i] = "<p>" + text + "</p>"
		}
	}
	if Truth(a[1]) {
		return Markup(strings.Join(parts, "\n")), nil
	}
	return strings.Join(parts, "\n\n"), nil
}
