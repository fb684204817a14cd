package httpapi_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/access"
)

// profiled is what the tests look at of a profile.
type profiled struct {
	Name    string `json:"name"`
	Rows    int64  `json:"row_count"`
	Sampled *int64 `json:"sampled_rows"`
	Keys    []struct {
		Columns []string `json:"columns"`
	} `json:"keys"`
	Columns []struct {
		Name      string  `json:"name"`
		Personal  bool    `json:"personal"`
		Least     *string `json:"min"`
		Longest   *int64  `json:"longest_length"`
		Frequent  []any   `json:"frequent"`
		Histogram any     `json:"histogram"`
		Anomalies []struct {
			Example *string `json:"example"`
		} `json:"anomalies"`
	} `json:"columns"`
}

func TestASourceIsLookedAtColumnByColumn(t *testing.T) {
	t.Parallel()
	s := served(t)
	p := get[profiled](t, s, "/api/v1/sources/transactions/profile")
	if p.Name != "bronze.transactions" || p.Rows < 1000 || p.Sampled != nil || len(p.Keys) != 1 || p.Keys[0].Columns[0] != "transaction_id" {
		t.Errorf("%+v", p)
	}
	for _, c := range p.Columns {
		if strings.HasPrefix(c.Name, "_") {
			t.Errorf("%s says where a row came from", c.Name)
		}
	}
	if p := get[profiled](t, s, "/api/v1/sources/bronze.transactions/profile?sample=100"); p.Sampled == nil || *p.Sampled != 100 {
		t.Errorf("the sample is %+v", p.Sampled)
	}
	for path, status := range map[string]int{
		"/sources/none/profile": http.StatusNotFound, "/sources/customer_360_profile/profile": http.StatusNotFound,
		"/sources/transactions/profile?sample=0": http.StatusBadRequest,
	} {
		if a := s.ask(t, http.MethodGet, "/api/v1"+path, ""); a.status != status {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
}

// Personal columns come as counts, in each form, for whoever may reveal as well; hidden
// ones not at all.
func TestAProfileTellsNothingPersonal(t *testing.T) {
	t.Parallel()
	o := openOffice(t,
		`update bronze.customers set first_name = 'x canary name', email = 'x-canary@example.com', city = 'x canary city', phone = ' x canary '`,
		`update bronze.feedback set feedback_text = 'x canary text'`,
		// Nobody marked this one.
		`update bronze.customers set acquisition_channel = 'write to x-canary@example.com, please' where customer_id = (select min(customer_id) from bronze.customers)`,
		// Nobody says what this one is.
		`alter table bronze.feedback add column "EMAIL" varchar`, `update bronze.feedback set "EMAIL" = 'x canary undeclared'`)
	s := o.signIn(t)
	for _, source := range []string{"customers", "feedback"} {
		for _, kind := range []string{"application/json", "text/csv", "application/vnd.apache.arrow.stream"} {
			a := s.ask(t, http.MethodGet, "/api/v1/sources/"+source+"/profile", "", "Accept", kind)
			if at := bytes.Index(a.body, []byte("canary")); a.status != http.StatusOK || at >= 0 {
				t.Errorf("%s (%s): %d %.200s", source, kind, a.status, a.body[max(0, at):])
			}
		}
	}
	marked := map[string]bool{}
	for _, c := range get[profiled](t, s, "/api/v1/sources/customers/profile").Columns {
		if !c.Personal {
			continue
		}
		marked[c.Name] = true
		if c.Least != nil || c.Longest != nil || len(c.Frequent) > 0 || c.Histogram != nil {
			t.Errorf("%s tells values: %+v", c.Name, c)
		}
		for _, a := range c.Anomalies {
			if a.Example != nil {
				t.Errorf("%s has the example %s", c.Name, *a.Example)
			}
		}
	}
	for _, name := range []string{"first_name", "email", "city", "phone", "birth_date", "acquisition_channel"} {
		if !marked[name] {
			t.Errorf("%s is not masked", name)
		}
	}
	if marked["customer_id"] || marked["country"] {
		t.Error("what is not personal is masked")
	}

	o.may(access.Limited(access.Rules{Who: "ann", Hidden: map[string][]string{access.EveryModel: {"income_band"}}}))
	a := s.ask(t, http.MethodGet, "/api/v1/sources/customers/profile", "")
	if a.status != http.StatusOK || bytes.Contains(a.body, []byte("income_band")) {
		t.Errorf("%d: a hidden column is told", a.status)
	}
	var p profiled
	if err := json.Unmarshal(a.body, &p); err != nil || len(p.Columns) < 10 {
		t.Errorf("%v, %d columns", err, len(p.Columns))
	}
	o.may(access.Scope{})
	if a := s.ask(t, http.MethodGet, "/api/v1/sources/customers/profile", ""); a.status != http.StatusUnauthorized {
		t.Errorf("nobody is answered with %d", a.status)
	}
}

// A command that finds the warehouse served is answered by the server, as anywhere else.
func TestProfileWhileServed(t *testing.T) {
	t.Parallel()
	s := served(t)
	code, out := run(t.Context(), s.dir, "profile", "transactions", "--format", "csv")
	if code != 0 || !strings.HasPrefix(out, "table_name,row_count,") || !strings.Contains(out, "\nbronze.transactions,") {
		t.Errorf("exit %d: %.300s", code, out)
	}
}
