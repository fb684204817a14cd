package macros_test

import (
	"crypto/md5"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/jinja"
)

// history gives the snapshot of s.src by one run for each of the given states.
func history(t *testing.T, w *world, show string, states []string, config ...any) []string {
	t.Helper()
	for _, state := range states {
		w.exec("create or replace table s.src as " + state)
		w.node("snap", "select * from s.src", config...).mustBuild("snapshot")
	}
	return w.rows(show)
}

func TestTimestampSnapshot(t *testing.T) {
	w := newWorld(t)
	got := history(t, w, "select id, v, dbt_valid_from::date, dbt_valid_to::date, dbt_updated_at::date from s.snap order by id, dbt_valid_from",
		[]string{
			"select 1 as id, 'a' as v, timestamp '2024-01-01' as at_ union all select 2, 'b', timestamp '2024-01-01'",
			"select 1 as id, 'a2' as v, timestamp '2024-01-02' as at_ union all select 2, 'changed but not later', timestamp '2024-01-01' union all select 3, 'c', timestamp '2024-01-02'",
			"select 1 as id, 'a2' as v, timestamp '2024-01-02' as at_",
			"select 1 as id, 'a3' as v, timestamp '2024-01-04' as at_",
		},
		"strategy", "timestamp", "unique_key", "id", "updated_at", "at_")
	want(t, got,
		"1|a|2024-01-01|2024-01-02|2024-01-01",
		"1|a2|2024-01-02|2024-01-04|2024-01-02",
		"1|a3|2024-01-04|None|2024-01-04",
		"2|b|2024-01-01|None|2024-01-01",
		"3|c|2024-01-02|None|2024-01-02")
	sum := md5.Sum([]byte("1|2024-01-01 00:00:00"))
	want(t, w.rows("select dbt_scd_id from s.snap where v = 'a'"), hex.EncodeToString(sum[:]))
	if rel := w.relations(); !slices.Equal(rel, []string{"snap table", "src table"}) {
		t.Errorf("left behind: %q", rel)
	}
}

func TestCheckSnapshot(t *testing.T) {
	states := []string{
		"select 1 as id, 'a' as x, 1 as y union all select 2, null, 2",
		"select 1 as id, 'a' as x, 9 as y union all select 2, 'now', 2",
		"select 1 as id, null as x, 9 as y union all select 2, 'now', 2",
	}
	show := "select id, x, y, dbt_valid_to is null, dbt_valid_from = dbt_updated_at from s.snap order by id, dbt_valid_from"
	for cols, rows := range map[any][]string{
		"x":   {"1|a|1|False|True", "1|None|9|True|True", "2|None|2|False|True", "2|now|2|True|True"},
		"all": {"1|a|1|False|True", "1|a|9|False|True", "1|None|9|True|True", "2|None|2|False|True", "2|now|2|True|True"},
	} {
		w := newWorld(t)
		check := value(cols)
		if cols == "x" {
			check = value([]string{"x"})
		}
		want(t, history(t, w, show, states, "strategy", "check", "unique_key", "id", "check_cols", check), rows...)
	}
}

func TestCheckSnapshotTakesNewColumns(t *testing.T) {
	w := newWorld(t)
	got := history(t, w, "select id, x, z, dbt_valid_to is null from s.snap order by id, dbt_valid_from",
		[]string{"select 1 as id, 'a' as x", "select 1 as id, 'a' as x, 5 as z", "select 1 as id, 'a' as x, 5 as z"},
		"strategy", "check", "unique_key", "id", "check_cols", "all")
	want(t, got, "1|a|None|False", "1|a|5|True")
}

func TestHardDeletes(t *testing.T) {
	states := []string{
		"select 1 as id, 'a' as v, timestamp '2024-01-01' as at_ union all select 2, 'b', timestamp '2024-01-01'",
		"select 2 as id, 'b' as v, timestamp '2024-01-01' as at_",
		"select 2 as id, 'b' as v, timestamp '2024-01-01' as at_",
		"select 1 as id, 'back' as v, timestamp '2024-01-03' as at_ union all select 2, 'b', timestamp '2024-01-01'",
	}
	for mode, rows := range map[string][]string{
		"ignore":     {"1|a|False", "1|back|True", "2|b|True"},
		"invalidate": {"1|a|False", "1|back|True", "2|b|True"},
		"new_record": {"1|a|False|False", "1|a|False|True", "1|back|True|False", "2|b|True|False"},
	} {
		w := newWorld(t)
		show := "select id, v, dbt_valid_to is null from s.snap order by id, v, dbt_valid_from"
		if mode == "new_record" {
			show = "select id, v, dbt_valid_to is null, dbt_is_deleted from s.snap order by id, v, dbt_is_deleted"
		}
		got := history(t, w, show, states, "strategy", "timestamp", "unique_key", "id", "updated_at", "at_", "hard_deletes", mode)
		want(t, got, rows...)
		if mode == "invalidate" {
			// Closed when it was missed, not when it came back.
			want(t, w.rows("select dbt_valid_to > timestamp '2025-01-01' from s.snap where v = 'a'"), "True")
		}
	}
}

