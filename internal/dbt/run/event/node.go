package event

import (
	"fmt"
	"strings"
	"time"
)

// Relation is where a node lives in the warehouse.
type Relation struct {
	Database     string `json:"database"`
	Schema       string `json:"schema"`
	Alias        string `json:"alias"`
	RelationName string `json:"relation_name"`
}

// Node says which node an event is about. Times are UTC, empty when not reached.
type Node struct {
	UniqueID     string   `json:"unique_id"`
	Name         string   `json:"node_name"`
	Path         string   `json:"node_path"`
	ResourceType string   `json:"resource_type"`
	Materialized string   `json:"materialized"`
	Checksum     string   `json:"node_checksum"`
	Status       string   `json:"node_status"`
	StartedAt    string   `json:"node_started_at"`
	FinishedAt   string   `json:"node_finished_at"`
	Relation     Relation `json:"node_relation"`
	// Ephemeral nodes leave no line of their own.
	Ephemeral bool `json:"-"`
}

// Seconds is a duration that JSON shows as seconds.
type Seconds time.Duration

// MarshalJSON writes the seconds with their fraction.
func (s Seconds) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "%g", time.Duration(s).Seconds()), nil
}

// NodeStarted is a node that a worker took up.
type NodeStarted struct {
	Node Node `json:"node_info"`
}

// Meta identifies the event.
func (NodeStarted) Meta() Meta { return Meta{"NodeStart", "Q024", Debug} }

// Message gives the line.
func (e NodeStarted) Message(Paint) string { return "Began running node " + e.Node.UniqueID }

// NodeFinished is a node that has its result, skipped ones too.
type NodeFinished struct {
	Node Node `json:"node_info"`
}

// Meta identifies the event.
func (NodeFinished) Meta() Meta { return Meta{"NodeFinished", "Q025", Debug} }

// Message gives the line.
func (e NodeFinished) Message(Paint) string { return "Finished running node " + e.Node.UniqueID }

// Start is the line before a node runs.
type Start struct {
	Description string `json:"description"`
	Index       int    `json:"index"`
	Total       int    `json:"total"`
	Node        Node   `json:"node_info"`
}

// Meta identifies the event.
func (Start) Meta() Meta { return Meta{"LogStartLine", "Q011", Info} }

// Message gives the line.
func (e Start) Message(Paint) string {
	return dotted(e.Index, e.Total, "START "+e.Description, "RUN", -1, false)
}

// ModelDone is the line after a model, seed or snapshot ran.
type ModelDone struct {
	Description string  `json:"description"`
	Status      string  `json:"status"` // "error", or the engine's answer
	Index       int     `json:"index"`
	Total       int     `json:"total"`
	Took        Seconds `json:"execution_time"`
	Node        Node    `json:"node_info"`
	Failed      bool    `json:"-"`
}

// Meta identifies the event.
func (e ModelDone) Meta() Meta {
	m := Meta{"LogModelResult", "Q012", Info}
	switch e.Node.ResourceType {
	case "seed":
		m.Name, m.Code = "LogSeedResult", "Q016"
	case "snapshot":
		m.Name, m.Code = "LogSnapshotResult", "Q015"
	}
	if e.Failed {
		m.Level = Error
	}
	return m
}

// Message gives the line.
func (e ModelDone) Message(p Paint) string {
	verb, past := "creating", "created"
	switch e.Node.ResourceType {
	case "seed":
		verb, past = "loading", "loaded"
	case "snapshot":
		verb, past = "snapshotting", "snapshotted"
	}
	msg, status := "OK "+past, p.Green(e.Status)
	switch {
	case e.Failed:
		msg, status = "ERROR "+verb, p.Red(strings.ToUpper(e.Status))
	case strings.HasPrefix(e.Status, "PARTIAL SUCCESS"):
		msg, status = "PARTIALLY "+past, p.Yellow(e.Status)
	}
	return dotted(e.Index, e.Total, msg+" "+e.Description, status, time.Duration(e.Took), false)
}

