package adapter_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

func open(t testing.TB) (*adapter.Adapter, *adapter.Cache, warehouse.Session) {
	t.Helper()
	ctx := context.Background()
	engine, err := duckdb.Open(ctx, duckdb.Config{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	session, err := engine.Session(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := session.Close(); err != nil {
			t.Error(err)
		}
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	})
	cache := adapter.NewCache()
	ad := adapter.New(adapter.Config{
		Session: session, Cache: cache, Database: "memory", Quote: adapter.All(), ErrorLine: duckdb.ErrorLine,
	})
	return ad, cache, session
}

func exec(t testing.TB, ad *adapter.Adapter, sql string) {
	t.Helper()
	if _, _, err := ad.Execute(t.Context(), sql, adapter.Options{}); err != nil {
		t.Fatal(err)
	}
}

// noMacros finds nothing: for methods that need no macro.
type noMacros struct{}

func (noMacros) Dispatch(name, namespace string) (jinja.Value, error) {
	return "dispatched " + namespace + "." + name, nil
}
func (noMacros) Macro(string) (jinja.Value, bool) { return nil, false }

// render renders a template that sees the adapter, the api and the given names.
func render(t testing.TB, object jinja.Object, template string, names jinja.MapScope) (string, error) {
	t.Helper()
	tmpl, err := jinja.Parse("t.sql", template)
	if err != nil {
		t.Fatal(err)
	}
	scope := jinja.MapScope{"adapter": object, "api": adapter.NewAPI(adapter.All())}
	return jinja.NewRuntime(t.Context(), jinja.Options{Undefined: jinja.Strict}).Render(tmpl, jinja.Chain(names, scope))
}

func TestValuesOfTheEngine(t *testing.T) {
	ad, _, _ := open(t)
	exec(t, ad, "set timezone = 'UTC'")
	for _, c := range []struct{ sql, str, typ string }{
		{"select null", "None", "NoneType"},
		{"select true", "True", "bool"},
		{"select 5", "5", "int"},
		{"select 170141183460469231731687303715884105727", "170141183460469231731687303715884105727", "int"},
		{"select 1.50", "1.50", "decimal.Decimal"},
		{"select 1.5::double", "1.5", "float"},
		{"select 'it''s'", "it's", "str"},
		{"select date '2024-02-29'", "2024-02-29", "date"},
		{"select timestamp '2024-02-29 10:11:12.5'", "2024-02-29 10:11:12.500000", "datetime"},
		{"select timestamptz '2024-02-29 10:11:12+00'", "2024-02-29 10:11:12+00:00", "datetime"},
		{"select time '10:11:12'", "10:11:12", "str"},
		{"select interval '1 day 2 hours'", "1 day, 2:00:00", "str"},
		{"select [1, null]", "[1, null]", "str"},
		{"select {'b': 1, 'a': ['x']}", `{"a": ["x"], "b": 1}`, "str"},
		{"select '4c8b9a86-1b3c-4f6b-9c1e-8a3d1f2b3c4d'::uuid", "4c8b9a86-1b3c-4f6b-9c1e-8a3d1f2b3c4d", "str"},
	} {
		_, table, err := ad.Execute(t.Context(), c.sql, adapter.Options{Fetch: true})
		if err != nil {
			t.Fatal(err)
		}
		rows, err := table.Rows()
		if err != nil {
			t.Fatal(err)
		}
		if v := rows[0][0]; jinja.Str(v) != c.str || jinja.TypeName(v) != c.typ {
			t.Errorf("%s: %s of type %s", c.sql, jinja.Str(v), jinja.TypeName(v))
		}
	}
}

func TestFetch(t *testing.T) {
	ad, _, _ := open(t)
	for _, c := range []struct {
		sql   string
		names []string
		rows  int
		limit int
	}{
		{"select 1 as a, 2 as a, 3 as b", []string{"a", "a_2", "b"}, 1, 0},
		{"create temp table x as select 1 as n; insert into x values (2); select ';' as n from x -- ;", []string{"n"}, 2, 0},
		{"select * from range(10)", []string{"range"}, 3, 3},
		{" /* nothing */ -- at all", []string{}, 0, 0},
		{"select $$a;b$$ as q, 'c;''d' as r;", []string{"q", "r"}, 1, 0},
	} {
		_, table, err := ad.Execute(t.Context(), c.sql, adapter.Options{Fetch: true, Limit: c.limit})
		if err != nil {
			t.Errorf("%s: %v", c.sql, err)
			continue
		}
		if diff := cmp.Diff(c.names, table.ColumnNames()); diff != "" || table.Len() != c.rows {
			t.Errorf("%s: %d rows %s", c.sql, table.Len(), diff)
		}
	}
}

func TestErrorsCarryTheStatementAndItsLine(t *testing.T) {
	ad, _, _ := open(t)
	_, _, err := ad.Execute(t.Context(), "select 1,\n\n  nonsense", adapter.Options{})
	var f *fault.Error
	if !asFault(err, &f) || f.Code != fault.Database || f.Line != 3 || !strings.Contains(f.Message, "nonsense") {
		t.Fatalf("%#v", err)
	}
	var cause *adapter.SQLError
	if !errors.As(err, &cause) || cause.Line != 3 || !strings.HasPrefix(cause.SQL, "select 1,") {
		t.Errorf("%#v", f.Err)
	}
}

func asFault(err error, to **fault.Error) bool {
	return errors.As(err, to)
}

func TestRollbackTakesBackTheCacheToo(t *testing.T) {
	ad, cache, session := open(t)
	exec(t, ad, "create schema s; create table s.a as select 1 as x; create view s.v as select 1 as x")
	if err := cache.Load(t.Context(), session, []adapter.SchemaRef{{Database: "memory", Schema: "S"}, {Database: "memory", Schema: "gone"}}); err != nil {
		t.Fatal(err)
	}
	before := cache.List("memory", "s")
	if len(before) != 2 || cache.Get("MEMORY", "S", "V").Type != adapter.TypeView || !cache.Knows("memory", "gone") {
		t.Fatalf("%v", before)
	}
	run := func(template string) {
		t.Helper()
		names := jinja.MapScope{"a": cache.Get("memory", "s", "a")}
		if out, err := render(t, ad.Object(noMacros{}), template, names); err != nil {
			t.Fatalf("%s %v", out, err)
		}
	}
	change := `{% do adapter.ensure_transaction() %}{% do adapter.cache_renamed(a, a.incorporate(path={'identifier': 'b'})) %}
{% do adapter.cache_added(a.incorporate(path={'identifier': 'c'})) %}{% do adapter.cache_dropped(a.incorporate(path={'identifier': 'v'})) %}`
	run(change)
	if got := cache.List("memory", "s"); len(got) != 2 || got[0].Identifier != "b" {
		t.Errorf("%v", got)
	}
	if err := ad.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, cache.List("memory", "s"), cmp.AllowUnexported(adapter.Relation{})); diff != "" {
		t.Error(diff)
	}
	run(change)
	if err := ad.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := ad.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if cache.Get("memory", "s", "a") != nil || cache.Get("memory", "s", "c") == nil {
		t.Errorf("%v", cache.List("memory", "s"))
	}
}

