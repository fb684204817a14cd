package event

import (
	"fmt"
	"strings"
	"time"
)

// Finished counts what ran and how long it took.
type Finished struct {
	Stats string  `json:"stat_line"` // "1 seed, 2 view models"
	Took  Seconds `json:"execution_time"`
}

// Meta identifies the event.
func (Finished) Meta() Meta { return Meta{"FinishedRunningStats", "E047", Info} }

// Message gives the line.
func (e Finished) Message(Paint) string {
	s := time.Duration(e.Took).Seconds()
	hours := int(s) / 3600
	minutes := int(s) / 60 % 60
	rest := s - float64(hours*3600+minutes*60)
	return fmt.Sprintf("Finished running %s in %d hours %d minutes and %.2f seconds (%.2fs).", e.Stats, hours, minutes, rest, s)
}

// Completed is the head of the report at the end.
type Completed struct {
	Errors      int  `json:"num_errors"`
	Warnings    int  `json:"num_warnings"`
	Partial     int  `json:"num_partial_success"`
	Interrupted bool `json:"keyboard_interrupt"`
}

// Meta identifies the event.
func (Completed) Meta() Meta { return Meta{"EndOfRunSummary", "Z030", Info} }

// Message gives the line.
func (e Completed) Message(p Paint) string {
	partial := fmt.Sprintf("%d partial successes", e.Partial)
	if e.Partial == 1 {
		partial = "1 partial success"
	}
	warnings := Plural(e.Warnings, "warning")
	switch {
	case e.Interrupted:
		return p.Yellow("Exited because of keyboard interrupt")
	case e.Errors > 0:
		return p.Red(fmt.Sprintf("Completed with %s, %s, and %s:", Plural(e.Errors, "error"), partial, warnings))
	case e.Partial > 0:
		return p.Yellow(fmt.Sprintf("Completed with %s and %s", partial, warnings))
	case e.Warnings > 0:
		return p.Yellow(fmt.Sprintf("Completed with %s:", warnings))
	}
	return p.Green("Completed successfully")
}

// Stopping says that an interrupt was heard.
type Stopping struct {
	Running int `json:"running"` // nodes that are still at work
}

// Meta identifies the event.
func (Stopping) Meta() Meta { return Meta{"MainKeyboardInterrupt", "Z001", Info} }

// Message gives the line.
func (e Stopping) Message(p Paint) string {
	return p.Yellow("Stopping " + Plural(e.Running, "running node") + ". Press Ctrl-C again to end at once.")
}

// Problem names a node that failed, or warned.
type Problem struct {
	ResourceType string `json:"resource_type"`
	Name         string `json:"node_name"`
	Path         string `json:"path"`
	Warning      bool   `json:"-"`
	Node         Node   `json:"node_info"`
}

// Meta identifies the event.
func (e Problem) Meta() Meta {
	if e.Warning {
		return Meta{"RunResultWarning", "Z021", Warn}
	}
	return Meta{"RunResultFailure", "Z022", Error}
}

// Message gives the line.
func (e Problem) Message(p Paint) string {
	msg := fmt.Sprintf("in %s %s (%s)", e.ResourceType, e.Name, e.Path)
	if e.Warning {
		return p.warning(msg)
	}
	return p.failure(msg)
}

// ProblemText is what went wrong with a node; it may have several lines.
type ProblemText struct {
	Msg     string `json:"msg"`
	Warning bool   `json:"-"`
	Node    Node   `json:"node_info"`
}

// Meta identifies the event.
func (e ProblemText) Meta() Meta {
	if e.Warning {
		return Meta{"RunResultWarningMessage", "Z046", Warn}
	}
	return Meta{"RunResultError", "Z024", Error}
}

// Message gives the text.
func (e ProblemText) Message(p Paint) string {
	if e.Warning {
		return p.warning(e.Msg)
	}
	return "  " + e.Msg
}

// ProblemStatus stands for a failed node that left no message.
type ProblemStatus struct {
	Status string `json:"status"`
	Node   Node   `json:"node_info"`
}

// Meta identifies the event.
func (ProblemStatus) Meta() Meta { return Meta{"RunResultErrorNoMessage", "Z025", Error} }

// Message gives the line.
func (e ProblemStatus) Message(Paint) string { return "  Status: " + e.Status }

// CompiledPath says where the compiled SQL of a failed node is.
type CompiledPath struct {
	Path string `json:"path"`
	Node Node   `json:"node_info"`
}

// Meta identifies the event.
func (CompiledPath) Meta() Meta { return Meta{"SQLCompiledPath", "Z026", Info} }

// Message gives the line.
func (e CompiledPath) Message(Paint) string { return "  compiled code at " + e.Path }

// StoredFailures shows how to look at the rows that a test kept.
type StoredFailures struct {
	Relation string `json:"relation_name"`
	Node     Node   `json:"node_info"`
}

// Meta identifies the event.
func (StoredFailures) Meta() Meta { return Meta{"CheckNodeTestFailure", "Z027", Info} }

// Message gives the block.
func (e StoredFailures) Message(Paint) string {
	query := "select * from " + e.Relation
	border := strings.Repeat("-", len([]rune(query)))
	return "  See test failures:\n  " + border + "\n  " + query + "\n  " + border
}

// Stats are the counts of the last line.
type Stats struct {
	Pass   int `json:"pass"`
	Warn   int `json:"warn"`
	Error  int `json:"error"`
	Skip   int `json:"skip"`
	NoOp   int `json:"noop"`
	Reused int `json:"reused"`
	Total  int `json:"total"`
}

// Done is the last line of a run.
type Done struct {
	Stats Stats `json:"stats"`
}

// Meta identifies the event.
func (Done) Meta() Meta { return Meta{"StatsLine", "Z023", Info} }

// Message gives the line.
func (e Done) Message(Paint) string {
	s := e.Stats
	return fmt.Sprintf("Done. PASS=%d WARN=%d ERROR=%d SKIP=%d NO-OP=%d REUSED=%d TOTAL=%d",
		s.Pass, s.Warn, s.Error, s.Skip, s.NoOp, s.Reused, s.Total)
}
