package httpapi_test

import (
	"math"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// lifeEvent is one of a timeline.
type lifeEvent struct {
	Kind   string
	ID     string
	Title  string
	Amount *float64
}

// life gives all events of a customer of some kinds.
func life(t *testing.T, s *shop, customer, kinds string) (out []lifeEvent) {
	t.Helper()
	for cursor, n := "", 0; n < 1000; n++ {
		page := get[struct {
			Items      []lifeEvent
			NextCursor string `json:"next_cursor"`
		}](t, s, "/api/v1/customers/"+url.PathEscape(customer)+"/timeline?limit=100&kinds="+kinds+"&cursor="+cursor)
		out = append(out, page.Items...)
		if cursor = page.NextCursor; cursor == "" {
			return out
		}
	}
	t.Fatal("the timeline has no end")
	return nil
}

// The orders and returns of a timeline are those that the profile counts: a line
// without an order is an order of its own.
func TestTheTimelineAgreesWithTheProfile(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	s := o.signIn(t)
	customers := o.values(t, `select customer_id from gold.fct_transactions
		where transaction_class = 'sale' and customer_id is not null
		group by 1 having count(*) > count(order_id) and count(order_id) > 0 order by 1 limit 5`)
	if len(customers) == 0 {
		t.Fatal("nobody has lines without an order")
	}
	for _, customer := range customers {
		profile := get[struct {
			OrderCount int     `json:"order_count"`
			NetRevenue float64 `json:"net_revenue"`
		}](t, s, "/api/v1/customers/"+url.PathEscape(customer))
		orders, sum := 0, 0.0
		for _, e := range life(t, s, customer, "order,return") {
			if e.Kind == "order" {
				orders++
			}
			sum += *e.Amount
		}
		if orders != profile.OrderCount || math.Abs(sum-profile.NetRevenue) > 0.005 {
			t.Errorf("%s: %d orders and %.2f in the timeline, %d and %.2f in the profile", customer, orders, sum, profile.OrderCount, profile.NetRevenue)
		}
	}
}

// Two returns without an order are two events.
func TestReturnsWithoutAnOrderStayApart(t *testing.T) {
	t.Parallel()
	o := openOffice(t,
		"create table lines as select * from gold.fct_transactions",
		"update lines set order_id = null where transaction_class = 'return'",
		"create or replace view gold.fct_transactions as select * from lines")
	s := o.signIn(t)
	customers := o.values(t, `select customer_id from gold.fct_transactions
		where transaction_class = 'return' and customer_id in (select customer_id from gold.customer_360_profile)
		group by 1 having count(*) > 1 order by 1 limit 1`)
	if len(customers) == 0 {
		t.Fatal("nobody returned twice")
	}
	lines := get[struct{ Total int }](t, s, "/api/v1/customers/"+url.PathEscape(customers[0])+"/transactions?class=return").Total
	events := life(t, s, customers[0], "return")
	if len(events) != lines || lines < 2 {
		t.Errorf("%d returns are %d events", lines, len(events))
	}
	for _, e := range events {
		if e.Title != "Return" || e.ID == "" {
			t.Errorf("%+v", e)
		}
	}
}

func TestASegmentNeedsItsKind(t *testing.T) {
	t.Parallel()
	s := served(t)
	a := s.ask(t, http.MethodGet, "/api/v1/customers?segment=Champions", "")
	if p := problemOf(t, a); a.status != http.StatusBadRequest || !strings.Contains(p.Detail, "segment_kind") {
		t.Errorf("%d %s", a.status, a.body)
	}
	a = s.ask(t, http.MethodGet, "/api/v1/customers?segment_kind=foo&segment=x", "")
	p := problemOf(t, a)
	for _, kind := range []string{"rfm_group", "ml_segment", "age_band", "nps_group", "country"} {
		if a.status != http.StatusBadRequest || !strings.Contains(p.Hint, kind) {
			t.Errorf("%d, no %s in %q", a.status, kind, p.Hint)
		}
	}
}
