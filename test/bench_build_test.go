package e2e

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// TestBenchBuild compares `kith build` of the shipped project on the real log with
// its SQL sent straight to DuckDB. Ours is the wall time of the whole process: its
// start, reading the project, compiling, the artifacts and closing the warehouse.
// The reference opens the same warehouse with the same settings in this process,
// sends every statement that such a build sent (schemas, seeds, tables, hooks and
// tests alike), in the same order and one after the other, and closes it. Both
// begin with a copy of the same warehouse, which holds the loaded log alone or, for
// build_m1_again, a build as well, and both have DuckDB's own choice of threads.
// They take turns; the ratio is that of the medians.
func TestBenchBuild(t *testing.T) {
	if os.Getenv("KITH_BENCH") == "" {
		t.Skip("figures are taken with KITH_BENCH=1")
	}
	shop := theRealShop(t)
	built := filepath.Join(shop.dir, warehouseFile)
	for _, tc := range []struct {
		name, from string
		args       []string
	}{
		{"build_m1", shop.loadedFile, []string{"--exclude-resource-type", "test"}},
		{"build_m1_with_tests", shop.loadedFile, nil},
		{"build_m1_again", built, []string{"--exclude-resource-type", "test"}},
	} {
		dir := shopWith(t, tc.from)
		args := append([]string{"build"}, tc.args...)
		statements := sent(t, dir, args)
		fresh := func() {
			if err := copied(tc.from, filepath.Join(dir, warehouseFile)); err != nil {
				t.Fatal(err)
			}
		}
		var ours, ref []time.Duration
		for range 5 {
			fresh()
			start := time.Now()
			well(t, dir, args...)
			ours = append(ours, time.Since(start))
			fresh()
			start = time.Now()
			straight(t, filepath.Join(dir, warehouseFile), statements)
			ref = append(ref, time.Since(start))
		}
		printBench(tc.name, median(ours), median(ref))
	}
}

// sent gives the statements of a build, in the order in which they ended.
func sent(t *testing.T, dir string, args []string) []string {
	t.Helper()
	return statementsOf(t, well(t, dir, append(args, "--debug", "--log-format", "json")...))
}

// statementsOf gives the statements that the log of a build tells.
func statementsOf(t *testing.T, text string) []string {
	t.Helper()
	var out []string
	log := bufio.NewReader(strings.NewReader(text))
	for {
		line, err := log.ReadBytes('\n')
		if err != nil {
			break
		}
		var e struct {
			Info struct{ Name string }
			Data struct{ SQL string }
		}
		if json.Unmarshal(line, &e) == nil && e.Info.Name == "SQLQuery" {
			out = append(out, e.Data.SQL)
		}
	}
	if len(out) < 31 {
		t.Fatalf("%d statements of 31 models", len(out))
	}
	return out
}

// straight sends statements to DuckDB in one session.
func straight(t *testing.T, path string, statements []string) {
	t.Helper()
	engine, err := duckdb.Open(t.Context(), duckdb.Config{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	session, err := engine.Session(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range statements {
		// The rows of a test are one; Exec drops it.
		if _, err := session.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%v\n%s", err, sql)
		}
	}
	if err := session.Close(); err != nil {
		t.Fatal(err)
	}
	if err := engine.Close(); err != nil {
		t.Fatal(err)
	}
}

func median(of []time.Duration) time.Duration {
	of = slices.Sorted(slices.Values(of))
	return of[len(of)/2]
}

func printBench(name string, ours, ref time.Duration) {
	fmt.Printf("bench: %s ours=%.3fs ref=%.3fs ratio=%.2f\n", name, ours.Seconds(), ref.Seconds(), ours.Seconds()/ref.Seconds())
}
