package generate_test

import (
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/generate"
)

// A log that goes on begins with the lines of the one that does not.
func TestALogGoesOn(t *testing.T) {
	t.Parallel()
	cfg := generate.Config{Rows: 3_000, Days: 120}
	var short, long strings.Builder
	before, err := generate.SalesLog(t.Context(), &short, cfg)
	if err != nil {
		t.Fatal(err)
	}
	cfg.More = 20
	after, err := generate.SalesLog(t.Context(), &long, cfg)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(long.String(), short.String()) {
		t.Error("the lines before the further days are others")
	}
	more := after.Rows - before.Rows
	if perDay := float64(before.Rows) / 120; float64(more) < 10*perDay || float64(more) > 40*perDay {
		t.Errorf("20 further days have %d lines, where a day has %.1f", more, perDay)
	}
	if end := before.To.Truncate(24*3600e9).AddDate(0, 0, 21); after.To.After(end) {
		t.Errorf("the last line is of %s", after.To)
	}
	cfg.More = -1
	if _, err := generate.SalesLog(t.Context(), &long, cfg); !fault.Is(err, fault.Usage) {
		t.Error("fewer than no days: ", err)
	}
}

// The lines that are handed out are those that are printed.
func TestLinesAreThoseOfTheFile(t *testing.T) {
	t.Parallel()
	cfg := generate.Config{Rows: 500}
	var file strings.Builder
	sum, err := generate.SalesLog(t.Context(), &file, cfg)
	if err != nil {
		t.Fatal(err)
	}
	printed := strings.Split(strings.TrimSpace(file.String()), "\n")[1:]
	n := 0
	lines, err := generate.SalesLines(t.Context(), cfg, func(l generate.Line) error {
		fields := strings.Split(strings.ReplaceAll(printed[n], `"`, ""), ",")
		if fields[0] != l.InvoiceNo || fields[1] != l.StockCode || fields[len(fields)-1] != l.Country || fields[len(fields)-2] != l.CustomerID {
			t.Errorf("line %d is %+v, printed as %s", n, l, printed[n])
		}
		n++
		return nil
	})
	if err != nil || lines != sum || n != sum.Rows {
		t.Errorf("%d lines of %+v, printed %+v: %v", n, lines, sum, err)
	}
}
