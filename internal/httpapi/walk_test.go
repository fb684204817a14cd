package httpapi_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/control"
	"github.com/kith-analytics/kith/internal/httpapi"
)

// What must not come back: the name of all countries but one, and of all incomes.
const (
	abroad = "Outlandia"
	secret = "hidden-income"
)

// question is a request to an operation, and what it must be answered with.
type question struct {
	path, body string
	status     int
}

func ok(paths ...string) (out []question) {
	for _, path := range paths {
		out = append(out, question{path: path, status: http.StatusOK})
	}
	return out
}

func refused(status int, paths ...string) (out []question) {
	for _, path := range paths {
		out = append(out, question{path: path, status: status})
	}
	return out
}

// questions are asked of each operation; home and away are customers inside and outside
// of what is seen.
func questions(home, away, country string) map[string][]question {
	q := url.QueryEscape
	byCountry := `{"metrics": ["net_revenue", "customers"], "dimensions": ["country"]}`
	return map[string][]question{
		"getSession":     ok("/session"),
		"listMetrics":    ok("/metrics"),
		"listDimensions": ok("/dimensions"),
		"explainMetric":  ok("/metrics/net_revenue/explain", "/metrics/customers/explain?q="+q(byCountry)),
		"getQuery": append(ok("/query?q="+q(byCountry)),
			refused(http.StatusForbidden, "/query?q="+q(`{"metrics": ["net_revenue"], "dimensions": ["income_band"]}`))...),
		"postQuery": {
			{path: "/query", body: byCountry, status: http.StatusOK},
			{path: "/query", body: `{"metrics": ["net_revenue"], "dimensions": ["country"], "top": {"n": 2, "rest": true}}`, status: http.StatusOK},
			{path: "/query", body: `{"metrics": ["net_revenue"], "filters": [{"dimension": "income_band", "op": "eq", "values": ["` + secret + `-1"]}]}`, status: http.StatusForbidden},
			{path: "/query", body: `{"metrics": ["net_revenue"], "filters": [{"dimension": "country", "op": "in", "values": ["Outlandi", "x"]}]}`, status: http.StatusOK},
		},
		"postRows": {
			{path: "/query/rows", body: `{"metric": "net_revenue"}`, status: http.StatusOK},
			{path: "/query/rows", body: `{"metric": "customers"}`, status: http.StatusOK},
			{path: "/query/rows", body: `{"metric": "customers", "filters": [{"dimension": "gender", "op": "eq", "values": ["female"]}]}`, status: http.StatusForbidden},
			{path: "/query/rows", body: `{"metric": "net_revenue", "group": [{"dimension": "income_band", "value": "x"}]}`, status: http.StatusForbidden},
		},
		"listDashboards": ok("/dashboards"),
		"getDashboard":   ok("/dashboards/overview"),
		"listSegments": append(ok("/segments?kind=country", "/segments?kind=rfm_group", "/segments?kind=acquisition_channel"),
			refused(http.StatusForbidden, "/segments?kind=income_band", "/segments?kind=age_band")...),
		"listCustomers": append(ok("/customers", "/customers?limit=500", "/customers?sort=recency&order=asc", "/customers?segment_kind=country&segment="+q(country),
			"/customers?search="+q(home), "/customers?search="+q(away)),
			refused(http.StatusForbidden, "/customers?segment_kind=income_band&segment=x", "/customers?segment_kind=age_band&segment=x")...),
		"getCustomer": append(ok("/customers/"+home), refused(http.StatusNotFound, "/customers/"+away)...),
		"revealCustomer": append(refused(http.StatusForbidden, "/customers/"+home+"/reveal"),
			refused(http.StatusNotFound, "/customers/"+away+"/reveal")...),
		"listAudit":                refused(http.StatusForbidden, "/audit"),
		"getCustomerTimeline":      append(ok("/customers/"+home+"/timeline?limit=500"), refused(http.StatusNotFound, "/customers/"+away+"/timeline")...),
		"listCustomerTransactions": append(ok("/customers/"+home+"/transactions"), refused(http.StatusNotFound, "/customers/"+away+"/transactions")...),
		"getCustomerSpending":      append(ok("/customers/"+home+"/spending"), refused(http.StatusNotFound, "/customers/"+away+"/spending")...),
		"listCohorts":              ok("/cohorts", "/cohorts?measure=revenue", "/cohorts?channel=search"),
		"listCohortCustomers":      ok("/cohorts/2024-01-01/0/customers", "/cohorts/2024-01-01/1/customers"),
		"listRuns":                 ok("/runs"),
		"getRun":                   append(ok("/runs/told"), refused(http.StatusNotFound, "/runs/none")...),
		"startRun":                 {{path: "/runs", body: `{"command": "test"}`, status: http.StatusForbidden}},
		"cancelRun":                refused(http.StatusForbidden, "/runs/none/cancel"),
		"getLineage":               ok("/lineage"),
		"listTests":                ok("/tests"),
		"listModels":               ok("/models"),
		"getModel":                 ok("/models/customer_360_profile", "/models/fct_transactions"),
		"listSources":              refused(http.StatusForbidden, "/sources"),
		"getSourceProfile":         refused(http.StatusForbidden, "/sources/transactions/profile", "/sources/customers/profile", "/sources/none/profile"),
		"getWaterfall":             refused(http.StatusForbidden, "/waterfall"),
		"listRejects":              refused(http.StatusForbidden, "/rejects"),
		"search":                   ok("/search?q=re", "/search?q="+q(home), "/search?q="+q(away), "/search?q=canary", "/search?q="+q(strings.ToLower(abroad))),
	}
}