// TestDone is the line after a test ran.
type TestDone struct {
	Name     string  `json:"name"`
	Status   string  `json:"status"` // pass, warn, fail or error
	Index    int     `json:"index"`
	Total    int     `json:"num_models"`
	Failures int     `json:"num_failures"`
	Took     Seconds `json:"execution_time"`
	Attached string  `json:"attached_node"`
	Node     Node    `json:"node_info"`
}

// Meta identifies the event.
func (e TestDone) Meta() Meta {
	m := Meta{"LogTestResult", "Q007", Info}
	switch e.Status {
	case "error", "fail":
		m.Level = Error
	case "warn":
		m.Level = Warn
	}
	return m
}

// Message gives the line.
func (e TestDone) Message(p Paint) string {
	var word, status string
	switch e.Status {
	case "pass":
		word = "PASS"
		status = p.Green(word)
	case "warn":
		word = fmt.Sprintf("WARN %d", e.Failures)
		status = p.Yellow(word)
	case "fail":
		word = fmt.Sprintf("FAIL %d", e.Failures)
		status = p.Red(word)
	default:
		word = "ERROR"
		status = p.Red(word)
	}
	return dotted(e.Index, e.Total, word+" "+e.Name, status, time.Duration(e.Took), false)
}

// NoOp is the line of a node that there is nothing to do for.
type NoOp struct {
	Description string `json:"description"`
	Index       int    `json:"index"`
	Total       int    `json:"total"`
	Node        Node   `json:"node_info"`
}

// Meta identifies the event.
func (NoOp) Meta() Meta { return Meta{"LogNodeNoOpResult", "Q019", Info} }

// Message gives the line.
func (e NoOp) Message(p Paint) string {
	return dotted(e.Index, e.Total, "NO-OP "+e.Description, p.Yellow("NO-OP"), 0, false)
}

// Skip is the line of a node that did not run because of another.
type Skip struct {
	ResourceType string `json:"resource_type"`
	Schema       string `json:"schema"`
	Name         string `json:"node_name"`
	Index        int    `json:"index"`
	Total        int    `json:"total"`
	Node         Node   `json:"node_info"`
}

// Meta identifies the event.
func (Skip) Meta() Meta { return Meta{"SkippingDetails", "Q034", Info} }

// Message gives the line.
func (e Skip) Message(p Paint) string {
	msg := "SKIP " + e.ResourceType + " " + e.Name
	switch e.ResourceType {
	case "model", "seed", "snapshot":
		msg = "SKIP relation " + e.Schema + "." + e.Name
	}
	return dotted(e.Index, e.Total, msg, p.Yellow("SKIP"), -1, false)
}

// SkipEphemeral is the line of a node that did not run because an ephemeral
// model, which has no line of its own, failed.
type SkipEphemeral struct {
	Schema string `json:"schema"`
	Name   string `json:"relation"`
	Status string `json:"status"`
	Index  int    `json:"index"`
	Total  int    `json:"total"`
}

// Meta identifies the event.
func (SkipEphemeral) Meta() Meta { return Meta{"LogSkipBecauseError", "Z034", Error} }

// Message gives the line.
func (e SkipEphemeral) Message(p Paint) string {
	msg := fmt.Sprintf("SKIP relation %s.%s due to ephemeral model status '%s'", e.Schema, e.Name, e.Status)
	return dotted(e.Index, e.Total, msg, p.Red("ERROR SKIP"), -1, false)
}

// Cancel is the line of a node that was stopped while it ran.
type Cancel struct {
	UniqueID string `json:"conn_name"`
}

// Meta identifies the event.
func (Cancel) Meta() Meta { return Meta{"LogCancelLine", "Q022", Error} }

// Message gives the line.
func (e Cancel) Message(p Paint) string {
	return dotted(0, 0, "CANCEL query "+e.UniqueID, p.Red("CANCEL"), -1, false)
}

// Skipping says that everything below a node will not run.
type Skipping struct {
	UniqueID string `json:"unique_id"`
	Status   string `json:"status"`
}

// Meta identifies the event.
func (Skipping) Meta() Meta { return Meta{"MarkSkippedChildren", "Z033", Debug} }

// Message gives the line.
func (e Skipping) Message(Paint) string {
	return fmt.Sprintf("Marking all children of '%s' to be skipped because of status '%s'.", e.UniqueID, e.Status)
}
