package deliver_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/generate/deliver"
	"github.com/kith-analytics/kith/internal/generate/world"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// store is a warehouse of its own for a test.
type store struct {
	t    testing.TB
	lane *warehouse.WriteLane
	s    warehouse.Session
}

func newStore(t testing.TB) *store {
	t.Helper()
	e, err := duckdb.Open(t.Context(), duckdb.Config{Path: filepath.Join(t.TempDir(), "w.duckdb")})
	if err != nil {
		t.Fatal(err)
	}
	lane, err := warehouse.NewLanes(e, warehouse.LaneOptions{}).Write(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s, err := lane.Session(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(lane.Release(), e.Close()); err != nil {
			t.Error(err)
		}
	})
	return &store{t, lane, s}
}

// run generates, and must go well.
func (w *store) run(r deliver.Request) deliver.Summary {
	w.t.Helper()
	sum, err := deliver.Run(w.t.Context(), w.lane, r)
	if err != nil {
		w.t.Fatal(err)
	}
	return sum
}

func (w *store) exec(sql string) {
	w.t.Helper()
	if _, err := w.s.Exec(w.t.Context(), sql); err != nil {
		w.t.Fatalf("%s: %v", sql, err)
	}
}

// text gives a result as text, a row a line, with | between values.
func (w *store) text(sql string) string {
	w.t.Helper()
	rows, err := w.s.Query(context.Background(), sql)
	if err != nil {
		w.t.Fatalf("%s: %v", sql, err)
	}
	var b strings.Builder
	for rows.Next() {
		for i, v := range rows.Values() {
			if i > 0 {
				b.WriteByte('|')
			}
			fmt.Fprint(&b, v)
		}
		b.WriteByte('\n')
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		w.t.Fatalf("%s: %v", sql, err)
	}
	return b.String()
}

// print tells all that the warehouse holds: each relation, how many rows, and a
// fingerprint of them.
func (w *store) print() string {
	w.t.Helper()
	var b strings.Builder
	for name := range strings.Lines(w.text("SELECT table_schema || '.' || table_name FROM information_schema.tables ORDER BY 1")) {
		name = strings.TrimSpace(name)
		b.WriteString(name + " " + w.text("SELECT count(*), sum(hash(r)) FROM "+name+" r"))
	}
	return b.String() + w.text("SELECT schema_name FROM information_schema.schemata ORDER BY 1")
}

// tiny is a request for a world that is drawn in a moment.
func tiny(t testing.TB) deliver.Request {
	t.Helper()
	cfg, err := world.NewConfig(world.DefaultScale)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Scale, cfg.Customers, cfg.Transactions = world.Custom, 120, 4_000
	cfg.Dirty, cfg.Late, cfg.Duplicates = 0.03, 0.03, 0.02
	return deliver.Request{Config: cfg, Now: func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) }}
}
