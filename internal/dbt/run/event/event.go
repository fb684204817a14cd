// Package event holds what a command tells people and programs while it works,
// in dbt's names, codes and wording. An event is a value without behaviour apart
// from its own text; printers (package console) decide where it goes and how it looks.
//
// An event's exported fields, by their JSON names, are the "data" of dbt's
// structured log.
package event

import (
	"fmt"
	"strings"
	"time"
)

// Level is how much an event matters.
type Level int

// The levels, in rising order. None, as a threshold, silences everything.
const (
	Debug Level = iota
	Info
	Warn
	Error
	None
)

// String gives dbt's name of the level.
func (l Level) String() string {
	switch l {
	case Debug:
		return "debug"
	case Info:
		return "info"
	case Warn:
		return "warn"
	case Error:
		return "error"
	case None:
		return "none"
	}
	return "info"
}

// ParseLevel reads a level by its name, in any case.
func ParseLevel(name string) (Level, bool) {
	for l := Debug; l <= None; l++ {
		if strings.EqualFold(l.String(), name) {
			return l, true
		}
	}
	return Info, false
}

// Meta identifies an event in the structured log.
type Meta struct {
	Name  string // dbt's name of the event
	Code  string // dbt's code, such as Q011
	Level Level
}

// Event is one thing that happened.
type Event interface {
	Meta() Meta
	// Message gives the text for people, which may have several lines.
	Message(p Paint) string
}

// Sink takes events. It must be safe for concurrent use and must not block for long.
type Sink interface{ Emit(e Event) }

// Discard is a Sink that keeps nothing.
type Discard struct{}

// Emit does nothing.
func (Discard) Emit(Event) {}

// Paint colours words when it is true.
type Paint bool

const (
	red    = "\x1b[31m"
	green  = "\x1b[32m"
	yellow = "\x1b[33m"
	reset  = "\x1b[0m"
)

func (p Paint) with(colour, s string) string {
	if !p {
		return s
	}
	return colour + s + reset
}

// Red is for errors.
func (p Paint) Red(s string) string { return p.with(red, s) }

// Green is for success.
func (p Paint) Green(s string) string { return p.with(green, s) }

// Yellow is for warnings and what was not done.
func (p Paint) Yellow(s string) string { return p.with(yellow, s) }

func (p Paint) warning(msg string) string { return "[" + p.Yellow("WARNING") + "]: " + msg }

func (p Paint) failure(msg string) string { return "[" + p.Red("ERROR") + "]: " + msg }

// lineWidth is the column at which a line's dots end.
const lineWidth = 80

// dotted writes "3 of 10 msg ......... [STATUS in 0.23s]". Index 0 leaves the
// counter out, took < 0 the time; cut shortens a long line instead of letting it
// push the status to the right.
func dotted(index, total int, msg, status string, took time.Duration, cut bool) string {
	var b strings.Builder
	if index > 0 {
		fmt.Fprintf(&b, "%d of %d ", index, total)
	}
	b.WriteString(msg)
	b.WriteByte(' ')
	line := b.String()
	if n := lineWidth - len([]rune(line)); n > 0 {
		line += strings.Repeat(".", n)
	}
	if r := []rune(line); cut && len(r) > lineWidth-3 {
		line = string(r[:lineWidth-3]) + "..."
	}
	if took >= 0 {
		status += fmt.Sprintf(" in %.2fs", took.Seconds())
	}
	return line + " [" + status + "]"
}

// Plural gives "1 test" or "2 tests"; dbt's own irregular plurals are for the caller.
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
