package cli_test

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sources is a project whose sources are a given time old, which is what the
// queries say, so that the engine's clock does not matter.
func sources(t *testing.T) string {
	t.Helper()
	dir := project(t, files{
		"seeds/events.csv": "id,loaded\n1,2020-01-01 00:00:00\n2,2020-01-02 00:00:00\n",
		"models/sources.yml": `sources:
  - name: raw
    schema: main
    config: {freshness: {warn_after: {count: 1, period: hour}, error_after: {count: 2, period: day}}}
    tables:
      - {name: fresh, config: {loaded_at_query: "select now() - interval 30 minutes"}}
      - {name: late, config: {loaded_at_query: "select now() - interval 2 hours"}}
      - {name: stale, identifier: events, config: {loaded_at_field: loaded}}
      - {name: filtered, identifier: events, config: {loaded_at_field: "loaded + interval 200 year", freshness: {filter: "id = 1"}}}
      - {name: gone, config: {loaded_at_field: loaded}}
      - {name: unasked, config: {freshness: null}}
`,
	})
	well(t, dir, "seed")
	return dir
}

// squeezed shortens the dots of progress lines.
func squeezed(text string) string {
	return regexp.MustCompile(` \.{3,} \[`).ReplaceAllString(text, " ... [")
}

func TestSourceFreshness(t *testing.T) {
	t.Parallel()
	dir := sources(t)
	out := kith(t, dir, "source", "freshness")
	if out.code != 1 {
		t.Errorf("exit %d with a stale source\n%s%s", out.code, out.stdout, out.stderr)
	}
	for _, line := range []string{
		"1 of 5 PASS freshness of raw.filtered ... [PASS in 0.00s]",
		"2 of 5 PASS freshness of raw.fresh ... [PASS in 0.00s]",
		"3 of 5 ERROR freshness of raw.gone ... [ERROR in 0.00s]",
		"4 of 5 WARN freshness of raw.late ... [WARN in 0.00s]",
		"5 of 5 ERROR STALE freshness of raw.stale ... [ERROR STALE in 0.00s]",
		"Finished running 5 sources in", "[ERROR]: in source stale (models/sources.yml)", "  Status: error", "  Done.",
	} {
		if !strings.Contains(squeezed(out.stdout), line) {
			t.Errorf("no %q in\n%s", line, out.stdout)
		}
	}
	var doc struct {
		Metadata struct {
			Schema string `json:"dbt_schema_version"`
		}
		Results []struct {
			ID       string `json:"unique_id"`
			Status   string
			Error    string
			Loaded   string  `json:"max_loaded_at"`
			Age      float64 `json:"max_loaded_at_time_ago_in_s"`
			Criteria struct{ Filter *string }
		}
	}
	if err := json.Unmarshal([]byte(read(t, dir, "target", "sources.json")), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Metadata.Schema != "https://schemas.getdbt.com/dbt/sources/v3.json" || len(doc.Results) != 5 {
		t.Fatalf("%+v", doc)
	}
	for _, r := range doc.Results {
		switch r.ID {
		case "source.shop.raw.filtered":
			if r.Loaded != "2220-01-01T00:00:00.000000Z" || r.Criteria.Filter == nil || *r.Criteria.Filter != "id = 1" {
				t.Errorf("the filter does not count: %+v", r)
			}
		case "source.shop.raw.late":
			if r.Status != "warn" || r.Age < 7200 || r.Age > 7300 {
				t.Errorf("%+v", r)
			}
		case "source.shop.raw.gone":
			if r.Status != "runtime error" || !strings.Contains(r.Error, "Table with name gone does not exist") {
				t.Errorf("%+v", r)
			}
		}
	}
}

func TestSourceFreshnessOfASelection(t *testing.T) {
	t.Parallel()
	dir := sources(t)
	well(t, dir, "source", "freshness", "--select", "source:raw.fresh", "source:raw.late", "--output", "out/mine.json")
	if !exists(dir, "out", "mine.json") || exists(dir, "target", "sources.json") {
		t.Error("--output is not where the answers went")
	}
	if out := kith(t, dir, "source", "freshness", "--select", "source:raw.unasked"); out.code != 0 || !strings.Contains(out.stdout, "Nothing to do") {
		t.Errorf("a source without freshness: exit %d\n%s", out.code, out.stdout)
	}
}

// A source without rows was last loaded in the year 1.
func TestFreshnessOfAnEmptySource(t *testing.T) {
	t.Parallel()
	dir := sources(t)
	write(t, dir, files{"seeds/events.csv": "id,loaded\n"})
	well(t, dir, "seed", "--full-refresh")
	if out := kith(t, dir, "source", "freshness", "--select", "source:raw.stale"); out.code != 1 || !strings.Contains(out.stdout, "ERROR STALE") {
		t.Errorf("exit %d\n%s", out.code, out.stdout)
	}
	if got := read(t, dir, "target", "sources.json"); !strings.Contains(got, `"max_loaded_at":"0001-01-01T00:00:00.000000Z"`) || !strings.Contains(got, `"max_loaded_at_time_ago_in_s":6`) {
		t.Error(got)
	}
}

// Paths in SQL start from the project, wherever the command is given.
func TestFilesAreReadFromTheProject(t *testing.T) {
	t.Parallel()
	dir := project(t, files{"data/lines.csv": "a\n5\n", "models/m.sql": "{{ config(materialized='table') }} select a from read_csv('data/lines.csv')"})
	if out := (invocation{dir: t.TempDir()}).kith(t, "run", "--project-dir", dir, "--profiles-dir", dir); out.code != 0 {
		t.Fatalf("exit %d\n%s%s", out.code, out.stdout, out.stderr)
	}
}

// A source may be files instead of a table.
func TestSourceWithExternalLocation(t *testing.T) {
	t.Parallel()
	dir := project(t, files{
		"data/lines.csv":     "a,b\n1,x\n2,y\n",
		"models/sources.yml": "sources:\n  - name: ext\n    meta: {external_location: \"PLACE/{name}.csv\"}\n    tables: [{name: lines}]\n",
		"models/m.sql":       "{{ config(materialized='table') }} select count(*) as n from {{ source('ext', 'lines') }}",
	})
	write(t, dir, files{"models/sources.yml": strings.ReplaceAll(read(t, dir, "models", "sources.yml"), "PLACE", filepath.ToSlash(filepath.Join(dir, "data")))})
	well(t, dir, "run")
	if out := well(t, dir, "query", "--format", "csv", "select n from main.m"); !strings.Contains(out.stdout, "2") {
		t.Error(out.stdout)
	}
}

func TestALateSourceIsAnErrorWhereWarningsAre(t *testing.T) {
	t.Parallel()
	dir := sources(t)
	if out := well(t, dir, "source", "freshness", "--select", "source:raw.late"); !strings.Contains(out.stdout, "WARN freshness of raw.late") {
		t.Error(out.stdout)
	}
	out := kith(t, dir, "source", "freshness", "--select", "source:raw.late", "--warn-error-options", "{error: [LogFreshnessResult]}")
	if out.code != 1 || !strings.Contains(out.stdout, "raw.late") || strings.Contains(out.stdout, "WARN freshness") {
		t.Errorf("exit %d, %s", out.code, out.stdout)
	}
}