// canaries are statements that make values which must not be seen easy to find: names,
// addresses and texts of everybody, countries but one, and incomes.
func canaries(t *testing.T, o *office, country string) (out []string) {
	t.Helper()
	for _, column := range []string{"first_name", "last_name", "email", "phone", "city", "comment", "feedback_text", "country", "income_band"} {
		set := "'x canary " + column + " ' || substr(md5(" + column + "), 1, 8)"
		where := " where " + column + " is not null"
		switch column {
		case "email":
			set = "'x-canary-' || substr(md5(email), 1, 8) || '@example.com'"
		case "country":
			set, where = "'"+abroad+"'", " where country <> '"+country+"'"
		case "income_band":
			set = "'" + secret + "-1'"
		}
		for _, table := range o.values(t, `select '"' || c.table_schema || '"."' || c.table_name || '"'
			from information_schema.columns as c join information_schema.tables as t using (table_catalog, table_schema, table_name)
			where c.column_name = $1 and t.table_type = 'BASE TABLE' and c.data_type = 'VARCHAR'`, column) {
			out = append(out, "update "+table+" set "+column+" = "+set+where)
		}
	}
	return append(out, `insert into bronze.rejects (source, file, line, column_name, value, reason, load_id, loaded_at)
		values ('customers', 'a.csv', 7, 'email', 'x-canary-reject@example.com', 'is no mail address', 1, now()::timestamp),
			('transactions', 'a.csv', 8, 'quantity', 'many', 'is no number', 1, now()::timestamp),
			('customers', 'a.csv', 9, null, 'x canary line', 'has too few columns', 1, now()::timestamp)`)
}

// forbidden says what of an answer must not be there; "" for nothing.
func forbidden(body []byte, ids *regexp.Regexp) string {
	for _, word := range []string{"canary", abroad, secret} {
		if at := bytes.Index(body, []byte(word)); at >= 0 {
			return string(body[max(0, at-60):min(len(body), at+60)])
		}
	}
	return string(ids.Find(body))
}

// Whatever is asked by somebody who sees one country, nothing of another comes back, no
// hidden column's value, and nothing that leads to a person: in JSON, CSV and Arrow.
func TestNoOperationTellsWhatAScopeHides(t *testing.T) {
	t.Parallel()
	plain := openOffice(t)
	country := plain.values(t, "select country from gold.customer_360_profile where country is not null group by 1 order by count(*) desc, 1 limit 1")[0]
	o := openOffice(t, canaries(t, plain, country)...)
	home := writer(t, o, country)
	others := o.values(t, "select customer_id from gold.customer_360_profile where country is distinct from $1 order by 1", country)
	if len(others) < 20 {
		t.Fatalf("only %d customers abroad", len(others))
	}
	s := o.signIn(t)
	o.may(access.All())
	// What is looked for is there to be found.
	before := s.ask(t, http.MethodGet, "/api/v1/customers?limit=500", "").body
	if !bytes.Contains(before, []byte(abroad)) || !bytes.Contains(before, []byte(others[0])) {
		t.Fatal("the owner does not see other countries")
	}
	o.may(access.Limited(access.Rules{
		Who: "ann", Conditions: []access.Condition{{Dimension: "country", Values: []string{country}}},
		Hidden: map[string][]string{access.EveryModel: {"income_band"}},
	}))
	if err := errors.Join(
		o.host.Control().BeginRun(t.Context(), control.Run{ID: "told", Command: "build", Started: time.Now()}),
		o.host.Control().AddNodes(t.Context(), "told", []control.Node{{ID: "model.kith_analytics.customers", Status: "error", Message: "cannot read 'x canary'"}}, 1),
		o.host.Control().EndRun(t.Context(), control.Run{ID: "told", Status: control.Failed, Message: "cannot read 'x canary'"}),
	); err != nil {
		t.Fatal(err)
	}
	ids := regexp.MustCompile(`\b(` + strings.Join(others, "|") + `)\b`)
	asked := questions(home, others[0], country)
	for operation, method := range operations(t) {
		list, covered := asked[operation]
		if !covered {
			t.Errorf("nothing is asked of %s: what it must not tell is not tried", operation)
		}
		for _, q := range list {
			for _, kind := range []string{"application/json", "text/csv", "application/vnd.apache.arrow.stream"} {
				a := s.ask(t, method, "/api/v1"+q.path, q.body, "Accept", kind)
				if a.status != q.status {
					t.Errorf("%s %s %s: %d, not %d: %.300s", method, q.path, q.body, a.status, q.status, a.body)
				}
				body := a.body
				if a.status == http.StatusNotFound { // says the id that was asked for
					body = bytes.ReplaceAll(body, []byte(others[0]), nil)
				}
				if found := forbidden(body, ids); found != "" {
					t.Errorf("%s %s %s (%s) tells %q", method, q.path, q.body, kind, found)
				}
			}
		}
	}
	walkMetrics(t, s, ids)
}

