package profile_test

import (
	"flag"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/kith-analytics/kith/internal/profile"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

var update = flag.Bool("update", false, "rewrite golden files")

func TestMain(m *testing.M) {
	flag.Parse()
	goleak.VerifyTestMain(m)
}

// noon is when all tests take place.
func noon() time.Time { return time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC) }

// session opens a warehouse in memory and runs statements.
func session(t *testing.T, statements ...string) warehouse.Session {
	t.Helper()
	engine, err := duckdb.Open(t.Context(), duckdb.Config{Path: duckdb.Memory})
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
	for _, sql := range statements {
		if _, err := s.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	return s
}

// columns gives the columns of a query as the engine has them.
func columns(t *testing.T, s warehouse.Session, relation string) (out []profile.Input) {
	t.Helper()
	rows, err := s.Query(t.Context(), "select * from "+relation+" limit 0")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range rows.Columns() {
		out = append(out, profile.Input{Name: c.Name, Type: c.Type})
	}
	if err := rows.Close(); err != nil {
		t.Fatal(err)
	}
	return out
}

// look profiles a relation; change may change the request before.
func look(t *testing.T, s warehouse.Session, relation string, change ...func(*profile.Request)) *profile.Table {
	t.Helper()
	r := profile.Request{Name: "t", Relation: relation, Columns: columns(t, s, relation), Now: noon()}
	for _, c := range change {
		c(&r)
	}
	table, err := profile.Read(t.Context(), s, r)
	if err != nil {
		t.Fatal(err)
	}
	return table
}
