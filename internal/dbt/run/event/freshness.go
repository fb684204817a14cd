package event

import "time"

// FreshnessDone is the line after a source was asked how old it is.
type FreshnessDone struct {
	Source string  `json:"source_name"`
	Table  string  `json:"table_name"`
	Status string  `json:"status"` // pass, warn, error or runtime error
	Index  int     `json:"index"`
	Total  int     `json:"total"`
	Took   Seconds `json:"execution_time"`
	Node   Node    `json:"node_info"`
}

// Meta identifies the event.
func (e FreshnessDone) Meta() Meta {
	m := Meta{"LogFreshnessResult", "Q018", Info}
	switch e.Status {
	case "warn":
		m.Level = Warn
	case "error", "runtime error":
		m.Level = Error
	}
	return m
}

// Message gives the line.
func (e FreshnessDone) Message(p Paint) string {
	word := "PASS"
	status := p.Green(word)
	switch e.Status {
	case "runtime error":
		word = "ERROR"
		status = p.Red(word)
	case "error":
		word = "ERROR STALE"
		status = p.Red(word)
	case "warn":
		word = "WARN"
		status = p.Yellow(word)
	}
	return dotted(e.Index, e.Total, word+" freshness of "+e.Source+"."+e.Table, status, time.Duration(e.Took), false)
}

// FreshnessComplete is the last line of a check of sources.
type FreshnessComplete struct{}

// Meta identifies the event.
func (FreshnessComplete) Meta() Meta { return Meta{"FreshnessCheckComplete", "Q003", Info} }

// Message gives the line.
func (FreshnessComplete) Message(Paint) string { return "Done." }
