package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/web"
)

func get(t *testing.T, method, address string, header map[string]string) *http.Response {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, address, nil)
	for k, v := range header {
		r.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	web.Handler().ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, res *http.Response) string {
	t.Helper()
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestEveryAddressOfTheAppIsAnsweredWithAPage(t *testing.T) {
	_, built := web.App()
	for _, address := range []string{"/", "/segments", "/customers/C-1/", "/customers/mail@shop.example", "/../etc/passwd"} {
		res := get(t, http.MethodGet, address, nil)
		text := body(t, res)
		if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: %d %s", address, res.StatusCode, res.Header.Get("Content-Type"))
		}
		if !built && !strings.Contains(text, "make web") {
			t.Errorf("%s does not say how the app is built: %q", address, text)
		}
		if got := res.Header.Get("Content-Security-Policy"); got != web.Policy || strings.Contains(got, "unsafe") {
			t.Errorf("%s: policy %q", address, got)
		}
		again := get(t, http.MethodGet, address, map[string]string{"If-None-Match": res.Header.Get("ETag")})
		_ = body(t, again)
		if again.StatusCode != http.StatusNotModified {
			t.Errorf("%s again: %d, want 304", address, again.StatusCode)
		}
	}
}

func TestOnlyReadingIsAnswered(t *testing.T) {
	res := get(t, http.MethodPost, "/", nil)
	_ = body(t, res)
	if res.StatusCode != http.StatusMethodNotAllowed || res.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d, Allow %q", res.StatusCode, res.Header.Get("Allow"))
	}
}

func TestABuiltAppIsPackedAndKept(t *testing.T) {
	if _, built := web.App(); !built {
		t.Skip("the app is not built; make web builds it")
	}
	start := get(t, http.MethodGet, "/", nil) //nolint:bodyclose // body closes it
	page := body(t, start)
	_, rest, found := strings.Cut(page, `src="/assets/`)
	if !found {
		t.Fatalf("the page has no script: %s", page)
	}
	script, _, _ := strings.Cut(rest, `"`)
	res := get(t, http.MethodGet, "/assets/"+script, map[string]string{"Accept-Encoding": "gzip"})
	_ = body(t, res)
	if res.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("script: %v", res.Header)
	}
	if res.Header.Get("Content-Type") != "text/javascript; charset=utf-8" {
		t.Errorf("script's type: %s", res.Header.Get("Content-Type"))
	}
	gone := get(t, http.MethodGet, "/assets/none.js", nil)
	_ = body(t, gone)
	if gone.StatusCode != http.StatusNotFound {
		t.Errorf("a script that is not there: %d, want 404", gone.StatusCode)
	}
}