func TestCacheBetweenWorkers(t *testing.T) {
	ad, cache, session := open(t)
	exec(t, ad, "create schema s")
	if err := cache.Load(t.Context(), session, []adapter.SchemaRef{{Database: "memory", Schema: "s"}}); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			r := adapter.NewRelation("memory", "s", string(rune('a'+i)), adapter.TypeTable, adapter.All())
			for range 100 {
				cache.Add(r)
				if cache.Get("memory", "s", r.Identifier) == nil {
					t.Error("lost what was added")
				}
				cache.List("memory", "s")
				cache.Drop(r)
			}
		})
	}
	wg.Wait()
	if n := len(cache.List("memory", "s")); n != 0 {
		t.Errorf("%d left", n)
	}
}

func TestRelationsInTemplates(t *testing.T) {
	r := adapter.NewRelation("db", "sch", `od"d`, adapter.TypeTable, adapter.All())
	names := jinja.MapScope{
		"r": r, "zero": r.WithLimit(0), "ten": r.WithLimit(10), "cte": adapter.NewEphemeral("e"),
		"window": r.WithLimit(5).WithEventTime(adapter.EventTimeFilter{Field: "at", Start: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)}),
	}
	for _, c := range []struct{ template, want string }{
		{"{{ r }}", `"db"."sch"."od""d"`},
		{"{{ r.render() }} {{ r.name }}, {{ r.table }} {{ r.type }} {{ r.is_table }} {{ r.is_view }}", `"db"."sch"."od""d" od"d, od"d table True False`},
		{"{{ r.include(database=false) }}", `"sch"."od""d"`},
		{"{{ r.quote(schema=false, identifier=none) }}", `"db".sch."od""d"`},
		{"{{ r.incorporate(path={'identifier': 'x', 'schema': none}, type='view') }} {{ r.incorporate(type='view').is_view }}", `"db"."x" True`},
		{"{{ r.without_identifier() }}", `"db"."sch"`},
		{"{{ r.information_schema('tables') }}", `"db".INFORMATION_SCHEMA.tables`},
		{"{{ zero }}", `(select * from "db"."sch"."od""d" where false limit 0)`},
		{"{{ ten }}", `(select * from "db"."sch"."od""d" limit 10)`},
		{"{{ window }}", `(select * from (select * from "db"."sch"."od""d" limit 5) where at >= '2024-01-01 00:00:00+00:00')`},
		{"{{ cte }}", "__dbt__cte__e"},
		{"{{ r is mapping }}, {{ r.get('metadata', {}).get('type', '').endswith('Relation') }}", "True, True"},
		{"{{ r == api.Relation.create('db', 'sch', 'od\"d', 'table') }}, {{ r != r.incorporate(type='view') }}", "True, True"},
		{"{{ r.matches('DB', identifier='OD\"D') }} {{ r.matches(schema='other') }}", "True False"},
		{"{{ r['schema'] }} {{ r.database }} {{ r.path.identifier }}", `sch db od"d`},
		{"{{ [r] }}", `[<DuckDBRelation "db"."sch"."od""d">]`},
		{"{{ api.Relation.create(identifier='x') }} {{ api.Relation.View }}", `"x" view`},
		{"{{ api.Relation.scd_args('id', 'at') }} {{ api.Relation.scd_args(['a', 'b'], 'at') }}", "['id', 'at'] ['a', 'b', 'at']"},
		{"{{ r.nothing is defined }}", "False"},
	} {
		got, err := render(t, nil, c.template, names)
		if err != nil || got != c.want {
			t.Errorf("%s: %q %v, want %q", c.template, got, err, c.want)
		}
	}
}

