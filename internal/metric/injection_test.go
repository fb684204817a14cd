package metric_test

import (
	"context"
	"testing"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
)

// payloads are what people try in place of names and values.
func payloads() []string {
	return []string{
		`'; drop table gold.metric_customers; --`, `' or 1=1 --`, `' or '1'='1`, `x' union select 1,2,3 --`, `"; drop schema gold cascade; --`,
		`country" or "1"="1`, `1; select pg_sleep(10)`, `') or true --`, `\'; select 1; --`, `%' or '%'='`, "x\x00' or 1=1", `$$; select 1; $$`,
		`country) from gold.metric_sales; --`, `(select max(email) from gold.dim_customer)`, `read_csv('/etc/passwd')`, `net_revenue, (select 1)`,
		`/* */ or 1=1`, `?`, `$1`, `:x`, `{{ ref('x') }}`, `null or true`, `'||(select version())||'`, "line\n'; drop table x; --", `Ünïcode' or 1=1 --`, `time; drop table x`,
	}
}

// Payloads are either values like any other, which nothing equals, or unknown names.
func TestNoPayloadGetsIntoSQL(t *testing.T) {
	s := generatedShop(t)
	ctx := context.Background()
	_, before := s.rows(t, "select count(*) from gold.metric_customers")
	for _, p := range payloads() {
		for _, op := range []metric.Op{metric.Eq} {
			r, err := s.runner.Run(ctx, s.session, metric.Query{
				Metrics: []string{"orders", "customers"},
				Filters: []metric.Filter{{Dimension: "country", Op: op, Values: []any{p}}, {Dimension: "rfm_group", Op: metric.Ne, Values: []any{p}}},
			}, access.All())
			if err != nil {
				t.Errorf("the value %q is refused: %v", p, err)
				continue
			}
			if n, _ := r.Rows[0][0].(int64); n != 0 {
				t.Errorf("the value %q lets %d orders through", p, n)
			}
		}
		for what, q := range map[string]metric.Query{
			"metric":    {Metrics: []string{p}},
			"dimension": {Metrics: []string{"orders"}, Dimensions: []string{p}},
			"filter":    {Metrics: []string{"orders"}, Filters: []metric.Filter{{Dimension: p, Op: metric.Eq, Values: []any{"x"}}}},
			"operator":  {Metrics: []string{"orders"}, Filters: []metric.Filter{{Dimension: "country", Op: metric.Op(p), Values: []any{"x"}}}},
			"order":     {Metrics: []string{"orders"}, OrderBy: []metric.Order{{Name: p}}},
			"grain":     {Metrics: []string{"orders"}, Grain: metric.Grain(p)},
			"compare":   {Metrics: []string{"orders"}, Compare: metric.Compare(p)},
			"zone":      {Metrics: []string{"orders"}, TimeZone: p},
			"top":       {Metrics: []string{"orders"}, Dimensions: []string{"country"}, Top: &metric.Top{N: 1, By: p}},
			"integer":   {Metrics: []string{"orders"}, Filters: []metric.Filter{{Dimension: "r_score", Op: metric.Eq, Values: []any{p}}}},
		} {
			if _, err := s.runner.Run(ctx, s.session, q, access.All()); !fault.Is(err, fault.Usage) && !fault.Is(err, fault.NotFound) {
				t.Errorf("%q as %s gives %v", p, what, err)
			}
		}
		for _, q := range []metric.RowsQuery{{Metric: "orders", Part: p}, {Metric: p}, {Metric: "orders", Cursor: p}} {
			if _, err := s.runner.Rows(ctx, s.session, q, access.All()); !fault.Is(err, fault.Usage) && !fault.Is(err, fault.NotFound) {
				t.Errorf("%q in %+v gives %v", p, q, err)
			}
		}
		e, err := s.runner.Explain("orders", metric.Query{Filters: []metric.Filter{{Dimension: "country", Op: metric.Eq, Values: []any{p}}}}, access.All(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if p != "x\x00' or 1=1" { // no SQL text can hold it
			if _, rows := s.rows(t, e.SQL); len(rows) != 1 || rows[0][0] != int64(0) {
				t.Errorf("%q written out lets rows through", p)
			}
		}
	}
	if _, after := s.rows(t, "select count(*) from gold.metric_customers"); after[0][0] != before[0][0] {
		t.Error("a table has changed")
	}
}
