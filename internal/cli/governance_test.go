package cli_test

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestContracts(t *testing.T) {
	t.Parallel()
	dir := project(t, files{
		"models/kept.sql":     "{{ config(materialized='table') }} select 1 as id, 'x' as name",
		"models/broken.sql":   "{{ config(materialized='table') }}\nselect 1 as id, 'x' as nme",
		"models/violated.sql": "{{ config(materialized='table') }} select null::int as id",
		"models/shown.sql":    "select 1 as id",
		"models/below.sql":    "select * from {{ ref('broken') }}",
		"models/m.yml": `models:
  - name: kept
    config: {contract: {enforced: true}}
    constraints: [{type: primary_key, columns: [id]}]
    columns:
      - {name: id, data_type: int, constraints: [{type: not_null}, {type: check, expression: "id > 0"}]}
      - {name: name, data_type: varchar}
  - name: broken
    config: {contract: {enforced: true}}
    columns: [{name: id, data_type: varchar}, {name: name, data_type: varchar}]
  - name: violated
    config: {contract: {enforced: true}}
    columns: [{name: id, data_type: int, constraints: [{type: not_null}]}]
  - name: shown
    config: {contract: {enforced: true}}
    columns: [{name: id, data_type: int}]
`,
	})
	out := kith(t, dir, "run")
	for _, want := range []string{
		"models/broken.sql:1: this model has an enforced contract that failed: id is INTEGER, the contract says VARCHAR; nme is not in the contract; name is in the contract and not in the SQL",
		"NOT NULL constraint failed: violated.id", "SKIP relation main.below", "Done. PASS=2 WARN=0 ERROR=2 SKIP=1",
	} {
		if out.code != 1 || !strings.Contains(out.stdout, want) {
			t.Errorf("exit %d, no %q in\n%s", out.code, want, out.stdout)
		}
	}
	got := csv(t, dir, "select string_agg(constraint_type, ' ' order by constraint_type) as types from duckdb_constraints() where table_name = 'kept'")
	if got != "CHECK NOT NULL PRIMARY KEY" {
		t.Errorf("the table kept has the constraints %q", got)
	}
}

func TestVersions(t *testing.T) {
	t.Parallel()
	dir := project(t, files{
		"models/v_v1.sql": "select 1 as a", "models/v_v2.sql": "select 2 as a", "models/newest.sql": "select 3 as a",
		"models/use.sql": "select (select a from {{ ref('v') }}) as latest, (select a from {{ ref('v', v=1) }}) as first, (select a from {{ ref('v', version=3) }}) as next",
		"models/m.yml": `models:
  - name: v
    latest_version: 2
    config: {latest_version_pointer: {enabled: true}}
    columns: [{name: a, data_tests: [not_null]}]
    versions: [{v: 1}, {v: 2}, {v: 3, defined_in: newest, config: {alias: v_next}}]
`,
	})
	well(t, dir, "build")
	if got := csv(t, dir, "select latest || ' ' || first || ' ' || next as x from main.use"); got != "2 1 3" {
		t.Error(got)
	}
	if got := csv(t, dir, "select (select a from main.v) || ' ' || (select a from main.v_next) as x"); got != "2 3" {
		t.Errorf("the pointer and the alias give %s", got)
	}
	for selected, want := range map[string]string{
		"version:latest": "shop.v.v2", "version:old": "shop.v.v1", "version:prerelease": "shop.v.v3", "v.v1": "shop.v.v1",
	} {
		out := well(t, dir, "ls", "--quiet", "--resource-type", "model", "--select", selected)
		if got := strings.TrimSpace(out.stdout); got != want {
			t.Errorf("%s: %s, want %s", selected, got, want)
		}
	}
	write(t, dir, files{"models/use.sql": "select * from {{ ref('v', v=9) }}"})
	if out := kith(t, dir, "parse"); out.code != 2 || !strings.Contains(out.stderr, "ref('v', v=9) is not there; the versions are 1, 2, 3") {
		t.Errorf("exit %d: %s", out.code, out.stderr)
	}
}

