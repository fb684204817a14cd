package cli_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// rows gives a query's CSV without the header, rows parted by a space.
func rows(t *testing.T, dir, sql string, more ...string) string {
	t.Helper()
	out := well(t, dir, append([]string{"query", "--format", "csv", sql}, more...)...)
	_, text, _ := strings.Cut(out.stdout, "\n")
	return strings.Join(strings.Fields(text), " ")
}

func TestIncrementalAndFullRefresh(t *testing.T) {
	t.Parallel()
	dir := project(t, files{"models/days.sql": `{{ config(materialized='incremental') }}
select {{ var('day') }} as day{% if is_incremental() %} where {{ var('day') }} > (select max(day) from {{ this }}){% endif %}`})
	for _, day := range []string{"1", "2", "2", "1"} {
		well(t, dir, "run", "--vars", "day: "+day)
	}
	if got := rows(t, dir, "select day from days order by day"); got != "1 2" {
		t.Errorf("incremental: %s", got)
	}
	well(t, dir, "run", "-f", "--vars", "day: 7")
	if got := rows(t, dir, "select day from days"); got != "7" {
		t.Errorf("full refresh: %s", got)
	}
}

func TestSeedsAndTheirSample(t *testing.T) {
	t.Parallel()
	dir := project(t, files{"seeds/stores.csv": "id,name\n1,Bonn\n2,Ulm\n", "models/names.sql": "select name from {{ ref('stores') }}"})
	out := well(t, dir, "seed", "--show")
	for _, want := range []string{"1 of 1 OK loaded seed file main.stores", "[INSERT 2 in 0.00s]", "Random sample of table: main.stores", "Bonn"} {
		if !strings.Contains(out.stdout, want) {
			t.Errorf("no %q in\n%s", want, out.stdout)
		}
	}
	if out := well(t, dir, "show", "-q", "-s", "stores"); !strings.Contains(out.stdout, "Ulm") {
		t.Error(out.stdout)
	}
	well(t, dir, "run")
	if got := rows(t, dir, "select name from names order by name"); got != "Bonn Ulm" {
		t.Error(got)
	}
}

func TestEmptyReadsNoRows(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	well(t, dir, "run", "-q")
	well(t, dir, "run", "-q", "--empty")
	if got := rows(t, dir, "select coalesce(total::text, 'none') from totals"); got != "none" {
		t.Errorf("total %s", got)
	}
}

func TestStoredFailures(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	write(t, dir, files{"tests/large.sql": "select id from {{ ref('orders') }} where amount > 15"})
	well(t, dir, "run", "-q")
	out := kith(t, dir, "test", "--store-failures")
	if out.code != 1 || !strings.Contains(out.stdout, `  select * from "shop"."main_dbt_test__audit"."large"`) {
		t.Errorf("exit %d\n%s", out.code, out.stdout)
	}
	if got := rows(t, dir, `select * from main_dbt_test__audit.large`); got != "2" {
		t.Errorf("kept rows: %s", got)
	}
}

func TestTargetsAreWarehousesOfTheirOwn(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	well(t, dir, "run", "-t", "prod")
	if exists(dir, "shop.duckdb") || !exists(dir, "prod.duckdb") {
		t.Error("the target prod has a warehouse of its own")
	}
	if got := rows(t, dir, "select total from live.totals", "-t", "prod"); got != "30.5" {
		t.Error(got)
	}
}

func TestSelectionOfABuild(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		args []string
		want map[string]string
	}{
		{"with its tests", []string{"-s", "orders"}, map[string]string{"model.shop.orders": "success", "test.shop.orders_positive": "pass"}},
		{"without tests", []string{"-s", "orders", "--exclude-resource-type", "test"}, map[string]string{"model.shop.orders": "success"}},
		{"no indirect tests", []string{"-s", "orders", "--indirect-selection", "empty"}, map[string]string{"model.shop.orders": "success"}},
		{"a folder and above", []string{"-s", "+path:models/marts", "--exclude", "tag:nothing"}, map[string]string{
			"model.shop.orders": "success", "test.shop.orders_positive": "pass", "model.shop.totals": "success",
		}},
		{"exposures", []string{"-s", "exposure:board"}, map[string]string{"exposure.shop.board": "no-op"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			dir := orders(t)
			well(t, dir, append([]string{"build"}, tc.args...)...)
			tc.want["which"] = "build"
			if diff := cmp.Diff(tc.want, runResults(t, dir)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSelectorsFile(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	write(t, dir, files{"selectors.yml": "selectors:\n  - name: daily\n    default: true\n    definition: 'tag:daily'\n"})
	out := well(t, dir, "ls", "--output", "name")
	if !strings.Contains(out.stdout, "Using default selector daily\n") || !strings.HasSuffix(out.stdout, "\ntotals\n") {
		t.Error(out.stdout)
	}
	if out := kith(t, dir, "ls", "--selector", "weekly"); out.code != 2 || strings.Count(out.stderr, "\n") != 1 {
		t.Errorf("exit %d: %s", out.code, out.stderr)
	}
}

func TestDebugLogHasTheSQL(t *testing.T) {
	t.Parallel()
	out := well(t, orders(t), "run", "--debug", "-s", "totals", "orders")
	for _, want := range []string{"[debug]: On warehouse: ", "create table", "SQL status: OK", "Began running node model.shop.totals"} {
		if !strings.Contains(out.stdout, want) {
			t.Errorf("no %q in the debug log", want)
		}
	}
}
