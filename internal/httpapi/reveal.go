package httpapi

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/control"
	"github.com/kith-analytics/kith/internal/fault"
)

// RevealedText is what a customer wrote.
type RevealedText struct {
	Kind   string `doc:"of the event in the timeline" json:"kind"`
	ID     string `doc:"of the event"                 json:"id"`
	Detail string `json:"detail"`
}

// RevealAnswer is a customer's personal data in clear.
type RevealAnswer struct {
	Customer Profile        `json:"customer"`
	Texts    []RevealedText `doc:"the newest 500"                       json:"texts"`
	Columns  []string       `doc:"that are shown in clear, with models" json:"columns"`
	AuditID  int64          `doc:"the record of this"                   json:"audit_id"`
	At       time.Time      `json:"at"`
}

func (s *server) addReveal() {
	add(s, operation{
		id: "revealCustomer", method: http.MethodPost, path: "/customers/{id}/reveal", tag: "Customers", on: onState,
		summary: "A customer's personal data in clear, on record",
		description: "Who, when, whose and which columns is written to the audit before the values are sent. " +
			"Where it cannot be written, or the right to reveal is missing, nothing is revealed. That somebody tried without the right is written too.",
	}, reveal)
}

func reveal(ctx context.Context, c *call, in *CustomerInput) (RevealAnswer, error) {
	var out RevealAnswer
	// Somebody whom the scope does not see is not there, for those who may reveal or not.
	if _, err := c.customer(ctx, in.ID); err != nil {
		return out, err
	}
	if !c.scope.Reveals() {
		return out, c.refuseReveal(ctx, in.ID)
	}
	open := *c
	open.reveal = true
	profile, err := open.customer(ctx, in.ID)
	if err != nil {
		return out, err
	}
	texts, models, err := open.texts(ctx, in.ID)
	if err != nil {
		return out, err
	}
	shown, err := c.inClear(ctx, append([]string{profileModel}, models...))
	if err != nil {
		return out, err
	}
	kept, err := c.s.Control.AddAudit(ctx, control.AuditEntry{
		Person: c.scope.Who(), Action: control.Reveal, Customer: profile.CustomerID, Columns: shown, RequestID: requestID(ctx),
	})
	if err != nil {
		return RevealAnswer{}, err
	}
	return RevealAnswer{Customer: profile, Texts: texts, Columns: shown, AuditID: kept.ID, At: kept.At}, nil
}

// refuseReveal puts on record that somebody without the right asked for a customer's
// personal data, and gives the refusal; where it cannot be put on record, why not.
func (c *call) refuseReveal(ctx context.Context, id string) error {
	if _, err := c.s.Control.AddAudit(ctx, control.AuditEntry{
		Person: c.scope.Who(), Action: control.RevealRefused, Customer: id, Columns: []string{}, RequestID: requestID(ctx),
	}); err != nil {
		return err
	}
	return fault.New(fault.Forbidden, "you may not reveal personal data").WithHint("ask who may; that you tried is on record")
}

// inClear gives the personal columns of models that the scope does not hide.
func (c *call) inClear(ctx context.Context, models []string) ([]string, error) {
	schema, err := c.schema(ctx)
	if err != nil {
		return nil, err
	}
	out := []string{}
	for _, model := range models {
		for _, column := range schema.Personal(model) {
			if !c.scope.Hides(model, column) {
				out = append(out, model+"."+column)
			}
		}
	}
	return out, nil
}

// texts gives what the customer wrote: the details of those kinds of events whose
// models hold personal data. It names these models.
func (c *call) texts(ctx context.Context, id string) ([]RevealedText, []string, error) {
	out := []RevealedText{}
	schema, err := c.schema(ctx)
	if err != nil {
		return nil, nil, err
	}
	var wanted, models []string
	for kind, model := range kinds() {
		if len(schema.Personal(model)) > 0 {
			wanted, models = append(wanted, kind), append(models, model)
		}
	}
	if len(wanted) == 0 {
		return out, nil, nil
	}
	parts, err := c.timelineParts(wanted)
	if err != nil {
		return nil, nil, err
	}
	sql, err := c.statement("timeline")
	if err != nil {
		return nil, nil, err
	}
	sql = strings.Replace(sql, "[events]", strings.Join(parts, "\nunion all by name\n"), 1)
	events, err := scan[TimelineEvent](ctx, c, sql, id, nil, nil, nil, maxLimit)
	for _, e := range events {
		if e.Detail != nil {
			out = append(out, RevealedText{Kind: e.Kind, ID: e.ID, Detail: *e.Detail})
		}
	}
	slices.Sort(models)
	return out, slices.Compact(models), err
}
