package e2e

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// slow is a model that does not end by itself while a test lasts.
const slow = "{{ config(materialized='table') }}\nselect count(*) as n from range(100000000) a, range(100000000) b"

// begun starts a command and waits until it prints a text.
func begun(t *testing.T, dir, text string, args ...string) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	cmd := command(t.Context(), dir, args...)
	// An interrupt from the keyboard would reach the test as well.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	out := bufio.NewReader(stdout)
	for {
		line, err := out.ReadString('\n')
		if err != nil {
			t.Fatalf("%v ended before it printed %q", args, text)
		}
		if strings.Contains(line, text) {
			return cmd, out
		}
	}
}

// interrupted sends Ctrl-C, and gives what was printed until the end.
func interrupted(t *testing.T, cmd *exec.Cmd, out *bufio.Reader) string {
	t.Helper()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	var rest strings.Builder
	if _, err := out.WriteTo(&rest); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // its exit code is looked at
	return rest.String()
}

func TestWarehouseHeldByAnotherProcess(t *testing.T) {
	t.Parallel()
	dir := project(t, files{"models/slow.sql": slow, "models/other.sql": "select 1 as id", "good.csv": header + lines(3)})
	holder, out := begun(t, dir, "START sql table model main.slow", "run", "-s", "slow")
	for _, args := range [][]string{
		{"run", "-s", "other"}, {"build", "-s", "other"}, {"load", "--preset", "online-retail", "good.csv"}, {"query", "select 1"},
	} {
		refused(t, dir, 1, []string{"kith: ", "shop.duckdb"}, args...)
	}
	well(t, dir, "ls") // needs no warehouse
	interrupted(t, holder, out)
	well(t, dir, "run", "-s", "other")
}

func TestInterruptEndsCleanly(t *testing.T) {
	t.Parallel()
	dir := project(t, files{
		"models/a_first.sql": "{{ config(materialized='table') }}\nselect 1 as id",
		"models/slow.sql":    slow + " join {{ ref('a_first') }} on true",
		"models/z_after.sql": "select * from {{ ref('slow') }}",
	})
	cmd, out := begun(t, dir, "START sql table model main.slow", "run")
	before := time.Now()
	rest := interrupted(t, cmd, out)
	if code := cmd.ProcessState.ExitCode(); code != 1 {
		t.Errorf("exit %d", code)
	}
	if took := time.Since(before); took > 20*time.Second {
		t.Errorf("stopping took %s", took)
	}
	holds(t, rest, []string{"CANCEL query model.shop.slow", "Exited because of keyboard interrupt", "PASS=1 WARN=0 ERROR=1 SKIP=1"})
	if got := statuses(t, dir); got != "model.shop.a_first=success model.shop.slow=error model.shop.z_after=skipped" {
		t.Errorf("run_results.json: %s", got)
	}
	if got := query(t, dir, "select string_agg(table_name, ' ') from duckdb_tables()"); got != "a_first" {
		t.Errorf("tables: %s", got)
	}
}
