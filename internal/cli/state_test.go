package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// twoEnvironments is a project built into the schema live of the same warehouse,
// with the artifacts of that build in the folder prod.
func twoEnvironments(t *testing.T) string {
	t.Helper()
	dir := project(t, files{
		"profiles.yml": `shop:
  target: dev
  outputs:
    dev: {type: duckdb, path: shop.duckdb}
    prod: {type: duckdb, path: shop.duckdb, schema: live}
`,
		"models/a.sql": "{{ config(materialized='table') }} select '{{ target.name }}' as env, 1 as id",
		"models/b.sql": "{{ config(materialized='table') }} select * from {{ ref('a') }}",
		"models/c.sql": "{{ config(materialized='table') }} select * from {{ ref('b') }}",
		"models/e.sql": "{{ config(materialized='ephemeral') }} select 1 as id",
		"tests/t.sql":  "select * from {{ ref('b') }} where env = 'nope'",
	})
	well(t, dir, "build", "--target", "prod", "--target-path", "prod")
	return dir
}

// csv gives the rows of a query without the head.
func csv(t *testing.T, dir, sql string) string {
	t.Helper()
	out := well(t, dir, "query", "--format", "csv", sql)
	_, rows, _ := strings.Cut(strings.TrimSpace(out.stdout), "\n")
	return strings.Join(strings.Fields(rows), " ")
}

func TestStateSelection(t *testing.T) {
	t.Parallel()
	dir := twoEnvironments(t)
	write(t, dir, files{"models/b.sql": "{{ config(materialized='table') }} select *, 2 as two from {{ ref('a') }}", "models/d.sql": "select 1 as id"})
	for _, c := range []struct{ selection, want string }{
		{"state:modified", "shop.b shop.d shop.t"},
		{"state:modified+", "shop.b shop.c shop.d shop.t"},
		{"state:new", "shop.d"},
		{"state:old,resource_type:model", "shop.a shop.b shop.c shop.e shop.t"},
		{"state:modified.body", "shop.b shop.d shop.t"},
		{"result:pass", "shop.t"},
		{"result:success", "shop.a shop.b shop.c shop.t"},
	} {
		out := well(t, dir, "ls", "--quiet", "--state", "prod", "--select", c.selection)
		if got := strings.Join(strings.Fields(out.stdout), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.selection, got, c.want)
		}
	}
	if out := (invocation{dir: dir, env: []string{"DBT_STATE=prod"}}).kith(t, "ls", "--quiet", "--select", "state:new"); strings.TrimSpace(out.stdout) != "shop.d" {
		t.Errorf("DBT_STATE: %s%s", out.stdout, out.stderr)
	}
	for _, c := range []struct{ args, want string }{
		{"ls --select state:modified", "Got a state selector method, but no comparison manifest"},
		{"ls --select state:modified --state nowhere", "--state: there is no folder nowhere"},
		{"run --defer", "--defer needs to know what to defer to"},
		{"clone", "clone needs to know what to clone"},
	} {
		if out := kith(t, dir, strings.Fields(c.args)...); out.code != 2 || !strings.Contains(out.stderr, c.want) {
			t.Errorf("%s: exit %d, %s", c.args, out.code, out.stderr)
		}
	}
}

func TestSourceStatusSelection(t *testing.T) {
	t.Parallel()
	dir := project(t, files{
		"seeds/events.csv": "id,loaded\n1,2020-01-01 00:00:00\n",
		"models/m.sql":     "select * from {{ source('raw', 'events') }}",
		"models/s.yml": "sources:\n  - name: raw\n    schema: main\n    config: {loaded_at_field: loaded, freshness: {warn_after: {count: 100000, period: day}}}\n" +
			"    tables: [{name: events}, {name: same, identifier: events, config: {loaded_at_query: \"select timestamp '2020-01-01'\"}}]\n",
	})
	well(t, dir, "seed")
	well(t, dir, "source", "freshness", "--target-path", "before")
	write(t, dir, files{"seeds/events.csv": "id,loaded\n1,2020-01-01 00:00:00\n2,2020-01-02 00:00:00\n"})
	well(t, dir, "seed")
	well(t, dir, "source", "freshness")
	out := well(t, dir, "ls", "--quiet", "--select", "source_status:fresher+", "--state", "before")
	if got := strings.Join(strings.Fields(out.stdout), " "); got != "shop.m source:shop.raw.events" && got != "source:shop.raw.events shop.m" {
		t.Errorf("fresher: %q", got)
	}
}

