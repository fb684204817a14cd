package metric_test

import (
	"context"
	"errors"
	"testing"
	"testing/fstest"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/metric"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// smallMetrics are metrics of a shop of a few rows: sales, their sums by day, and people.
const smallMetrics = `dimensions:
  - {name: country}
  - {name: channel}
entities:
  - {name: customer, model: people, key: person_id, dimensions: [country]}
datasets:
  - name: sales
    model: lines
    key: line_id
    time: day
    timestamp: sold_at
    dimensions: [country, channel]
    rollups:
      - {model: days, time: day, dimensions: {country: land}, measures: {revenue: turnover}}
      - {model: kinds, time: day, pairs: [{name: kind, value: word}], pair_dimensions: [channel], measures: {lines_sold: line_count}}
      - model: months
        time: month
        grain: month
        dimensions: [channel]
        mask: day_bits
        count_column: buyer
        distinct: [buyers]
  - {name: monthly, model: turnover, key: month, time: month, grain: month}
  - {name: base, model: people, key: person_id, entity: {customer: person_id}}
  - {name: seen, model: people, key: person_id, time: seen_at, entity: {customer: person_id}}
metrics:
  - {name: revenue, description: Money., kind: sum, dataset: sales, column: amount, format: money}
  - {name: monthly_revenue, description: Money by month., kind: sum, dataset: monthly, column: amount, format: money}
  - {name: lines_sold, description: Lines., kind: count, dataset: sales, format: count}
  - {name: buyers, description: Who bought., kind: count_distinct, dataset: sales, column: person_id, format: count}
  - {name: people, description: People., kind: count, dataset: base, format: count}
  - {name: people_seen, description: People on the day they were seen., kind: count, dataset: seen, format: count}
  - {name: age, description: Their age., kind: average, dataset: base, column: age, format: decimal}
  - {name: last_seen, description: When., kind: max, dataset: base, column: seen_at, format: decimal}
  - {name: line_value, description: Money a line., kind: ratio, numerator: revenue, denominator: lines_sold, format: money}
  - {name: idle_people, description: Who bought nothing., kind: expression, expression: people_seen - buyers, without: [country], format: count}
  - {name: idle_share, description: Their share., kind: ratio, numerator: idle_people, denominator: people_seen, format: share}
  - {name: revenue_to_date, description: Money so far., kind: cumulative, metric: revenue, format: money}
  - {name: revenue_week, description: Money of seven days., kind: trailing, metric: revenue, days: 7, format: money}
`

// smallTables are the tables of that shop, without a row.
const smallTables = `create schema gold;
create table gold.lines (line_id varchar, day date, sold_at timestamp, paid_at timestamptz, counted_at timestamp_ns, clock time, person_id varchar,
	country varchar, channel varchar, amount decimal(18, 2));
create table gold.people (person_id varchar, country varchar, age integer, seen_at timestamp);
create view gold.days as select day, country as land, sum(amount) as turnover from gold.lines group by 1, 2;
create view gold.kinds as select day, '' as kind, '' as word, count(*) as line_count from gold.lines group by 1
	union all select day, 'channel', channel, count(*) from gold.lines group by 1, 3;
create view gold.turnover as select cast(date_trunc('month', day) as date) as month, cast(sum(amount) as decimal(18, 2)) as amount
	from gold.lines group by 1;
create view gold.months as select cast(date_trunc('month', day) as date) as month, person_id as buyer, channel,
	bit_or(cast(1 as bigint) << cast(extract(day from day) - 1 as integer)) as day_bits from gold.lines group by 1, 2, 3;`

// smallShop is that shop with rows that SQL puts in. Its data goes from a day to another; "" for none.
func smallShop(t *testing.T, fill, first, last string) *shop {
	t.Helper()
	ctx := context.Background()
	engine, err := duckdb.Open(ctx, duckdb.Config{Path: duckdb.Memory, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	session, err := engine.Session(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(session.Close(), engine.Close()); err != nil {
			t.Error(err)
		}
	})
	if _, err := session.Exec(ctx, smallTables+fill); err != nil {
		t.Fatal(err)
	}
	models, err := modelsOf(ctx, session)
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := metric.Load(fstest.MapFS{"metrics/a.yml": {Data: []byte(smallMetrics)}}, models)
	if err != nil {
		t.Fatal(err)
	}
	span := metric.Span{First: dayOf(t, first), Last: dayOf(t, last)}
	if last != "" {
		span.AsOf = span.Last + 1
	}
	return &shop{engine: engine, session: session, runner: metric.NewRunner(catalog, metric.DuckDB{}, metric.Snapshot{Span: span, Currency: "GBP"})}
}

// refused gives the error of a query that must not be answered.
func (s *shop) refused(t *testing.T, q metric.Query, scope access.Scope) error {
	t.Helper()
	r, err := s.runner.Run(context.Background(), s.session, q, scope)
	if err == nil {
		t.Errorf("%+v is answered: %v", q, r.Rows)
	}
	return err
}
