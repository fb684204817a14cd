package cli_test

import (
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

func TestBuildConsole(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	write(t, dir, files{
		"models/broken.sql":       "select *\nfrom {{ ref('orders') }}\nwhere nope = 1",
		"models/below.sql":        "select * from {{ ref('broken') }}",
		"tests/orders_few.sql":    "{{ config(severity='warn') }}\nselect * from {{ ref('orders') }}",
		"tests/totals_failed.sql": "select * from {{ ref('totals') }}",
	})
	out := kith(t, dir, "build")
	if out.code != 1 || out.stderr != "" {
		t.Errorf("exit %d, stderr %q", out.code, out.stderr)
	}
	// The built-in macros are counted too, and change with them.
	golden(t, "build", regexp.MustCompile(`\d+ macros`).ReplaceAllString(out.stdout, "N macros"))
}

// runResults are the statuses in run_results.json.
func runResults(t *testing.T, dir string) map[string]string {
	t.Helper()
	var doc struct {
		Metadata struct {
			InvocationID string `json:"invocation_id"`
		} `json:"metadata"`
		Results []struct {
			ID     string `json:"unique_id"`
			Status string `json:"status"`
		} `json:"results"`
		Args map[string]any `json:"args"`
	}
	if err := json.Unmarshal([]byte(read(t, dir, "target", "run_results.json")), &doc); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{"which": doc.Args["which"].(string)}
	for _, r := range doc.Results {
		out[r.ID] = r.Status
	}
	return out
}

func TestArtifactsAreWrittenAfterFailures(t *testing.T) {
	t.Parallel()
	dir := project(t, files{"models/a.sql": "select nope", "models/b.sql": "select * from {{ ref('a') }}"})
	if out := kith(t, dir, "run"); out.code != 1 {
		t.Fatal(out)
	}
	want := map[string]string{"which": "run", "model.shop.a": "error", "model.shop.b": "skipped"}
	if diff := cmp.Diff(want, runResults(t, dir)); diff != "" {
		t.Error(diff)
	}
	if !exists(dir, "target", "manifest.json") {
		t.Error("no manifest.json")
	}
}

func TestArtifactsAreWrittenAfterAnInterrupt(t *testing.T) {
	t.Parallel()
	dir := project(t, files{
		// Far too long to end by itself; the interrupt comes when the line of its start appears.
		"models/slow.sql":  "{{ config(materialized='table') }}\nselect count(*) as n from range(100000000) a, range(100000000) b",
		"models/after.sql": "select * from {{ ref('slow') }}",
	})
	ctx, interrupt := context.WithCancel(t.Context())
	out := invocation{dir: dir, ctx: ctx, out: watcher{"START sql table model", interrupt}}.kith(t, "run")
	if out.code != 1 {
		t.Errorf("exit %d", out.code)
	}
	want := map[string]string{"which": "run", "model.shop.slow": "error", "model.shop.after": "skipped"}
	if diff := cmp.Diff(want, runResults(t, dir)); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(out.stdout, "Exited because of keyboard interrupt") {
		t.Error(out.stdout)
	}
}

// watcher calls do when a text is written.
type watcher struct {
	text string
	do   func()
}

func (w watcher) Write(b []byte) (int, error) {
	if strings.Contains(string(b), w.text) {
		w.do()
	}
	return len(b), nil
}

func TestCommandsThatOnlyReadLeaveTheWarehouseAlone(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	for _, args := range [][]string{
		{"ls"},
		{"ls", "--output", "json"},
		{"parse"},
		{"compile"},
		{"compile", "--no-introspect"},
		{"compile", "-s", "totals"},
		{"debug"},
		{"clean"},
		{"show", "--inline", "select 1 as a"},
	} {
		well(t, dir, args...)
		if exists(dir, "shop.duckdb") {
			t.Fatalf("kith %s made a warehouse", strings.Join(args, " "))
		}
	}
}

func TestNoIntrospect(t *testing.T) {
	t.Parallel()
	dir := project(t, files{"models/a.sql": "select 1 as a\n{% if execute %}{% do run_query('select 1') %}{% endif %}"})
	well(t, dir, "compile")
	out := kith(t, dir, "compile", "--no-introspect")
	if out.code != 2 || !strings.HasPrefix(out.stderr, "kith: models/a.sql") || !strings.Contains(out.stderr, "--no-introspect forbids") {
		t.Errorf("exit %d: %s", out.code, out.stderr)
	}
}

func TestCompileShowsWhatIsNamed(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	out := well(t, dir, "compile", "-q", "-s", "totals")
	if want := "\nselect sum(amount) as total from \"shop\".\"main\".\"orders\"\n"; out.stdout != want {
		t.Errorf("%q", out.stdout)
	}
	if got := read(t, dir, "target", "compiled", "shop", "models", "marts", "totals.sql"); !strings.Contains(got, `from "shop"."main"."orders"`) {
		t.Errorf("%q", got)
	}
	out = well(t, dir, "compile", "-q", "--output", "json", "--inline", "select * from {{ ref('helper') }}")
	var doc struct{ Compiled string }
	if err := json.Unmarshal([]byte(out.stdout), &doc); err != nil || !strings.Contains(doc.Compiled, "__dbt__cte__helper") {
		t.Errorf("%v: %s", err, out.stdout)
	}
	if out := kith(t, dir, "compile", "--inline", "select * from {{ ref('nowhere') }}"); out.code != 2 || !strings.Contains(out.stderr, "--inline: ") {
		t.Errorf("exit %d: %s", out.code, out.stderr)
	}
}

func TestShow(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	well(t, dir, "run", "-q")
	out := well(t, dir, "show", "-q", "-s", "orders", "--output", "json", "--limit", "1")
	var doc struct {
		Node string
		Show []map[string]any
	}
	if err := json.Unmarshal([]byte(out.stdout), &doc); err != nil || doc.Node != "orders" || len(doc.Show) != 1 || doc.Show[0]["id"] != 1.0 {
		t.Errorf("%v: %s", err, out.stdout)
	}
	if out := well(t, dir, "show", "-q", "--inline", "select * from {{ ref('orders') }} order by id desc"); !strings.Contains(out.stdout, "2") {
		t.Error(out.stdout)
	}
}

func TestTestsRunOnWhatIsThere(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	out := kith(t, dir, "test")
	if out.code != 1 || !strings.Contains(out.stdout, "tests/orders_positive.sql:1: ") {
		t.Errorf("tests of a warehouse that was not built: exit %d\n%s", out.code, out.stdout)
	}
	well(t, dir, "run")
	well(t, dir, "test")
	want := map[string]string{"which": "test", "test.shop.orders_positive": "pass"}
	if diff := cmp.Diff(want, runResults(t, dir)); diff != "" {
		t.Error(diff)
	}
}

func TestHooksSeeTheResults(t *testing.T) {
	t.Parallel()
	dir := project(t, files{
		"dbt_project.yml": projectFile + `on-run-start: "create table if not exists audit (node text, status text, schemas text)"
on-run-end: "{% for r in results %}insert into audit values ('{{ r.node.name }}', '{{ r.status }}', '{{ schemas | join(\",\") }}');{% endfor %}"
`,
		"models/a.sql": "select 1 as a", "models/b.sql": "select nope",
	})
	if out := kith(t, dir, "run"); out.code != 1 {
		t.Fatal(out)
	}
	out := well(t, dir, "query", "--format", "csv", "select * from audit order by node")
	if want := "node,status,schemas\na,success,main\nb,error,main\n"; out.stdout != want {
		t.Errorf("%s%s", out.stdout, out.stderr)
	}
}

func TestStructuredLogOfARun(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	out := well(t, dir, "run", "--log-format", "json")
	names := map[string]bool{}
	for line := range strings.Lines(out.stdout) {
		var entry struct{ Info struct{ Name string } }
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		names[entry.Info.Name] = true
	}
	for _, want := range []string{"MainReportVersion", "FoundStats", "ConcurrencyLine", "LogStartLine", "LogModelResult", "FinishedRunningStats", "EndOfRunSummary", "StatsLine"} {
		if !names[want] {
			t.Errorf("no %s in %v", want, names)
		}
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	well(t, dir, "compile")
	well(t, dir, "clean")
	if exists(dir, "target") || !exists(dir, "models") {
		t.Error("clean removes target and nothing else")
	}
	for _, tc := range []struct{ targets, want string }{
		{"[models]", "clean would remove the sources in"},
		{"['.']", "clean would remove the sources in"},
		{"['..']", "clean would remove the sources in"},
		{"['../elsewhere']", "which is outside the project"},
		{"['shop.duckdb']", "clean would remove the warehouse"},
	} {
		write(t, dir, files{"dbt_project.yml": projectFile + "clean-targets: " + tc.targets + "\n"})
		out := kith(t, dir, "clean")
		if out.code != 1 || !strings.Contains(out.stderr, tc.want) || !exists(dir, "models", "orders.sql") {
			t.Errorf("%s: exit %d: %s", tc.targets, out.code, out.stderr)
		}
	}
}

func TestDebug(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	if out := well(t, dir, "debug"); !strings.Contains(out.stdout, "All checks passed!") {
		t.Error(out.stdout)
	}
	if out := well(t, dir, "debug", "--config-dir"); out.stdout != dir+"\n" {
		t.Errorf("%q", out.stdout)
	}
	write(t, dir, files{"profiles.yml": "other: {outputs: {}}\n"})
	if out := kith(t, dir, "debug"); out.code != 1 || !strings.Contains(out.stdout, "1 check failed:") || !strings.Contains(out.stdout, "profiles.yml file [ERROR invalid]") {
		t.Errorf("exit %d\n%s", out.code, out.stdout)
	}
}

// Debug finds what keeps the next command from starting, before there is a warehouse too.
func TestDebugTriesWhatTheNextCommandNeeds(t *testing.T) {
	t.Parallel()
	profile := func(more string) string {
		return "shop: {target: d, outputs: {d: {type: duckdb, path: shop.duckdb" + more + "}}}\n"
	}
	dir := orders(t)
	write(t, dir, files{"profiles.yml": profile(", settings: {no_such: 1}")})
	if out := kith(t, dir, "debug"); out.code != 1 || !strings.Contains(out.stdout, "Connection test: [ERROR]") || !strings.Contains(out.stdout, "no_such") {
		t.Errorf("a setting: exit %d\n%s", out.code, out.stdout)
	}
	write(t, dir, files{"profiles.yml": profile(", attach: [{path: other.duckdb}]")})
	if well(t, dir, "debug"); exists(dir, "shop.duckdb") || exists(dir, "other.duckdb") {
		t.Error("debug has made a warehouse")
	}
	out := kith(t, dir, "debug", "--target-path", "profiles.yml/artifacts")
	if out.code != 1 || !strings.Contains(out.stdout, "the folder of the artifacts cannot be written") {
		t.Errorf("artifacts: exit %d\n%s", out.code, out.stdout)
	}
}