func TestColumnsInTemplates(t *testing.T) {
	for _, c := range []struct{ template, want string }{
		{"{{ api.Column('a', 'VARCHAR').data_type }}", "character varying(256)"},
		{"{{ api.Column('a', 'DECIMAL(10,2)').data_type }}", "DECIMAL(10,2)"},
		{"{{ api.Column('a', 'numeric', none, 10, 2).data_type }}", "numeric(10,2)"},
		{"{{ api.Column.create('a', 'string').dtype }}, {{ api.Column.translate_type('STRING') }} {{ api.Column.translate_type('int') }}", "TEXT, TEXT int"},
		{"{{ api.Column('a', 'BIGINT').is_integer() }}, {{ api.Column('a', 'DOUBLE').is_float() }} {{ api.Column('a', 'DATE').is_number() }}", "True, True False"},
		{"{{ api.Column('a\"b', 'DATE').quoted }} {{ api.Column('a', 'DATE') }}", `"a""b" <DuckDBColumn a (DATE)>`},
		{"{{ api.Column('a', 'varchar', 5).can_expand_to(api.Column('a', 'varchar', 9)) }}", "True"},
		{
			"{% for c in api.Column('s', 'STRUCT(a INTEGER, b STRUCT(\"c d\" DECIMAL(3,2), e VARCHAR[]))').flatten() %}{{ c.name }}:{{ c.dtype }} {% endfor %}",
			"s.a:INTEGER s.b.c d:DECIMAL(3,2) s.b.e:VARCHAR[] ",
		},
		{"{{ api.Column.from_description('a', 'decimal(10, 2)').numeric_scale }}", "2"},
		{"{{ api.Column.numeric_type('numeric', 28, 6) }}", "numeric(28,6)"},
		{"{{ [api.Column('a', 'INT'), api.Column('b', 'INT')] | map(attribute='name') | join(',') }}", "a,b"},
	} {
		got, err := render(t, nil, c.template, nil)
		if err != nil || got != c.want {
			t.Errorf("%s: %q %v, want %q", c.template, got, err, c.want)
		}
	}
}

