package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestUnknownMacro(t *testing.T) {
	t.Parallel()
	dir := project(t, files{
		"models/good.sql": "select 1 as id",
		"models/bad.sql":  "select *\nfrom {{ ref('good') }}\nwhere id in ({{ every_id() }})",
	})
	out := kith(t, dir, "build")
	if out.code != 1 {
		t.Errorf("exit %d\n%s", out.code, out.stderr)
	}
	holds(t, out.stdout, []string{"models/bad.sql:3", "every_id", "PASS=1 WARN=0 ERROR=1"})
	refused(t, dir, 2, []string{"kith: models/bad.sql:3", "every_id"}, "compile")
}

func TestUnknownMacroInsideAMacro(t *testing.T) {
	t.Parallel()
	dir := project(t, files{
		"macros/outer.sql": "{% macro outer() %}\n{{ inner_one() }}\n{% endmacro %}\n",
		"models/bad.sql":   "select\n{{ outer() }}",
	})
	out := kith(t, dir, "compile")
	holds(t, out.stderr, []string{"kith: macros/outer.sql:2", "inner_one", "  in macro outer (models/bad.sql:2)"})
}

func TestCycle(t *testing.T) {
	t.Parallel()
	dir := project(t, files{
		"models/a.sql": "select * from {{ ref('b') }}",
		"models/b.sql": "select * from {{ ref('c') }}",
		"models/c.sql": "select * from {{ ref('a') }}",
	})
	refused(t, dir, 2, []string{"kith: ", "Found a cycle: ", "model.shop.a", " --> "}, "build")
	if _, err := os.Stat(filepath.Join(dir, "shop.duckdb")); err == nil {
		t.Error("a project that cannot be built made a warehouse")
	}
}

func TestTwoModelsOfOneName(t *testing.T) {
	t.Parallel()
	dir := project(t, files{"models/a.sql": "select 1 as id", "models/more/a.sql": "select 2 as id"})
	refused(t, dir, 2, []string{"kith: ", "models/a.sql", "models/more/a.sql"}, "build")
}

func TestUnknownReference(t *testing.T) {
	t.Parallel()
	dir := project(t, files{"models/a.sql": "select 1\n\nfrom {{ ref('nowhere') }}"})
	refused(t, dir, 2, []string{"kith: models/a.sql", "nowhere"}, "build")
}

func TestBrokenYAML(t *testing.T) {
	t.Parallel()
	dir := project(t, files{"models/a.sql": "select 1 as id", "models/schema.yml": "models:\n  - name: a\n   columns: []\n"})
	refused(t, dir, 2, []string{"kith: models/schema.yml:"}, "build")
}

func TestFailingTestInTheMiddle(t *testing.T) {
	t.Parallel()
	dir := project(t, files{
		"models/first.sql":  "{{ config(materialized='table') }}\nselect 1 as id union all select 1",
		"models/second.sql": "{{ config(materialized='table') }}\nselect * from {{ ref('first') }}",
		"models/third.sql":  "select * from {{ ref('second') }}",
		"models/aside.sql":  "select 1 as id",
		"models/schema.yml": "models:\n  - name: first\n    columns:\n      - name: id\n        data_tests: [unique]\n",
	})
	out := kith(t, dir, "build")
	if out.code != 1 || out.stderr != "" {
		t.Errorf("exit %d, stderr %q", out.code, out.stderr)
	}
	holds(t, out.stdout, []string{
		"FAIL 1 unique_first_id", "SKIP relation main.second", "SKIP relation main.third", "OK created sql view model main.aside",
		"[ERROR]: in test unique_first_id (models/schema.yml)", "Got 1 result, configured to fail if != 0", "Done. PASS=2 WARN=0 ERROR=1 SKIP=2",
	})
	if got := statuses(t, dir); got != "model.shop.aside=success model.shop.first=success model.shop.second=skipped model.shop.third=skipped test=fail" {
		t.Errorf("run_results.json: %s", got)
	}
	if got := query(t, dir, "select string_agg(table_name, ' ' order by table_name) from duckdb_tables()"); got != "first" {
		t.Errorf("tables: %s", got)
	}
}

// statuses gives what run_results.json says, sorted by node.
func statuses(t *testing.T, dir string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "target", "run_results.json"))
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Results []struct {
			ID     string `json:"unique_id"`
			Status string `json:"status"`
		} `json:"results"`
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	byID := map[string]string{}
	for _, r := range doc.Results {
		if strings.HasPrefix(r.ID, "test.") {
			r.ID = "test"
		}
		byID[r.ID] = r.Status
	}
	return sorted(byID)
}

func TestProfileThatIsNotThere(t *testing.T) {
	t.Parallel()
	dir := project(t, files{"models/a.sql": "select 1 as id"})
	refused(t, dir, 2, []string{"kith: ", "profiles.yml", `there is no profile "other"`, "--profile"}, "build", "--profile", "other")
	refused(t, dir, 2, []string{"kith: ", "profiles.yml", `no target "other"`, "--target"}, "build", "--target", "other")
	if err := os.Remove(filepath.Join(dir, "profiles.yml")); err != nil {
		t.Fatal(err)
	}
	refused(t, dir, 2, []string{"kith: no profiles.yml in ", "--profiles-dir"}, "build")
}

func TestFolderWithoutAProject(t *testing.T) {
	t.Parallel()
	refused(t, t.TempDir(), 2, []string{"kith: no dbt_project.yml in ", "kith init DIR"}, "build")
}
