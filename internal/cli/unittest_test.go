package cli_test

import (
	"strings"
	"testing"
)

func unitProject(t *testing.T, yaml string, more files) string {
	t.Helper()
	dir := project(t, files{
		"seeds/events.csv":   "id,happened,name\n1,2024-01-01 10:00:00,a\n2,2024-01-02 11:00:00,b\n",
		"models/doubled.sql": "select id, id * {{ var('factor', 2) }} as twice, '{{ env_var('FOO', 'none') }}' as foo, {{ other() }} as other from {{ ref('events') }}",
		"models/inc.sql": "{{ config(materialized='incremental') }}\nselect id from {{ ref('events') }}\n" +
			"{% if is_incremental() %}where id > (select max(id) from {{ this }}){% endif %}",
		"models/two.sql":          "select s.id from {{ source('raw', 'events') }} s join {{ ref('events') }} using (id)",
		"models/src.yml":          "sources: [{name: raw, schema: main, tables: [{name: events}]}]",
		"macros/other.sql":        "{% macro other() %}1{% endmacro %}",
		"models/units.yml":        "unit_tests:\n" + yaml,
		"tests/fixtures/one.csv":  "id,twice\n1,2\n",
		"tests/fixtures/rows.sql": "select 1 as id union all select 2",
	})
	write(t, dir, more)
	well(t, dir, "seed")
	return dir
}

func TestUnitTests(t *testing.T) {
	t.Parallel()
	dir := unitProject(t, `
  - name: dicts
    model: doubled
    given: [{input: ref('events'), rows: [{id: 1}, {id: 2}]}]
    expect: {rows: [{twice: 4}, {twice: 2}]}
  - name: from_csv
    model: doubled
    given: [{input: ref('events'), format: csv, rows: "id,name\n1,\n"}]
    expect: {format: csv, fixture: one}
  - name: from_sql
    model: doubled
    given: [{input: ref('events'), format: sql, fixture: rows}]
    expect: {format: sql, rows: "select 1 as id, 2 as twice, 'none' as foo, 1 as other union all select 2, 4, 'none', 1"}
  - name: overrides
    model: doubled
    overrides: {vars: {factor: 5}, env_vars: {FOO: bar}, macros: {other: 7}}
    given: [{input: ref('events')}]
    expect: {rows: [{id: 1, twice: 5, foo: bar, other: 7}, {id: 2, twice: 10, foo: bar, other: 7}]}
  - name: adds
    model: inc
    overrides: {macros: {is_incremental: true}}
    given:
      - {input: ref('events'), rows: [{id: 1}, {id: 2}]}
      - {input: this, format: sql, rows: "select 1 as id"}
    expect: {rows: [{id: 2}]}
  - name: begins
    model: inc
    overrides: {macros: {is_incremental: false}}
    given: [{input: ref('events'), rows: [{id: 1}, {id: 2}]}]
    expect: {rows: [{id: 1}, {id: 2}]}
  - name: joins
    model: two
    given:
      - {input: "source('raw', 'events')", rows: [{id: 1}, {id: 3}]}
      - {input: ref('events'), rows: [{id: 3}]}
    expect: {rows: [{id: 3}]}
`, nil)
	out := well(t, dir, "test")
	if !strings.Contains(squeezed(out.stdout), "4 of 7 PASS doubled::overrides ... [PASS in") || !strings.Contains(out.stdout, "Finished running 7 unit tests in") {
		t.Error(out.stdout)
	}
	if out := well(t, dir, "ls", "--quiet", "--select", "test_type:unit,inc+"); out.stdout != "unit_test:shop.adds\nunit_test:shop.begins\n" {
		t.Errorf("test_type:unit: %s", out.stdout)
	}
	if out := well(t, dir, "test", "--select", "test_type:unit,inc", "--exclude", "unit_test:begins"); !strings.Contains(out.stdout, "TOTAL=1") {
		t.Error(out.stdout)
	}
	if out := well(t, dir, "test", "--exclude-resource-type", "unit_test"); !strings.Contains(out.stdout, "Nothing to do") {
		t.Error(out.stdout)
	}
	well(t, dir, "build")
	if sql := read(t, dir, "target", "compiled", "shop", "models", "units.yml", "models", "adds.sql"); !strings.Contains(sql, "from __dbt__cte__inc") {
		t.Errorf("the compiled unit test is %s", sql)
	}
}

func TestFailingUnitTestStopsItsModel(t *testing.T) {
	t.Parallel()
	dir := unitProject(t, `
  - name: wrong
    model: doubled
    given: [{input: ref('events'), format: csv, rows: "id\n1\n2\n5"}]
    expect: {rows: [{id: 1, twice: 3}, {id: 2, twice: 4}, {id: 7, twice: 14}]}
`, nil)
	out := kith(t, dir, "build", "--select", "+doubled")
	if out.code != 1 || !strings.Contains(out.stdout, "SKIP relation main.doubled") {
		t.Errorf("exit %d\n%s", out.code, out.stdout)
	}
	want := "[ERROR]: in unit_test wrong (models/units.yml)\n03:23:08    \n\nactual differs from expected:\n\n" +
		"@@ ,id,twice\r\n→  ,1 ,3→2\r\n   ,2 ,4\r\n+++,5 ,10\r\n---,7 ,14\r\n\n\n" +
		"03:23:08  \n03:23:08    compiled code at target/compiled/shop/models/units.yml/models/wrong.sql\n"
	if !strings.Contains(out.stdout, want) {
		t.Errorf("no\n%s\nin\n%s", want, out.stdout)
	}
	if results := read(t, dir, "target", "run_results.json"); !strings.Contains(results, `"status":"fail"`) || !strings.Contains(results, `"failures":1`) {
		t.Error(results)
	}
}

