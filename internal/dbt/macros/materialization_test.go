package macros_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

func want(t *testing.T, got []string, rows ...string) {
	t.Helper()
	if diff := cmp.Diff(rows, got); diff != "" {
		t.Errorf("rows differ (-want +got):\n%s", diff)
	}
}

// relations lists what is in the schema, so that leftovers show.
func (w *world) relations() []string {
	w.t.Helper()
	return w.rows(`select table_name || ' ' || t from (
  select table_name, 'table' as t from duckdb_tables() union all
  select view_name, 'view' from duckdb_views() where not internal) order by 1`)
}

func TestTableTakesThePlaceOfWhatIsThere(t *testing.T) {
	for _, before := range []string{"", "create table s.m as select 0 as a", "create view s.m as select 0 as a"} {
		w := newWorld(t)
		if before != "" {
			w.exec(before)
			kind := strings.Fields(before)[1]
			w.exec("create " + kind + " s.m__dbt_tmp as select 99 as leftover")
		}
		reload(w)
		for range 2 {
			w.node("m", "select 1 as a union all select 2").mustBuild("table")
		}
		want(t, w.rows("select * from s.m order by a"), "1", "2")
		want(t, w.relations(), "m table")
	}
}

func TestViewTakesThePlaceOfWhatIsThere(t *testing.T) {
	for _, before := range []string{"", "create table s.m as select 0 as a", "create view s.m as select 0 as a"} {
		w := newWorld(t)
		if before != "" {
			w.exec(before)
		}
		reload(w)
		for range 2 {
			w.node("m", "select 1 as a -- the end").mustBuild("view")
		}
		want(t, w.rows("select * from s.m"), "1")
		want(t, w.relations(), "m view")
	}
}

func TestFailedBuildChangesNothing(t *testing.T) {
	for _, kind := range []string{"table", "view", "incremental"} {
		w := newWorld(t)
		w.exec("create table s.m as select 7 as a")
		reload(w)
		n := w.node("m", "select 1 as a")
		hook := jinja.NewDict()
		hook.SetStr("sql", "select no_such_function()")
		hook.SetStr("transaction", true)
		n.names["post_hooks"] = jinja.NewList(hook)
		err := n.build(kind)
		if !fault.Is(err, fault.Database) {
			t.Fatalf("%s: got %v, want a database fault", kind, err)
		}
		want(t, w.rows("select * from s.m"), "7")
		want(t, w.relations(), "m table")
		if r := w.cache.Get("memory", "s", "m"); r == nil || r.Type != "table" {
			t.Errorf("%s: the cache lost the table: %v", kind, r)
		}
		w.node("m", "select 2 as a").mustBuild(kind)
	}
}

func TestErrorNamesTheLineOfTheStatement(t *testing.T) {
	w := newWorld(t)
	err := w.node("m", "select 1 as a,\n  nonsense as b\nfrom (select 2 as c)").build("table")
	var f *fault.Error
	if !errors.As(err, &f) || f.Code != fault.Database {
		t.Fatalf("got %T %v", err, err)
	}
	if !strings.Contains(f.Message, "nonsense") {
		t.Errorf("the message lost the engine's words: %s", f.Message)
	}
}

func TestIndexesAreMadeAnew(t *testing.T) {
	w := newWorld(t)
	index := jinja.NewDict()
	index.SetStr("columns", value([]string{"a"}))
	index.SetStr("unique", true)
	for range 3 {
		w.node("m", "select 1 as a", "indexes", jinja.NewList(index)).mustBuild("table")
	}
	want(t, w.rows("select count(*), bool_and(is_unique) from duckdb_indexes() where table_name = 'm'"), "1|True")
	if _, err := w.node("m", "").render("{% do drop_indexes_on_relation(this) %}"); err != nil {
		t.Fatal(err)
	}
	want(t, w.rows("select count(*) from duckdb_indexes()"), "0")
}

func TestReplacingSQLRunsAsOneText(t *testing.T) {
	w := newWorld(t)
	w.exec("create table s.m as select 0 as a")
	for _, template := range []string{
		"{{ get_replace_table_sql(this.incorporate(type='table'), 'select 1 as a') }}",
		"{{ get_replace_sql(this.incorporate(type='table'), this.incorporate(type='view'), 'select 2 as a') }}",
		"{{ get_replace_view_sql(this.incorporate(type='view'), 'select 3 as a') }}",
	} {
		sql, err := w.node("m", "").render(template)
		if err != nil {
			t.Fatal(err)
		}
		w.exec(sql)
	}
	want(t, w.rows("select * from s.m"), "3")
	want(t, w.relations(), "m view")
}

func TestHooksRunInTheirOrder(t *testing.T) {
	w := newWorld(t)
	w.exec("create table s.log (id integer, step varchar, there boolean)")
	hook := func(id, when string, inside bool) *jinja.Dict {
		d := jinja.NewDict()
		d.SetStr("sql", "insert into s.log select "+id+", '"+when+"', exists (select 1 from duckdb_tables() where table_name = '{{ this.name }}')")
		d.SetStr("transaction", inside)
		return d
	}
	n := w.node("m", "select 1 as a")
	n.names["pre_hooks"] = jinja.NewList(hook("2", "in", true), hook("1", "before", false))
	n.names["post_hooks"] = jinja.NewList(hook("4", "after", false), hook("3", "in", true))
	n.mustBuild("table")
	want(t, w.rows("select * from s.log"), "1|before|False", "2|in|False", "3|in|True", "4|after|True")
}

