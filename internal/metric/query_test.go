package metric_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
)

func column(t *testing.T, r *metric.Result, name string) int {
	t.Helper()
	i := slices.IndexFunc(r.Columns, func(c metric.Column) bool { return c.Name == name })
	if i < 0 {
		t.Fatalf("the result has no column %s", name)
	}
	return i
}

// What adds up has to: the groups of any dimension sum to the total, whichever table
// each of the two is read from.
func TestGroupsOfAnyDimensionAddUpToTheTotal(t *testing.T) {
	s := generatedShop(t)
	byDataset := map[string][]*metric.Metric{}
	for _, m := range s.runner.Catalog().Metrics() {
		if m.Kind == metric.Sum || m.Kind == metric.CountRows {
			byDataset[m.Dataset] = append(byDataset[m.Dataset], m)
		}
	}
	for _, metrics := range byDataset {
		q := metric.Query{From: dayOf(t, "2024-02-11"), To: dayOf(t, "2024-09-23")}
		for _, m := range metrics {
			q.Metrics = append(q.Metrics, m.Name)
		}
		total := s.ask(t, q)
		for _, dimension := range metrics[0].Dimensions() {
			q.Dimensions = []string{dimension}
			groups := s.ask(t, q)
			for i, name := range q.Metrics {
				want, _ := number(total.Rows[0][i])
				sum := 0.0
				for _, row := range groups.Rows {
					v, _ := number(row[i+1])
					sum += v
				}
				if math.Abs(sum-want) > 1e-6*max(1, math.Abs(want)) {
					t.Errorf("%s by %s: the %d groups add up to %v, the total is %v", name, dimension, len(groups.Rows), sum, want)
				}
			}
		}
	}
}

// A filter for each value of a dimension gives what grouping by it gives.
func TestFilteringGivesWhatGroupingGives(t *testing.T) {
	s := generatedShop(t)
	metrics := []string{"net_revenue", "orders", "customers", "average_order_value"}
	for _, dimension := range []string{"rfm_group", "channel", "value_tier", "r_score", "is_churned"} {
		q := metric.Query{Metrics: metrics, Dimensions: []string{dimension}, Grain: metric.Quarter, From: dayOf(t, "2024-03-07"), To: dayOf(t, "2025-01-20")}
		grouped := s.ask(t, q)
		at := column(t, grouped, dimension)
		seen := map[string]bool{}
		for _, row := range grouped.Rows {
			if seen[fmt.Sprint(row[at])] {
				continue
			}
			seen[fmt.Sprint(row[at])] = true
			f := q
			f.Dimensions, f.Filters = nil, []metric.Filter{{Dimension: dimension, Op: metric.Eq, Values: []any{row[at]}}}
			single := s.ask(t, f)
			n := 0
			for _, other := range grouped.Rows {
				if other[at] != row[at] {
					continue
				}
				for i, name := range metrics {
					if !alike(single.Rows[n][2+i], other[3+i]) {
						t.Errorf("%s of %s %v in %v: %v by filter, %v by group", name, dimension, row[at], other[0], show(single.Rows[n][2+i]), show(other[3+i]))
					}
				}
				n++
			}
			if n != len(single.Rows) {
				t.Errorf("%s %v has %d periods by group and %d by filter", dimension, row[at], n, len(single.Rows))
			}
		}
		if len(seen) < 2 {
			t.Errorf("%s has fewer than two groups, so nothing is compared", dimension)
		}
	}
}

