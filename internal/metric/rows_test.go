package metric_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
)

// A moment stays one at midnight, and keeps its fraction to the microsecond.
func TestRowsTellMomentsFromDays(t *testing.T) {
	t.Parallel()
	s := smallShop(t, `insert into gold.lines values
		('1', '2025-03-04', '2025-03-04 05:06:07.123456', '2025-03-04 05:06:07.5+02', '2025-03-04 05:06:07.123456789', '05:06:07.25', 'p', 'France', 'web', 1),
		('2', '2025-03-05', '2025-03-05 00:00:00', '2025-03-05 00:00:00+00', '2025-03-05 00:00:00', '00:00:00', 'p', 'France', 'web', 1),
		('4', '2025-03-07', '12025-03-04 05:06:07', '1969-12-31 23:59:59.999999+00', '1970-01-01 00:00:00.000001', null, 'p', 'France', 'web', 1);
		insert into gold.lines (line_id, day, amount) values ('3', '2025-03-06', 1);`,
		"2025-03-04", "2025-03-07")
	page, err := s.runner.Rows(context.Background(), s.session, metric.RowsQuery{Metric: "revenue"}, access.All())
	if err != nil {
		t.Fatal(err)
	}
	types := []string{}
	for _, c := range page.Columns[1:6] {
		types = append(types, c.Name+" "+c.Type)
	}
	if got, want := strings.Join(types, ", "), "day date, sold_at time, paid_at time, counted_at time, clock text"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	for i, want := range []string{
		`["2025-03-04","2025-03-04T05:06:07.123456Z","2025-03-04T03:06:07.5Z","2025-03-04T05:06:07.123456Z","05:06:07.25"]`,
		`["2025-03-05","2025-03-05T00:00:00Z","2025-03-05T00:00:00Z","2025-03-05T00:00:00Z","00:00:00"]`,
		`["2025-03-06",null,null,null,null]`,
		`["2025-03-07","12025-03-04T05:06:07Z","1969-12-31T23:59:59.999999Z","1970-01-01T00:00:00.000001Z",null]`,
	} {
		text, err := json.Marshal(page.Rows[i][1:6])
		if err != nil || string(text) != want {
			t.Errorf("%s, %v\nwant %s", text, err, want)
		}
	}
}

// A limit is in its range, or refused; 0 is the usual one.
func TestLimitsOutOfRangeAreRefused(t *testing.T) {
	t.Parallel()
	fill := strings.Builder{}
	for i := range 102 {
		fill.WriteString(sold(fmt.Sprintf("%03d", i), "2025-01-01", strconv.Itoa(i), 1))
	}
	s := smallShop(t, fill.String(), "2025-01-01", "2025-01-01")
	ctx := context.Background()
	q := metric.Query{Metrics: []string{"revenue"}, Dimensions: []string{"country"}}
	for limit, want := range map[int]int{0: 102, 1: 1, 101: 101, metric.MaxLimit: 102} {
		q.Limit = limit
		if r := s.ask(t, q); len(r.Rows) != want || r.IsTruncated != (want < 102) {
			t.Errorf("limit %d: %d rows, truncated %t", limit, len(r.Rows), r.IsTruncated)
		}
	}
	for limit, want := range map[int]int{0: metric.DefaultPage, 1: 1, 101: 101, metric.MaxPage: 102} {
		page, err := s.runner.Rows(ctx, s.session, metric.RowsQuery{Metric: "revenue", Limit: limit}, access.All())
		if err != nil || len(page.Rows) != want || (page.NextCursor == "") != (want == 102) {
			t.Errorf("limit %d: %d rows, %v", limit, len(page.Rows), err)
			continue
		}
		if page.Total == nil || *page.Total != 102 {
			t.Errorf("limit %d: of %v rows", limit, page.Total)
		}
		if page.NextCursor == "" {
			continue
		}
		next, err := s.runner.Rows(ctx, s.session, metric.RowsQuery{Metric: "revenue", Limit: limit, Cursor: page.NextCursor}, access.All())
		if err != nil || next.Total != nil {
			t.Errorf("limit %d: the page after counts anew: %v", limit, err)
		}
	}
	for _, limit := range []int{-1, -1 << 62, metric.MaxLimit + 1} {
		q.Limit = limit
		_, explained := s.runner.Explain("revenue", q, access.All(), nil)
		for _, err := range []error{s.refused(t, q, access.All()), explained} {
			if want := fmt.Sprintf("the limit is 1 to 1000000 rows, not %d", limit); !fault.Is(err, fault.Usage) || !strings.Contains(err.Error(), want) {
				t.Errorf("%v\nwant %s", err, want)
			}
		}
	}
	for _, limit := range []int{-2, metric.MaxPage + 1} {
		_, err := s.runner.Rows(ctx, s.session, metric.RowsQuery{Metric: "revenue", Limit: limit}, access.All())
		if want := fmt.Sprintf("the limit is 1 to 10000 rows, not %d", limit); !fault.Is(err, fault.Usage) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v\nwant %s", err, want)
		}
	}
}
