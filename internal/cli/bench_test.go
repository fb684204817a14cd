package cli_test

import (
	"io"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/cli"
)

// lsGoal is the wall time that `kith ls` of the shipped project may take.
const lsGoal = 50 * time.Millisecond

func BenchmarkList(b *testing.B) {
	dir := b.TempDir()
	run := func(args ...string) {
		code := cli.Main(b.Context(), cli.Environment{
			Version: "bench", Args: args, Stdin: nil, Stdout: io.Discard, Stderr: io.Discard, WorkDir: dir,
		})
		if code != 0 {
			b.Fatalf("%v: exit %d", args, code)
		}
	}
	run("init", "shop")
	dir += "/shop"
	for b.Loop() {
		run("ls")
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(lsGoal), "ratio-to-goal")
}
