package metric_test

import (
	"context"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
)

// Figures are kept in several tables, by names of their own. What is hidden in one of
// them is no figure at all, and no way around leads to it.
func TestWhatIsHiddenInARollupIsHidden(t *testing.T) {
	t.Parallel()
	s := smallShop(t, sold("1", "2025-01-01", "France", 7), "2025-01-01", "2025-01-01")
	const every = access.EveryModel
	for name, c := range map[string]struct {
		model, column string
		query         metric.Query
		want          string // what the refusal says; "" for an answer
	}{
		"a sum":                         {every, "turnover", metric.Query{Metrics: []string{"revenue"}}, "the metric revenue is made of turnover, which is hidden from you"},
		"a sum, of that table":          {"days", "turnover", metric.Query{Metrics: []string{"revenue"}}, "made of turnover"},
		"by another table":              {every, "turnover", metric.Query{Metrics: []string{"revenue"}, TimeZone: "Asia/Tokyo"}, "made of turnover"},
		"by a dimension":                {every, "turnover", metric.Query{Metrics: []string{"revenue"}, Dimensions: []string{"channel"}}, "made of turnover"},
		"to rank":                       {every, "turnover", metric.Query{Metrics: []string{"lines_sold"}, Dimensions: []string{"country"}, Top: &metric.Top{N: 1, By: "revenue"}}, "the metric revenue is made of turnover"},
		"part of a ratio":               {every, "line_count", metric.Query{Metrics: []string{"line_value"}}, "the metric line_value is made of line_count"},
		"under a window":                {every, "turnover", metric.Query{Metrics: []string{"revenue_to_date"}}, "made of turnover"},
		"the bits of days":              {"months", "day_bits", metric.Query{Metrics: []string{"buyers"}}, "made of day_bits"},
		"what is counted":               {every, "buyer", metric.Query{Metrics: []string{"buyers"}}, "made of buyer"},
		"a dimension":                   {every, "land", metric.Query{Metrics: []string{"revenue"}, Dimensions: []string{"country"}}, "the dimension country is hidden from you"},
		"a filter":                      {every, "land", metric.Query{Metrics: []string{"revenue"}, Filters: []metric.Filter{{Dimension: "country", Op: metric.Eq, Values: []any{"France"}}}}, "the dimension country"},
		"a pair":                        {"kinds", "word", metric.Query{Metrics: []string{"lines_sold"}, Dimensions: []string{"channel"}}, "the dimension channel"},
		"the days of rows":              {"lines", "day", metric.Query{Metrics: []string{"revenue"}}, "made of day"},
		"the days of rows, by month":    {every, "day", metric.Query{Metrics: []string{"revenue"}, Grain: metric.Month}, "made of day"},
		"the moments of rows":           {every, "sold_at", metric.Query{Metrics: []string{"lines_sold"}, Grain: metric.ByDay}, "made of sold_at"},
		"the days of a sum":             {"days", "day", metric.Query{Metrics: []string{"revenue"}, Grain: metric.ByDay}, "made of day"},
		"another sum":                   {every, "turnover", metric.Query{Metrics: []string{"lines_sold", "buyers"}}, ""},
		"a dimension that is not asked": {every, "land", metric.Query{Metrics: []string{"revenue"}, Dimensions: []string{"channel"}}, ""},
		"a dimension of other figures":  {"kinds", "word", metric.Query{Metrics: []string{"buyers"}, Dimensions: []string{"channel"}}, ""},
		"a table of another name":       {"people", "turnover", metric.Query{Metrics: []string{"revenue"}}, ""},
	} {
		scope := access.Limited(access.Rules{Who: "ann", Hidden: map[string][]string{c.model: {c.column}}})
		_, err := s.runner.Run(context.Background(), s.session, c.query, scope)
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.want != "" && (!fault.Is(err, fault.Forbidden) || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %v\nwant %s", name, err, c.want)
		}
		if c.want != "" && c.query.Top == nil {
			rows := metric.RowsQuery{Metric: c.query.Metrics[0], Filters: c.query.Filters}
			for _, d := range c.query.Dimensions {
				rows.Group = append(rows.Group, metric.GroupValue{Dimension: d, Value: "web"})
			}
			if _, err := s.runner.Rows(context.Background(), s.session, rows, scope); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s: its rows are shown: %v", name, err)
			}
		}
	}
}

// The shop's own revenue is read from its sums by day, under a name that the sales do not have.
func TestHiddenSumsOfTheShopAreRefused(t *testing.T) {
	s := generatedShop(t)
	scope := access.Limited(access.Rules{Who: "ann", Hidden: map[string][]string{access.EveryModel: {"net_revenue"}}})
	for _, q := range []metric.Query{
		{Metrics: []string{"net_revenue"}}, {Metrics: []string{"net_revenue"}, TimeZone: "Europe/Berlin"}, {Metrics: []string{"average_order_value"}, Dimensions: []string{"rfm_group"}},
	} {
		if err := s.refused(t, q, scope); !fault.Is(err, fault.Forbidden) || !strings.Contains(err.Error(), "is made of net_revenue, which is hidden from you") {
			t.Errorf("%+v: %v", q, err)
		}
	}
	if _, err := s.runner.Run(context.Background(), s.session, metric.Query{Metrics: []string{"orders", "units"}, Dimensions: []string{"country"}}, scope); err != nil {
		t.Error(err)
	}
}
