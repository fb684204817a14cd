package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/dbt/docs"
)

// hostile is a project whose texts try to become part of the page.
func hostile(t *testing.T) string {
	t.Helper()
	dir := project(t, files{
		"seeds/orders.csv":  "id,amount\n1,10\n2,20\n",
		"models/stage.sql":  "select id, amount as paid from {{ ref('orders') }} -- </script><script>document.title='owned'</script>",
		"models/totals.sql": "{{ config(materialized='table') }}\nselect sum(paid) as total from {{ ref('stage') }} where paid > 0",
		"models/schema.yml": `models:
  - name: stage
    description: |
      Orders <img src=x onerror="document.title='owned'"> **cleaned** </script><script>document.title='owned'</script>
      [click](javascript:alert(1)) and [site](https://example.org/a)
    columns:
      - name: id
        description: "Key <b>bold</b>"
        data_tests: [unique, not_null]
      - name: paid
        data_tests: [{accepted_values: {arguments: {values: [10]}}}]
exposures:
  - name: board
    label: "<svg onload=alert(1)>"
    type: dashboard
    url: "javascript:alert(1)"
    owner: {name: Ann}
    depends_on: [ref('totals')]
`,
	})
	if out := kith(t, dir, "build"); out.code != 1 {
		t.Fatalf("the build's failing test is not there: exit %d\n%s%s", out.code, out.stdout, out.stderr)
	}
	return dir
}

func TestDocsGenerate(t *testing.T) {
	t.Parallel()
	dir := hostile(t)
	results := read(t, dir, "target", "run_results.json")
	out := well(t, dir, "docs", "generate", "--static")
	for _, want := range []string{"Building catalog\n", "Catalog written to " + filepath.Join(dir, "target", "catalog.json"), "Lineage of 3 of 3 columns written to "} {
		if !strings.Contains(out.stdout, want) {
			t.Errorf("no %q in\n%s", want, out.stdout)
		}
	}
	if read(t, dir, "target", "run_results.json") != results {
		t.Error("documenting forgot the results of the last build")
	}
	manifest := read(t, dir, "target", "manifest.json")
	if !strings.Contains(manifest, `sum(paid) as total from \"shop\".\"main\".\"stage\"`) {
		t.Error("the manifest has no compiled code")
	}
	page := read(t, dir, "target", "docs.html")
	if n := strings.Count(page, "</script>"); n != 2 {
		t.Errorf("the page has %d ends of scripts: texts of the project got out of their block", n)
	}

	well(t, dir, "docs", "generate", "--no-compile", "--select", "stage")
	if read(t, dir, "target", "manifest.json") != manifest {
		t.Error("--no-compile changed the manifest")
	}
	var catalog struct{ Nodes map[string]any }
	if err := json.Unmarshal([]byte(read(t, dir, "target", "catalog.json")), &catalog); err != nil {
		t.Fatal(err)
	}
	if _, ok := catalog.Nodes["model.shop.stage"]; len(catalog.Nodes) != 1 || !ok {
		t.Errorf("--select stage gives a catalog of %v", catalog.Nodes)
	}
}

func TestDocsGenerateWithoutWarehouse(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	out := well(t, dir, "docs", "generate")
	if !strings.Contains(out.stdout, "there is no warehouse at ") || exists(dir, "shop.duckdb") {
		t.Errorf("documenting without a warehouse:\n%s", out.stdout)
	}
	if !strings.Contains(out.stdout, "Lineage of 5 of 5 columns") {
		t.Errorf("models that are not built have no lineage:\n%s", out.stdout)
	}
}

func TestDocsGenerateWithAnEmptyCatalog(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	well(t, dir, "run")
	well(t, dir, "docs", "generate", "--empty-catalog")
	if got := read(t, dir, "target", "catalog.json"); !strings.Contains(got, `"nodes": {}`) && !strings.Contains(got, `"nodes":{}`) {
		t.Error(got)
	}
}

