package httpapi

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

// AuditItem says that somebody had personal data in clear, or was refused it.
type AuditItem struct {
	ID        int64     `json:"id"`
	At        time.Time `json:"at"`
	Person    string    `json:"person"`
	Action    string    `doc:"whether it was shown or refused"                enum:"reveal,reveal_refused" json:"action"`
	Customer  string    `json:"customer_id"`
	Columns   []string  `doc:"what was shown, with models; none when refused" json:"columns"`
	RequestID string    `doc:"to find the request in the log"                 json:"request_id"`
}

// AuditAnswer is a page of the audit, the newest first.
type AuditAnswer struct {
	Items      []AuditItem `json:"items"`
	NextCursor string      `doc:"empty at the end" json:"next_cursor"`
}

func (s *server) addAudit() {
	add(s, operation{
		id: "listAudit", method: http.MethodGet, path: "/audit", tag: "Data", on: onState, summary: "Who had personal data in clear or was refused it, the newest first",
	}, s.audit)
}

func (s *server) audit(ctx context.Context, c *call, in *PageInput) (AuditAnswer, error) {
	out := AuditAnswer{Items: []AuditItem{}}
	if !c.scope.Unrestricted() || !c.scope.Reveals() {
		return out, fault.New(fault.Forbidden, "the audit tells of customers what you may not know").WithHint("ask who may see all of them")
	}
	at, err := in.after("audit", wholeKey)
	if err != nil {
		return out, err
	}
	var before int64
	if at != nil && at.Keys[0] != nil {
		if before, err = strconv.ParseInt(*at.Keys[0], 10, 64); err != nil || before < 1 {
			return out, fault.New(fault.Usage, "the cursor does not belong to this list").WithHint("begin with its first page")
		}
	}
	found, err := s.Control.Audit(ctx, before, in.limit()+1)
	if err != nil {
		return out, err
	}
	for i, e := range found {
		if i == in.limit() {
			last := strconv.FormatInt(found[i-1].ID, 10)
			out.NextCursor, err = (&place{Sort: "audit", Keys: []*string{&last}}).cursor()
			break
		}
		out.Items = append(out.Items, AuditItem{
			ID: e.ID, At: e.At, Person: e.Person, Action: e.Action, Customer: e.Customer, Columns: orEmpty(e.Columns), RequestID: e.RequestID,
		})
	}
	return out, err
}
