package macros_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// row is one row of the twin: a key of two columns, of which null stands for -1, and a value.
type row struct{ a, b, v int }

// twin does in Go what a strategy should do in SQL.
func twin(strategy string, keys []string, floor int, target, batch []row) []row {
	same := func(x, y row) bool {
		for _, k := range keys {
			if k == "a" && (x.a != y.a || x.a < 0) || k == "b" && (x.b != y.b || x.b < 0) {
				return false
			}
		}
		return len(keys) > 0
	}
	var out []row
	switch strategy {
	case "append":
		return append(slices.Clone(target), batch...)
	case "delete+insert":
		for _, t := range target {
			if !slices.ContainsFunc(batch, func(b row) bool { return same(t, b) && t.v >= floor }) {
				out = append(out, t)
			}
		}
		return append(out, batch...)
	default: // merge
		matched := map[int]bool{}
		for _, t := range target {
			for i, b := range batch {
				if same(t, b) && t.v >= floor {
					matched[i] = true
					t = b
				}
			}
			out = append(out, t)
		}
		for i, b := range batch {
			if !matched[i] {
				out = append(out, b)
			}
		}
		return out
	}
}

func valuesOf(rows []row) string {
	var parts []string
	for _, r := range rows {
		cell := func(n int) string {
			if n < 0 {
				return "null::integer"
			}
			return strconv.Itoa(n)
		}
		parts = append(parts, fmt.Sprintf("select %s as a, %s as b, %d as v", cell(r.a), cell(r.b), r.v))
	}
	if parts == nil {
		return "select null::integer as a, null::integer as b, 0 as v where false"
	}
	return strings.Join(parts, " union all ")
}

func TestIncrementalStrategiesAgreeWithATwin(t *testing.T) {
	w := newWorld(t)
	rapid.Check(t, func(r *rapid.T) {
		strategy := rapid.SampledFrom([]string{"append", "delete+insert", "merge"}).Draw(r, "strategy")
		keys := rapid.SampledFrom([][]string{{"a"}, {"a", "b"}, nil}).Draw(r, "keys")
		floor := rapid.SampledFrom([]int{-1, 5}).Draw(r, "floor")
		rows := func(label string, distinct bool) []row {
			gen := rapid.Custom(func(r *rapid.T) row {
				return row{rapid.IntRange(-1, 3).Draw(r, "a"), rapid.IntRange(-1, 2).Draw(r, "b"), rapid.IntRange(0, 9).Draw(r, "v")}
			})
			if distinct { // a merge must not find two rows for one
				id := func(x row) string {
					if len(keys) == 1 {
						return strconv.Itoa(x.a)
					}
					return fmt.Sprint(x.a, x.b)
				}
				return rapid.SliceOfNDistinct(gen, 0, 4, id).Draw(r, label)
			}
			return rapid.SliceOfN(gen, 0, 6).Draw(r, label)
		}
		target, batch := rows("target", strategy == "merge"), rows("batch", strategy == "merge")
		w.exec("drop table if exists s.m")
		reload(w)
		config := []any{"incremental_strategy", strategy}
		switch len(keys) {
		case 1:
			config = append(config, "unique_key", keys[0])
		case 2:
			config = append(config, "unique_key", keys)
		}
		if floor > 0 && strategy != "append" {
			column := map[string]string{"delete+insert": "v", "merge": "DBT_INTERNAL_DEST.v"}[strategy]
			config = append(config, "incremental_predicates", []string{fmt.Sprintf("%s >= %d", column, floor)})
		}
		w.node("m", valuesOf(target), config...).mustBuild("incremental")
		w.node("m", valuesOf(batch), config...).mustBuild("incremental")
		var want []string
		for _, x := range twin(strategy, keys, floor, target, batch) {
			want = append(want, strings.ReplaceAll(fmt.Sprintf("%d|%d|%d", x.a, x.b, x.v), "-1", "None"))
		}
		got := w.rows("select * from s.m")
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(want, got) {
			r.Fatalf("%s on %v: got %v, want %v", strategy, keys, got, want)
		}
	})
}

