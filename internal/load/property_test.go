package load_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/kith-analytics/kith/internal/load"
)

// TestEveryRowIsAccountedFor loads random files with good and bad rows, whole and
// cut into two files, and compares with what the generator knows.
func TestEveryRowIsAccountedFor(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	dir := t.TempDir()
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		type row struct {
			cells []string
			good  bool
			cents int64
		}
		rows := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) row {
			cents := rapid.Int64Range(-100_000, 100_000).Draw(rt, "cents")
			r := row{good: true, cents: cents, cells: []string{
				rapid.StringMatching(`C?[0-9]{6}`).Draw(rt, "invoice"), rapid.StringMatching(`[0-9A-Z]{1,6}`).Draw(rt, "stock"),
				rapid.StringMatching(`[A-Z ,"'\n]{0,10}`).Draw(rt, "description"), strconv.Itoa(rapid.IntRange(-5, 50).Draw(rt, "quantity")),
				rapid.SampledFrom([]string{"2010-12-01 08:26:00", "12/1/2010 8:26", "2011-02-28"}).Draw(rt, "date"),
				fmt.Sprintf("%d.%02d", cents/100, max(cents, -cents)%100), rapid.SampledFrom([]string{"", "17850", "17850.0"}).Draw(rt, "customer"), "UK",
			}}
			if cents < 0 && cents > -100 {
				r.cells[5] = "-" + r.cells[5]
			}
			switch rapid.IntRange(0, 9).Draw(rt, "fault") {
			case 0:
				r.good, r.cells[3] = false, rapid.SampledFrom([]string{"", "x", "1.5", "99999999999999999999"}).Draw(rt, "bad quantity")
			case 1:
				r.good, r.cells[4] = false, rapid.SampledFrom([]string{"", "2011-02-29", "31/12/2010", "soon"}).Draw(rt, "bad date")
			case 2:
				r.good, r.cells = false, r.cells[:rapid.IntRange(1, 7).Draw(rt, "cells")]
			case 3:
				r.good, r.cells[7] = false, "U\x00K"
			}
			return r
		}), 0, 40).Draw(rt, "rows")

		cut := rapid.IntRange(0, len(rows)).Draw(rt, "cut")
		var paths []string
		for part, list := range [][]row{rows[:cut], rows[cut:]} {
			var b strings.Builder
			b.WriteString(retailHeader)
			out := csv.NewWriter(&b)
			out.UseCRLF = part == 1
			for _, r := range list {
				if err := out.Write(r.cells); err != nil {
					rt.Fatal(err)
				}
			}
			out.Flush()
			path := filepath.Join(dir, fmt.Sprintf("%d-%d.csv", run, part))
			if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
				rt.Fatal(err)
			}
			paths = append(paths, path)
		}
		table := fmt.Sprintf("t%d", run)
		sum, err := load.Run(context.Background(), w.engine, load.Request{Paths: paths, Table: table, Again: true, Source: "online-retail"}, nil)
		if err != nil {
			rt.Fatal(err)
		}
		var good, cents int64
		for _, r := range rows {
			if r.good {
				good, cents = good+1, cents+r.cents
			}
		}
		loaded, rejected, _ := sum.Totals()
		if loaded != good || loaded+rejected != int64(len(rows)) {
			rt.Fatalf("%d rows, %d good: %d loaded, %d rejected", len(rows), good, loaded, rejected)
		}
		got := w.lines("SELECT count(*), coalesce(sum(unit_price * 100), 0)::BIGINT FROM bronze." + table)
		if want := fmt.Sprintf("%d|%d\n", good, cents); got != want {
			rt.Fatalf("the table has %s, want %s", got, want)
		}
		got = w.lines("SELECT count(*), count(reason), count(line) FROM bronze.rejects WHERE file IN (?, ?)", paths[0], paths[1])
		if want := fmt.Sprintf("%d|%d|%d\n", rejected, rejected, rejected); got != want {
			rt.Fatalf("the rejects have %s, want %s", got, want)
		}
	})
}
