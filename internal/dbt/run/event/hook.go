package event

import "time"

// HookStart is the line before a hook runs.
type HookStart struct {
	Statement string `json:"statement"` // dbt's name of the hook: shop.on-run-start.0
	Index     int    `json:"index"`
	Total     int    `json:"total"`
	Node      Node   `json:"node_info"`
}

// Meta identifies the event.
func (HookStart) Meta() Meta { return Meta{"LogHookStartLine", "Q032", Info} }

// Message gives the line.
func (e HookStart) Message(Paint) string {
	return dotted(e.Index, e.Total, "START hook: "+e.Statement, "RUN", -1, true)
}

// HookDone is the line after a hook ran, failed or was skipped.
type HookDone struct {
	Statement string  `json:"statement"`
	Status    string  `json:"status"` // success, skipped or error
	Index     int     `json:"index"`
	Total     int     `json:"total"`
	Took      Seconds `json:"execution_time"`
	Node      Node    `json:"node_info"`
}

// Meta identifies the event.
func (HookDone) Meta() Meta { return Meta{"LogHookEndLine", "Q033", Info} }

// Message gives the line.
func (e HookDone) Message(p Paint) string {
	word := "ERROR"
	status := p.Red(word)
	switch e.Status {
	case "success":
		word = "OK"
		status = p.Green(word)
	case "skipped":
		word = "SKIP"
		status = p.Yellow(word)
	}
	return dotted(e.Index, e.Total, word+" hook: "+e.Statement, status, time.Duration(e.Took), true)
}
