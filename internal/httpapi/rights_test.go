package httpapi_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/control"
)

// Who may not work on the warehouse starts and stops nothing there; and the audit tells whose
// data was looked at, which is for who may look at it.
func TestRunsAndTheAuditNeedTheirRight(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	s := o.signIn(t)
	for _, c := range []struct {
		method, path, body string
		needs              access.Rules
		status             int
	}{
		{http.MethodPost, "/runs", `{"command": "test"}`, access.Rules{Who: "ann", Operate: true}, http.StatusAccepted},
		{http.MethodPost, "/runs/run-1/cancel", "", access.Rules{Who: "ann", Operate: true}, http.StatusAccepted},
		{http.MethodGet, "/audit", "", access.Rules{Who: "ann", Reveal: true}, http.StatusOK},
	} {
		o.may(access.Limited(access.Rules{Who: "ann"}))
		if a := s.ask(t, c.method, "/api/v1"+c.path, c.body); a.status != http.StatusForbidden {
			t.Errorf("%s without the right: %d %s", c.path, a.status, a.body)
		}
		o.may(access.Limited(c.needs))
		if a := s.ask(t, c.method, "/api/v1"+c.path, c.body); a.status != c.status {
			t.Errorf("%s with the right: %d %s", c.path, a.status, a.body)
		}
	}
}

// The engine quotes values when it cannot convert them. They may be anybody's.
func TestMessagesOfRunsQuoteNoValues(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	s := o.signIn(t)
	messages := map[string]struct{ said, shown string }{
		"model.kith_analytics.customers":    {"Conversion Error: Could not convert string 'o'hara@example.com' to INT32 when casting from source column email", "Conversion Error: Could not convert string '•••' to INT32 when casting from source column email"},
		"model.kith_analytics.dim_customer": {`Constraint Error: Duplicate key "email: jane@example.com" violates unique constraint`, `Constraint Error: Duplicate key "•••" violates unique constraint`},
		"model.kith_analytics.metric_daily": {`Binder Error: Referenced column "amout" not found in FROM clause, in 'models/metric_daily.sql'`, `Binder Error: Referenced column "amout" not found in FROM clause, in 'models/metric_daily.sql'`},
	}
	err := o.host.Control().BeginRun(t.Context(), control.Run{ID: "quoting", Command: "build", Started: time.Now()})
	for id, m := range messages {
		err = errors.Join(err, o.host.Control().AddNodes(t.Context(), "quoting", []control.Node{{ID: id, Status: "error", Message: m.said}}, 1))
	}
	if err != nil {
		t.Fatal(err)
	}
	type run struct {
		Nodes []struct {
			ID      string `json:"unique_id"`
			Message string `json:"message"`
		} `json:"nodes"`
	}
	for _, n := range get[run](t, s, "/api/v1/runs/quoting").Nodes {
		if n.Message != messages[n.ID].shown {
			t.Errorf("%s: %s", n.ID, n.Message)
		}
	}
	o.may(access.Limited(access.Rules{Who: "ann"}))
	for _, n := range get[run](t, s, "/api/v1/runs/quoting").Nodes {
		if n.Message != "" {
			t.Errorf("who may not reveal is told %s", n.Message)
		}
	}
}

// An explanation tells the age of the data as the frame does.
func TestAnExplanationIsAsFreshAsTheData(t *testing.T) {
	t.Parallel()
	s := served(t)
	type fresh struct {
		Freshness struct{ Status string }
	}
	session := get[fresh](t, s, "/api/v1/session").Freshness.Status
	if explained := get[fresh](t, s, "/api/v1/metrics/net_revenue/explain").Freshness.Status; explained != session || strings.TrimSpace(session) == "" {
		t.Errorf("explained as %q, and the session says %q", explained, session)
	}
}

// A group by gender, age and country may be one person, whom other figures name.
func TestFiguresByPersonalDataAreForWhoMayReveal(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	s := o.signIn(t)
	for name, q := range map[string]struct{ path, body string }{
		"grouped":  {"/query", `{"metrics": ["customer_count"], "dimensions": ["gender"]}`},
		"filtered": {"/query", `{"metrics": ["net_revenue"], "filters": [{"dimension": "gender", "op": "eq", "values": ["female"]}]}`},
		"ranked":   {"/query", `{"metrics": ["net_revenue"], "dimensions": ["age_band"], "top": {"n": 3}}`},
		"rows":     {"/query/rows", `{"metric": "net_revenue", "filters": [{"dimension": "gender", "op": "eq", "values": ["female"]}]}`},
	} {
		for reveal, want := range map[bool]int{false: http.StatusForbidden, true: http.StatusOK} {
			o.may(access.Limited(access.Rules{Who: "ann", Reveal: reveal}))
			if a := s.ask(t, http.MethodPost, "/api/v1"+q.path, q.body); a.status != want {
				t.Errorf("%s, reveal %t: %d %s", name, reveal, a.status, a.body)
			}
		}
	}
}

// A column that is hidden is not shown as a sum of nothing.
func TestHiddenSumsAreRefused(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	p := somebody(t, o)
	s := o.signIn(t)
	o.may(access.Limited(access.Rules{Who: "ann", Hidden: map[string][]string{access.EveryModel: {"net_revenue"}}}))
	for _, path := range []string{"/segments?kind=rfm_group", "/customers/" + url.PathEscape(p.id) + "/spending"} {
		if a := s.ask(t, http.MethodGet, "/api/v1"+path, ""); a.status != http.StatusForbidden {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
}
