package jinja

import (
	"math/big"
	"strings"
	"unicode/utf8"
)

// binary evaluates a binary operator by Python's rules.
func binary(rt *Runtime, op Op, a, b Value) (Value, error) {
	x, okX := a.(int64)
	y, okY := b.(int64)
	if okX && okY {
		if v, ok := smallOp(op, x, y); ok {
			return v, nil
		}
	}
	if isNumber(a) && isNumber(b) {
		return numberOp(rt, op, a, b)
	}
	if s, ok := textOf(a); ok && op == OpMod {
		return modText(rt, a, s, b)
	}
	for _, v := range [2]Value{a, b} {
		if u, ok := v.(*Undefined); ok {
			return u.use()
		}
	}
	if o, ok := a.(Operand); ok {
		if v, done, err := o.BinaryOp(rt, op, b, false); done || err != nil {
			return v, err
		}
	}
	if o, ok := b.(Operand); ok {
		if v, done, err := o.BinaryOp(rt, op, a, true); done || err != nil {
			return v, err
		}
	}
	switch op {
	case OpAdd:
		return add(rt, a, b)
	case OpMul:
		if v, done, err := repeat(rt, a, b); done || err != nil {
			return v, err
		}
		if v, done, err := repeat(rt, b, a); done || err != nil {
			return v, err
		}
	case OpSub:
		if s, ok := a.(*Set); ok {
			if t, ok := b.(*Set); ok {
				return setDifference(s, t)
			}
		}
	default:
	}
	return nil, typeErrorf("unsupported operand type(s) for %s: '%s' and '%s'", op, TypeName(a), TypeName(b))
}

// modText is format % args.
func modText(rt *Runtime, a Value, format string, args Value) (Value, error) {
	if _, ok := a.(Markup); !ok {
		return percentFormat(rt, format, args)
	}
	v, err := percentFormat(rt, format, escapeArgs(args))
	if err != nil {
		return nil, err
	}
	text, _ := textOf(v)
	return Markup(text), nil
}

func numberOp(rt *Runtime, op Op, a, b Value) (Value, error) {
	_, aFloat := a.(float64)
	_, bFloat := b.(float64)
	_, aDec := a.(*Decimal)
	_, bDec := b.(*Decimal)
	switch {
	case aFloat || bFloat:
		x, _ := toFloat(a)
		y, _ := toFloat(b)
		if isLarge(a) && isInf(x) {
			return nil, overflow("int too large to convert to float")
		}
		if isLarge(b) && isInf(y) {
			return nil, overflow("int too large to convert to float")
		}
		return floatOp(op, x, y)
	case aDec || bDec:
		return decimalOp(op, toDecimal(a), toDecimal(b))
	}
	return intOp(rt, op, a, b)
}

// isLarge says whether v is an integer outside int64.
func isLarge(v Value) bool {
	_, ok := v.(*big.Int)
	return ok
}

func isInf(f float64) bool { return f > 1.7976931348623157e308 || f < -1.7976931348623157e308 }

func add(rt *Runtime, a, b Value) (Value, error) {
	switch x := a.(type) {
	case string:
		switch y := b.(type) {
		case string:
			if err := rt.reserve(len(x) + len(y)); err != nil {
				return nil, err
			}
			return x + y, nil
		case Markup:
			return Markup(escapeHTML(x)) + y, nil
		}
		return nil, typeErrorf("can only concatenate str (not \"%s\") to str", TypeName(b))
	case Markup:
		if y, ok := textOf(b); ok {
			if err := rt.reserve(len(x) + len(y)); err != nil {
				return nil, err
			}
			return x + escapeValue(b), nil
		}
	case *List:
		if y, ok := b.(*List); ok {
			if err := rt.reserveItems(len(x.Items) + len(y.Items)); err != nil {
				return nil, err
			}
			return &List{Items: concatItems(x.Items, y.Items)}, nil
		}
		return nil, typeErrorf("can only concatenate list (not \"%s\") to list", TypeName(b))
	case Tuple:
		if y, ok := b.(Tuple); ok {
			if err := rt.reserveItems(len(x) + len(y)); err != nil {
				return nil, err
			}
			return Tuple(concatItems(x, y)), nil
		}
		return nil, typeErrorf("can only concatenate tuple (not \"%s\") to tuple", TypeName(b))
	}
	return nil, typeErrorf("unsupported operand type(s) for +: '%s' and '%s'", TypeName(a), TypeName(b))
}

func concatItems(a, b []Value) []Value {
	out := make([]Value, 0, len(a)+len(b))
	return append(append(out, a...), b...)
}

// repeat is sequence * count.
func repeat(rt *Runtime, seq, count Value) (Value, bool, error) {
	n, ok := asIndex(count)
	if !ok {
		switch seq.(type) {
		case string, Markup, *List, Tuple:
			if !isNumber(count) && count != nil {
				return nil, false, nil
			}
			return nil, true, typeErrorf("can't multiply sequence by non-int of type '%s'", TypeName(count))
		}
		return nil, false, nil
	}
	n = max(n, 0)
	if s, ok := textOf(seq); ok {
		if s == "" || n == 0 {
			return sameText(seq, ""), true, nil
		}
		if n > int64(rt.limits.OutputBytes)/int64(len(s))+1 {
			return nil, true, limitError("the template makes a text of %d times %d bytes; the limit is %d", n, len(s), rt.limits.OutputBytes)
		}
		if err := rt.reserve(len(s) * int(n)); err != nil {
			return nil, true, err
		}
		return sameText(seq, strings.Repeat(s, int(n))), true, nil
	}
	var items []Value
	l, isList := seq.(*List)
	if isList {
		items = l.Items
	} else if t, ok := seq.(Tuple); ok {
		items = t
	} else {
		return nil, false, nil
	}
	var out []Value
	if len(items) > 0 && n > 0 {
		if n > int64(rt.limits.OutputBytes) {
			return nil, true, limitError("the template makes a list of %d times %d items", n, len(items))
		}
		if err := rt.reserveItems(int(n) * len(items)); err != nil {
			return nil, true, err
		}
		out = make([]Value, 0, int(n)*len(items))
		for range n {
			out = append(out, items...)
		}
	}
	if isList {
		return &List{Items: out}, true, nil
	}
	return Tuple(out), true, nil
}

// sameText gives s as the kind of string that like is.
func sameText(like Value, s string) Value {
	if _, ok := like.(Markup); ok {
		return Markup(s)
	}
	return s
}

func setDifference(a, b *Set) (Value, error) {
	out := &Set{}
	for _, it := range a.Items() {
		has, err := b.Has(it)
		if err != nil {
			return nil, err
		}
		if !has {
			if err := out.Add(it); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// length is Python's len(v).
func length(v Value) (int, error) {
	switch x := v.(type) {
	case string:
		return utf8.RuneCountInString(x), nil
	case Markup:
		return utf8.RuneCountInString(string(x)), nil
	case *List:
		return len(x.Items), nil
	case Tuple:
		return len(x), nil
	case *Dict:
		return x.Len(), nil
	case *Set:
		return x.Len(), nil
	case *Undefined:
		return 0, nil
	case Lener:
		return x.Len(), nil
	}
	return 0, typeErrorf("object of type '%s' has no len()", TypeName(v))
}
