package window_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kith-analytics/kith/internal/dbt/window"
)

func at(t *testing.T, text string) time.Time {
	t.Helper()
	moment, ok := window.ParseTime(text)
	if !ok {
		t.Fatalf("%q is no time", text)
	}
	return moment
}

func TestSizes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		size                             window.Size
		from, trunc, before, next, label string
	}{
		{window.Hour, "2024-09-17 16:06:00", "2024-09-17 16:00", "2024-09-17 15:00", "2024-09-17 17:00", "2024-09-17T16"},
		{window.Day, "2024-09-17 16:06:00", "2024-09-17", "2024-09-16", "2024-09-18", "2024-09-17"},
		{window.Month, "2024-01-31 16:06:00", "2024-01-01", "2023-12-01", "2024-02-01", "2024-01"},
		{window.Year, "2024-02-29", "2024-01-01", "2023-01-01", "2025-01-01", "2024"},
	} {
		from := at(t, c.from)
		for what, pair := range map[string][2]time.Time{
			"truncated": {c.size.Truncate(from), at(t, c.trunc)}, "before": {c.size.Offset(from, -1), at(t, c.before)},
			"ceiling": {c.size.Ceiling(from), at(t, c.next)}, "on the line": {c.size.Ceiling(at(t, c.trunc)), at(t, c.trunc)},
		} {
			if !pair[0].Equal(pair[1]) {
				t.Errorf("%s %s %s: %s, want %s", c.size, c.from, what, pair[0], pair[1])
			}
		}
		if got := c.size.Format(from); got != c.label {
			t.Errorf("%s: %s, want %s", c.size, got, c.label)
		}
	}
}

func TestBatches(t *testing.T) {
	t.Parallel()
	now := at(t, "2024-01-05 10:30:00")
	for name, c := range map[string]struct {
		plan window.Plan
		want string
	}{
		"first run":  {window.Plan{Begin: at(t, "2024-01-03 08:00")}, "2024-01-03 2024-01-04 2024-01-05"},
		"lookback":   {window.Plan{Incremental: true, Lookback: 1}, "2024-01-04 2024-01-05"},
		"no looking": {window.Plan{Incremental: true}, "2024-01-05"},
		"asked for":  {window.Plan{Incremental: true, From: at(t, "2024-01-01 05:00"), To: at(t, "2024-01-02 05:00")}, "2024-01-01 2024-01-02"},
		"on a line":  {window.Plan{Incremental: true, Lookback: 1, Now: at(t, "2024-01-05")}, "2024-01-03 2024-01-04"},
	} {
		c.plan.Size = window.Day
		if c.plan.Now.IsZero() {
			c.plan.Now = now
		}
		var got []string
		for _, w := range c.plan.Batches() {
			got = append(got, window.Day.Format(w.Start))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}

// Batches follow one another without a gap and cover what was asked for.
func TestBatchesCover(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.SampledFrom([]window.Size{window.Hour, window.Day, window.Month, window.Year}).Draw(t, "size")
		from := time.Unix(rapid.Int64Range(1, 2e9).Draw(t, "from"), 0).UTC()
		to := from.Add(time.Duration(rapid.Int64Range(1, 200*3600).Draw(t, "seconds")) * time.Second)
		batches := window.Plan{Size: size, From: from, To: to}.Batches()
		if batches[0].Start.After(from) || batches[len(batches)-1].End.Before(to) {
			t.Fatalf("%v does not cover %s to %s", batches, from, to)
		}
		for i := range batches[1:] {
			if !batches[i].End.Equal(batches[i+1].Start) || !batches[i].Start.Before(batches[i].End) {
				t.Fatalf("%v", batches)
			}
		}
	})
}

func TestParseSample(t *testing.T) {
	t.Parallel()
	now := at(t, "2024-03-31 16:06:00")
	for text, want := range map[string]string{
		"3 days": "2024-03-28 16:06:00", "1 hour": "2024-03-31 15:06:00", "1 month": "2024-02-29 16:06:00", "1 year": "2023-03-31 16:06:00",
		"{start: 2024-01-01, end: 2024-01-08}": "2024-01-01",
	} {
		if got, err := window.ParseSample(text, now); err != nil || !got.Start.Equal(at(t, want)) {
			t.Errorf("%s: %v %v", text, got, err)
		}
	}
	for _, text := range []string{"", "3", "x days", "3 weeks", "-1 days", "{start: 2024-01-01}", "{start: 2024-02-01, end: 2024-01-01}", "{"} {
		if _, err := window.ParseSample(text, now); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}
