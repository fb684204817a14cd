package cli_test

import (
	"strings"
	"testing"
)

func TestQueryFormats(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	well(t, dir, "run", "-q")
	for _, tc := range []struct {
		name string
		args []string
		want string
	}{
		{"csv", []string{"--format", "csv", "select id, amount, null as n, 'a,b' as t from orders order by id"}, "id,amount,n,t\n1,10.5,,\"a,b\"\n2,20.0,,\"a,b\"\n"},
		{"json", []string{"--format", "json", "select id, amount from orders order by id"}, "[\n  {\"id\": 1, \"amount\": 10.5},\n  {\"id\": 2, \"amount\": 20.0}\n]\n"},
		{"limit", []string{"--format", "csv", "--limit", "1", "select id from orders order by id"}, "id\n1\n"},
		{"no rows", []string{"--format", "csv", "--limit", "0", "select id from orders"}, "id\n"},
		{"comment first", []string{"--format", "csv", "-- look\n/* here */ with a as (select 1 as x) select * from a;"}, "x\n1\n"},
		{"from first", []string{"--format", "csv", "from orders select count(*) as n"}, "n\n2\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if out := well(t, dir, append([]string{"query"}, tc.args...)...); out.stdout != tc.want {
				t.Errorf("\n got %q\nwant %q", out.stdout, tc.want)
			}
		})
	}
	if out := well(t, dir, "query", "select id from orders order by id"); !strings.Contains(out.stdout, "(2 rows)") {
		t.Error(out.stdout)
	}
	out := invocation{dir: dir, stdin: strings.NewReader("select 7 as seven")}.kith(t, "query", "--format", "csv", "-")
	if out.stdout != "seven\n7\n" {
		t.Errorf("%q %q", out.stdout, out.stderr)
	}
}

// Nothing that writes passes, however it is dressed.
func TestQueryOnlyReads(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	well(t, dir, "run", "-q")
	for _, sql := range []string{
		"create table x (i int)", "insert into totals values (1)", "drop view orders", "update totals set total = 0", "delete from totals",
		"copy totals to 'stolen.csv'", "export database 'stolen'", "attach 'other.duckdb' as o", "install httpfs", "load httpfs", "set threads = 1",
		"pragma database_list", "call pragma_version()", "vacuum", "checkpoint", "begin", "use memory",
		"select 1; drop table totals", "with a as (select 1) insert into totals select * from a", "explain analyze delete from totals",
		"-- select\ndrop table totals", "/* a */ drop table totals", "", ";", "-- nothing",
	} {
		out := kith(t, dir, "query", sql)
		if out.code == 0 || strings.Count(out.stderr, "\n") != 1 {
			t.Errorf("%q: exit %d: %s%s", sql, out.code, out.stdout, out.stderr)
		}
	}
	if exists(dir, "stolen.csv") || exists(dir, "stolen") || exists(dir, "other.duckdb") {
		t.Error("a query wrote a file")
	}
	if out := well(t, dir, "query", "--format", "csv", "select total from totals"); out.stdout != "total\n30.5\n" {
		t.Errorf("%q", out.stdout)
	}
}

func TestQueryWithoutWarehouse(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	out := kith(t, dir, "query", "select 1")
	if out.code != 1 || !strings.Contains(out.stderr, "there is no warehouse at ") || exists(dir, "shop.duckdb") {
		t.Errorf("exit %d: %s", out.code, out.stderr)
	}
}
