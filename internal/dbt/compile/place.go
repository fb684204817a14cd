package compile

import (
	"errors"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/fault"
)

// BuiltinPrefix starts the file names of built-in macros in errors and stacks.
const BuiltinPrefix = "dbt:"

// place moves an error to where a reader can mend it. What the engine says of
// the node's SQL goes to the line of the node's file; what a built-in macro says
// goes to the innermost place in the project's own files.
func (r *Run) place(err error) error {
	var f *fault.Error
	if !errors.As(err, &f) {
		return err
	}
	if statement, ok := errors.AsType[*adapter.SQLError](err); ok {
		if line, ok := r.source.line(statement.SQL, statement.Line); ok {
			f.File, f.Line, f.Column, f.Stack = r.node.OriginalFilePath, line, 0, nil
			return err
		}
	}
	if f.File != "" && !strings.HasPrefix(f.File, BuiltinPrefix) {
		return err
	}
	f.File, f.Line, f.Column = r.node.OriginalFilePath, r.node.RawLine, 0
	for _, frame := range f.Stack {
		if frame.File != "" && !strings.HasPrefix(frame.File, BuiltinPrefix) {
			f.File, f.Line = frame.File, frame.Line
			break
		}
	}
	f.Stack = ownFrames(f.Stack)
	return err
}

// ownFrames leaves the frames that stand in the project's own files.
func ownFrames(stack []fault.Frame) []fault.Frame {
	var out []fault.Frame
	for _, frame := range stack {
		if frame.File != "" && !strings.HasPrefix(frame.File, BuiltinPrefix) {
			out = append(out, frame)
		}
	}
	return out
}
