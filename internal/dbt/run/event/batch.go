package event

import (
	"strings"
	"time"
)

// BatchStart is the line before one batch of a microbatch model runs.
type BatchStart struct {
	Description string `json:"description"` // "batch 2024-01-01 of main.orders"
	Index       int    `json:"batch_index"`
	Total       int    `json:"total_batches"`
	Node        Node   `json:"node_info"`
}

// Meta identifies the event.
func (BatchStart) Meta() Meta { return Meta{"LogStartBatch", "Q045", Info} }

// Message gives the line.
func (e BatchStart) Message(Paint) string {
	return "Batch " + dotted(e.Index, e.Total, "START "+e.Description, "RUN", -1, false)
}

// BatchDone is the line after one batch ran, failed or was skipped.
type BatchDone struct {
	Description string  `json:"description"`
	Status      string  `json:"status"` // error, skipped, or the engine's answer
	Index       int     `json:"batch_index"`
	Total       int     `json:"total_batches"`
	Took        Seconds `json:"execution_time"`
	Node        Node    `json:"node_info"`
}

// Meta identifies the event.
func (e BatchDone) Meta() Meta {
	m := Meta{"LogBatchResult", "Q046", Info}
	if e.Status == "error" {
		m.Level = Error
	}
	return m
}

// Message gives the line.
func (e BatchDone) Message(p Paint) string {
	msg, status := "OK created", p.Green(e.Status)
	switch e.Status {
	case "error":
		msg, status = "ERROR creating", p.Red(strings.ToUpper(e.Status))
	case "skipped":
		msg, status = "SKIP", p.Yellow(strings.ToUpper(e.Status))
	}
	return "Batch " + dotted(e.Index, e.Total, msg+" "+e.Description, status, time.Duration(e.Took), false)
}
