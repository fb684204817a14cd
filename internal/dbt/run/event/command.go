package event

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Version is the first line of every command.
type Version struct {
	Version string `json:"version"` // of Kith
	Dbt     string `json:"dbt"`     // the dbt version it is compatible with: "1.12"
}

// Meta identifies the event.
func (Version) Meta() Meta { return Meta{"MainReportVersion", "A001", Info} }

// Message gives the line.
func (e Version) Message(Paint) string {
	return fmt.Sprintf("Running with kith=%s (dbt %s)", e.Version, e.Dbt)
}

// Found counts what the project holds.
type Found struct {
	Stats string `json:"stat_line"`
}

// Meta identifies the event.
func (Found) Meta() Meta { return Meta{"FoundStats", "W006", Info} }

// Message gives the line.
func (e Found) Message(Paint) string { return "Found " + e.Stats }

// Concurrency is the line before the nodes run.
type Concurrency struct {
	Threads int    `json:"num_threads"`
	Target  string `json:"target_name"`
	Nodes   int    `json:"node_count"`
}

// Meta identifies the event.
func (Concurrency) Meta() Meta { return Meta{"ConcurrencyLine", "Q027", Info} }

// Message gives the line.
func (e Concurrency) Message(Paint) string {
	return fmt.Sprintf("Concurrency: %d threads (target='%s')", e.Threads, e.Target)
}

// Blank is an empty line.
type Blank struct {
	Msg string `json:"msg"`
	// Quiet keeps the line for the debug log.
	Quiet bool `json:"-"`
}

// Meta identifies the event.
func (e Blank) Meta() Meta {
	if e.Quiet {
		return Meta{"Formatting", "Z017", Debug}
	}
	return Meta{"Formatting", "Z017", Info}
}

// Message gives nothing.
func (e Blank) Message(Paint) string { return e.Msg }

// Text is a line of Kith's own: advice, or what a command without nodes says.
type Text struct {
	Msg  string `json:"msg"`
	Lvl  Level  `json:"-"`
	Mark bool   `json:"-"` // put [WARNING] or [ERROR] before it
}

// Meta identifies the event.
func (e Text) Meta() Meta { return Meta{"Note", "Z050", e.Lvl} }

// Message gives the text.
func (e Text) Message(p Paint) string {
	switch {
	case e.Mark && e.Lvl == Warn:
		return p.warning(e.Msg)
	case e.Mark && e.Lvl == Error:
		return p.failure(e.Msg)
	}
	return e.Msg
}

// NoMatch is a selection criterion that no node meets.
type NoMatch struct {
	Msg string `json:"msg"`
}

// Meta identifies the event.
func (NoMatch) Meta() Meta { return Meta{"NoNodesForSelectionCriteria", "M030", Warn} }

// Message gives the line.
func (e NoMatch) Message(p Paint) string { return p.warning(e.Msg) }

// NothingToDo is a run without nodes.
type NothingToDo struct{}

// Meta identifies the event.
func (NothingToDo) Meta() Meta { return Meta{"NothingToDo", "Q035", Warn} }

// Message gives the line.
func (NothingToDo) Message(p Paint) string {
	return p.warning("Nothing to do. Try checking your model configs and model specification args")
}

// NoNodes is a listing without nodes.
type NoNodes struct{}

// Meta identifies the event.
func (NoNodes) Meta() Meta { return Meta{"NoNodesSelected", "Q038", Warn} }

// Message gives the line.
func (NoNodes) Message(p Paint) string { return p.warning("No nodes selected!") }

// Print is output that people or programs asked for: lines of ls, print() in a
// template. It has no time before it and is never silenced.
type Print struct {
	Msg string `json:"msg"`
}

// Meta identifies the event.
func (Print) Meta() Meta { return Meta{"PrintEvent", "Z052", Error} }

// Message gives the text.
func (e Print) Message(Paint) string { return e.Msg }

// Log is a template's log() call.
type Log struct {
	Msg  string `json:"msg"`
	Info bool   `json:"-"` // log(..., info=true)
}

// Meta identifies the event.
func (e Log) Meta() Meta {
	if e.Info {
		return Meta{"JinjaLogInfo", "I062", Info}
	}
	return Meta{"JinjaLogDebug", "I063", Debug}
}

// Message gives the text.
func (e Log) Message(Paint) string { return e.Msg }

