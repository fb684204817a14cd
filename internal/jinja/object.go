package jinja

// Object is a host value with attributes. GetAttr answers false for a name that
// is not there; the template then sees an undefined value. What else an object
// can do it shows by implementing the interfaces below.
type Object interface {
	GetAttr(rt *Runtime, name string) (Value, bool, error)
}

// Caller is an object that can be called.
type Caller interface {
	Call(rt *Runtime, args Args) (Value, error)
}

// Indexer is an object with items, read as x[key]. False means there is no such
// item.
type Indexer interface {
	GetItem(rt *Runtime, key Value) (Value, bool, error)
}

// Iterator gives the next value of a sequence, and false after the last one.
type Iterator func() (Value, bool, error)

// Iterable is an object that can be looped over. rt may be nil.
type Iterable interface {
	Iterate(rt *Runtime) (Iterator, error)
}

// Lener is an object with a length. Without Truther it is true when not empty.
type Lener interface {
	Len() int
}

// Truther is an object that decides its own truth.
type Truther interface {
	Truth() bool
}

// Stringer is an object that decides how it is printed: Python's __str__.
type Stringer interface {
	Str() string
}

// Reprer is an object that decides how it looks inside a list: Python's
// __repr__, and __str__ where Stringer is missing.
type Reprer interface {
	Repr() string
}

// TypeNamer is an object that knows its Python type name.
type TypeNamer interface {
	TypeName() string
}

// Equaler is an object that can equal something else than itself.
type Equaler interface {
	Equal(other Value) bool
}

// Orderer is an object with an order. It answers -1, 0 or 1 for less, equal and
// greater, and false when other is of a kind it cannot be compared with.
type Orderer interface {
	Compare(other Value) (int, bool)
}

// Hasher is an object that can be a dict key by value. The key must be
// comparable in Go; without Hasher an object is a key by identity.
type Hasher interface {
	HashKey() any
}

// Container is an object that answers `x in object`. Without it the object is
// searched by iteration.
type Container interface {
	Contains(rt *Runtime, v Value) (bool, error)
}

// Operand is an object that takes part in arithmetic. When reflected is set the
// object stands on the right: other op object. False means that it cannot do it.
type Operand interface {
	BinaryOp(rt *Runtime, op Op, other Value, reflected bool) (Value, bool, error)
}

// Formatter is an object with its own format mini-language: '{:%Y}'.format(x).
type Formatter interface {
	Format(spec string) (string, error)
}

// Op names a binary operator.
type Op uint8

// The binary operators.
const (
	OpAdd Op = iota
	OpSub
	OpMul
	OpDiv
	OpFloorDiv
	OpMod
	OpPow
)

// String gives the operator as templates write it.
func (o Op) String() string {
	switch o {
	case OpAdd:
		return "+"
	case OpSub:
		return "-"
	case OpMul:
		return "*"
	case OpDiv:
		return "/"
	case OpFloorDiv:
		return "//"
	case OpMod:
		return "%"
	case OpPow:
		return "** or pow()"
	}
	return "?"
}
