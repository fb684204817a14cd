package httpapi_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// A cursor comes from outside: one whose keys are no values of what the list is sorted
// by is refused before the engine has to read it.
func TestKeysOfCursorsAreChecked(t *testing.T) {
	t.Parallel()
	s := served(t)
	id := url.PathEscape(customerOf(t, s))
	for _, c := range []struct {
		path, cursor string
		status       int
	}{
		{"/customers?", `{"s":"net_revenue desc","k":["12.50","x"]}`, http.StatusOK},
		{"/customers?", `{"s":"net_revenue desc","k":["-9007199254740993.0712","x"]}`, http.StatusOK},
		{"/customers?", `{"s":"net_revenue desc","k":[null,"x"]}`, http.StatusOK},
		{"/customers?", `{"s":"net_revenue desc","k":["abc","x"]}`, http.StatusBadRequest},
		{"/customers?", `{"s":"net_revenue desc","k":["","x"]}`, http.StatusBadRequest},
		{"/customers?", `{"s":"net_revenue desc","k":["1","x","y"]}`, http.StatusBadRequest},
		{"/customers?", `{"s":"net_revenue desc","k":["1",null]}`, http.StatusBadRequest},
		{"/customers?", `{"s":"net_revenue desc","k":["` + strings.Repeat("9", 60) + `","x"]}`, http.StatusBadRequest},
		{"/customers?sort=order_count&", `{"s":"order_count desc","k":["3","x"]}`, http.StatusOK},
		{"/customers?sort=order_count&", `{"s":"order_count desc","k":["3.5","x"]}`, http.StatusBadRequest},
		{"/customers?sort=order_count&", `{"s":"order_count desc","k":["9223372036854775808","x"]}`, http.StatusBadRequest},
		{"/customers?sort=last_order_day&", `{"s":"last_order_day desc","k":["2024-02-29","x"]}`, http.StatusOK},
		{"/customers?sort=last_order_day&", `{"s":"last_order_day desc","k":["2023-02-29","x"]}`, http.StatusBadRequest},
		{"/customers?sort=churn_probability_rule&", `{"s":"churn_probability_rule desc","k":["1e-05","x"]}`, http.StatusOK},
		{"/customers?sort=churn_probability_rule&", `{"s":"churn_probability_rule desc","k":["1e999","x"]}`, http.StatusBadRequest},
		{"/customers?sort=churn_probability_rule&", `{"s":"churn_probability_rule desc","k":["0x1p-2","x"]}`, http.StatusBadRequest},
		{"/customers?sort=customer_id&", `{"s":"customer_id desc","k":["'; --","x"]}`, http.StatusOK},
		{"/customers/" + id + "/transactions?", `{"s":"transactions","k":["2024-03-01 12:30:00.000000","x"]}`, http.StatusOK},
		{"/customers/" + id + "/transactions?", `{"s":"transactions","k":["abc","x"]}`, http.StatusBadRequest},
		{"/customers/" + id + "/transactions?", `{"s":"transactions","k":["2024-02-30 12:30:00.000000","x"]}`, http.StatusBadRequest},
		{"/customers/" + id + "/transactions?", `{"s":"transactions","k":[null,"x"]}`, http.StatusBadRequest},
		{"/customers/" + id + "/timeline?", `{"s":"","k":["2024-03-01 12:30:00.000000","x","y"]}`, http.StatusOK},
		{"/customers/" + id + "/timeline?", `{"s":"","k":["abc","x","y"]}`, http.StatusBadRequest},
		{"/cohorts/2024-01-01/1/customers?", `{"s":"cohort","k":["12.50","x"]}`, http.StatusOK},
		{"/cohorts/2024-01-01/1/customers?", `{"s":"cohort","k":[null,"x"]}`, http.StatusOK},
		{"/cohorts/2024-01-01/1/customers?", `{"s":"cohort","k":["abc","x"]}`, http.StatusBadRequest},
		{"/cohorts/2024-01-01/1/customers?", `{"s":"cohort","k":["12.50",null]}`, http.StatusBadRequest},
		{"/cohorts/2024-01-01/1/customers?", `{"s":"cohort","k":["x"]}`, http.StatusBadRequest},
		{"/customers?", `[]`, http.StatusBadRequest},
	} {
		path := "/api/v1" + c.path + "cursor=" + base64.RawURLEncoding.EncodeToString([]byte(c.cursor))
		a := s.ask(t, http.MethodGet, path, "")
		if a.status != c.status {
			t.Errorf("%s %s: %d %.300s, want %d", c.path, c.cursor, a.status, a.body, c.status)
		}
		if a.status == http.StatusBadRequest && problemOf(t, a).Detail != "the cursor does not belong to this list" {
			t.Errorf("%s %s: %s", c.path, c.cursor, a.body)
		}
	}
}

// The page after one that ends with a large sum begins behind it.
func TestPagesOfLargeMoneyGoOn(t *testing.T) {
	t.Parallel()
	o := openOffice(t, "update gold.customer_360_profile set net_revenue = 9007199254740993.07")
	s := o.signIn(t)
	all := get[struct{ Total int }](t, s, "/api/v1/customers").Total
	if got := walk(t, s, "/api/v1/customers?limit=99", "customer_id"); len(got) != all {
		t.Errorf("%d customers of %d", len(got), all)
	}
}