// Warning is a warning from the project: exceptions.warn(), a deprecated key, a
// setting that has no effect.
type Warning struct {
	// Name and Code are what dbt calls a warning of this kind; "" for what
	// templates warn of.
	Name string `json:"-"`
	Code string `json:"-"`
	Msg  string `json:"msg"`
}

// Meta identifies the event.
func (e Warning) Meta() Meta {
	if e.Name == "" {
		return Meta{"JinjaLogWarning", "I061", Warn}
	}
	return Meta{e.Name, e.Code, Warn}
}

// Message gives the line.
func (e Warning) Message(p Paint) string { return p.warning(e.Msg) }

// Compiled is the SQL of a node that compile was asked to show.
type Compiled struct {
	Name   string `json:"node_name"`
	ID     string `json:"unique_id"`
	Code   string `json:"compiled"`
	Inline bool   `json:"is_inline"`
	JSON   bool   `json:"-"`
	Bare   bool   `json:"-"` // the code alone, for --quiet
}

// Meta identifies the event.
func (Compiled) Meta() Meta { return Meta{"CompiledNode", "Q042", Info} }

// Message gives the text.
func (e Compiled) Message(Paint) string {
	switch {
	case e.JSON:
		return shown(e.Name, e.Inline, "compiled", e.Code)
	case e.Bare:
		return e.Code
	case e.Inline:
		return "Compiled inline node is:\n" + e.Code
	}
	return fmt.Sprintf("Compiled node '%s' is:\n%s", e.Name, e.Code)
}

// Preview is the first rows of a node.
type Preview struct {
	Name   string `json:"node_name"`
	ID     string `json:"unique_id"`
	Table  string `json:"preview"` // a text table, or with JSON an array of objects
	Inline bool   `json:"is_inline"`
	JSON   bool   `json:"-"`
	Bare   bool   `json:"-"`
}

// Meta identifies the event.
func (Preview) Meta() Meta { return Meta{"ShowNode", "Q041", Info} }

// Message gives the text.
func (e Preview) Message(Paint) string {
	switch {
	case e.JSON:
		return shown(e.Name, e.Inline, "show", json.RawMessage(e.Table))
	case e.Bare:
		return e.Table
	case e.Inline:
		return "Previewing inline node:\n" + e.Table
	}
	return fmt.Sprintf("Previewing node '%s':\n%s", e.Name, e.Table)
}

// shown writes {"node": name, key: value}, without the node when it is inline.
func shown(name string, inline bool, key string, value any) string {
	var b bytes.Buffer
	b.WriteByte('{')
	if !inline {
		b.WriteString(`"node":`)
		writeJSON(&b, name)
		b.WriteByte(',')
	}
	fmt.Fprintf(&b, "%q:", key)
	writeJSON(&b, value)
	b.WriteByte('}')
	var out bytes.Buffer
	if err := json.Indent(&out, b.Bytes(), "", "  "); err != nil {
		return b.String()
	}
	return out.String()
}

func writeJSON(b *bytes.Buffer, v any) {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		// A preview that is not JSON is a defect of its maker; the output then says so.
		fmt.Fprintf(b, "%q", err.Error())
	}
}

// SQL is one statement that ran, for the debug log.
type SQL struct {
	Statement string  `json:"sql"`
	Took      Seconds `json:"elapsed"`
	Failed    bool    `json:"-"`
}

// Meta identifies the event.
func (SQL) Meta() Meta { return Meta{"SQLQuery", "E016", Debug} }

// Message gives the statement and how it went.
func (e SQL) Message(Paint) string {
	status := "OK"
	if e.Failed {
		status = "ERROR"
	}
	return fmt.Sprintf("On warehouse: %s\nSQL status: %s in %.3f seconds", e.Statement, status, time.Duration(e.Took).Seconds())
}

// SeedSample is some rows of a seed.
type SeedSample struct {
	Header string `json:"header"`
	Table  string `json:"table"`
}

// Meta identifies the event.
func (SeedSample) Meta() Meta { return Meta{"SeedHeader", "Q004", Info} }

// Message gives the head, underlined, and the table.
func (e SeedSample) Message(Paint) string {
	return e.Header + "\n" + strings.Repeat("-", len([]rune(e.Header))) + "\n" + e.Table
}
