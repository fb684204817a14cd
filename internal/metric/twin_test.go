package metric_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/metric"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// twin is SQL written by hand that has to give what a query gives.
type twin struct {
	name, sql string
	query     metric.Query
	generated bool // its dates are those of the generated shop
}

func twins(t *testing.T) []twin {
	t.Helper()
	files, err := filepath.Glob("testdata/twins/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no twins", err)
	}
	out := make([]twin, 0, len(files))
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		w := twin{name: strings.TrimSuffix(filepath.Base(name), ".sql"), sql: string(text)}
		for line := range strings.Lines(w.sql) {
			if q, found := strings.CutPrefix(line, "-- query: "); found {
				if err := json.Unmarshal([]byte(q), &w.query); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
			w.generated = w.generated || strings.TrimSpace(line) == "-- on: generated"
		}
		out = append(out, w)
	}
	return out
}

// Every metric is worked out a second time, by SQL that knows nothing of the metric files.
func TestMetricsAgreeWithTheirTwins(t *testing.T) {
	for _, w := range twins(t) {
		t.Run("generated/"+w.name, func(t *testing.T) { compareTwin(t, generatedShop(t), w) })
	}
	for _, w := range twins(t) {
		if !w.generated {
			t.Run("real/"+w.name, func(t *testing.T) { compareTwin(t, realShop(t), w) })
		}
	}
}

func TestEveryMetricHasATwin(t *testing.T) {
	asked := map[string]bool{}
	for _, w := range twins(t) {
		for _, name := range w.query.Metrics {
			asked[name] = true
		}
	}
	for _, m := range generatedShop(t).runner.Catalog().Metrics() {
		if !asked[m.Name] {
			t.Errorf("the metric %s has no twin", m.Name)
		}
	}
}

func compareTwin(t *testing.T, s *shop, w twin) {
	t.Helper()
	result := s.ask(t, w.query)
	columns, want := s.rows(t, w.sql)
	if len(result.Rows) != len(want) {
		t.Fatalf("%d rows, the twin has %d", len(result.Rows), len(want))
	}
	if w.name != "empty_range" && s == generatedShop(t) && len(want) == 0 {
		t.Fatal("the twin has no rows, so it compares nothing")
	}
	for _, m := range w.query.Metrics {
		if !slices.Contains(columns, m) {
			t.Errorf("the twin lacks %s", m)
		}
	}
	wrong := 0
	for j, name := range columns {
		i := slices.IndexFunc(result.Columns, func(c metric.Column) bool { return c.Name == name })
		if i < 0 {
			t.Fatalf("the result has no column %s", name)
		}
		for r := range want {
			if !alike(result.Rows[r][i], want[r][j]) {
				if wrong++; wrong <= 10 {
					t.Errorf("row %d, %s: %v, the twin has %v", r+1, name, show(result.Rows[r][i]), show(want[r][j]))
				}
			}
		}
	}
}

// alike compares values: counts and money exactly, ratios to a billionth, means of
// money to what their four decimals can say.
func alike(a, b any) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	if d, ok := a.(metric.Day); ok {
		t, ok := b.(time.Time)
		return ok && metric.DayOf(t) == d
	}
	x, xNumber := number(a)
	y, yNumber := number(b)
	if !xNumber || !yNumber {
		return fmt.Sprint(a) == fmt.Sprint(b)
	}
	tolerance := 1e-9 * max(1, math.Abs(y))
	_, exactA := a.(warehouse.Decimal)
	_, exactB := b.(warehouse.Decimal)
	if exactA != exactB {
		tolerance = max(tolerance, 0.50001e-4)
	}
	return math.Abs(x-y) <= tolerance
}

func number(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case int32:
		return float64(v), true
	case float64:
		return v, true
	case warehouse.Decimal:
		return v.Float64(), true
	case *big.Int:
		f, _ := new(big.Float).SetInt(v).Float64()
		return f, true
	}
	return 0, false
}

func show(v any) string {
	if d, ok := v.(warehouse.Decimal); ok {
		return d.String()
	}
	return fmt.Sprint(v)
}
