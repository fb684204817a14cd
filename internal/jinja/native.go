package jinja

import (
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

// marked is a value that went through as_text, as_bool, as_number or as_native.
// In text it is what it was; a native rendering decides by the mark.
type marked struct {
	text string
	mark string
}

// GetAttr gives the methods of str.
func (m *marked) GetAttr(_ *Runtime, name string) (Value, bool, error) {
	if fn := strMethod(name); fn != nil {
		return &boundMethod{m.text, name, fn}, true, nil
	}
	return nil, false, nil
}

// Str gives the text.
func (m *marked) Str() string { return m.text }

// Repr gives the text's repr.
func (m *marked) Repr() string { return Repr(m.text) }

// TypeName is Python's.
func (m *marked) TypeName() string { return "str" }

// Truth is that of the text.
func (m *marked) Truth() bool { return m.text != "" }

// Equal compares the text.
func (m *marked) Equal(other Value) bool {
	if o, ok := other.(*marked); ok {
		return o.text == m.text
	}
	return Equal(m.text, other)
}

// markerFilter makes as_text and its kin. They mark their input in native
// renderings only.
func markerFilter(mark string) filterFunc {
	return func(rt *Runtime, v Value, args Args) (Value, error) {
		if _, err := args.Bind(mark); err != nil {
			return nil, err
		}
		if rt.native == 0 {
			return v, nil
		}
		s, err := rt.str(v)
		if err != nil {
			return nil, err
		}
		return &marked{text: s, mark: mark}, nil
	}
}

// RenderNative gives the value of a template. A template that is a single
// expression gives its value, unless the expression is made of literals only,
// which Jinja folds into text; several parts are joined as text. Values marked
// by as_native, as_bool and as_number, and every text with
// Options.NativeLiterals, are read as a Python literal where they are one.
func (rt *Runtime) RenderNative(t *Template, s Scope) (Value, error) {
	var items []outItem
	rt.native++
	err := rt.renderRoot(t, s, &items, func(string) {})
	rt.native--
	if err != nil {
		return nil, err
	}
	v, err := rt.joinNative(t, items)
	if err != nil {
		return nil, rt.place(site{t, t.root.pos}, err)
	}
	return v, nil
}

func (rt *Runtime) joinNative(t *Template, items []outItem) (Value, error) {
	if len(items) == 0 {
		return rt.literal(""), nil
	}
	if len(items) == 1 && !items[0].constant {
		v := items[0].val
		m, ok := v.(*marked)
		if !ok {
			if s, isText := v.(string); isText {
				return rt.literal(s), nil
			}
			if u, undef := v.(*Undefined); undef {
				return v, u.failPrint()
			}
			return v, nil
		}
		return m.resolve(t)
	}
	var b strings.Builder
	for _, it := range items {
		s, err := rt.str(it.val)
		if err != nil {
			return nil, err
		}
		if b.Len()+len(s) > rt.limits.OutputBytes {
			return nil, limitError("the template prints too much (more than %d bytes)", rt.limits.OutputBytes)
		}
		b.WriteString(s)
	}
	return rt.literal(b.String()), nil
}

// literal reads a text as Jinja's own native rule asks, when it is on.
func (rt *Runtime) literal(s string) Value {
	if rt.opts.NativeLiterals {
		if v, err := ParseLiteral(s); err == nil {
			return v
		}
	}
	return s
}

// resolve gives the value that a mark asks for.
func (m *marked) resolve(t *Template) (Value, error) {
	if m.mark == "as_text" {
		return m.text, nil
	}
	v, err := ParseLiteral(m.text)
	if err != nil {
		v = m.text
	}
	_, isBool := v.(bool)
	switch {
	case m.mark == "as_bool" && !isBool:
		return nil, fault.New(fault.Compile, "Could not convert value '%s' into type 'bool'", m.text).At(t.name, t.firstLine)
	case m.mark == "as_number" && (isBool || !isNumber(v)):
		return nil, fault.New(fault.Compile, "Could not convert value '%s' into type 'number'", m.text).At(t.name, t.firstLine)
	}
	return v, nil
}

// isConstant says whether Jinja folds an expression into text when it compiles
// a template: literals, and operators, filters and tests on them.
func isConstant(x expr) bool {
	switch n := x.(type) {
	case *constExpr:
		return true
	case *listExpr:
		return allConstant(n.items...)
	case *tupleExpr:
		return allConstant(n.items...)
	case *dictExpr:
		return allConstant(n.keys...) && allConstant(n.vals...)
	case *condExpr:
		return n.other != nil && allConstant(n.test, n.then, n.other)
	case *andExpr:
		return allConstant(n.left, n.right)
	case *orExpr:
		return allConstant(n.left, n.right)
	case *notExpr:
		return isConstant(n.x)
	case *signExpr:
		return isConstant(n.x)
	case *binExpr:
		return allConstant(n.left, n.right)
	case *concatExpr:
		return allConstant(n.parts...)
	case *compareExpr:
		for i := range n.ops {
			if !isConstant(n.ops[i].right) {
				return false
			}
		}
		return isConstant(n.first)
	case *itemExpr:
		return allConstant(n.x, n.key)
	case *filterExpr:
		return foldable(n.name) && isConstant(n.x) && n.args.constant()
	case *testExpr:
		return isConstant(n.x) && n.args.constant()
	}
	return false
}

func allConstant(xs ...expr) bool {
	for _, x := range xs {
		if !isConstant(x) {
			return false
		}
	}
	return true
}

func (a *callArgs) constant() bool {
	for i := range a.kw {
		if !isConstant(a.kw[i].val) {
			return false
		}
	}
	return a.star == nil && a.kwStar == nil && allConstant(a.pos...)
}

// foldable says whether a filter's result on literals is itself a literal.
func foldable(filter string) bool {
	switch filter {
	case "as_text", "as_bool", "as_native", "as_number", "random", "map", "select", "reject",
		"selectattr", "rejectattr", "batch", "slice", "unique", "items", "reverse", "groupby":
		return false
	}
	return true
}
