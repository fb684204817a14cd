package jinja

import (
	"math/big"
)

// Value is any value a template can hold. Its concrete Go type is one of:
//
//	nil                None
//	bool
//	int64, *big.Int    int (big.Int only outside the int64 range)
//	float64            float
//	*Decimal           an exact number, such as a query result
//	string, Markup     str
//	*List, Tuple       list, tuple
//	*Dict, *Set        dict, set
//	*Undefined         a name, attribute or item that is not there
//	*Macro, *Func      callables
//	Object             anything the host brings
//
// Ranges, generators, dict views, namespaces and bound methods are unexported
// Objects. Other Go types are taken in by FromGo.
type Value = any

// List is Python's list: shared by reference and mutable.
type List struct {
	Items []Value
}

// NewList makes a list that owns items.
func NewList(items ...Value) *List { return &List{Items: items} }

// Append adds v at the end.
func (l *List) Append(v Value) { l.Items = append(l.Items, v) }

// Tuple is Python's tuple. It must not be changed once a template can see it.
type Tuple []Value

// NewTuple makes a tuple that owns items.
func NewTuple(items ...Value) Tuple { return Tuple(items) }

// Markup is a string that is already safe to print as HTML. It behaves as a str
// and escapes what is added to it.
type Markup string

// Func is a host function that templates can call.
type Func struct {
	name string
	fn   func(rt *Runtime, args Args) (Value, error)
}

// NewFunc makes a host function. Its name is what error messages and repr show.
func NewFunc(name string, fn func(rt *Runtime, args Args) (Value, error)) *Func {
	return &Func{name: name, fn: fn}
}

// Name gives the function's name.
func (f *Func) Name() string { return f.name }

// TypeName gives the name Python has for v's type, such as "str" or "NoneType".
func TypeName(v Value) string {
	switch x := v.(type) {
	case nil:
		return "NoneType"
	case bool:
		return "bool"
	case int64, *big.Int:
		return "int"
	case float64:
		return "float"
	case string:
		return "str"
	case Markup:
		return "Markup"
	case *List:
		return "list"
	case Tuple:
		return "tuple"
	case *Dict:
		return "dict"
	case *Set:
		return "set"
	case *Decimal:
		return "decimal.Decimal"
	case *Undefined:
		return "Undefined"
	case *Macro:
		return "Macro"
	case *Func:
		return "function"
	case TypeNamer:
		return x.TypeName()
	case Object:
		return "object"
	}
	return "object"
}

// Truth gives Python's bool(v).
func Truth(v Value) bool {
	switch x := v.(type) {
	case nil:
		return false
	case bool:
		return x
	case int64:
		return x != 0
	case string:
		return x != ""
	case *List:
		return len(x.Items) > 0
	case *Dict:
		return x.Len() > 0
	case *Undefined:
		return false
	case float64:
		return x != 0
	case Tuple:
		return len(x) > 0
	case Markup:
		return x != ""
	case *Decimal:
		return x.Sign() != 0
	case *big.Int:
		return x.Sign() != 0
	case *Set:
		return x.Len() > 0
	case Truther:
		return x.Truth()
	case Lener:
		return x.Len() > 0
	}
	return true
}

// none is what functions without a result give.
func none() (Value, error) { return nil, nil } //nolint:nilnil // None, and no error

// textOf gives the Go string of a str or Markup.
func textOf(v Value) (string, bool) {
	switch x := v.(type) {
	case string:
		return x, true
	case Markup:
		return string(x), true
	}
	return "", false
}

// smallInt turns a big integer into the narrowest kind that holds it.
func smallInt(b *big.Int) Value {
	if b.IsInt64() {
		return b.Int64()
	}
	return b
}