func TestTablesInTemplates(t *testing.T) {
	ad, _, _ := open(t)
	_, table, err := ad.Execute(t.Context(), "select 1 as id, 'a' as name union all select 2, null", adapter.Options{Fetch: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ template, want string }{
		{"{{ r.columns[0].values() }} {{ r.columns['name'].values() }}", "(1, 2) ('a', None)"},
		{"{{ r.column_names }} {{ r.columns | map(attribute='name') | list }}", "('id', 'name') ['id', 'name']"},
		{"{{ r.rows[0]['name'] }} {{ r[1][0] }} {{ r.rows[-1].id }} {{ r | length }} {{ r.rows | length }}", "a 2 2 2 2"},
		{"{% for row in r %}{{ row.values() }}{% endfor %}", "(1, 'a')(2, None)"},
		{"{% for id, name in r %}{{ id }}={{ name }};{% endfor %}", "1=a;2=None;"},
		{"{{ r.rows[0].dict() }} {{ r.rows[0].items() }} {{ r.rows[0].get('no', 7) }}", "{'id': 1, 'name': 'a'} [('id', 1), ('name', 'a')] 7"},
		{"{{ r.select(['name']).columns[0].values() }} {{ r.exclude(['name']).column_names }} {{ r.limit(1) | length }}", "('a', None) ('id',) 1"},
		{"{{ r.columns[0].values_distinct() }} {{ 2 in r.columns[0] }} {{ 'x' if r else 'y' }}", "(1, 2) True x"},
		{"{{ adapter.convert_type(r, 0) }} {{ adapter.convert_type(r, 1) }}", "integer text"},
	} {
		got, err := render(t, ad.Object(noMacros{}), c.template, jinja.MapScope{"r": table})
		if err != nil || got != c.want {
			t.Errorf("%s: %q %v, want %q", c.template, got, err, c.want)
		}
	}
}

func TestMethodsThatNeedNoMacro(t *testing.T) {
	ad, _, _ := open(t)
	exec(t, ad, "create schema s; create table s.t (id integer primary key, x struct(a integer))")
	for _, c := range []struct{ template, want string }{
		{"{{ adapter.type() }} {{ adapter.quote('a\"b') }} {{ adapter.quote_as_configured('x', 'schema') }} {{ adapter.quote_as_configured('x', 'other') }}", `duckdb "a""b" "x" x`},
		{"{{ adapter.dispatch('m', 'pkg') }} {{ adapter.dispatch('m') }}", "dispatched pkg.m dispatched .m"},
		{"{{ adapter.get_relation('memory', 's', 'T') }} {{ adapter.get_relation(none, 's', 'no') is none }}, {{ adapter.already_exists('s', 't') }}", `"memory"."s"."t" True, True`},
		{"{{ adapter.list_relations('memory', 's') | length }} {{ adapter.check_schema_exists('memory', 'nope') }}", "1 False"},
		{"{% set res, tab = adapter.execute('select 5 as n', fetch=true) %}{{ res }} {{ tab[0].n }}", "OK 5"},
		{"{{ adapter.get_column_schema_from_query('select * from s.t') | map(attribute='name') | list }}", "['id', 'x.a']"},
		{"{{ adapter.get_columns_in_select_sql('select * from s.t') | map(attribute='dtype') | list }}", "['INTEGER', 'STRUCT(a INTEGER)']"},
		{"{{ adapter.existing_key_constraint_types(api.Relation.create('memory', 's', 't')) }}", "['primary_key']"},
		{"{{ adapter.behavior.anything.no_warn }} {{ 'on' if adapter.behavior.anything else 'off' }}", "False off"},
		{"{{ adapter.valid_incremental_strategies() }}", "['append', 'delete+insert', 'merge', 'microbatch']"},
		{"{{ adapter.quote_seed_column('a', none) }} {{ adapter.quote_seed_column('a', false) }}", `"a" a`},
		{"{{ adapter.external_write_options('x.csv.gz', {}) }}", "compression gzip, format csv, header 1"},
		{"{{ adapter.external_write_options('x', {'delimiter': '|', 'partition_by': 'a, b'}) }}", "delimiter '|', partition_by (a, b), format csv, header 1"},
		{"{{ adapter.external_read_location('d', {'partition_by': 'a,b', 'format': 'parquet'}) }}", "d/*/*/*.parquet"},
		{"{{ adapter.render_raw_columns_constraints({'a': {'name': 'a', 'data_type': 'int', 'constraints': [{'type': 'not_null'}, {'type': 'check', 'expression': 'a > 0'}]}}) }}", "['a int not null check (a > 0)']"},
		{
			"{{ adapter.render_raw_model_constraints([{'type': 'primary_key', 'columns': ['a', 'b']}, {'type': 'foreign_key', 'name': 'f', 'columns': ['a'], 'to': '\"db\".\"s\".\"t\"', 'to_columns': ['id']}]) | join('; ') }}",
			`primary key (a, b); constraint f foreign key (a) references "s"."t" (id)`,
		},
		{"{% do adapter.add_query('insert into s.t values (?, null)', bindings=[7]) %}{% do adapter.commit() %}{{ adapter.execute('select id from s.t', fetch=true)[1][0][0] }}", "7"},
		{"{{ adapter.location_exists('no/such.parquet') }}", "False"},
	} {
		got, err := render(t, ad.Object(noMacros{}), c.template, nil)
		if err != nil || got != c.want {
			t.Errorf("%s: %q %v, want %q", c.template, got, err, c.want)
		}
	}
}

func TestWrongCallsSayWhatToDo(t *testing.T) {
	ad, _, _ := open(t)
	for _, c := range []struct{ template, says string }{
		{"{{ adapter.dispatch('pkg.m') }}", "macro_namespace='pkg'"},
		{"{{ adapter.dispatch('m', packages=['x']) }}", "no longer taken"},
		{"{{ adapter.drop_relation('x') }}", "expects a relation as relation, not str"},
		{"{{ adapter.drop_relation(api.Relation.create(identifier='x')) }}", "its type is not known"},
		{"{{ adapter.get_incremental_strategy_macro({}, 'insert_overwrite') }}", "does not exist on DuckDB"},
		{"{{ adapter.parse_index({'colums': []}) }}", "unknown"},
		{"{{ adapter.nonsense() }}", "nonsense"},
		{"{{ adapter.get_relation('memory', none, 't') }}", "asked for t without a schema"},
		{"{{ adapter.get_hard_deletes_behavior({'hard_deletes': 'x'}) }}", "hard_deletes must be"},
	} {
		if _, err := render(t, ad.Object(noMacros{}), c.template, nil); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.template, err)
		}
	}
}