// writer gives a customer of a country who has orders and wrote feedback.
func writer(t *testing.T, o *office, country string) string {
	t.Helper()
	found := o.values(t, `select customer_id from gold.customer_360_profile
		where country = $1 and email is not null and order_count > 2
			and customer_id in (select customer_id from gold.customer_feedback where feedback_text is not null)
		order by 1 limit 1`, country)
	if len(found) == 0 {
		t.Fatalf("nobody in %s wrote feedback", country)
	}
	return found[0]
}

// operations gives all that the API's own document knows, with their methods.
func operations(t *testing.T) map[string]string {
	t.Helper()
	text, err := json.Marshal(httpapi.Document("0"))
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
		}
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, methods := range doc.Paths {
		for method, operation := range methods {
			// They are no operations: a stream that has no end, and the end of the session.
			if operation.OperationID == "listenToEvents" || operation.OperationID == "signOut" {
				continue
			}
			out[operation.OperationID] = strings.ToUpper(method)
		}
	}
	return out
}

// walkMetrics asks for every metric, alone, by what tells most, and for its rows.
func walkMetrics(t *testing.T, s *shop, ids *regexp.Regexp) {
	t.Helper()
	answered := 0
	for _, m := range get[struct {
		Items []struct {
			Name       string
			Dimensions []string
		}
	}](t, s, "/api/v1/metrics").Items {
		bodies := map[string]string{fmt.Sprintf(`{"metrics": [%q]}`, m.Name): "/query", fmt.Sprintf(`{"metric": %q}`, m.Name): "/query/rows"}
		for _, d := range []string{"country", "income_band", "gender", "channel", "campaign"} {
			if slices.Contains(m.Dimensions, d) {
				bodies[fmt.Sprintf(`{"metrics": [%q], "dimensions": [%q]}`, m.Name, d)] = "/query"
			}
		}
		for body, path := range bodies {
			a := s.ask(t, http.MethodPost, "/api/v1"+path, body)
			switch a.status {
			case http.StatusOK:
				answered++
				if !slices.Contains(m.Dimensions, "country") {
					t.Errorf("%s has no country and is answered", m.Name)
				}
			case http.StatusForbidden:
			default:
				t.Errorf("%s: %d %.300s", body, a.status, a.body)
			}
			if found := forbidden(a.body, ids); found != "" {
				t.Errorf("%s tells %q", body, found)
			}
		}
	}
	if answered < 50 {
		t.Errorf("only %d questions to metrics are answered", answered)
	}
}

// Rows that are read whole must say nothing of single customers: whoever adds one puts
// it here, having thought of what it tells.
func TestWhatIsReadWhole(t *testing.T) {
	t.Parallel()
	want := map[string]bool{
		"{all bronze.loads}":          true, // when something was loaded last, and whether any was generated
		"{all data_sources}":          true, // the day of the newest event
		"{all dim_product}":           true, // names of products
		"{all int_snapshot}":          true, // the days that the data covers
		"{all mart_cohort_retention}": true, // the months that there are
	}
	files, err := os.ReadDir("sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile("sql/" + file.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range regexp.MustCompile(`\{all [a-z0-9_.]+\}`).FindAllString(string(text), -1) {
			if !want[found] {
				t.Errorf("%s reads %s", file.Name(), found)
			}
		}
		if regexp.MustCompile(`(?i)\b(from|join)\s+"?(gold|silver|bronze|ml)"?\.`).Match(text) {
			t.Errorf("%s goes around the scope", file.Name())
		}
	}
}
