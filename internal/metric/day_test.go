package metric_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
)

func TestDaysAreReadAndWrittenAlike(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"0001-01-01", "1582-10-15", "1969-12-31", "1970-01-01", "1970-01-02", "2000-02-29", "9999-12-31"} {
		d, err := metric.ParseDay(text)
		if err != nil || d == 0 || d.String() != text || d.Time().Format(time.DateOnly) != text || metric.DayOf(d.Time()) != d {
			t.Errorf("%s: %q, %d, %v, %v", text, d, d, d.Time(), err)
		}
		if want := d.Time().Unix() / (24 * 60 * 60); int64(d.Unix()) != want {
			t.Errorf("%s is day %d since 1970, not %d", text, d.Unix(), want)
		}
		written, err := json.Marshal(struct {
			Day metric.Day `json:"day,omitempty"`
		}{d})
		if err != nil || string(written) != `{"day":"`+text+`"}` {
			t.Errorf("%s: %s, %v", text, written, err)
		}
	}
	for _, text := range []string{"0000-12-31", "0000-01-01", "2023-02-29", "1.2.2023", "10000-01-01", "-001-01-01", "2023-1-2", " "} {
		if d, err := metric.ParseDay(text); !fault.Is(err, fault.Usage) || d != 0 {
			t.Errorf("%q: %v, %v", text, d, err)
		}
	}
}

func TestNoDayIsNone(t *testing.T) {
	t.Parallel()
	var none metric.Day
	if text, err := json.Marshal(none); err != nil || string(text) != `""` {
		t.Errorf("%s, %v", text, err)
	}
	read := dayOf(t, "2025-01-01")
	if err := json.Unmarshal([]byte(`""`), &read); err != nil || read != 0 {
		t.Errorf("%v, %v", read, err)
	}
	if text, err := json.Marshal(metric.Query{Metrics: []string{}}); err != nil || string(text) != `{"metrics":[]}` {
		t.Errorf("%s, %v", text, err)
	}
}

// sold is a line of a day, for smallShop.
func sold(id, day, country string, amount int) string {
	return fmt.Sprintf("insert into gold.lines (line_id, day, sold_at, person_id, country, channel, amount) values ('%s', '%s', '%s 12:00:00', 'p', '%s', 'web', %d);", id, day, day, country, amount)
}

// 1 January 1970 is a day like any other: a bound, a period and a value.
func TestTheFirstDayOf1970IsADay(t *testing.T) {
	t.Parallel()
	s := smallShop(t, sold("1", "1969-12-31", "France", 1)+sold("2", "1970-01-01", "France", 10)+sold("3", "1970-01-02", "France", 100)+
		sold("4", "2020-06-01", "France", 1000), "1969-12-31", "2020-06-01")
	for _, c := range []struct{ query, want string }{
		{`{"from": "1960-01-01", "to": "1970-01-01"}`, "11.00"},
		{`{"to": "1970-01-01"}`, "11.00"},
		{`{"from": "1970-01-01"}`, "1110.00"},
		{`{"from": "1970-01-01", "to": "1970-01-01"}`, "10.00"},
		{`{"from": "1969-12-31", "to": "1970-01-02", "grain": "day"}`, "1969-12-31 true 1.00, 1970-01-01 true 10.00, 1970-01-02 true 100.00"},
		{`{"from": "1969-12-31", "to": "1970-01-02", "grain": "year"}`, "1969-01-01 false 1.00, 1970-01-01 false 110.00"},
		{`{"from": "1970-01-01", "to": "1970-01-02", "grain": "day", "compare": "previous"}`, "1970-01-01 true 1969-12-30 10.00 <nil>, 1970-01-02 true 1969-12-31 100.00 1.00"},
		{`{"from": "1971-01-01", "to": "1971-01-01", "grain": "day", "compare": "year"}`, "1971-01-01 true 1970-01-01 0.00 10.00"},
		{`{"metrics": ["revenue_to_date"], "from": "1970-01-01", "to": "1970-01-01"}`, "11.00"},
		{`{"metrics": ["revenue_week"], "from": "1970-01-07", "to": "1970-01-07"}`, "110.00"},
	} {
		q := metric.Query{Metrics: []string{"revenue"}}
		if err := json.Unmarshal([]byte(c.query), &q); err != nil {
			t.Fatal(err)
		}
		if got := told(s.ask(t, q)); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.query, got, c.want)
		}
	}
	page, err := s.runner.Rows(context.Background(), s.session, metric.RowsQuery{Metric: "revenue", To: dayOf(t, "1970-01-01")}, access.All())
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(page.Rows)
	if err != nil || len(page.Rows) != 2 || !strings.Contains(string(text), `["2","1970-01-01",`) {
		t.Errorf("%s, %v", text, err)
	}
}

// told gives a result's rows as a line.
func told(r *metric.Result) string {
	rows := make([]string, len(r.Rows))
	for i, row := range r.Rows {
		values := make([]string, len(row))
		for j, v := range row {
			values[j] = show(v)
		}
		rows[i] = strings.Join(values, " ")
	}
	return strings.Join(rows, ", ")
}

// Days are none before the year 1, and what would need them is refused or begins there.
func TestNothingReachesBeforeTheYear1(t *testing.T) {
	t.Parallel()
	s := smallShop(t, sold("1", "0001-01-02", "France", 1), "0001-01-02", "0001-01-02")
	first := dayOf(t, "0001-01-01")
	for _, compare := range []metric.Compare{metric.Previous, metric.YearBefore} {
		err := s.refused(t, metric.Query{Metrics: []string{"revenue"}, From: first, To: first + 1, Grain: metric.ByDay, Compare: compare}, access.All())
		if !fault.Is(err, fault.Usage) || !strings.Contains(err.Error(), "the range that it is compared with would begin before 0001-01-01") {
			t.Error(err)
		}
	}
	for _, grain := range metric.Grains() {
		r := s.ask(t, metric.Query{Metrics: []string{"revenue_week", "revenue_to_date"}, From: first, To: first + 1, Grain: grain})
		if last := r.Rows[len(r.Rows)-1]; show(last[len(last)-1]) != "1.00" || show(last[len(last)-2]) != "1.00" {
			t.Errorf("%s: %s", grain, told(r))
		}
	}
}

// A shop that is built and has no data yet has figures: those of nothing.
func TestWithoutDataSumsAreNothing(t *testing.T) {
	t.Parallel()
	s := smallShop(t, "", "", "")
	for _, text := range []string{`{}`, `{"grain": "month"}`, `{"to": "2025-01-31"}`, `{"from": "2025-01-01"}`, `{"compare": "previous"}`} {
		q := metric.Query{Metrics: []string{"revenue", "revenue_to_date", "people", "age"}}
		if err := json.Unmarshal([]byte(text), &q); err != nil {
			t.Fatal(err)
		}
		if q.Grain != "" {
			q.Metrics = q.Metrics[:2]
		}
		r := s.ask(t, q)
		if len(r.Rows) != 1 || show(r.Rows[0][column(t, r, "revenue")]) != "0.00" || show(r.Rows[0][column(t, r, "revenue_to_date")]) != "0.00" || r.IsComplete {
			t.Errorf("%s: %s", text, told(r))
		}
	}
	page, err := s.runner.Rows(context.Background(), s.session, metric.RowsQuery{Metric: "revenue"}, access.All())
	if err != nil || len(page.Rows) != 0 {
		t.Errorf("%v, %v", page, err)
	}
}
