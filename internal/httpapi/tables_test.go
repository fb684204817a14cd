package httpapi_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

var nextLink = regexp.MustCompile(`^<([^>]+)>; rel="next"$`)

// lines reads an answer's CSV without its header.
func linesOf(t *testing.T, a answer) [][]string {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(a.body)).ReadAll()
	if err != nil || a.status != http.StatusOK || len(lines) == 0 {
		t.Fatalf("%d %.300s: %v", a.status, a.body, err)
	}
	return lines[1:]
}

// A table that is a page names the next one: who follows has all rows.
func TestTablesNameTheirNextPage(t *testing.T) {
	t.Parallel()
	s := served(t)
	all := get[struct{ Total int }](t, s, "/api/v1/customers").Total
	for _, form := range []struct {
		path   string
		header []string
	}{
		{"/api/v1/customers?format=csv&limit=90&search=", nil},
		{"/api/v1/customers?limit=90&sort=last_order_day", []string{"Accept", "text/csv"}},
	} {
		seen := map[string]bool{}
		path, pages := form.path, 0
		for path != "" && pages < 100 {
			a := s.ask(t, http.MethodGet, path, "", form.header...)
			for _, line := range linesOf(t, a) {
				seen[line[0]] = true
			}
			// The same answer again, from what is kept.
			if again := s.ask(t, http.MethodGet, path, "", form.header...); again.header.Get("Link") != a.header.Get("Link") {
				t.Errorf("%s: the link is %q, and again %q", path, a.header.Get("Link"), again.header.Get("Link"))
			}
			path = ""
			if link := a.header.Get("Link"); link != "" {
				m := nextLink.FindStringSubmatch(link)
				if m == nil {
					t.Fatalf("the link is %q", link)
				}
				path = m[1]
			}
			pages++
		}
		if len(seen) != all || pages != (all+89)/90 {
			t.Errorf("%s: %d of %d customers in %d pages", form.path, len(seen), all, pages)
		}
	}
	id := url.PathEscape(customerOf(t, s))
	a := s.ask(t, http.MethodGet, "/api/v1/customers/"+id+"/transactions?format=csv&limit=1", "")
	if link := a.header.Get("Link"); link != "" {
		t.Errorf("a table of all rows goes on at %q", link)
	}
}

// Rows that are asked for in a body name the cursor of the next ones.
func TestRowsNameTheirNextCursor(t *testing.T) {
	t.Parallel()
	s := served(t)
	cursor, n := "", 0
	for range 3 {
		a := s.ask(t, http.MethodPost, "/api/v1/query/rows", fmt.Sprintf(`{"metric": "net_revenue", "limit": 5, "cursor": %q}`, cursor), "Accept", "text/csv")
		n += len(linesOf(t, a))
		if cursor = a.header.Get("X-Next-Cursor"); cursor == "" {
			t.Fatalf("after %d rows no cursor: %v", n, a.header)
		}
	}
	if n != 15 {
		t.Errorf("%d rows", n)
	}
}

func TestTablesSayThatTheyAreTruncated(t *testing.T) {
	t.Parallel()
	s := served(t)
	for limit, want := range map[string]string{"2": "true", "10000": ""} {
		q := `{"metrics": ["net_revenue"], "dimensions": ["country"], "limit": ` + limit + `}`
		for _, a := range []answer{
			s.ask(t, http.MethodPost, "/api/v1/query", q, "Accept", "text/csv"),
			s.ask(t, http.MethodGet, "/api/v1/query?format=arrow&q="+url.QueryEscape(q), ""),
		} {
			if got := a.header.Get("X-Truncated"); got != want || a.status != http.StatusOK {
				t.Errorf("limit %s: %d, X-Truncated %q", limit, a.status, got)
			}
		}
	}
}

// A form that an operation does not have is refused by all of them alike.
func TestFormsAreCheckedEverywhere(t *testing.T) {
	t.Parallel()
	s := served(t)
	id := url.PathEscape(customerOf(t, s))
	for _, path := range []string{
		"/customers?", "/segments?kind=rfm_group&", "/cohorts?", "/cohorts/2024-01-01/1/customers?", "/waterfall?", "/customers/" + id + "/spending?",
		"/customers/" + id + "/transactions?",
	} {
		if a := s.ask(t, http.MethodGet, "/api/v1"+path+"format=csv", ""); a.status != http.StatusOK || !strings.HasPrefix(a.header.Get("Content-Type"), "text/csv") {
			t.Errorf("%s as CSV: %d %s", path, a.status, a.header.Get("Content-Type"))
		}
		a := s.ask(t, http.MethodGet, "/api/v1"+path+"format=xml", "")
		if p := problemOf(t, a); a.status != http.StatusBadRequest || !strings.Contains(p.Detail, "format") {
			t.Errorf("%s as XML: %d %s", path, a.status, a.body)
		}
	}
}
