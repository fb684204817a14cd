package world

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/warehouse"
)

// tiny is a world that is drawn in a moment, with enough of everything.
func tiny(t *testing.T) Config {
	t.Helper()
	cfg, err := NewConfig("small")
	if err != nil {
		t.Fatal(err)
	}
	cfg.Scale, cfg.Customers, cfg.Transactions = Custom, 300, 12_000
	cfg.Dirty, cfg.Late, cfg.Duplicates = 0.04, 0.03, 0.02
	return cfg
}

func made(t *testing.T, cfg Config, through int) *World {
	t.Helper()
	w, err := New(cfg, through)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// record is a row by the names of its columns.
type record map[string]any

func (r record) text(name string) string {
	if r[name] == nil {
		return ""
	}
	return fmt.Sprint(r[name])
}

// number reads any number; NULL is 0.
func (r record) number(name string) float64 {
	switch v := r[name].(type) {
	case warehouse.Decimal:
		return v.Float64()
	case int64:
		return float64(v)
	case float64:
		return v
	default:
		return 0
	}
}

func (r record) time(name string) time.Time {
	at, _ := r[name].(time.Time)
	return at
}

// String tells all but the provenance, which differs from load to load.
func (r record) String() string {
	var parts []string
	for name, value := range r {
		if !strings.HasPrefix(name, "_") {
			parts = append(parts, fmt.Sprintf("%s=%v", name, value))
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, " ")
}

// shelfOf keeps the rows of all tables by schema and name.
type shelfOf map[string][]record

type keeper struct {
	table Table
	into  shelfOf
}

func (k *keeper) AppendBatch(b *warehouse.Batch) error {
	name := k.table.Schema + "." + k.table.Name
	for i := range b.Len {
		r := record{}
		for c, column := range k.table.All() {
			r[column.Name] = b.Columns[c].Value(i)
		}
		k.into[name] = append(k.into[name], r)
	}
	return nil
}

func (s shelfOf) target() Target {
	return Target{Open: func(t Table) (Sink, Stamp, error) {
		return &keeper{t, s}, Stamp{File: "synthetic:test", LoadID: 7, LoadedAt: 1}, nil
	}}
}

// everything generates all tables of a window, the transactions in so many parts.
func everything(t *testing.T, w *World, v Window, parts int) shelfOf {
	t.Helper()
	out := shelfOf{}
	cuts := w.Parts(v, parts)
	for i := 1; i < len(cuts); i++ {
		if err := w.Transactions(t.Context(), v, cuts[i-1], cuts[i], out.target()); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Reference(t.Context(), v, out.target()); err != nil {
		t.Fatal(err)
	}
	var counted []*Tally
	cuts = w.PeopleParts(parts)
	for i := 1; i < len(cuts); i++ {
		part, err := w.People(t.Context(), v, cuts[i-1], cuts[i], out.target())
		if err != nil {
			t.Fatal(err)
		}
		counted = append(counted, part)
	}
	if err := w.Summary(v, counted, out.target()); err != nil {
		t.Fatal(err)
	}
	return out
}

// base generates a configuration's own horizon.
func base(t *testing.T, cfg Config) (*World, shelfOf) {
	t.Helper()
	w := made(t, cfg, cfg.Days)
	return w, everything(t, w, cfg.Base(), 2)
}

// texts gives rows as sorted texts.
func texts(rows []record) []string {
	out := make([]string, 0, len(rows))
	for _, r := range rows {
		out = append(out, r.String())
	}
	slices.Sort(out)
	return out
}

// same compares tables as sets with repeats.
func same(t *testing.T, name string, got, want []record) {
	t.Helper()
	a, b := texts(got), texts(want)
	if len(a) != len(b) {
		t.Errorf("%s: %d rows, not %d", name, len(a), len(b))
	}
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Errorf("%s: row %d\n is %s\nnot %s", name, i, a[i], b[i])
			return
		}
	}
}