func TestCommentsArePersisted(t *testing.T) {
	w := newWorld(t)
	for _, kind := range []string{"table", "view"} {
		n := w.node("m_"+kind, "select 1 as a", "persist_docs", true)
		n.model.SetStr("description", "it's a model; truly")
		col := jinja.NewDict()
		col.SetStr("name", "a")
		col.SetStr("description", "the 'a'")
		gone := jinja.NewDict()
		gone.SetStr("name", "gone")
		columns := jinja.NewDict()
		columns.SetStr("a", col)
		columns.SetStr("gone", gone)
		n.model.SetStr("columns", columns)
		n.mustBuild(kind)
		want(t, w.rows("select comment from duckdb_"+kind+"s() where "+kind+"_name = 'm_"+kind+"'"), "it's a model; truly")
		want(t, w.rows("select comment from duckdb_columns() where table_name = 'm_"+kind+"'"), "the 'a'")
	}
	if len(w.warned) != 2 || !strings.Contains(w.warned[0], "gone") {
		t.Errorf("warnings: %q", w.warned)
	}
}

func TestContractIsCheckedAndDeclared(t *testing.T) {
	w := newWorld(t)
	build := func(sql, kind string) error {
		n := w.node("m", sql)
		contract := jinja.NewDict()
		contract.SetStr("enforced", true)
		n.config.SetStr("contract", contract)
		columns := jinja.NewDict()
		for _, c := range []struct{ name, typ, constraint string }{{"id", "integer", "primary_key"}, {"amount", "decimal(10,2)", "not_null"}} {
			d, k := jinja.NewDict(), jinja.NewDict()
			d.SetStr("name", c.name)
			d.SetStr("data_type", c.typ)
			k.SetStr("type", c.constraint)
			d.SetStr("constraints", jinja.NewList(k))
			columns.SetStr(c.name, d)
		}
		n.model.SetStr("columns", columns)
		return n.build(kind)
	}
	for range 2 {
		if err := build("select cast(2.5 as decimal(10,2)) as amount, 1 as id", "table"); err != nil {
			t.Fatal(err)
		}
	}
	want(t, w.rows("select * from s.m"), "1|2.50")
	want(t, w.rows("select constraint_type from duckdb_constraints() where table_name = 'm' order by 1"), "NOT NULL", "NOT NULL", "PRIMARY KEY")
	for name, sql := range map[string]string{
		"type": "select 1 as id, 2.5::double as amount", "missing": "select 1 as id", "more": "select 1 as id, 2::decimal(10,2) as amount, 3 as x",
	} {
		if err := build(sql, "table"); err == nil || !strings.Contains(err.Error(), "raise_contract_error") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if err := build("select * from (values (1, 2::decimal(10,2)), (1, 3::decimal(10,2))) t(id, amount)", "table"); !fault.Is(err, fault.Database) {
		t.Errorf("a repeated key: got %v", err)
	}
	want(t, w.rows("select * from s.m"), "1|2.50")
}

func TestExternalModelsWriteFilesAndReadThemBack(t *testing.T) {
	w := newWorld(t)
	for _, format := range []string{"parquet", "csv", "json"} {
		for _, sql := range []string{"select 1 as a, 'x' as b", "select 1 as a, 'x' as b where false"} {
			n := w.node("m_"+format, sql, "location", tempFile(t, "it's."+format))
			n.mustBuild("external")
			got := w.rows("select * from s.m_" + format)
			if strings.Contains(sql, "false") {
				want(t, got, []string{}...)
			} else {
				want(t, got, "1|x")
			}
		}
	}
	if rel := w.relations(); !slices.Equal(rel, []string{"m_csv view", "m_json view", "m_parquet view"}) {
		t.Errorf("relations: %q", rel)
	}
}

func TestTableFunctionAndUnsupportedKinds(t *testing.T) {
	w := newWorld(t)
	w.node("f", "select x + 1 as y", "parameters", "x").mustBuild("table_function")
	want(t, w.rows("select * from s.f(2)"), "3")
	if err := w.node("mv", "select 1").build("materialized_view"); err == nil || !strings.Contains(err.Error(), "incremental") {
		t.Errorf("got %v", err)
	}
}

func TestStoredFailures(t *testing.T) {
	w := newWorld(t)
	for _, kind := range []string{"table", "view"} {
		for range 2 {
			n := w.node("t_"+kind, "select 5 as bad", "store_failures", true, "store_failures_as", kind,
				"fail_calc", "count(*)", "warn_if", "!= 0", "error_if", "> 1", "limit", 10)
			n.mustBuild("test")
			table, _ := n.results["main"].GetStr("table")
			out, err := n.render("{{ load_result('main').table[0].values() }}")
			if err != nil || table == nil || out != "(1, True, False)" {
				t.Errorf("%s %v", out, err)
			}
		}
		want(t, w.rows("select * from s.t_"+kind), "5")
	}
}

func reload(w *world) {
	w.t.Helper()
	if err := w.cache.Load(w.t.Context(), w.session, schemaS(w)); err != nil {
		w.t.Fatal(err)
	}
}
