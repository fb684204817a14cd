package adapter

import (
	"errors"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

// SQLError is a statement that the engine refused.
type SQLError struct {
	SQL  string // as it was sent
	Line int    // of SQL, from 1; 0 when the engine names none
	Err  error
}

// Error gives the engine's message.
func (e *SQLError) Error() string { return e.Err.Error() }

// Unwrap gives the engine's error.
func (e *SQLError) Unwrap() error { return e.Err }

// statementFault wraps an engine's error. The fault has no File yet: only the
// caller knows which template the statement came from.
func (a *Adapter) statementFault(sql string, err error) error {
	cause := &SQLError{SQL: sql, Err: err}
	if a.cfg.ErrorLine != nil {
		if line, ok := a.cfg.ErrorLine(err); ok {
			cause.Line = line
		}
	}
	out := &fault.Error{Code: fault.CodeOf(err), Line: cause.Line, Message: err.Error(), Err: cause}
	if engine, ok := errors.AsType[*fault.Error](err); ok {
		out.Message, out.Hint = engine.Message, engine.Hint
	}
	out.Message = shortened(out.Message)
	return out
}

// maxCandidates bounds the characters of the functions that an engine offers in
// place of one: an operator has dozens.
const maxCandidates = 160

// shortened cuts a long list of candidate functions.
func shortened(message string) string {
	head, list, found := strings.Cut(message, "Candidate functions:")
	if !found || len(list) <= maxCandidates {
		return message
	}
	list = list[:maxCandidates]
	return head + "Candidate functions:" + list[:strings.LastIndex(list, " ")] + " …"
}
