package httpapi_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// shownProblem is a problem as programs read it.
type shownProblem struct {
	Type, Title, Detail, Hint, Code string
	Status                          int
	RequestID                       string `json:"request_id"`
}

// problemOf reads a problem that has all its parts, and nothing else.
func problemOf(t *testing.T, a answer) (p shownProblem) {
	t.Helper()
	if err := json.Unmarshal(a.body, &p); err != nil {
		t.Errorf("%d %.300s: %v", a.status, a.body, err)
		return p
	}
	if a.header.Get("Content-Type") != "application/problem+json" || a.header.Get("Cache-Control") != "no-store" || a.header.Get("ETag") != "" {
		t.Errorf("%v", a.header)
	}
	if p.Type == "" || p.Title == "" || p.Detail == "" || p.Code == "" || p.Hint == "" || p.Status != a.status ||
		p.RequestID == "" || p.RequestID != a.header.Get("X-Request-ID") || strings.Contains(p.Detail, "\n") {
		t.Errorf("%d %.600s", a.status, a.body)
	}
	return p
}

// What the API's frame refuses is a problem like all others: it names the field and the
// rule, and says nothing of what was sent.
func TestRefusalsOfTheFrameAreProblems(t *testing.T) {
	t.Parallel()
	s := served(t)
	const mark = "marked-by-the-test"
	large := `{"metrics": ["` + strings.Repeat("x", 2<<20) + `"]}`
	for name, c := range map[string]struct {
		method, path, body string
		header             []string
		status             int
		says               []string
	}{
		"a limit below the least":    {http.MethodGet, "/customers?limit=0", "", nil, http.StatusBadRequest, []string{"limit", "1"}},
		"a limit that is no number":  {http.MethodGet, "/customers?limit=" + mark, "", nil, http.StatusBadRequest, []string{"limit", "integer"}},
		"a word that is not one of":  {http.MethodGet, "/customers?order=up", "", nil, http.StatusBadRequest, []string{"order", "asc"}},
		"nothing that has to be":     {http.MethodGet, "/segments", "", nil, http.StatusBadRequest, []string{"kind", "required"}},
		"no body":                    {http.MethodPost, "/query", "", nil, http.StatusBadRequest, []string{"body"}},
		"a broken body":              {http.MethodPost, "/query", `{"` + mark, nil, http.StatusBadRequest, []string{"body"}},
		"a wrong type in the body":   {http.MethodPost, "/query", `{"metrics": "` + mark + `"}`, nil, http.StatusBadRequest, []string{"metrics", "array"}},
		"something else in the body": {http.MethodPost, "/runs", `{"command": "` + mark + `"}`, nil, http.StatusBadRequest, []string{"command", "build"}},
		"a body that is too large":   {http.MethodPost, "/query", large, nil, http.StatusRequestEntityTooLarge, []string{"large"}},
		"a body of another kind":     {http.MethodPost, "/query", `<` + mark + `>`, []string{"Content-Type", "text/xml"}, http.StatusUnsupportedMediaType, []string{"text/xml"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, accept := range []string{"application/json", "text/csv", "text/html"} {
				a := s.ask(t, c.method, "/api/v1"+c.path, c.body, append([]string{"Accept", accept}, c.header...)...)
				if a.status != c.status {
					t.Errorf("%d, want %d", a.status, c.status)
				}
				p := problemOf(t, a)
				for _, word := range c.says {
					if !strings.Contains(p.Detail, word) {
						t.Errorf("no %q in %q", word, p.Detail)
					}
				}
				if strings.Contains(string(a.body), mark) || len(a.body) > 2000 {
					t.Errorf("the answer has what was sent: %.600s", a.body)
				}
			}
		})
	}
}

// A body that breaks off is a fault of who sends it.
func TestABodyThatBreaksOff(t *testing.T) {
	t.Parallel()
	s := served(t)
	address := addressOf(t, s)
	connection, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address.Host)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	cookie := s.client.Jar.Cookies(address)[0]
	_, err = fmt.Fprintf(connection, "POST /api/v1/query HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nContent-Type: application/json\r\n"+
		"Transfer-Encoding: chunked\r\n\r\nno length\r\n", address.Host, cookie)
	if err != nil {
		t.Fatal(err)
	}
	got, err := http.ReadResponse(bufio.NewReader(connection), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	if p := problemOf(t, answer{status: got.StatusCode, header: got.Header, body: body}); p.Status != http.StatusBadRequest {
		t.Errorf("%s", body)
	}
}

