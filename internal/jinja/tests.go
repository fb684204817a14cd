package jinja

import (
	"math/big"
	"strings"
	"unicode"
)

// testFunc is a test: v is name(args).
type testFunc func(rt *Runtime, v Value, args Args) (bool, error)

// builtinTest gives the test of that name, or nil.
func builtinTest(name string) testFunc {
	if t := kindTest(name); t != nil {
		return t
	}
	switch name {
	case "odd", "even":
		return parityTest(name)
	case "divisibleby":
		return testDivisibleBy
	case "upper", "lower":
		return caseTest(name)
	case "sameas":
		return testSameAs
	case "in":
		return func(rt *Runtime, v Value, args Args) (bool, error) {
			a, err := args.Bind("test_in", Req("seq"))
			if err != nil {
				return false, err
			}
			return contains(rt, a[0], v)
		}
	case "==", "eq", "equalto":
		return compareTest(cmpEq)
	case "!=", "ne":
		return compareTest(cmpNe)
	case "<", "lt", "lessthan":
		return compareTest(cmpLt)
	case "<=", "le":
		return compareTest(cmpLe)
	case ">", "gt", "greaterthan":
		return compareTest(cmpGt)
	case ">=", "ge":
		return compareTest(cmpGe)
	case "filter", "test":
		return func(_ *Runtime, v Value, _ Args) (bool, error) {
			if _, err := hashKey(v); err != nil {
				return false, err
			}
			s, ok := textOf(v)
			if name == "filter" {
				return ok && builtinFilter(s) != nil, nil
			}
			return ok && builtinTest(s) != nil, nil
		}
	}
	return nil
}

// kindTest gives a test of what kind of value something is, or nil.
func kindTest(name string) testFunc {
	var is func(v Value) bool
	switch name {
	case "defined":
		is = func(v Value) bool { _, ok := v.(*Undefined); return !ok }
	case "undefined":
		is = func(v Value) bool { _, ok := v.(*Undefined); return ok }
	case "none":
		is = func(v Value) bool { return v == nil }
	case "boolean":
		is = func(v Value) bool { _, ok := v.(bool); return ok }
	case "true":
		is = func(v Value) bool { b, ok := v.(bool); return ok && b }
	case "false":
		is = func(v Value) bool { b, ok := v.(bool); return ok && !b }
	case "integer":
		is = isInteger
	case "float":
		is = func(v Value) bool { _, ok := v.(float64); return ok }
	case "number":
		is = isNumber
	case "string":
		is = func(v Value) bool { _, ok := textOf(v); return ok }
	case "mapping":
		is = isMapping
	case "sequence":
		is = isSequence
	case "iterable":
		is = canIterate
	case "callable":
		is = isCallable
	case "escaped":
		is = func(v Value) bool { _, ok := v.(Markup); return ok }
	default:
		return nil
	}
	return func(_ *Runtime, v Value, args Args) (bool, error) {
		if args.Len() > 0 {
			return false, typeErrorf("test_%s() takes 1 positional argument but %d were given", name, args.Len()+1)
		}
		return is(v), nil
	}
}

func isInteger(v Value) bool {
	switch v.(type) {
	case int64, *big.Int:
		return true
	}
	return false
}

func isMapping(v Value) bool {
	switch v.(type) {
	case *Dict, Mapping:
		return true
	}
	return false
}

// isSequence says whether v has a length and items.
func isSequence(v Value) bool {
	switch v.(type) {
	case string, Markup, *List, Tuple, *Dict, *Undefined:
		return true
	}
	_, sized := v.(Lener)
	_, indexed := v.(Indexer)
	return sized && indexed
}

func isCallable(v Value) bool {
	switch v.(type) {
	case *Macro, *Func, Caller, *Undefined:
		return true
	}
	return false
}

func parityTest(name string) testFunc {
	want := int64(0)
	if name == "odd" {
		want = 1
	}
	return func(rt *Runtime, v Value, args Args) (bool, error) {
		if _, err := args.Bind("test_" + name); err != nil {
			return false, err
		}
		m, err := binary(rt, OpMod, v, int64(2))
		if err != nil {
			return false, err
		}
		return Equal(m, want), nil
	}
}

func testDivisibleBy(rt *Runtime, v Value, args Args) (bool, error) {
	a, err := args.Bind("test_divisibleby", Req("num"))
	if err != nil {
		return false, err
	}
	m, err := binary(rt, OpMod, v, a[0])
	if err != nil {
		return false, err
	}
	return Equal(m, int64(0)), nil
}

func caseTest(name string) testFunc {
	opposite := unicode.IsLower
	if name == "lower" {
		opposite = func(r rune) bool { return unicode.IsUpper(r) || unicode.IsTitle(r) }
	}
	return func(rt *Runtime, v Value, args Args) (bool, error) {
		if _, err := args.Bind("test_" + name); err != nil {
			return false, err
		}
		s, err := rt.str(v)
		return err == nil && hasCased(s) && !strings.ContainsFunc(s, opposite), err
	}
}

// testSameAs is Python's `is`. Small values are the same when they are equal and
// of one kind.
func testSameAs(_ *Runtime, v Value, args Args) (bool, error) {
	a, err := args.Bind("test_sameas", Req("other"))
	if err != nil {
		return false, err
	}
	switch x := v.(type) {
	case nil:
		return a[0] == nil, nil
	case bool, int64, string:
		return hasIdentity(a[0]) && v == a[0], nil
	case Tuple:
		y, ok := a[0].(Tuple)
		return ok && len(x) == len(y) && (len(x) == 0 || &x[0] == &y[0]), nil
	}
	return hasIdentity(v) && hasIdentity(a[0]) && v == a[0], nil
}

func compareTest(op cmpOp) testFunc {
	return func(rt *Runtime, v Value, args Args) (bool, error) {
		a, err := args.Bind(op.String(), Req("other"))
		if err != nil {
			return false, err
		}
		return compare(rt, op, v, a[0])
	}
}
