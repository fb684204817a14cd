package httpapi_test

import (
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/httpapi"
)

// stranger is somebody without a session who does not follow redirects.
func stranger(t *testing.T) *http.Client {
	t.Helper()
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func TestNothingWithoutASession(t *testing.T) {
	t.Parallel()
	s := served(t)
	client := stranger(t)
	doc := httpapi.Document("test")
	n := 0
	for path, item := range doc.Paths {
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
			if method == http.MethodGet && item.Get == nil && item.Post == nil {
				t.Errorf("%s has no operation", path)
			}
			url := s.address + strings.NewReplacer("{id}", "1", "{name}", "net_revenue", "{cohort}", "2024-01-01", "{month}", "1").Replace(path)
			for _, cookie := range []string{"", "kith_session=guess", "__Host-kith_session=" + strings.Repeat("A", 43)} {
				if a := ask(t, client, method, url, "{}", "Cookie", cookie); a.status != http.StatusUnauthorized {
					t.Errorf("%s %s with %q: %d", method, path, cookie, a.status)
				}
				n++
			}
		}
	}
	for _, path := range []string{"/", "/docs", "/docs/docs.js", "/metrics", "/api/v1/events", "/api/v1/openapi.json", "/api/v1/nothing", "/customers/1"} {
		if a := ask(t, client, http.MethodGet, s.address+path, ""); a.status != http.StatusUnauthorized {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	if a := ask(t, client, http.MethodPost, s.address+"/logout", ""); a.status != http.StatusUnauthorized {
		t.Errorf("logout: %d", a.status)
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		if a := ask(t, client, http.MethodGet, s.address+path, ""); a.status != http.StatusOK || string(a.body) != "ok\n" {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	if n < 200 {
		t.Errorf("only %d requests were tried", n)
	}
}

func TestALinkWorksOnce(t *testing.T) {
	t.Parallel()
	s := served(t)
	code, out := run(t.Context(), s.dir, "link")
	if code != 0 {
		t.Fatal(out)
	}
	link := strings.TrimSpace(out)
	client := stranger(t)
	first := ask(t, client, http.MethodGet, link, "")
	cookie := first.header.Get("Set-Cookie")
	if first.status != http.StatusSeeOther || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") {
		t.Fatalf("%d %q", first.status, cookie)
	}
	if second := ask(t, client, http.MethodGet, link, ""); second.status != http.StatusUnauthorized || second.header.Get("Set-Cookie") != "" {
		t.Errorf("a used link gives %d", second.status)
	}
	value, _, _ := strings.Cut(cookie, ";")
	if a := ask(t, client, http.MethodGet, s.address+"/api/v1/session", "", "Cookie", value); a.status != http.StatusOK {
		t.Errorf("the session is not taken: %d", a.status)
	}
	if a := ask(t, client, http.MethodPost, s.address+"/logout", "", "Cookie", value); a.status != http.StatusNoContent {
		t.Errorf("logout: %d", a.status)
	}
	if a := ask(t, client, http.MethodGet, s.address+"/api/v1/session", "", "Cookie", value); a.status != http.StatusUnauthorized {
		t.Errorf("the session outlives its end: %d", a.status)
	}
}

func TestCookiesOverTLSAreSecure(t *testing.T) {
	t.Parallel()
	s := served(t)
	_, out := run(t.Context(), s.dir, "link")
	a := ask(t, stranger(t), http.MethodGet, strings.TrimSpace(out), "", "X-Forwarded-Proto", "https")
	cookie := a.header.Get("Set-Cookie")
	if !strings.HasPrefix(cookie, "__Host-kith_session=") || !strings.Contains(cookie, "Secure") {
		t.Errorf("the cookie is %q", cookie)
	}
	if a.header.Get("Strict-Transport-Security") == "" {
		t.Error("the browser may come without TLS again")
	}
}

func TestOtherSitesCannotAct(t *testing.T) {
	t.Parallel()
	s := served(t)
	for _, header := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}} {
		if a := s.ask(t, http.MethodPost, "/api/v1/runs", `{"command": "build"}`, header...); a.status != http.StatusForbidden {
			t.Errorf("%v: %d", header, a.status)
		}
	}
}

func TestHeadersOfEveryAnswer(t *testing.T) {
	t.Parallel()
	s := served(t)
	for _, path := range []string{"/", "/docs", "/docs/docs.js", "/api/v1/session", "/api/v1/metrics", "/nothing.png"} {
		a := s.ask(t, http.MethodGet, path, "")
		csp := a.header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'self'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", path, csp)
		}
		if a.header.Get("X-Content-Type-Options") != "nosniff" || a.header.Get("X-Request-ID") == "" {
			t.Errorf("%s: %v", path, a.header)
		}
	}
}

func TestMonitoring(t *testing.T) {
	t.Parallel()
	s := served(t)
	s.ask(t, http.MethodGet, "/api/v1/metrics", "")
	a := s.ask(t, http.MethodGet, "/metrics", "")
	for _, want := range []string{"kith_http_request_seconds_count", `route="/api/v1/metrics"`, "kith_data_age_seconds", "kith_unfinished_nodes 0"} {
		if !strings.Contains(string(a.body), want) {
			t.Errorf("no %s in the metrics", want)
		}
	}
}

func TestSessionsAreKeptByTheBrowser(t *testing.T) {
	t.Parallel()
	s := served(t)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	client := &http.Client{Jar: jar, Transport: transport}
	_, out := run(t.Context(), s.dir, "link")
	ask(t, client, http.MethodGet, strings.TrimSpace(out), "")
	// The same link again, by somebody who is signed in already: not a page of refusal.
	if a := ask(t, client, http.MethodGet, strings.TrimSpace(out), ""); a.status != http.StatusOK {
		t.Errorf("%d", a.status)
	}
}
