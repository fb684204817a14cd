package macros_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/dbt/seed"
	"github.com/kith-analytics/kith/internal/jinja"
)

// seedNode makes the node of a CSV file.
func (w *world) seedNode(content string, config ...any) *node {
	w.t.Helper()
	path := filepath.Join(w.t.TempDir(), "m.csv")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
	n := w.node("m", "", config...)
	n.model.SetStr("resource_type", "seed")
	n.names["load_agate_table"] = jinja.NewFunc("load_agate_table", func(*jinja.Runtime, jinja.Args) (jinja.Value, error) {
		var own []string
		if v, ok := n.config.GetStr("column_types"); ok {
			for _, k := range v.(*jinja.Dict).Keys() {
				own = append(own, jinja.Str(k))
			}
		}
		return seed.Read(path, seed.Options{Name: "seeds/m.csv", ColumnTypes: own})
	})
	return n
}

func TestSeeds(t *testing.T) {
	w := newWorld(t)
	types := jinja.NewDict()
	types.SetStr("zip", "varchar(5)")
	n := w.seedNode("id,zip\n1,007\n2,\n", "column_types", types)
	n.mustBuild("seed")
	want(t, w.rows("select id, zip, typeof(id) from s.m"), "1|007|INTEGER", "2|None|INTEGER")
	out, err := n.render("{{ load_result('main').code }} {{ load_result('main').rows_affected }}")
	if err != nil || out != "INSERT 2" {
		t.Errorf("%s %v", out, err)
	}
	if !strings.Contains(n.written, "read_csv") || !strings.Contains(n.written, "create table") {
		t.Errorf("written: %s", n.written)
	}

	w.seedNode("id,zip\n3,x\n", "column_types", types).mustBuild("seed")
	want(t, w.rows("select * from s.m"), "3|x")

	if err := w.seedNode("id,zip,more\n3,x,1\n").build("seed"); err == nil || !strings.Contains(err.Error(), "--full-refresh") {
		t.Errorf("a new column: %v", err)
	}
	if err := w.seedNode("id,zip\nx,x\n").build("seed"); err == nil {
		t.Error("a text went into a number")
	}
	want(t, w.rows("select * from s.m"), "3|x")

	w.flags.SetStr("FULL_REFRESH", true)
	n = w.seedNode("id,more\n1,a\n", "quote_columns", false)
	n.mustBuild("seed")
	want(t, w.rows("select * from s.m"), "1|a")
	if out, _ := n.render("{{ load_result('main').code }}"); out != "CREATE" {
		t.Errorf("code %s", out)
	}
	w.seedNode("id\n").mustBuild("seed")
	want(t, w.rows("select count(*) from s.m"), "0")

	w.exec("drop table s.m; create view s.m as select 1 as id")
	reload(w)
	if err := w.seedNode("id\n1\n").build("seed"); err == nil || !strings.Contains(err.Error(), "is a view") {
		t.Errorf("over a view: %v", err)
	}
}