// TestCatalogIsDbts compares the catalog of the project basics with the one that
// dbt 1.12 wrote of it.
func TestCatalogIsDbts(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "basics")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "test", "projects", "basics"))); err != nil {
		t.Fatal(err)
	}
	well(t, dir, "seed") // a source of the project is a seed's table, on which its test does not wait
	well(t, dir, "build")
	well(t, dir, "docs", "generate")
	part := func(text string) (out struct{ Nodes, Sources, Errors any }) {
		if err := json.Unmarshal([]byte(text), &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	want, got := part(read(t, "testdata", "basics_catalog.json")), part(read(t, dir, "target", "catalog.json"))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// get asks a server.
func get(t *testing.T, address string, header ...string) (status int, answer http.Header, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, response.Header, string(text)
}

func TestDocsServer(t *testing.T) {
	t.Parallel()
	dir := hostile(t)
	target := filepath.Join(dir, "target")
	server := httptest.NewServer(docs.NewServer(target))
	defer server.Close()

	status, header, page := get(t, server.URL+"/")
	if policy := header.Get("Content-Security-Policy"); status != http.StatusOK || !strings.Contains(policy, "script-src 'self'") || strings.Contains(policy, "unsafe") {
		t.Errorf("the page is %d under the policy %q", status, policy)
	}
	for _, found := range regexp.MustCompile(`(?:src|href)="(/assets/[^"]+)"`).FindAllStringSubmatch(page, -1) {
		if status, header, _ := get(t, server.URL+found[1]); status != http.StatusOK || strings.HasPrefix(header.Get("Content-Type"), "application/octet") {
			t.Errorf("%s is %d %s", found[1], status, header.Get("Content-Type"))
		}
	}
	if strings.Contains(page, "http") || strings.Contains(page, " style=") || strings.Contains(page, " onclick=") {
		t.Error("the page loads from elsewhere, or has styles or scripts inside")
	}

	status, header, before := get(t, server.URL+"/api/project.json")
	if status != http.StatusOK || !strings.Contains(before, `"traced":false`) {
		t.Fatalf("the project is %d: %s", status, before)
	}
	if status, _, body := get(t, server.URL+"/api/project.json", "If-None-Match", header.Get("ETag")); status != http.StatusNotModified || body != "" {
		t.Errorf("asked again, the project is %d %q", status, body)
	}
	well(t, dir, "docs", "generate")
	if _, _, after := get(t, server.URL+"/api/project.json", "If-None-Match", header.Get("ETag")); !strings.Contains(after, `"traced":true`) || !strings.Contains(after, `"failures":1`) {
		t.Errorf("the server does not follow the artifacts: %s", after)
	}
	for address, want := range map[string]int{
		"/api/code.json?id=model.shop.stage": 200, "/api/code.json?id=nothing": 404, "/assets/nothing.js": 404, "/nothing": 404,
		"/assets/..%2f..%2fserver.go": 404, "/manifest.json": 200, "/catalog.json": 200, "/run_results.json": 200, "/column_lineage.json": 200, "/sources.json": 404,
	} {
		if status, _, _ := get(t, server.URL+address); status != want {
			t.Errorf("%s is %d, want %d", address, status, want)
		}
	}

	if err := os.RemoveAll(target); err != nil {
		t.Fatal(err)
	}
	if status, _, body := get(t, server.URL+"/api/project.json"); status != http.StatusServiceUnavailable || !strings.Contains(body, "kith docs generate") {
		t.Errorf("without artifacts the project is %d %s", status, body)
	}
}

// waitFor waits for a text to be written.
type waitFor struct {
	text  string
	found chan string
	have  bytes.Buffer
}

func (w *waitFor) Write(p []byte) (int, error) {
	w.have.Write(p)
	if s := w.have.String(); w.found != nil && strings.Contains(s, w.text) && strings.HasSuffix(s, "\n") {
		w.found <- s
		w.found = nil
	}
	return len(p), nil
}

func TestDocsServe(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	well(t, dir, "docs", "generate")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	shown := &waitFor{text: "Press Ctrl+C to exit.", found: make(chan string, 1)}
	ready, ended := shown.found, make(chan outcome, 1)
	go func() {
		ended <- invocation{dir: dir, ctx: ctx, out: shown}.kith(t, "docs", "serve", "--port", "0", "--no-browser")
	}()
	var text string
	select {
	case text = <-ready:
	case out := <-ended:
		t.Fatalf("the server ended: %d %s", out.code, out.stderr)
	}
	address := regexp.MustCompile(`http://\S+`).FindString(text)
	if status, _, body := get(t, address+"/api/project.json"); status != http.StatusOK || !strings.Contains(body, `"project":"shop"`) {
		t.Errorf("the project is %d %s", status, body)
	}
	_, port, err := net.SplitHostPort(strings.TrimPrefix(address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	if out := kith(t, dir, "docs", "serve", "--port", port, "--no-browser"); out.code != 1 ||
		out.stderr != "kith: port "+port+" on 127.0.0.1 is in use; choose another with --port, or 0 for any that is free\n" {
		t.Errorf("a second server: %d %q", out.code, out.stderr)
	}
	cancel()
	if out := <-ended; out.code != 0 || out.stderr != "" {
		t.Errorf("a stopped server: %d %q", out.code, out.stderr)
	}
	if out := kith(t, dir, "docs", "serve", "--port", strconv.Itoa(70000)); out.code != 2 {
		t.Errorf("a port that is none: %d %q", out.code, out.stderr)
	}
}

// browser gives the page's elements after its scripts have run in Chromium, or
// skips the test where there is none.
func browser(t *testing.T, address string) string {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("Chromium is not installed:", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir="+t.TempDir(),
		"--virtual-time-budget=3000", "--dump-dom", address)
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestDocsPageInBrowser(t *testing.T) {
	t.Parallel()
	dir := hostile(t)
	well(t, dir, "docs", "generate", "--static")
	server := httptest.NewServer(docs.NewServer(filepath.Join(dir, "target")))
	defer server.Close()
	served, file := server.URL+"/", "file://"+filepath.Join(dir, "target", "docs.html")
	for address, want := range map[string][]string{
		served + "#/node/model.shop.stage": {
			"<strong>cleaned</strong>", "&lt;img src=x onerror=", "Key &lt;b&gt;bold&lt;/b&gt;", `href="https://example.org/a"`, "orders.amount",
			"accepted_values", `class="hl-k">select</span>`,
		},
		served + "#/graph/model.shop.stage/paid": {`class="edge on aggregated"`, `class="edge on identity"`, "1 column upstream, 1 downstream."},
		served + "#/node/exposure.shop.board":    {"&lt;svg onload=alert(1)&gt;", "javascript:alert(1)"},
		file + "#/":                              {"1 test of 3 did not pass in the last build"},
		file + "#/node/model.shop.stage":         {"&lt;img src=x onerror=", `class="hl-k">select</span>`},
	} {
		page := browser(t, address)
		_, rest, _ := strings.Cut(page, "<main")
		main, _, _ := strings.Cut(rest, "</main>")
		for _, text := range want {
			if !strings.Contains(main, text) {
				t.Errorf("%s: no %q in\n%.3000s", address, text, main)
			}
		}
		for _, text := range []string{"<img", "<b>bold", `href="javascript:`, "<svg onload"} {
			if strings.Contains(main, text) {
				t.Errorf("%s: the project's text became %q", address, text)
			}
		}
		if strings.Contains(page, "<title>owned") {
			t.Errorf("%s: a script of the project ran", address)
		}
	}
}