func TestIncrementalRebuilds(t *testing.T) {
	w := newWorld(t)
	w.exec("create view s.m as select 0 as a")
	reload(w)
	w.node("m", "select 1 as a").mustBuild("incremental")
	want(t, w.rows("select * from s.m"), "1")
	w.node("m", "select 2 as a").mustBuild("incremental")
	want(t, w.rows("select * from s.m order by a"), "1", "2")
	w.flags.SetStr("FULL_REFRESH", true)
	w.node("m", "select 3 as a", "full_refresh", false).mustBuild("incremental")
	want(t, w.rows("select * from s.m order by a"), "1", "2", "3")
	w.node("m", "select 4 as a").mustBuild("incremental")
	want(t, w.rows("select * from s.m"), "4")
	want(t, w.relations(), "m table")
}

func TestIsIncremental(t *testing.T) {
	w := newWorld(t)
	ask := func(name, materialized string) string {
		out, err := w.node(name, "", "materialized", materialized).render("{{ is_incremental() }}")
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	w.exec("create table s.m as select 1 as a; create view s.v as select 1 as a")
	reload(w)
	for _, c := range []struct{ name, kind, want string }{
		{"m", "incremental", "True"}, {"m", "table", "False"}, {"v", "incremental", "False"}, {"new", "incremental", "False"},
	} {
		if got := ask(c.name, c.kind); got != c.want {
			t.Errorf("%v: %s", c, got)
		}
	}
	w.flags.SetStr("FULL_REFRESH", true)
	if got := ask("m", "incremental"); got != "False" {
		t.Errorf("full refresh: %s", got)
	}
}

func TestSchemaChanges(t *testing.T) {
	for _, c := range []struct {
		setting, sql string
		want         []string
		fails        string
	}{
		{"ignore", "select 2 as a, 'y' as b, 9 as c", []string{"a|b", "1|x", "2|y"}, ""},
		{"append_new_columns", "select 2 as a, 9 as c", []string{"a|b|c", "1|x|None", "2|None|9"}, ""},
		{"append_new_columns", "select 2 as A, 'y' as b", []string{"a|b", "1|x", "2|y"}, ""},
		{"sync_all_columns", "select 2 as a, 9 as c", []string{"a|c", "1|None", "2|9"}, ""},
		{"sync_all_columns", "select 20000000000 as a, 'y' as b", []string{"a|b", "1|x", "20000000000|y"}, ""},
		{"fail", "select 2 as a, 9 as c", nil, "new in the query: c; missing from it: b"},
		{"fail", "select 2 as a, 'y' as b", []string{"a|b", "1|x", "2|y"}, ""},
	} {
		w := newWorld(t)
		w.node("m", "select 1 as a, 'x' as b").mustBuild("incremental")
		err := w.node("m", c.sql, "on_schema_change", c.setting, "incremental_strategy", "append").build("incremental")
		if c.fails != "" {
			if err == nil || !strings.Contains(err.Error(), c.fails) {
				t.Errorf("%s: %v", c.setting, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.setting, err)
			continue
		}
		got := w.rows("select string_agg(column_name, '|' order by column_index) from duckdb_columns() where table_name = 'm'")
		want(t, append(got, w.rows("select * from s.m order by a")...), c.want...)
	}
}

func TestMergeOptions(t *testing.T) {
	clauses := func(key string, list ...*jinja.Dict) *jinja.Dict {
		d, l := jinja.NewDict(), jinja.NewList()
		for _, c := range list {
			l.Append(c)
		}
		d.SetStr(key, l)
		return d
	}
	dict := func(pairs ...string) *jinja.Dict {
		d := jinja.NewDict()
		for i := 0; i < len(pairs); i += 2 {
			d.SetStr(pairs[i], pairs[i+1])
		}
		return d
	}
	source := "select 1 as id, 10 as x, 100 as y union all select 3, 30, 300"
	for _, c := range []struct {
		name   string
		config []any
		want   []string
	}{
		{"update columns", []any{"merge_update_columns", []string{"x"}}, []string{"1|10|1", "2|2|2", "3|30|300"}},
		{"exclude columns", []any{"merge_exclude_columns", []string{"X"}}, []string{"1|1|100", "2|2|2", "3|30|300"}},
		{
			"expressions",
			[]any{"merge_update_set_expressions", dict("x", "DBT_INTERNAL_DEST.x + DBT_INTERNAL_SOURCE.x")},
			[]string{"1|11|100", "2|2|2", "3|30|300"},
		},
		{"update condition", []any{"merge_update_condition", "DBT_INTERNAL_SOURCE.x > 50"}, []string{"1|1|1", "2|2|2", "3|30|300"}},
		{"insert condition", []any{"merge_insert_condition", "DBT_INTERNAL_SOURCE.x > 50"}, []string{"1|10|100", "2|2|2"}},
		{"clauses", []any{"merge_clauses", clauses("when_matched", dict("action", "delete"))}, []string{"2|2|2", "3|30|300"}},
		{
			"by source",
			[]any{"merge_clauses", clauses("when_not_matched", dict("action", "insert"), dict("action", "delete", "by", "source"))},
			[]string{"1|10|100", "3|30|300"},
		},
		{"modes", []any{"merge_clauses", clauses("when_matched", dict("action", "update", "mode", "by_name"))}, []string{"1|10|100", "2|2|2", "3|30|300"}},
		{"nothing", []any{"merge_clauses", clauses("when_matched", dict("action", "do_nothing"))}, []string{"1|1|1", "2|2|2", "3|30|300"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.exec("create table s.m as select 1 as id, 1 as x, 1 as y union all select 2, 2, 2")
			reload(w)
			w.node("m", source, append(c.config, "unique_key", "id", "incremental_strategy", "merge")...).mustBuild("incremental")
			want(t, w.rows("select * from s.m order by id"), c.want...)
		})
	}
}

func TestWrongIncrementalConfig(t *testing.T) {
	w := newWorld(t)
	w.exec("create table s.m as select 1 as a")
	reload(w)
	for _, c := range []struct {
		config []any
		says   string
	}{
		{[]any{"incremental_strategy", "insert_overwrite"}, "does not exist on DuckDB; use 'delete+insert'"},
		{[]any{"incremental_strategy", "nope"}, "get_incremental_nope_sql"},
		{[]any{"incremental_strategy", "merge", "merge_update_columns", "a", "merge_exclude_columns", 5}, "merge_exclude_columns must be a list"},
		{[]any{"incremental_strategy", "microbatch"}, "event_time"},
		{[]any{"incremental_strategy", "microbatch", "event_time", "a"}, "in batches only"},
		{[]any{"incremental_predicates", 5}, "incremental_predicates must be a text or a list"},
	} {
		err := w.node("m", "select 2 as a", append(c.config, "unique_key", "a")...).build("incremental")
		if strings.Contains(c.says, "batches") {
			err = w.node("m", "select 2 as a", c.config...).build("incremental")
		}
		if !fault.Is(err, fault.Compile) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v: %v", c.config, err)
		}
	}
	want(t, w.rows("select * from s.m"), "1")
}

func TestMicrobatchReplacesItsWindow(t *testing.T) {
	w := newWorld(t)
	w.exec("create table s.m as select timestamp '2024-01-01 10:00' as happened, 1 as n union all select timestamp '2024-01-02 10:00', 2 union all select timestamp '2024-01-03 00:00', 3")
	reload(w)
	n := w.node("m", "select timestamp '2024-01-02 11:00' as happened, 20 as n union all select timestamp '2024-01-05 00:00', 50",
		"incremental_strategy", "microbatch", "event_time", "happened")
	batch := jinja.NewDict()
	batch.SetStr("id", "20240102")
	batch.SetStr("event_time_start", "2024-01-02 00:00:00+00:00")
	batch.SetStr("event_time_end", "2024-01-03 00:00:00+00:00")
	n.model.SetStr("batch", batch)
	n.mustBuild("incremental")
	want(t, w.rows("select n from s.m order by happened"), "1", "20", "3")
}

func TestProjectsAddStrategies(t *testing.T) {
	w := newWorld(t, `{% macro get_incremental_newest_sql(arg_dict) %}
  delete from {{ arg_dict.target_relation }};
  {{ get_insert_into_sql(arg_dict.target_relation, arg_dict.temp_relation, arg_dict.dest_columns) }}
{% endmacro %}`)
	w.node("m", "select 1 as a", "incremental_strategy", "newest").mustBuild("incremental")
	w.node("m", "select 2 as a", "incremental_strategy", "newest").mustBuild("incremental")
	want(t, w.rows("select * from s.m"), "2")
}