func TestWhileParsingQuestionsGetNothing(t *testing.T) {
	object := adapter.NewParse(adapter.Config{Database: "memory", Quote: adapter.All()}, noMacros{})
	for _, c := range []struct{ template, want string }{
		{"{{ adapter.get_relation('a', 'b', 'c') }} {{ adapter.get_columns_in_relation(1) }} {{ adapter.execute('x')[1] | length }}", "None [] 0"},
		{"{{ adapter.drop_relation(none) }} {{ adapter.commit() }}, {{ adapter.create_schema(1) }}", "None , None"},
		{"{{ adapter.quote('x') }} {{ adapter.type() }} {{ adapter.dispatch('m') }}", `"x" duckdb dispatched .m`},
	} {
		got, err := render(t, object, c.template, nil)
		if err != nil || got != c.want {
			t.Errorf("%s: %q %v, want %q", c.template, got, err, c.want)
		}
	}
}

func TestExternalLocation(t *testing.T) {
	fields := map[string]string{"name": "n", "identifier": "i"}
	for _, c := range []struct{ template, formatter, want string }{
		{"s3://x/{name}/{identifier}.parquet", "", "'s3://x/n/i.parquet'"},
		{"read_csv('{name}.csv', columns={{'a': 'int'}})", "newstyle", "read_csv('n.csv', columns={'a': 'int'})"},
		{"%(name)s.csv", "oldstyle", "'n.csv'"},
		{"$name-${identifier}.csv", "template", "'n-i.csv'"},
	} {
		got, err := adapter.ExternalLocation(c.template, c.formatter, fields)
		if err != nil || got != c.want {
			t.Errorf("%s: %q %v", c.template, got, err)
		}
	}
	if _, err := adapter.ExternalLocation("{nope}", "", fields); !fault.Is(err, fault.Compile) {
		t.Errorf("an unknown field: %v", err)
	}
}
