package macros_test

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
)

// testdata/utils.json holds templates with the values that dbt-core 1.12 and
// dbt-duckdb 1.11 give for them on DuckDB 1.5.5.
func TestUtilitiesGiveWhatDbtGives(t *testing.T) {
	raw, err := os.ReadFile("testdata/utils.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Template string
		Rows     [][]*string
	}
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	w.exec("set timezone = 'UTC'")
	n := w.node("m", "")
	for _, c := range cases {
		sql, err := n.render(c.Template)
		if err != nil {
			t.Errorf("%s: %v", c.Template, err)
			continue
		}
		if s := strings.TrimSpace(sql); !strings.HasPrefix(s, "select") && !strings.HasPrefix(s, "with") {
			sql = "select " + sql
		}
		_, table, err := w.adapter.Execute(context.Background(), "select columns(*)::varchar from ("+sql+")", adapter.Options{Fetch: true})
		if err != nil {
			t.Errorf("%s: %v\n%s", c.Template, err, sql)
			continue
		}
		rows, err := table.Rows()
		if err != nil {
			t.Fatal(err)
		}
		got := make([][]*string, len(rows))
		for i, row := range rows {
			for _, v := range row {
				if s, ok := v.(string); ok {
					got[i] = append(got[i], &s)
				} else {
					got[i] = append(got[i], nil)
				}
			}
		}
		if diff := cmp.Diff(c.Rows, got); diff != "" {
			t.Errorf("%s\n%s\n%s", c.Template, sql, diff)
		}
	}
}

func TestNamesOfRelations(t *testing.T) {
	w := newWorld(t)
	n := w.node("m", "")
	for _, c := range []struct{ template, want string }{
		{"{{ generate_schema_name(none, model) }}", "s"},
		{"{{ generate_schema_name(' gold ', model) }}", "s_gold"},
		{"{{ generate_schema_name_for_env('gold', model) }}", "s"},
		{"{{ generate_alias_name(none, model) }}", "m"},
		{"{{ generate_alias_name(' x ', model) }}", "x"},
		{"{{ generate_alias_name(none, {'name': 'm', 'version': '1.2'}) }}", "m_v1_2"},
		{"{{ generate_alias_name(none, {'name': 'm', 'version': 3}) }}", "m_v3"},
		{"{{ generate_database_name(none, model) }}", "memory"},
		{"{{ generate_database_name('other', model) }}", "other"},
		{"{{ make_intermediate_relation(this) }}", `"memory"."s"."m__dbt_tmp"`},
		{"{{ make_backup_relation(this, 'view').type }}", "view"},
		{"{{ before_begin('vacuum') }}", `{"sql": "vacuum", "transaction": false}`},
		{"{{ in_transaction('x') }}", `{"sql": "x", "transaction": true}`},
		{"{{ dates_in_range('20240228', '20240301') }}", "['20240228', '20240229', '20240301']"},
		{"{{ partition_range('2024-01-01,2024-01-02', '%Y-%m-%d') }}", "['20240101', '20240102']"},
		{"{{ get_show_sql('select 1 -- x', none, 5) | trim }}", "select 1 -- x\nlimit 5"},
		{"{{ get_where_subquery(this) }}", `"memory"."s"."m"`},
	} {
		got, err := n.render(c.template)
		if err != nil || strings.TrimSpace(got) != c.want {
			t.Errorf("%s: got %q %v, want %q", c.template, got, err, c.want)
		}
	}
}

func TestGenericTestsFindWhatIsWrong(t *testing.T) {
	w := newWorld(t)
	w.exec("create table s.m as select * from (values (1, 'a'), (1, 'b'), (2, null), (null, 'z')) t(id, v)")
	w.exec("create table s.p as select 1 as id")
	reload(w)
	for _, c := range []struct {
		template string
		want     []string
	}{
		{"{{ test_unique(this, 'id') }}", []string{"1|2"}},
		{"{{ test_not_null(this, 'v') }}", []string{"None"}},
		{"{{ test_accepted_values(this, 'v', ['a', 'b']) }}", []string{"z|1"}},
		{"{{ test_accepted_values(this, 'id', [1], quote=false) }}", []string{"2|1"}},
		{"{{ test_relationships(this, 'id', api.Relation.create(schema='s', identifier='p'), 'id') }}", []string{"2"}},
	} {
		sql, err := w.node("m", "").render(c.template)
		if err != nil {
			t.Errorf("%s: %v", c.template, err)
			continue
		}
		want(t, w.rows(sql), c.want...)
	}
	n := w.node("m", "", "where", "id = 2", "store_failures", true)
	sql, err := n.render("{{ test_not_null(get_where_subquery(this), 'v') }}")
	if err != nil {
		t.Fatal(err)
	}
	want(t, w.rows(sql), "2|None")
}

func TestCatalogQueries(t *testing.T) {
	w := newWorld(t)
	w.exec("create table s.t (a integer, b varchar); create view s.v as select 1 as x; comment on table s.t is 'note'")
	reload(w)
	n := w.node("m", "")
	for _, c := range []struct{ template, want string }{
		{
			"{% for r in get_catalog(this.information_schema(), ['S']) %}{{ r.table_name }}.{{ r.column_name }}:{{ r.column_type }}:{{ r.table_type }} {% endfor %}",
			"t.a:INTEGER:BASE TABLE t.b:VARCHAR:BASE TABLE v.x:INTEGER:VIEW",
		},
		{"{{ get_catalog_relations(this.information_schema(), [api.Relation.create(schema='s', identifier='T')]) | length }}", "2"},
		{"{{ get_catalog(this.information_schema(), []) | length }}", "0"},
		{"{% for r in list_relations_without_caching(this) %}{{ r[1] }}:{{ r[3] }} {% endfor %}", "t:table v:view"},
		{"{{ check_schema_exists(this.information_schema(), 'S')[0][0] }}", "1"},
		{"{{ 's' in list_schemas('memory').columns[0].values() }}", "True"},
		{"{{ get_columns_in_query('select 1 as a, 2 as \"B c\"') }}", "['a', 'B c']"},
		{"{{ collect_freshness(api.Relation.create(schema='s', identifier='t'), 'a', 'true').table.column_names }}", "('max_loaded_at', 'snapshotted_at')"},
		{"{{ collect_freshness_custom_sql(this, 'select 5').table[0][0] }}", "5"},
	} {
		got, err := n.render(c.template)
		if err != nil || strings.TrimSpace(got) != c.want {
			t.Errorf("%s: got %q %v, want %q", c.template, got, err, c.want)
		}
	}
}