func TestDefer(t *testing.T) {
	t.Parallel()
	dir := twoEnvironments(t)
	if out := kith(t, dir, "run", "--select", "b"); out.code != 1 {
		t.Errorf("b was built without a: exit %d", out.code)
	}
	well(t, dir, "build", "--select", "b", "--defer", "--state", "prod")
	if got := csv(t, dir, "select env from main.b"); got != "prod" {
		t.Errorf("b read a of %q", got)
	}
	well(t, dir, "run", "--select", "a")
	well(t, dir, "run", "--select", "b", "--defer", "--state", "prod")
	if got := csv(t, dir, "select env from main.b"); got != "dev" {
		t.Errorf("a is here, and b read that of %q", got)
	}
	well(t, dir, "run", "--select", "b", "--defer", "--favor-state", "--defer-state", "prod")
	if got := csv(t, dir, "select env from main.b"); got != "prod" {
		t.Errorf("the state is favoured, and b read a of %q", got)
	}
	well(t, dir, "run", "--select", "a b", "--defer", "--favor-state", "--state", "prod")
	if got := csv(t, dir, "select env from main.b"); got != "dev" {
		t.Errorf("a is selected, and b read that of %q", got)
	}
	well(t, dir, "run", "--select", "b", "--no-defer", "--favor-state", "--state", "prod")
	if got := csv(t, dir, "select env from main.b"); got != "dev" {
		t.Errorf("--no-defer, and b read a of %q", got)
	}
}

func TestClone(t *testing.T) {
	t.Parallel()
	dir := twoEnvironments(t)
	well(t, dir, "run", "--select", "a")
	out := well(t, dir, "clone", "--state", "prod")
	if !strings.Contains(out.stdout, `Relation "shop"."main"."a" already exists`) || !strings.Contains(out.stdout, "Done. PASS=3") {
		t.Error(out.stdout)
	}
	if got := csv(t, dir, "select (select env from main.a) || ' ' || (select env from main.c)"); got != "dev prod" {
		t.Errorf("a and c are those of %q", got)
	}
	well(t, dir, "clone", "--state", "prod", "--full-refresh", "--select", "a")
	if got := csv(t, dir, "select env from main.a"); got != "prod" {
		t.Errorf("a is that of %q", got)
	}
}

func TestNothingIsModifiedWhereNothingChanged(t *testing.T) {
	t.Parallel()
	projects, err := filepath.Glob("../../test/projects/*")
	if err != nil || len(projects) < 10 {
		t.Fatalf("projects: %v, %v", projects, err)
	}
	for _, from := range append(projects, "../../analytics") {
		t.Run(filepath.Base(from), func(t *testing.T) {
			t.Parallel()
			here, elsewhere := t.TempDir(), t.TempDir()
			for _, dir := range []string{here, elsewhere} {
				if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
					t.Fatal(err)
				}
			}
			env := []string{"SOME_ENV=x"}
			if out := (invocation{dir: here, env: env}).kith(t, "parse", "--target-path", "state"); out.code != 0 {
				t.Fatal(out.stdout, out.stderr)
			}
			for _, dir := range []string{here, elsewhere} {
				out := invocation{dir: dir, env: env}.kith(t, "ls", "--quiet", "--state", filepath.Join(here, "state"), "--select", "state:modified+", "state:new")
				if out.code != 0 || out.stdout != "" {
					t.Errorf("exit %d, modified: %s%s", out.code, out.stdout, out.stderr)
				}
			}
		})
	}
}

// The manifest is dbt 1.12's of the same files, less the macros that nothing uses.
func TestNothingIsModifiedAgainstTheManifestOfDbt(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/dbt_state")); err != nil {
		t.Fatal(err)
	}
	args := []string{"ls", "--quiet", "--state", "state", "--select", "state:modified", "state:new"}
	if out := well(t, dir, args...); out.stdout != "" {
		t.Errorf("modified: %s", out.stdout)
	}
	yaml := read(t, dir, "models", "all.yml")
	for old, changed := range map[string]string{
		"count: 12":         "count: 13",
		"[money]":           "[money, more]",
		"name: orders\n":    "name: orders\n        quoting: {identifier: true}\n",
		"shop: a, total: 5": "shop: b, total: 5",
		"severity: warn":    "severity: error",
		"name: Ann":         "name: Bob",
	} {
		write(t, dir, files{"models/all.yml": strings.Replace(yaml, old, changed, 1)})
		if out := well(t, dir, args...); out.stdout == "" {
			t.Errorf("%s instead of %s counts as nothing", changed, old)
		}
	}
}

// As in dbt 1.12, what config() computes is compared as it is written.
func TestAnotherTargetIsNoChangeOfASetting(t *testing.T) {
	t.Parallel()
	dir := twoEnvironments(t)
	write(t, dir, files{"models/c.sql": "{{ config(materialized='table' if target.name == 'prod' else 'view', tags = [ 'x', target.name ]) }} select 1 as id"})
	well(t, dir, "parse", "--target", "prod", "--target-path", "prod")
	if out := well(t, dir, "ls", "--quiet", "--state", "prod", "--select", "state:modified"); out.stdout != "" {
		t.Errorf("modified by the target alone: %s", out.stdout)
	}
	write(t, dir, files{"models/c.sql": strings.Replace(read(t, dir, "models", "c.sql"), "'view'", "'table'", 1)})
	if out := well(t, dir, "ls", "--quiet", "--state", "prod", "--select", "state:modified.configs"); strings.TrimSpace(out.stdout) != "shop.c" {
		t.Errorf("another expression counts as nothing: %q", out.stdout)
	}
}
