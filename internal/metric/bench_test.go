package metric_test

import (
	"context"
	"errors"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/metric"
)

// What asking through metrics costs above the same SQL straight in the engine: the
// median of interleaved runs of what an overview asks.
func TestBenchMetricQuery(t *testing.T) {
	if os.Getenv("KITH_BENCH") == "" {
		t.Skip("set KITH_BENCH=1 to compare with the engine")
	}
	s := generatedShop(t)
	ctx := context.Background()
	q := metric.Query{
		Metrics: []string{"net_revenue", "orders", "customers", "average_order_value"}, Grain: metric.Month, Compare: metric.YearBefore,
		Filters: []metric.Filter{{Dimension: "spending_segment", Op: metric.Ne, Values: []any{"Declining"}}},
	}
	compiled, err := s.runner.Compile(q, access.All())
	if err != nil {
		t.Fatal(err)
	}
	straight := func() error {
		rows, err := s.session.Query(ctx, compiled.SQL, compiled.Args...)
		if err != nil {
			return err
		}
		for rows.Next() {
			rows.Values()
		}
		return errors.Join(rows.Err(), rows.Close())
	}
	through := func() error {
		_, err := s.runner.Run(ctx, s.session, q, access.All())
		return err
	}
	var ours, ref []time.Duration
	for range 40 {
		for _, side := range []struct {
			run  func() error
			into *[]time.Duration
		}{{through, &ours}, {straight, &ref}} {
			start := time.Now()
			if err := side.run(); err != nil {
				t.Fatal(err)
			}
			*side.into = append(*side.into, time.Since(start))
		}
	}
	slices.Sort(ours)
	slices.Sort(ref)
	a, b := ours[len(ours)/2], ref[len(ref)/2]
	t.Logf("bench: metric-query ours=%s ref=%s ratio=%.2f", a.Round(10*time.Microsecond), b.Round(10*time.Microsecond), float64(a)/float64(b))
}
