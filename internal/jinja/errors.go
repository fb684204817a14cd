package jinja

import (
	"fmt"

	"github.com/kith-analytics/kith/internal/fault"
)

// pyError is a failure of a value operation before it is given a place. The
// runtime turns it into a *fault.Error at the node that failed.
type pyError struct {
	kind string // Python's exception name
	msg  string
}

// Error gives the message alone, as Python's str(exception).
func (e *pyError) Error() string { return e.msg }

func typeErrorf(format string, args ...any) error {
	return &pyError{kind: "TypeError", msg: fmt.Sprintf(format, args...)}
}

func valueErrorf(format string, args ...any) error {
	return &pyError{kind: "ValueError", msg: fmt.Sprintf(format, args...)}
}

func undefinedErrorf(format string, args ...any) error {
	return &pyError{kind: "UndefinedError", msg: fmt.Sprintf(format, args...)}
}

func runtimeErrorf(format string, args ...any) error {
	return &pyError{kind: "RuntimeError", msg: fmt.Sprintf(format, args...)}
}

func zeroDivision(msg string) error {
	return &pyError{kind: "ZeroDivisionError", msg: msg}
}

func overflow(msg string) error {
	return &pyError{kind: "OverflowError", msg: msg}
}

func errRecursion() error {
	return &pyError{kind: "RecursionError", msg: "maximum recursion depth exceeded"}
}

// limitError says which limit a template ran into.
func limitError(format string, args ...any) error {
	return fault.New(fault.Compile, format, args...)
}

func indexErrorf(format string, args ...any) error {
	return &pyError{kind: "IndexError", msg: fmt.Sprintf(format, args...)}
}

// keyError is what looking up a missing key raises; its text is the key's repr.
func keyError(key Value) error {
	return &pyError{kind: "KeyError", msg: Repr(key)}
}