func dayOf(t *testing.T, text string) metric.Day {
	t.Helper()
	if text == "" {
		return 0
	}
	d, err := metric.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestPeriodsCutShortAreMarked(t *testing.T) {
	s := generatedShop(t)
	r := s.ask(t, metric.Query{Metrics: []string{"orders"}, Grain: metric.Month, From: dayOf(t, "2024-11-15"), To: dayOf(t, "2025-12-31")})
	complete := column(t, r, "is_complete")
	if r.IsComplete || r.Period.To != dayOf(t, "2025-03-14") {
		t.Errorf("the range ends on %s, complete %v; the data ends on 2025-03-14", r.Period.To, r.IsComplete)
	}
	for i, row := range r.Rows {
		want := i != 0 && i != len(r.Rows)-1
		if row[complete] != want {
			t.Errorf("the period of %v is marked complete: %v", row[0], row[complete])
		}
	}
	if whole := s.ask(t, metric.Query{Metrics: []string{"orders"}, Grain: metric.Month, From: dayOf(t, "2024-04-01"), To: dayOf(t, "2024-09-30")}); !whole.IsComplete {
		t.Error("whole months are marked as cut short")
	}
}

func TestAScopeNarrowsEveryFigure(t *testing.T) {
	s := generatedShop(t)
	scope := access.Limited(access.Rules{
		Who: "ann", Conditions: []access.Condition{{Dimension: "country", Values: []string{"France"}}},
		Hidden: map[string][]string{"metric_sales": {"customer_id"}},
	})
	ctx := context.Background()
	limited, err := s.runner.Run(ctx, s.session, metric.Query{Metrics: []string{"net_revenue"}}, scope)
	if err != nil {
		t.Fatal(err)
	}
	france := s.ask(t, metric.Query{Metrics: []string{"net_revenue"}, Filters: []metric.Filter{{Dimension: "country", Op: metric.Eq, Values: []any{"France"}}}})
	if !alike(limited.Rows[0][0], france.Rows[0][0]) {
		t.Errorf("the scope shows %v, France has %v", show(limited.Rows[0][0]), show(france.Rows[0][0]))
	}
	if _, err := s.runner.Run(ctx, s.session, metric.Query{Metrics: []string{"acquisition_spend"}}, scope); err == nil {
		t.Error("a metric that cannot be narrowed to the scope is shown")
	}
	if _, err := s.runner.Run(ctx, s.session, metric.Query{Metrics: []string{"net_revenue"}}, access.Scope{}); err == nil {
		t.Error("the zero scope sees a figure")
	}
	page, err := s.runner.Rows(ctx, s.session, metric.RowsQuery{Metric: "net_revenue"}, scope)
	if err != nil {
		t.Fatal(err)
	}
	country := -1
	for i, c := range page.Columns {
		if c.Name == "customer_id" {
			t.Error("a hidden column is shown")
		}
		if c.Name == "country" {
			country = i
		}
	}
	for _, row := range page.Rows {
		if row[country] != "France" {
			t.Fatalf("a row of %v is shown", row[country])
		}
	}
}

// The rows behind a number make the number, page by page, none twice.
func TestRowsBehindANumberMakeTheNumber(t *testing.T) {
	s := generatedShop(t)
	from, to := dayOf(t, "2024-06-03"), dayOf(t, "2024-06-16")
	champions := []metric.Filter{{Dimension: "rfm_group", Op: metric.Eq, Values: []any{"Champions"}}}
	r := s.ask(t, metric.Query{Metrics: []string{"average_order_value", "net_revenue", "orders", "customers"}, From: from, To: to, Filters: champions})
	for _, part := range []string{"net_revenue", "orders", "customers"} {
		q := metric.RowsQuery{Metric: "average_order_value", Part: part, From: from, To: to, Limit: 7, Group: []metric.GroupValue{{Dimension: "rfm_group", Value: "Champions"}}}
		if part == "customers" {
			q.Metric = "customers"
		}
		seen, sum, count := map[string]bool{}, 0.0, map[string]bool{}
		for {
			page, err := s.runner.Rows(context.Background(), s.session, q, access.All())
			if err != nil {
				t.Fatal(err)
			}
			at := map[string]int{}
			for i, c := range page.Columns {
				at[c.Name] = i
			}
			for _, row := range page.Rows {
				key := row[at["transaction_id"]].(string)
				if seen[key] {
					t.Fatalf("the row %s comes twice", key)
				}
				seen[key] = true
				v, _ := number(row[at["amount"]])
				sum += v
				count[fmt.Sprint(row[at["customer_id"]])] = true
			}
			if q.Cursor = page.NextCursor; q.Cursor == "" {
				break
			}
		}
		got := map[string]float64{"net_revenue": sum, "orders": float64(len(seen)), "customers": float64(len(count))}[part]
		want, _ := number(r.Rows[0][column(t, r, part)])
		if want == 0 || math.Abs(got-want) > 1e-6 {
			t.Errorf("the rows of %s make %v, the number is %v", part, got, want)
		}
	}
	if _, err := s.runner.Rows(context.Background(), s.session, metric.RowsQuery{Metric: "orders", Cursor: "x"}, access.All()); !fault.Is(err, fault.Usage) {
		t.Errorf("a made-up cursor gives %v", err)
	}
}

func TestAnExplanationGoesDownToSources(t *testing.T) {
	s := generatedShop(t)
	facts := &metric.Known{
		Models:  map[string]metric.ModelFact{"metric_daily": {Name: "metric_daily", Description: "By day.", TestsPassed: 3}},
		Tests:   map[string][]metric.TestFact{"metric_daily": {{Name: "unique", Model: "metric_daily", Status: "pass"}}},
		Parents: map[string][]string{"metric_daily": {"metric_sales"}, "metric_sales": {"bronze.transactions"}},
	}
	e, err := s.runner.Explain("average_order_value", metric.Query{Filters: []metric.Filter{{Dimension: "country", Op: metric.Eq, Values: []any{"Côte d'Ivoire"}}}}, access.All(), facts)
	if err != nil {
		t.Fatal(err)
	}
	if e.Formula != "Net revenue / Orders" || len(e.Models) != 1 || e.Models[0].TestsPassed != 3 || len(e.Tests) != 1 {
		t.Errorf("%+v", e)
	}
	if got := strings.Join(e.Lineage, " "); got != "bronze.transactions metric_sales" {
		t.Errorf("the lineage is %q", got)
	}
	if !strings.Contains(e.SQL, "'Côte d''Ivoire'") {
		t.Error("the value is not written out")
	}
	_, rows := s.rows(t, e.SQL)
	if len(rows) != 1 {
		t.Errorf("the SQL as written gives %d rows", len(rows))
	}
	if len(e.Parts) != 2 || e.Parts[0].Model != "metric_sales" {
		t.Errorf("the parts are %v", e.Parts)
	}
}

func TestWhatCannotBeAskedIsSaidInOneLine(t *testing.T) {
	s := generatedShop(t)
	for want, q := range map[string]metric.Query{
		`there is no metric "net_revenu"; did you mean net_revenue?`:                  {Metrics: []string{"net_revenu"}},
		`there is no dimension "contry"; did you mean country?`:                       {Metrics: []string{"orders"}, Dimensions: []string{"contry"}},
		`the metric nps_answers has no dimension channel`:                             {Metrics: []string{"nps_answers"}, Dimensions: []string{"channel"}},
		`the metric churn_rate says how things stand at the snapshot date`:            {Metrics: []string{"churn_rate"}, Grain: metric.Month},
		`the metric retained_customers has no figures by week`:                        {Metrics: []string{"retention_rate", "retained_customers"}[1:], Grain: metric.Week},
		`is known by UTC day and not by time, so it cannot be shown in Europe/Berlin`: {Metrics: []string{"new_customers"}, TimeZone: "Europe/Berlin"},
		`there is no time zone "Local"`:                                               {Metrics: []string{"orders"}, TimeZone: "Local"},
		`there is no time zone "Mars/Olympus"`:                                        {Metrics: []string{"orders"}, TimeZone: "Mars/Olympus"},
		`the range ends on 2024-01-01, before it begins on 2024-02-01`:                {Metrics: []string{"orders"}, From: dayOf(t, "2024-02-01"), To: dayOf(t, "2024-01-01")},
		`x is no value of the dimension r_score, which is of type integer`:            {Metrics: []string{"orders"}, Filters: []metric.Filter{{Dimension: "r_score", Op: metric.Eq, Values: []any{"x"}}}},
		`the filter on country: between takes two values`:                             {Metrics: []string{"orders"}, Filters: []metric.Filter{{Dimension: "country", Op: metric.Between, Values: []any{"x"}}}},
		`there is no operator "like"`:                                                 {Metrics: []string{"orders"}, Filters: []metric.Filter{{Dimension: "country", Op: "like", Values: []any{"x"}}}},
		`a top needs a dimension`:                                                     {Metrics: []string{"orders"}, Top: &metric.Top{N: 3}},
		`the result cannot be sorted by "ordres"; did you mean orders?`:               {Metrics: []string{"orders"}, OrderBy: []metric.Order{{Name: "ordres"}}},
		`the query asks for orders twice`:                                             {Metrics: []string{"orders", "orders"}},
		`the query asks for no metric`:                                                {},
		`there is no grain "decade"`:                                                  {Metrics: []string{"orders"}, Grain: "decade"},
		`there is no comparison "last"`:                                               {Metrics: []string{"orders"}, Compare: "last"},
		`there is no time zone "localtime"`:                                           {Metrics: []string{"orders"}, TimeZone: "localtime"},
	} {
		_, err := s.runner.Run(context.Background(), s.session, q, access.All())
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v\nwant %s", err, want)
		} else if strings.Contains(err.Error(), "\n") {
			t.Errorf("%q has more than one line", err)
		}
	}
}