func TestSnapshotWithOwnNamesKeysAndEnd(t *testing.T) {
	w := newWorld(t)
	names := jinja.NewDict()
	for _, n := range []string{"dbt_valid_from", "dbt_valid_to", "dbt_scd_id", "dbt_updated_at", "dbt_is_deleted"} {
		names.SetStr(n, strings.Replace(n, "dbt_", "my_", 1))
	}
	got := history(t, w, "select a, b, v, my_valid_to::date from s.snap order by a, b, my_valid_from",
		[]string{
			"select 1 as a, 1 as b, 'x' as v, timestamp '2024-01-01' as at_ union all select 1, 2, 'y', timestamp '2024-01-01'",
			"select 1 as a, 1 as b, 'x2' as v, timestamp '2024-01-02' as at_ union all select 1, 2, 'y', timestamp '2024-01-01'",
			"select 1 as a, 1 as b, 'x3' as v, timestamp '2024-01-03' as at_",
		},
		"strategy", "timestamp", "unique_key", []string{"a", "b"}, "updated_at", "at_", "hard_deletes", "new_record",
		"snapshot_meta_column_names", names, "dbt_valid_to_current", "timestamp '9999-12-31'")
	want(t, got[:3], "1|1|x|2024-01-02", "1|1|x2|2024-01-03", "1|1|x3|9999-12-31")
	want(t, w.rows("select v, my_is_deleted, my_valid_to = '9999-12-31' from s.snap where b = 2 order by 2"), "y|False|False", "y|True|True")
	sum := md5.Sum([]byte("1|1|2024-01-01 00:00:00"))
	want(t, w.rows("select my_scd_id from s.snap where v = 'x'"), hex.EncodeToString(sum[:]))
}

func TestWrongSnapshots(t *testing.T) {
	w := newWorld(t)
	w.exec("create table s.src as select 1 as id; create table s.snap as select 1 as id")
	reload(w)
	for _, c := range []struct {
		config []any
		says   string
	}{
		{[]any{"strategy", "timestamp", "updated_at", "id"}, "lacks the columns dbt_scd_id, dbt_valid_from, dbt_valid_to"},
		{[]any{"strategy", "nope"}, "there is no snapshot strategy 'nope'"},
		{[]any{"strategy", "check", "check_cols", "id"}, "check_cols must be"},
		{[]any{"strategy", "timestamp", "updated_at", "id", "hard_deletes", "nope"}, "hard_deletes must be"},
	} {
		err := w.node("snap", "select * from s.src", append(c.config, "unique_key", "id")...).build("snapshot")
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v: %v", c.config, err)
		}
	}
	want(t, w.rows("select * from s.snap"), "1")
}

func TestUnitTestsCompareRows(t *testing.T) {
	w := newWorld(t)
	rows := jinja.NewList()
	for _, v := range []any{"it's", nil} {
		d := jinja.NewDict()
		d.SetStr("N", int64(1))
		d.SetStr("t", v)
		rows.Append(d)
	}
	n := w.node("m", "select 1 as n, 'it''s' as t, 9 as other", "expected_rows", rows)
	n.mustBuild("unit")
	out, err := n.render("{% for row in load_result('main').table %}{{ row.values() }} {% endfor %}")
	if err != nil || out != `(1, "it's", 'actual') (1, "it's", 'expected') (1, None, 'expected') ` {
		t.Errorf("%s %v", out, err)
	}
	fixture, err := n.call("get_fixture_sql", rows, func() jinja.Value {
		d := jinja.NewDict()
		d.SetStr("n", "INTEGER")
		d.SetStr("t", "character varying(256)")
		d.SetStr("z", "DATE")
		return d
	}())
	if err != nil {
		t.Fatal(err)
	}
	want(t, w.rows(jinja.Str(fixture)), "1|it's|None", "1|None|None")
}
