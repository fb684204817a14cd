package metric_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
)

// The data is said to begin with the first sale; members join and points are earned before.
// Running figures count that as well, whichever range is asked.
func TestRunningFiguresCountWhatCameBeforeTheData(t *testing.T) {
	t.Parallel()
	s := smallShop(t, sold("1", "2023-11-30", "France", 1)+sold("2", "2024-12-31", "Spain", 2)+sold("3", "2025-01-01", "France", 4)+
		sold("4", "2025-02-28", "France", 8)+sold("5", "2025-03-01", "France", 16), "2025-01-01", "2025-02-28")
	for name, c := range map[string]struct {
		query metric.Query
		want  string
	}{
		"one figure":       {metric.Query{}, "15.00"},
		"by month":         {metric.Query{Grain: metric.Month}, "7.00 15.00"},
		"by group":         {metric.Query{Dimensions: []string{"country"}}, "13.00 2.00"},
		"of the lines":     {metric.Query{TimeZone: "Europe/Paris"}, "15.00"},
		"from before":      {metric.Query{Grain: metric.Year, From: dayOf(t, "2023-12-01")}, "1.00 3.00 15.00"},
		"before all of it": {metric.Query{From: dayOf(t, "2023-01-01"), To: dayOf(t, "2023-10-31")}, "0.00"},
		"compared":         {metric.Query{From: dayOf(t, "2025-02-01"), To: dayOf(t, "2025-02-28"), Compare: metric.Previous}, "15.00|7.00"},
	} {
		c.query.Metrics = []string{"revenue_to_date"}
		if got := figures(s.ask(t, c.query)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// A day is compared with the same day, and a whole month with the whole month.
func TestTheSameDaysAYearBefore(t *testing.T) {
	t.Parallel()
	s := smallShop(t, sold("1", "2024-02-28", "France", 1)+sold("2", "2024-02-29", "France", 2)+sold("3", "2025-02-28", "France", 4),
		"2024-01-01", "2025-02-28")
	for from, want := range map[string]string{"2025-02-28": "4.00|1.00", "2025-02-02": "4.00|1.00", "2025-02-01": "4.00|3.00", "2025-01-01": "4.00|3.00"} {
		q := metric.Query{Metrics: []string{"revenue"}, From: dayOf(t, from), To: dayOf(t, "2025-02-28"), Compare: metric.YearBefore}
		if got := figures(s.ask(t, q)); got != want {
			t.Errorf("from %s: %s, want %s", from, got, want)
		}
	}
}

// Beside days that the data covers in part, any figure has grown: there is nothing to compare with.
func TestAPastThatIsNotWhollyCoveredIsNone(t *testing.T) {
	t.Parallel()
	s := smallShop(t, sold("1", "2024-03-10", "France", 1)+sold("2", "2024-04-02", "France", 2)+sold("3", "2025-03-10", "France", 4)+
		sold("4", "2025-04-02", "France", 8), "2024-03-10", "2025-04-30")
	for name, c := range map[string]struct {
		query metric.Query
		want  string
	}{
		"covered":       {metric.Query{From: dayOf(t, "2025-03-10")}, "12.00|3.00"},
		"but for a day": {metric.Query{From: dayOf(t, "2025-03-09")}, "12.00|<nil>"},
		"by month":      {metric.Query{From: dayOf(t, "2025-03-01"), Grain: metric.Month}, "4.00|<nil> 8.00|2.00"},
		"cut months":    {metric.Query{From: dayOf(t, "2025-03-10"), Grain: metric.Month}, "4.00|1.00 8.00|2.00"},
		"all of it":     {metric.Query{}, "15.00|<nil>"},
	} {
		c.query.Metrics, c.query.Compare = []string{"revenue"}, metric.YearBefore
		if got := figures(s.ask(t, c.query)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// The first and the last line are on other days elsewhere, and are in every figure all the same.
func TestTheFirstAndTheLastLineAreInEveryTimeZone(t *testing.T) {
	t.Parallel()
	const lines = "insert into gold.lines (line_id, day, sold_at, country, channel, amount) values ('1', '2025-01-01', '2025-01-01 02:00', 'France', 'web', 1), " +
		"('2', '2025-01-05', '2025-01-05 12:00', 'France', 'web', 10), ('3', '2025-01-10', '2025-01-10 23:00', 'France', 'web', 100);"
	s := smallShop(t, lines, "2025-01-01", "2025-01-10")
	for _, zone := range []string{"UTC", "Asia/Tokyo", "America/New_York", "Pacific/Kiritimati"} {
		for name, q := range map[string]metric.Query{
			"all":    {Metrics: []string{"revenue"}},
			"so far": {Metrics: []string{"revenue_to_date"}},
			"asked":  {Metrics: []string{"revenue"}, From: dayOf(t, "2024-12-01"), To: dayOf(t, "2025-02-01")},
		} {
			q.TimeZone = zone
			if got := figures(s.ask(t, q)); got != "111.00" {
				t.Errorf("%s, %s: %s", zone, name, got)
			}
		}
	}
	for zone, want := range map[string]string{"UTC": "2025-01-10 true", "Asia/Tokyo": "2025-01-11 false", "America/New_York": "2025-01-10 false"} {
		r := s.ask(t, metric.Query{Metrics: []string{"revenue"}, Grain: metric.ByDay, TimeZone: zone})
		if last := r.Rows[len(r.Rows)-1]; fmt.Sprint(last[0], " ", last[1]) != want {
			t.Errorf("%s ends with %v, want %s", zone, last, want)
		}
	}
}

// What is kept by month is compared with as many whole months, also where their days are more or fewer.
func TestMonthsAreComparedWithAsManyMonths(t *testing.T) {
	t.Parallel()
	fill := strings.Builder{}
	for i, month := range []string{"2024-04", "2024-05", "2025-01", "2025-02", "2025-03", "2025-04", "2025-05"} {
		fill.WriteString(sold(month, month+"-15", "France", 1<<i))
	}
	s := smallShop(t, fill.String(), "2024-04-01", "2025-05-31")
	for name, c := range map[string]struct {
		query metric.Query
		want  string
	}{
		"before":             {metric.Query{Compare: metric.Previous}, "96.00|24.00"},
		"before, by month":   {metric.Query{Compare: metric.Previous, Grain: metric.Month}, "32.00|8.00 64.00|16.00"},
		"a year":             {metric.Query{Compare: metric.YearBefore}, "96.00|3.00"},
		"a year, by month":   {metric.Query{Compare: metric.YearBefore, Grain: metric.Month}, "32.00|1.00 64.00|2.00"},
		"of parts of months": {metric.Query{From: dayOf(t, "2025-04-20"), To: dayOf(t, "2025-05-09"), Compare: metric.YearBefore, Grain: metric.Month}, "32.00|1.00 64.00|2.00"},
	} {
		q := c.query
		q.Metrics = []string{"monthly_revenue"}
		if q.From == 0 {
			q.From, q.To = dayOf(t, "2025-04-01"), dayOf(t, "2025-05-31")
		}
		if got := figures(s.ask(t, q)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// A metric goes without a dimension that means something else in each of its parts.
func TestAMetricWithoutADimensionIsNotKnownByIt(t *testing.T) {
	t.Parallel()
	s := smallShop(t, sold("1", "2025-01-01", "France", 7), "2025-01-01", "2025-01-01")
	for name, q := range map[string]metric.Query{
		"grouped":  {Metrics: []string{"idle_people"}, Dimensions: []string{"country"}},
		"filtered": {Metrics: []string{"idle_people"}, Filters: []metric.Filter{{Dimension: "country", Op: metric.Eq, Values: []any{"France"}}}},
		"of parts": {Metrics: []string{"idle_share"}, Dimensions: []string{"country"}},
		"ranked":   {Metrics: []string{"people"}, Dimensions: []string{"country"}, Top: &metric.Top{N: 1, By: "idle_people"}},
	} {
		if err := s.refused(t, q, access.All()); !fault.Is(err, fault.Usage) || !strings.Contains(err.Error(), "the metric idle_") || !strings.Contains(err.Error(), "has no dimension country") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := figures(s.ask(t, metric.Query{Metrics: []string{"idle_people"}})); got != "-1" {
		t.Errorf("%s people are idle", got)
	}
}

// figures are the values of the first metric, row by row, with what they are compared with.
func figures(r *metric.Result) string {
	var out []string
	for _, row := range r.Rows {
		var cells []string
		for i, c := range r.Columns {
			if c.Role == metric.MetricRole || c.Role == metric.ComparisonRole {
				cells = append(cells, fmt.Sprint(row[i]))
			}
		}
		out = append(out, strings.Join(cells, "|"))
	}
	return strings.Join(out, " ")
}