func TestGroupsAndAccess(t *testing.T) {
	t.Parallel()
	dir := project(t, files{
		"models/secret.sql": "select 1 as id",
		"models/friend.sql": "select * from {{ ref('secret') }}",
		"models/m.yml": "groups: [{name: fin, owner: {name: Ann}}]\nmodels:\n" +
			"  - {name: secret, config: {group: fin, access: private}}\n  - {name: friend, config: {group: fin}}\n",
	})
	if out := well(t, dir, "ls", "--quiet", "--select", "group:fin,access:private"); strings.TrimSpace(out.stdout) != "shop.secret" {
		t.Error(out.stdout)
	}
	write(t, dir, files{"models/stranger.sql": "select * from {{ ref('secret') }}"})
	want := `models/stranger.sql:1: stranger refers to secret, which is private to the group "fin"; put both in one group, or make secret protected`
	if out := kith(t, dir, "build"); out.code != 2 || !strings.Contains(out.stderr, want) {
		t.Errorf("exit %d: %s", out.code, out.stderr)
	}
}

func TestPersistedDocsExternalFilesAndStoredFailures(t *testing.T) {
	t.Parallel()
	dir := project(t, files{
		"profiles.yml":       "shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb, external_root: out}\n",
		"models/told.sql":    "{{ config(materialized='table', persist_docs={'relation': true, 'columns': true}) }} select 1 as id",
		"models/lines.sql":   "{{ config(materialized='external') }} select 1 as a union all select 2",
		"models/as_csv.sql":  "{{ config(materialized='external', format='csv') }} select 1 as a",
		"models/as_json.sql": "{{ config(materialized='external', format='json') }} select 1 as a",
		"models/reader.sql":  "{{ config(materialized='table') }} select sum(a) as total from {{ ref('lines') }}",
		"analyses/look.sql":  "select * from {{ ref('told') }} -- {{ target.name }}",
		"models/m.yml": `models:
  - name: told
    description: "it's told"
    columns:
      - name: id
        description: the id
        data_tests:
          - accepted_values: {arguments: {values: [9]}, config: {severity: warn, store_failures_as: view}}
          - accepted_values: {name: kept, arguments: {values: [8]}, config: {severity: warn, store_failures: true}}
`,
		"out/.keep": "",
	})
	out := invocation{dir: dir}.kith(t, "build")
	if out.code != 0 {
		t.Fatalf("exit %d\n%s%s", out.code, out.stdout, out.stderr)
	}
	for sql, want := range map[string]string{
		"select comment from duckdb_tables() where table_name = 'told'":                         "it's told",
		"select comment from duckdb_columns() where table_name = 'told' and column_name = 'id'": "the id",
		"select total from main.reader":                                                         "3",
		"select count(*) as n from duckdb_views() where schema_name = 'main_dbt_test__audit'":   "1",
		"select count(*) as n from duckdb_tables() where schema_name = 'main_dbt_test__audit'":  "1",
	} {
		if got := csv(t, dir, sql); got != want {
			t.Errorf("%s: %q, want %q", sql, got, want)
		}
	}
	for _, name := range []string{"lines.parquet", "as_csv.csv", "as_json.json"} {
		if !exists(dir, "out", name) {
			t.Errorf("the file %s was not written", name)
		}
	}
	well(t, dir, "compile", "--select", "look")
	if got := read(t, dir, "target", "compiled", "shop", "analyses", "look.sql"); got != `select * from "shop"."main"."told" -- dev` {
		t.Errorf("the analysis became %s", got)
	}
}

// The keys are those that dbt lists for each kind of node.
func TestListAsJSON(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	out := well(t, dir, "ls", "--quiet", "--output", "json", "--resource-type", "all")
	kinds := map[string]bool{}
	for line := range strings.Lines(out.stdout) {
		var node map[string]any
		if err := json.Unmarshal([]byte(line), &node); err != nil {
			t.Fatal(err)
		}
		kind, _ := node["resource_type"].(string)
		kinds[kind] = true
		keys := []string{"name", "resource_type", "package_name", "original_file_path", "unique_id"}
		switch kind {
		case "source":
			keys = append(keys, "source_name", "config", "tags")
		case "exposure":
			keys = append(keys, "config", "tags", "depends_on")
		default:
			keys = append(keys, "alias", "config", "tags", "depends_on")
		}
		for _, key := range keys {
			if _, ok := node[key]; !ok {
				t.Errorf("%s has no %s: %s", node["unique_id"], key, line)
			}
		}
		if len(node) != len(keys) {
			t.Errorf("%d keys, want %d: %s", len(node), len(keys), line)
		}
	}
	if len(kinds) != 5 {
		t.Errorf("kinds %v", kinds)
	}
}
