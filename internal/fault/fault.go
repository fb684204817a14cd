// Package fault holds the one error type that Kith shows to people: a code for
// programs, one plain line for readers, and the place in their own files where
// the trouble is.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Code says what kind of trouble an error is. Codes are stable: scripts and the
// HTTP layer decide by them, never by the message.
type Code string

// The codes.
const (
	// Usage is a command or flag that cannot be taken; the process exits with 2.
	Usage Code = "usage"
	// Invalid is input that breaks its own rules: a file, a row, a setting.
	Invalid Code = "invalid"
	// NotFound is something named that is not there.
	NotFound Code = "not_found"
	// Held is a warehouse file that another process has open.
	Held Code = "held"
	// Parse is a project or template that cannot be read.
	Parse Code = "parse"
	// Compile is a template that was read but cannot be rendered.
	Compile Code = "compile"
	// Database is a statement that the engine refused.
	Database Code = "database"
	// Disk is a full, read-only or failing disk.
	Disk Code = "disk"
	// Cancelled is work that was stopped on request.
	Cancelled Code = "cancelled"
	// Unavailable is something that is not there at the moment and will be again.
	Unavailable Code = "unavailable"
	// Denied is something that nobody may have who has not said who they are.
	Denied Code = "denied"
	// Forbidden is something that the one who asks has no right to.
	Forbidden Code = "forbidden"
	// Internal is a defect in Kith.
	Internal Code = "internal"
)

// Frame is one step of a macro stack: the macro, and where it was called from.
type Frame struct {
	Name string
	File string
	Line int
}

// String gives the frame as people read it: "NAME (FILE:LINE)", and the name alone
// for a macro that no file called.
func (f Frame) String() string {
	if f.File == "" {
		return f.Name
	}
	return fmt.Sprintf("%s (%s:%d)", f.Name, f.File, f.Line)
}

// Error is an error with a code, a place and a hint. Err, the cause, is for logs
// and errors.Is; Message must stand without it.
type Error struct {
	Code    Code
	File    string // as the person wrote it, relative to the project where it can be
	Line    int    // 1-based; 0 when unknown
	Column  int    // 1-based; 0 when unknown
	Message string // what is wrong
	Hint    string // what to do about it
	Stack   []Frame
	Err     error
}

// New makes an error from a format and its arguments.
func New(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Wrap makes an error that keeps err as its cause. The cause's own text is added
// to the message, for it nearly always carries the detail a reader needs.
func Wrap(err error, code Code, format string, args ...any) *Error {
	msg := fmt.Sprintf(format, args...)
	if err != nil {
		msg += ": " + err.Error()
	}
	return &Error{Code: code, Message: msg, Err: err}
}

// At returns the error with a place. It changes e, which must not be shared yet.
func (e *Error) At(file string, line int) *Error {
	e.File, e.Line = file, line
	return e
}

// WithHint returns the error with what to do about it.
func (e *Error) WithHint(format string, args ...any) *Error {
	e.Hint = fmt.Sprintf(format, args...)
	return e
}

// Error gives the line a person reads: "file:line: message; hint".
func (e *Error) Error() string {
	var b strings.Builder
	if p := e.Place(); p != "" {
		b.WriteString(p)
		b.WriteString(": ")
	}
	b.WriteString(e.Message)
	if e.Hint != "" {
		b.WriteString("; ")
		b.WriteString(e.Hint)
	}
	return b.String()
}

// Place gives "file:line:column" with what is known of it.
func (e *Error) Place() string {
	switch {
	case e.File == "":
		return ""
	case e.Line == 0:
		return e.File
	case e.Column == 0:
		return fmt.Sprintf("%s:%d", e.File, e.Line)
	default:
		return fmt.Sprintf("%s:%d:%d", e.File, e.Line, e.Column)
	}
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// CodeOf gives the code of the first Error in err's chain, and Internal for an
// error that has none.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return Internal
}

// Is says whether err carries code.
func Is(err error, code Code) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == code
}
