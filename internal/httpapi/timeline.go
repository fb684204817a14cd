package httpapi

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

// kinds gives the kinds of events of a timeline, and the model that each is read from.
func kinds() map[string]string {
	return map[string]string{
		"order": "fct_transactions", "return": "fct_transactions", "ticket": "support_tickets", "survey": "customer_satisfaction_scores",
		"message": "communication_logs", "points": "stg_loyalty_data", "journey": "customer_journey_events",
		"referral": "referral_program", "consent": "customer_consents", "feedback": "customer_feedback",
	}
}

// TimelineInput chooses what of a customer's life is shown.
type TimelineInput struct {
	PageInput

	ID    string   `maxLength:"200"                                                                                           path:"id"`
	Kinds []string `doc:"order, return, ticket, survey, feedback, message, points, journey, referral, consent; empty for all" query:"kinds"`
}

// TimelineEvent is something that happened between a customer and the shop.
type TimelineEvent struct {
	Kind    string    `enum:"order,return,ticket,survey,feedback,message,points,journey,referral,consent" json:"kind"`
	At      time.Time `json:"at"`
	ID      string    `json:"id"`
	Title   string    `json:"title"`
	Detail  *string   `json:"detail"`
	Channel *string   `json:"channel"`
	Amount  *Number   `doc:"money of orders, returns and rewards; negative for what went back"            json:"amount"`
	Value   *Number   `doc:"points, scores and ratings"                                                   json:"value"`
	Status  *string   `json:"status"`
}

// TimelineAnswer is a page of events, the newest first.
type TimelineAnswer struct {
	Items      []TimelineEvent `json:"items"`
	NextCursor string          `doc:"empty at the end" json:"next_cursor"`
}

func (s *server) addTimeline() {
	add(s, operation{
		id: "getCustomerTimeline", method: http.MethodGet, path: "/customers/{id}/timeline", tag: "Customers",
		summary: "What happened between a customer and the shop, the newest first",
	}, timeline)
}

func timeline(ctx context.Context, c *call, in *TimelineInput) (TimelineAnswer, error) {
	out := TimelineAnswer{Items: []TimelineEvent{}}
	wanted := slices.Clone(in.Kinds)
	slices.Sort(wanted)
	at, err := in.after(strings.Join(wanted, " "), momentKey, textKey, textKey)
	if err != nil {
		return out, err
	}
	parts, err := c.timelineParts(wanted)
	if err != nil || len(parts) == 0 {
		return out, err
	}
	sql, err := c.statement("timeline")
	if err != nil {
		return out, err
	}
	sql = strings.Replace(sql, "[events]", strings.Join(parts, "\nunion all by name\n"), 1)
	found, err := scan[TimelineEvent](ctx, c, sql, append([]any{in.ID}, append(at.args(3), in.limit()+1)...)...)
	if err != nil {
		return out, err
	}
	if len(found) == 0 && at == nil {
		if _, err := c.customer(ctx, in.ID); err != nil {
			return out, err
		}
	}
	for i, e := range found {
		if i == in.limit() {
			last := found[i-1]
			moment := momentOf(last.At)
			out.NextCursor, err = (&place{Sort: strings.Join(wanted, " "), Keys: []*string{&moment, &last.Kind, &last.ID}}).cursor()
			break
		}
		out.Items = append(out.Items, e)
	}
	return out, err
}

// timelineParts gives the queries of the kinds that are wanted and that the project has.
func (c *call) timelineParts(wanted []string) ([]string, error) {
	all := kinds()
	for _, kind := range wanted {
		if all[kind] == "" {
			return nil, fault.New(fault.Usage, "there is no kind of event %q", kind)
		}
	}
	var parts []string
	for kind, model := range all {
		if _, ok := c.project.node(model); !ok || len(wanted) > 0 && !slices.Contains(wanted, kind) {
			continue
		}
		sql, err := c.statement("timeline_" + kind)
		if err != nil {
			return nil, err
		}
		parts = append(parts, "("+strings.TrimSpace(sql)+")")
	}
	slices.Sort(parts)
	return parts, nil
}
