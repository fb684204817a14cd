package lineage_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/dbt/lineage"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// session opens an engine in memory.
func session(t *testing.T) warehouse.Session {
	t.Helper()
	engine, err := duckdb.Open(t.Context(), duckdb.Config{Path: duckdb.Memory, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	s, err := engine.Session(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// shop is the project that the cases ask about.
func shop(t *testing.T) *lineage.Tracer {
	t.Helper()
	tr := lineage.New(session(t))
	define := func(schema, name string, columns ...lineage.Defined) {
		t.Helper()
		if err := tr.Define(t.Context(), lineage.Relation{Database: "shop", Schema: schema, Name: name}, columns); err != nil {
			t.Fatal(err)
		}
	}
	define("s", "orders", lineage.Defined{Name: "id", Type: "INTEGER"}, lineage.Defined{Name: "cust", Type: "INTEGER"},
		lineage.Defined{Name: "amt", Type: "DECIMAL(12,2)"}, lineage.Defined{Name: "d", Type: "DATE"},
		lineage.Defined{Name: "tags", Type: "VARCHAR[]"}, lineage.Defined{Name: "st", Type: "STRUCT(a INTEGER, b INTEGER)"})
	define("s", "cust", lineage.Defined{Name: "id", Type: "INTEGER"}, lineage.Defined{Name: "name", Type: "VARCHAR"},
		lineage.Defined{Name: "Mixed Case", Type: "ENUM('a', 'b')"})
	if err := tr.Default(t.Context(), "shop", "s"); err != nil {
		t.Fatal(err)
	}
	return tr
}

// show writes a result as the goldens have it: "total: aggregated orders.amt".
func show(r lineage.Result) []string {
	var out []string
	if r.Unknown != "" {
		out = append(out, "unknown: "+r.Unknown)
	}
	for _, c := range r.Columns {
		var from []string
		for _, s := range c.From {
			from = append(from, string(s.Kind)+" "+s.Relation.Name+"."+s.Name)
		}
		for _, f := range c.Outside {
			from = append(from, "outside "+f)
		}
		out = append(out, strings.TrimRight(c.Name+" "+c.Type+": "+strings.Join(from, ", "), " "))
	}
	for _, u := range r.Rows {
		out = append(out, "rows: "+string(u.How)+" "+u.Relation.Name+"."+u.Name)
	}
	return out
}

// TestTrace compares each query of testdata/cases.json with what is expected of it.
func TestTrace(t *testing.T) {
	t.Parallel()
	path := filepath.Join("testdata", "cases.json")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	type testCase struct {
		Name    string   `json:"name"`
		SQL     string   `json:"sql"`
		Lineage []string `json:"lineage"`
	}
	var cases []testCase
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	tr := shop(t)
	update := os.Getenv("UPDATE_GOLDEN") != ""
	for i, c := range cases {
		got, err := tr.Trace(t.Context(), c.SQL, map[string]lineage.Relation{"__dbt__cte__stage": {Database: "shop", Schema: "s", Name: "stage"}})
		if err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
		if update {
			cases[i].Lineage = show(got)
			continue
		}
		if diff := cmp.Diff(c.Lineage, show(got)); diff != "" {
			t.Errorf("%s: %s\n%s", c.Name, c.SQL, diff)
		}
	}
	if update {
		var b strings.Builder
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(cases); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTraceIsCancelled(t *testing.T) {
	t.Parallel()
	tr := shop(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := tr.Trace(ctx, "select 1 as x", nil); err == nil {
		t.Fatal("a cancelled trace gave a result")
	}
}

func TestDefineRefuses(t *testing.T) {
	t.Parallel()
	tr := lineage.New(session(t))
	r := lineage.Relation{Database: "shop", Schema: "s", Name: "x"}
	if err := tr.Define(t.Context(), r, nil); err == nil {
		t.Error("a relation without columns was defined")
	}
	if err := tr.Define(t.Context(), r, []lineage.Defined{{Name: "a", Type: "NO_SUCH_TYPE"}}); err == nil {
		t.Error("a column of an unknown type was defined")
	}
}
