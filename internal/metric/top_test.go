package metric_test

import (
	"testing"

	"github.com/kith-analytics/kith/internal/metric"
)

// Sales are in five countries, people in two of them: where there are no people, the
// number of people ranks nothing.
func TestATopKeepsGroupsThatItCannotRank(t *testing.T) {
	t.Parallel()
	s := smallShop(t, sold("1", "2025-01-01", "France", 1)+sold("2", "2025-01-01", "Spain", 2)+sold("3", "2025-01-01", "Italy", 3)+
		sold("4", "2025-01-02", "Malta", -4)+sold("5", "2024-12-31", "Cyprus", 5)+
		"insert into gold.people values ('p', 'Italy', 30, '2025-01-01'), ('q', 'France', 40, null), ('r', 'France', 50, null);",
		"2024-12-30", "2025-01-02")
	for name, c := range map[string]struct {
		top   metric.Top
		query metric.Query
		want  string
	}{
		"room for all": {
			metric.Top{N: 1000, By: "people"},
			metric.Query{Metrics: []string{"revenue"}},
			"Cyprus 5.00, Italy 3.00, Spain 2.00, France 1.00, Malta -4.00",
		},
		"room for the ranked": {metric.Top{N: 2, By: "people"}, metric.Query{Metrics: []string{"revenue"}}, "Italy 3.00, France 1.00"},
		"room for one more, by name": {
			metric.Top{N: 3, By: "people"},
			metric.Query{Metrics: []string{"revenue"}},
			"Cyprus 5.00, Italy 3.00, France 1.00",
		},
		"ties by name":   {metric.Top{N: 1, By: "lines_sold"}, metric.Query{Metrics: []string{"revenue"}}, "Cyprus 5.00"},
		"the greatest":   {metric.Top{N: 1, By: "people"}, metric.Query{Metrics: []string{"revenue", "people"}}, "France 1.00 2"},
		"its own metric": {metric.Top{N: 2}, metric.Query{Metrics: []string{"people", "revenue"}}, "France 2 1.00, Italy 1 3.00"},
		"its own metric, and room": {
			metric.Top{N: 9},
			metric.Query{Metrics: []string{"people", "revenue"}},
			"France 2 1.00, Italy 1 3.00, Cyprus 0 5.00, Malta 0 -4.00, Spain 0 2.00",
		},
		"groups of the past": {
			metric.Top{N: 9},
			metric.Query{Metrics: []string{"revenue"}, From: dayOf(t, "2025-01-01"), Compare: metric.Previous},
			"Italy 3.00 0.00, Spain 2.00 0.00, France 1.00 0.00, Cyprus 0.00 5.00, Malta -4.00 0.00",
		},
		"two dimensions": {
			metric.Top{N: 3, By: "people"},
			metric.Query{Metrics: []string{"revenue"}, Dimensions: []string{"country", "channel"}},
			"Cyprus web 5.00, Italy web 3.00, France web 1.00",
		},
		"periods": {
			metric.Top{N: 3, By: "people"},
			metric.Query{Metrics: []string{"revenue"}, Grain: metric.Year},
			"2024-01-01 false Cyprus 5.00, 2024-01-01 false France 0.00, 2024-01-01 false Italy 0.00, " +
				"2025-01-01 false Italy 3.00, 2025-01-01 false France 1.00, 2025-01-01 false Cyprus 0.00",
		},
		"with a rest they are in it": {
			metric.Top{N: 9, By: "people", Rest: true},
			metric.Query{Metrics: []string{"revenue"}},
			"Italy 3.00, France 1.00, Other 3.00",
		},
	} {
		q := c.query
		if q.Dimensions == nil {
			q.Dimensions = []string{"country"}
		}
		q.Top = &c.top
		r := s.ask(t, q)
		if got := told(r); got != c.want || r.IsTruncated {
			t.Errorf("%s: %s\nwant %s", name, got, c.want)
		}
	}
}
