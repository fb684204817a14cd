package duckdb

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

// StatementError is what DuckDB says about a statement. DuckDB gives text only, so
// this file is the one place that reads it.
type StatementError struct {
	// Class is DuckDB's own, such as "Parser", "Binder", "Catalog" or "Constraint".
	Class string
	// Message is on one line, with the class and without the place.
	Message string
	// Line and Column are the place in the statement's text, from 1; 0 when DuckDB names none.
	Line, Column int
	// Full is DuckDB's text as it came.
	Full string
}

// Error gives the message.
func (e *StatementError) Error() string { return e.Message }

// ErrorLine gives the line of the statement's text, from 1, that err points at.
func ErrorLine(err error) (line int, ok bool) {
	if e, found := errors.AsType[*StatementError](err); found && e.Line > 0 {
		return e.Line, true
	}
	return 0, false
}

func parseMessage(text string) *StatementError {
	e := &StatementError{Full: text}
	class := regexp.MustCompile(`^([A-Za-z][A-Za-z ]*?) ?Error: `)
	if m := class.FindStringSubmatch(text); m != nil {
		e.Class = m[1]
	}
	place := regexp.MustCompile(`(?m)^LINE (\d+): (.*)\n( *)\^`)
	head := text
	if at := place.FindStringSubmatchIndex(text); at != nil {
		head = text[:at[0]]
		e.Line, _ = strconv.Atoi(text[at[2]:at[3]])
		before := len("LINE : ") + at[3] - at[2]
		// A long line is cut to "...part": its column is not known then.
		if caret := at[7] - at[6]; caret >= before && !strings.HasPrefix(text[at[4]:at[5]], "...") {
			e.Column = caret - before + 1
		}
	}
	head, _, _ = strings.Cut(head, "\n\nStack Trace:")
	e.Message = strings.Join(strings.Fields(strings.ReplaceAll(head, "\n", " ")), " ")
	return e
}

// runFault is statementFault, but for a statement that ctx stopped.
func runFault(ctx context.Context, message string) error {
	if ctx.Err() != nil {
		return cancelled(ctx)
	}
	return statementFault(message)
}

func statementFault(message string) error {
	cause := parseMessage(message)
	switch {
	case isDiskFull(message):
		return diskFull(cause)
	case cause.Class == "INTERRUPT":
		return &fault.Error{Code: fault.Cancelled, Message: "stopped", Err: cause}
	case isReadOnlyDisk(message):
		return &fault.Error{Code: fault.Disk, Message: cause.Message, Hint: "make the place writable or choose another", Err: cause}
	case cause.Class == "Out of Memory":
		return &fault.Error{Code: fault.Database, Message: cause.Message, Hint: "raise memory_limit or lower threads", Err: cause}
	case cause.Class == "FATAL" || cause.Class == "INTERNAL":
		return &fault.Error{Code: fault.Database, Message: cause.Message, Hint: "close Kith and start it again; the file is as of its last commit", Err: cause}
	default:
		return &fault.Error{Code: fault.Database, Message: cause.Message, Err: cause}
	}
}

func diskFull(cause error) error {
	return &fault.Error{
		Code: fault.Disk, Message: "the disk is full and nothing was changed", Err: cause,
		Hint: "free some space and run it again",
	}
}

func isDiskFull(message string) bool {
	return regexp.MustCompile(`(?i)no space left on device|disk quota exceeded|not enough space on the disk`).MatchString(message)
}

func isReadOnlyDisk(message string) bool {
	return strings.HasPrefix(message, "IO Error") &&
		regexp.MustCompile(`(?i)permission denied|read-only file system|input/output error`).MatchString(message)
}

// openFault puts DuckDB's text on opening a file into plain words.
func openFault(c Config, message string) error {
	cause := parseMessage(message)
	say := func(code fault.Code, hint, format string, args ...any) error {
		return &fault.Error{Code: code, Message: fmt.Sprintf(format, args...), Hint: hint, Err: cause}
	}
	holder := regexp.MustCompile(`lock is held in (.+?) \(PID (\d+)\)(?: by user (\S+?))?[.\s]`)
	switch {
	case holder.MatchString(message):
		m := holder.FindStringSubmatch(message)
		who := m[1]
		return say(fault.Held, "close that program or wait until it ends", "the warehouse file %s is held by %s (process %s)", c.Path, who, m[2])
	case strings.Contains(message, "Could not set lock on file"):
		return say(fault.Held, "close the other program or wait until it ends", "the warehouse file %s is held by another process", c.Path)
	case strings.Contains(message, "with a different configuration"):
		return say(fault.Held, "close it there first", "the warehouse file %s is open in this process with other settings", c.Path)
	case isDiskFull(message):
		return diskFull(cause)
	case strings.Contains(message, "not a valid DuckDB database file"):
		return say(fault.Invalid, "name another file; this one is left as it is", "%s is not a DuckDB database", c.Path)
	case strings.Contains(message, "version number"):
		return say(fault.Invalid, "update Kith, or export the data with the DuckDB that wrote it",
			"the warehouse file %s was written by a DuckDB version that this one does not read", c.Path)
	case regexp.MustCompile(`(?i)permission denied|read-only file system`).MatchString(message):
		return say(fault.Disk, "check its owner and rights", "no right to open the warehouse file %s", c.Path)
	case strings.Contains(message, "were not recognized"):
		return say(fault.Invalid, "check the settings of the warehouse", "%s", cause.Message)
	case strings.HasPrefix(message, "IO Error"), strings.HasPrefix(message, "Serialization Error"):
		if info, err := os.Stat(c.Path); err == nil && info.Size() > 0 {
			return say(fault.Invalid, "restore it from a back-up", "the warehouse file %s cannot be read: %s", c.Path, cause.Message)
		}
		return say(fault.Disk, "check the disk", "the warehouse file %s cannot be opened: %s", c.Path, cause.Message)
	default:
		return say(fault.Database, "", "the warehouse %s cannot be opened: %s", c.Path, cause.Message)
	}
}

func attachFault(a Attach, err error) error {
	if e, ok := errors.AsType[*StatementError](err); ok {
		err = openFault(Config{Path: a.Path, ReadOnly: a.ReadOnly}, e.Full)
	}
	return fault.Wrap(err, fault.CodeOf(err), "database %s cannot be attached", a.Path)
}
