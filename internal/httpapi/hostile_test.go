package httpapi_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// payloads are texts that do harm where they are taken for SQL, a pattern or a path.
var payloads = []string{
	`'`, `"`, `;`, `--`, `/*`, `\`, `%`, `_`, `%00`, "\x00", "\n", `' or '1'='1`, `" or "1"="1`, `1; drop table gold.fct_transactions; --`,
	`'; drop schema gold cascade; --`, `') union select version() --`, `' union all select null, null --`, `x' and sleep(10) --`,
	`$1`, `$$x$$`, `{customer_360_profile}`, `[segment]`, `select 1`, `net_revenue; select 1`, `net_revenue desc, (select 1)`, `(select password)`,
	`read_csv('/etc/passwd')`, `' || read_text('/etc/passwd') || '`, `copy (select 1) to '/tmp/x'`, `attach '/tmp/x.db'`, `../../etc/passwd`, `..%2f..%2fetc`,
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `{{7*7}}`, `${7*7}`, `=1+1`, `@SUM(1)`, strings.Repeat("a", 190), `😀`, `ﬀ`, `İ`, "\u202e",
}

func quotedJSON(t *testing.T, text string) string {
	t.Helper()
	b, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestPayloadsAreInert(t *testing.T) {
	t.Parallel()
	s := served(t)
	before := get[struct{ Total int }](t, s, "/api/v1/customers").Total
	version := s.ask(t, http.MethodGet, "/api/v1/customers", "").header.Get("X-Data-Version")
	n := 0
	for _, p := range payloads {
		e, j := url.QueryEscape(p), quotedJSON(t, p)
		at := url.PathEscape(p)
		questions := []string{
			"/customers?search=" + e, "/customers?sort=" + e, "/customers?order=" + e, "/customers?segment_kind=" + e + "&segment=x",
			"/customers?segment_kind=rfm_group&segment=" + e, "/customers?cursor=" + e, "/customers/" + at, "/customers/" + at + "/timeline",
			"/customers/x/timeline?kinds=" + e, "/customers/" + at + "/transactions", "/customers/x/transactions?category=" + e + "&channel=" + e + "&class=" + e,
			"/customers/x/transactions?from=" + e, "/customers/x/spending?grain=" + e, "/segments?kind=" + e, "/cohorts?measure=" + e, "/cohorts?channel=" + e,
			"/cohorts/" + at + "/1/customers", "/search?q=" + e, "/models/" + at, "/dashboards/" + at, "/runs/" + at, "/metrics/" + at + "/explain",
			"/query?q=" + e, "/customers?format=" + e, "/rejects?cursor=" + e,
		}
		for _, path := range questions {
			n++
			if a := s.ask(t, http.MethodGet, "/api/v1"+path, ""); a.status >= http.StatusInternalServerError {
				t.Errorf("%s: %d %s", path, a.status, a.body)
			}
		}
		for _, q := range []string{
			`{"metrics": [` + j + `]}`, `{"metrics": ["net_revenue"], "dimensions": [` + j + `]}`,
			`{"metrics": ["net_revenue"], "filters": [{"dimension": ` + j + `, "op": "eq", "values": ["x"]}]}`,
			`{"metrics": ["net_revenue"], "filters": [{"dimension": "country", "op": ` + j + `, "values": ["x"]}]}`,
			`{"metrics": ["net_revenue"], "filters": [{"dimension": "country", "op": "in", "values": [` + j + `, "Germany"]}]}`,
			`{"metrics": ["net_revenue"], "order_by": [{"name": ` + j + `}]}`, `{"metrics": ["net_revenue"], "grain": ` + j + `}`,
			`{"metrics": ["net_revenue"], "time_zone": ` + j + `}`, `{"metrics": ["net_revenue"], "dimensions": ["country"], "top": {"n": 2, "by": ` + j + `}}`,
			`{"metrics": ["net_revenue"], "from": ` + j + `}`, `{"metrics": ["net_revenue"], "compare": ` + j + `}`,
		} {
			n++
			if a := s.ask(t, http.MethodPost, "/api/v1/query", q); a.status >= http.StatusInternalServerError {
				t.Errorf("%s: %d %s", q, a.status, a.body)
			}
		}
	}
	a := s.ask(t, http.MethodGet, "/api/v1/customers", "")
	if got := get[struct{ Total int }](t, s, "/api/v1/customers").Total; got != before || a.header.Get("X-Data-Version") != version {
		t.Errorf("%d customers became %d", before, got)
	}
	if n < 1000 {
		t.Errorf("only %d questions", n)
	}
}

// A search's own signs mean themselves: they find nobody, instead of everybody.
func TestPatternsAreTexts(t *testing.T) {
	t.Parallel()
	s := served(t)
	for _, text := range []string{"%", "_", `\`, "%%", "C%"} {
		if got := get[struct{ Total int }](t, s, "/api/v1/customers?search="+url.QueryEscape(text)).Total; got != 0 {
			t.Errorf("%q finds %d customers", text, got)
		}
	}
}

func TestLimitsOfRequests(t *testing.T) {
	t.Parallel()
	s := served(t)
	large := `{"metrics": ["` + strings.Repeat("x", 2<<20) + `"]}`
	if a := s.ask(t, http.MethodPost, "/api/v1/query", large); a.status < 400 || a.status >= 500 {
		t.Errorf("2 MB: %d", a.status)
	}
	for _, limit := range []string{"0", "-1", "501", "x", "9999999999999999999"} {
		if a := s.ask(t, http.MethodGet, "/api/v1/customers?limit="+limit, ""); a.status < 400 || a.status >= 500 {
			t.Errorf("limit %s: %d", limit, a.status)
		}
	}
	for _, body := range []string{"", "{", "[]", "null", `{"metrics": "net_revenue"}`, `{"metrics": [], "other": 1}`, `{} {}`} {
		if a := s.ask(t, http.MethodPost, "/api/v1/query", body, "Content-Type", "application/json"); a.status < 400 || a.status >= 500 {
			t.Errorf("body %q: %d %s", body, a.status, a.body)
		}
	}
}

func TestProblemsAreProblems(t *testing.T) {
	t.Parallel()
	s := served(t)
	for path, want := range map[string]int{
		"/api/v1/nothing": http.StatusNotFound, "/api/v1/customers/nobody": http.StatusNotFound, "/api/v1/customers/nobody/timeline": http.StatusNotFound,
		"/api/v1/customers/nobody/transactions": http.StatusNotFound, "/api/v1/models/nothing": http.StatusNotFound,
		"/api/v1/metrics/nothing/explain": http.StatusNotFound, "/api/v1/customers/x/transactions?from=yesterday": http.StatusBadRequest,
		"/api/v1/cohorts/2024-01-15/1/customers": http.StatusBadRequest,
	} {
		a := s.ask(t, http.MethodGet, path, "")
		var p struct {
			Status    int
			Title     string
			Detail    string
			Code      string
			RequestID string `json:"request_id"`
		}
		if err := json.Unmarshal(a.body, &p); err != nil || a.status != want || p.Status != want || p.Detail == "" || p.Code == "" ||
			p.RequestID != a.header.Get("X-Request-ID") || a.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s (%v), want %d", path, a.status, a.body, err, want)
		}
		if a.header.Get("ETag") != "" {
			t.Errorf("%s: a problem has a tag", path)
		}
	}
	if a := s.ask(t, http.MethodDelete, "/api/v1/customers", ""); a.status != http.StatusMethodNotAllowed {
		t.Errorf("DELETE: %d", a.status)
	}
}
