package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// lsGoal is the wall time that `kith ls` of the shipped project may take, the
// start of the process and all.
const lsGoal = 50 * time.Millisecond

// TestBenchLs takes the median of the wall times of `kith ls` on the shipped
// project. It runs with KITH_BENCH=1 only.
func TestBenchLs(t *testing.T) {
	if os.Getenv("KITH_BENCH") == "" {
		t.Skip("figures are taken with KITH_BENCH=1")
	}
	dir := t.TempDir()
	well(t, dir, "init", "shop")
	shop := filepath.Join(dir, "shop")
	times := make([]time.Duration, 21)
	for i := range times {
		start := time.Now()
		well(t, shop, "ls")
		times[i] = time.Since(start)
	}
	slices.Sort(times)
	median := times[len(times)/2]
	fmt.Printf("bench: ls_shipped_project ours=%dms ref=%dms ratio=%.2f\n", median.Milliseconds(), lsGoal.Milliseconds(), float64(median)/float64(lsGoal))
}