// A malformed query is refused in the same way, whether it stands in the address or in the body.
func TestTheSameFaultHasTheSameStatus(t *testing.T) {
	t.Parallel()
	s := served(t)
	for _, q := range []string{`{"metrics": "x"}`, `{"metrics": []}`, `{`, `[]`, `{"metrics": ["nothing"]}`} {
		inBody := s.ask(t, http.MethodPost, "/api/v1/query", q)
		inAddress := s.ask(t, http.MethodGet, "/api/v1/query?q="+url.QueryEscape(q), "")
		if inBody.status != inAddress.status {
			t.Errorf("%s: %d in the body, %d in the address", q, inBody.status, inAddress.status)
		}
	}
}

// HEAD is GET without the body, everywhere.
func TestHeadIsGetWithoutABody(t *testing.T) {
	t.Parallel()
	s := served(t)
	if a := ask(t, stranger(t), http.MethodHead, s.address+"/healthz", ""); a.status != http.StatusOK || len(a.body) > 0 {
		t.Errorf("/healthz: %d, %d bytes", a.status, len(a.body))
	}
	if a := ask(t, stranger(t), http.MethodHead, s.address+"/api/v1/customers", ""); a.status != http.StatusUnauthorized {
		t.Errorf("without a session: %d", a.status)
	}
	for _, path := range append(paths(t, s), "/openapi.json", "/customers?format=csv", "/nothing", "/events") {
		head := s.ask(t, http.MethodHead, "/api/v1"+path, "")
		if path == "/events" {
			if head.status != http.StatusOK || head.header.Get("Content-Type") != "text/event-stream" {
				t.Errorf("%s: %d %v", path, head.status, head.header)
			}
			continue
		}
		whole := s.ask(t, http.MethodGet, "/api/v1"+path, "")
		if head.status != whole.status || len(head.body) > 0 {
			t.Errorf("%s: %d with %d bytes, GET gives %d", path, head.status, len(head.body), whole.status)
		}
		for _, name := range []string{"Content-Type", "ETag", "Cache-Control", "Link"} {
			if head.header.Get(name) != whole.header.Get(name) {
				t.Errorf("%s: %s is %q, GET gives %q", path, name, head.header.Get(name), whole.header.Get(name))
			}
		}
	}
}

// A link that something looks at, before somebody opens it, still works.
func TestHeadDoesNotUseALink(t *testing.T) {
	t.Parallel()
	s := served(t)
	_, out := run(t.Context(), s.dir, "link")
	link := strings.TrimSpace(out)
	client := stranger(t)
	if a := ask(t, client, http.MethodHead, link, ""); a.status != http.StatusOK || a.header.Get("Set-Cookie") != "" {
		t.Errorf("HEAD: %d %v", a.status, a.header)
	}
	if a := ask(t, client, http.MethodGet, link, ""); a.status != http.StatusSeeOther {
		t.Errorf("after it GET gives %d", a.status)
	}
}

func TestAWrongMethodNamesTheRightOnes(t *testing.T) {
	t.Parallel()
	s := served(t)
	for _, c := range []struct{ method, path, allow string }{
		{http.MethodDelete, "/api/v1/customers", "GET, HEAD"},
		{http.MethodPut, "/api/v1/query", "GET, HEAD, POST"},
		{http.MethodGet, "/api/v1/query/rows", "POST"},
		{http.MethodHead, "/api/v1/runs/1/cancel", "POST"},
		{http.MethodGet, "/logout", "POST"},
		{http.MethodPost, "/healthz", "GET, HEAD"},
	} {
		a := s.ask(t, c.method, c.path, "")
		if got := a.header.Get("Allow"); a.status != http.StatusMethodNotAllowed || got != c.allow {
			t.Errorf("%s %s: %d, Allow %q, want %q", c.method, c.path, a.status, got, c.allow)
		}
		if c.method != http.MethodHead {
			problemOf(t, a)
		}
	}
}

// Who acts from a page of another site is told so in words.
func TestOtherSitesAreToldWhy(t *testing.T) {
	t.Parallel()
	s := served(t)
	a := s.ask(t, http.MethodPost, "/api/v1/runs", `{"command": "build"}`, "Origin", "https://evil.example")
	if p := problemOf(t, a); a.status != http.StatusForbidden || p.Code != "forbidden" || !strings.Contains(p.Detail, "another site") {
		t.Errorf("%d %s", a.status, a.body)
	}
}
