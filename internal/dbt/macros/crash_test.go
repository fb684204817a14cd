package macros_test

import (
	"bufio"
	"os"
	"os/exec"
	"testing"
)

// crashing is set in the process that is to be killed.
const crashing = "KITH_TEST_CRASH"

// A build that is killed leaves the relation as it was before or as it is after,
// and nothing in the way of the next build.
func TestKilledBuildLeavesOneOrTheOther(t *testing.T) {
	if path := os.Getenv(crashing); path != "" {
		buildForever(t, path)
	}
	path := tempFile(t, "w.duckdb")
	w := openWorld(t, path)
	w.node("m", "select 0 as a from range(1000)").mustBuild("table")
	w.node("i", "select 0 as a from range(1000)").mustBuild("incremental")
	w.close()
	for builds := range 4 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilledBuildLeavesOneOrTheOther$")
		cmd.Env = append(os.Environ(), crashing+"="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// Each line is a build that is done: it dies somewhere in the next one.
		lines := bufio.NewScanner(out)
		for i := 0; i <= builds*3 && lines.Scan(); i++ {
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // killed

		w := openWorld(t, path)
		want(t, w.rows("select count(*), min(a) = max(a) from s.m"), "1000|True")
		want(t, w.rows("select count(*) % 1000 from s.i"), "0")
		want(t, w.relations(), "i table", "m table")
		w.node("m", "select -1 as a from range(1000)").mustBuild("table")
		w.close()
	}
}

func buildForever(t *testing.T, path string) {
	t.Helper()
	w := openWorld(t, path)
	for {
		w.node("m", "select (epoch_ms(now()) * 0 + (random() * 0)::bigint) as a from range(1000)").mustBuild("table")
		w.node("i", "select 1 as a from range(1000)", "incremental_strategy", "append").mustBuild("incremental")
		if _, err := os.Stdout.WriteString("built\n"); err != nil {
			os.Exit(1) // nobody listens any more
		}
	}
}