func TestUnitTestOfVersions(t *testing.T) {
	t.Parallel()
	dir := unitProject(t, `
  - name: all
    model: v
    given: [{input: ref('events'), rows: [{id: 1}]}]
    expect: {rows: [{id: 1}]}
  - name: some
    model: v
    versions: {exclude: [1]}
    given: [{input: ref('events'), rows: [{id: 1}]}]
    expect: {rows: [{id: 1}]}
`, files{
		"models/v_v1.sql": "select id from {{ ref('events') }}", "models/v_v2.sql": "select id from {{ ref('events') }}",
		"models/v.yml": "models: [{name: v, latest_version: 2, versions: [{v: 1}, {v: 2}]}]",
	})
	out := well(t, dir, "test")
	for _, name := range []string{"v::all_v1", "v::all_v2", "v::some_v2"} {
		if !strings.Contains(out.stdout, "PASS "+name+" ") {
			t.Errorf("no %s in\n%s", name, out.stdout)
		}
	}
}

func TestBadUnitTests(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ yaml, want string }{
		"model": {
			"  - {name: u, model: nope, given: [], expect: {rows: []}}", "models/units.yml:2: ref('nope') is not there",
		},
		"rows": {
			"  - {name: u, model: doubled, given: [{input: ref('events'), rows: x}], expect: {rows: []}}",
			"models/units.yml:2: the rows of the unit test \"u\" are no list of mappings",
		},
		"format": {
			"  - {name: u, model: doubled, given: [], expect: {format: xml, rows: []}}", "has rows of the format \"xml\"; use dict, csv or sql",
		},
		"fixture": {
			"  - {name: u, model: doubled, given: [], expect: {format: csv, fixture: nope}}", "the fixture \"nope\" is not there: no file nope.csv in tests/fixtures",
		},
		"incremental": {
			"  - {name: u, model: inc, given: [], expect: {rows: []}}", "does not say whether inc is incremental; add overrides",
		},
		"this": {
			"  - {name: u, model: inc, overrides: {macros: {is_incremental: true}}, given: [], expect: {rows: []}}", "gives no rows for this",
		},
		"input": {
			"  - {name: u, model: doubled, given: [{input: events}], expect: {rows: []}}", "an input is ref('…'), source('…', '…') or this",
		},
		"twice": {
			"  - {name: u, model: doubled, given: [], expect: {rows: []}}\n  - {name: u, model: doubled, given: [], expect: {rows: []}}",
			"two unit tests of doubled are named \"u\"; the first is in models/units.yml:2",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := project(t, files{
				"seeds/events.csv": "id\n1\n", "models/doubled.sql": "select * from {{ ref('events') }}",
				"models/inc.sql":   "{{ config(materialized='incremental') }} select 1 as id {% if is_incremental() %}{% endif %}",
				"models/units.yml": "unit_tests:\n" + c.yaml,
			})
			if out := kith(t, dir, "parse"); out.code != 2 || !strings.Contains(out.stderr, c.want) {
				t.Errorf("exit %d: %s", out.code, out.stderr)
			}
		})
	}
	dir := unitProject(t, "  - {name: u, model: doubled, given: [], expect: {rows: []}}\n"+
		"  - {name: col, model: doubled, given: [{input: ref('events'), rows: [{nope: 1}]}], expect: {rows: []}}\n"+
		"  - {name: step, model: stepped, given: [{input: ref('events'), rows: [{id: 1}]}], expect: {rows: []}}\n"+
		"  - {name: look, model: looked, given: [{input: ref('events'), rows: [{id: 1}]}], expect: {rows: []}}", files{
		// dbt does not see it either before the test runs.
		"macros/step.sql":    "{% macro step() %}{{ 1 if is_incremental() else 0 }}{% endmacro %}",
		"models/stepped.sql": "{{ config(materialized='incremental') }} select id + {{ step() }} as id from {{ ref('events') }}",
		"models/looked.sql":  "select id {{ load_relation(ref('events')) is none }} from {{ ref('events') }}",
	})
	out := kith(t, dir, "test")
	for _, want := range []string{
		"the unit test u gives no rows for ref('events')", "a unit test names the column 'nope', which 'events' does not have",
		"the unit test does not say whether the model is incremental: add overrides: {macros: {is_incremental: true}}, or false",
		"get_relation was asked for __dbt__cte__events without a schema",
	} {
		if out.code != 1 || !strings.Contains(out.stdout, want) {
			t.Errorf("exit %d, no %q in\n%s", out.code, want, out.stdout)
		}
	}
}
