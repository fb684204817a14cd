package console

import (
	"bytes"
	"encoding/json"

	"github.com/kith-analytics/kith/internal/dbt/run/event"
)

// info is the head of an entry of dbt's structured log.
type info struct {
	Category     string            `json:"category"`
	Code         string            `json:"code"`
	Extra        map[string]string `json:"extra"`
	InvocationID string            `json:"invocation_id"`
	Level        string            `json:"level"`
	Msg          string            `json:"msg"`
	Name         string            `json:"name"`
	PID          int               `json:"pid"`
	Thread       string            `json:"thread"`
	Time         string            `json:"ts"`
}

type entry struct {
	Data event.Event `json:"data"`
	Info info        `json:"info"`
}

// structured writes an event as one line of JSON. The text has no colours.
func (p *Printer) structured(e event.Event) string {
	meta := e.Meta()
	level := meta.Level
	if _, ok := e.(event.Print); ok {
		level = event.Info // asked-for output outranks the threshold without being an error
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(entry{Data: e, Info: info{
		Code: meta.Code, Extra: map[string]string{}, InvocationID: p.o.InvocationID, Level: level.String(),
		Msg: e.Message(false), Name: meta.Name, PID: p.o.PID, Thread: "MainThread",
		Time: p.o.Now().UTC().Format("2006-01-02T15:04:05.000000Z"),
	}})
	if err != nil && p.failed == nil {
		p.failed = err
	}
	return b.String()
}
