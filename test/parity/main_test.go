package parity

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// binary is kith: where TestMain built it, or PARITY_KITH.
var binary string

// update writes dbt's facts to testdata; it needs PARITY_PYTHON.
var update = flag.Bool("update", false, "keep dbt's facts in testdata (with PARITY_PYTHON)")

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(run(m))
}

func run(m *testing.M) int {
	if binary = os.Getenv("PARITY_KITH"); binary != "" {
		return m.Run()
	}
	dir, err := os.MkdirTemp("", "kith-parity-*")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "kith")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w -X main.version=parity", "-o", binary, "../../cmd/kith")
	build.Stdout, build.Stderr = os.Stderr, os.Stderr
	if err := build.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "build kith:", err)
		return 1
	}
	return m.Run()
}

// kith runs a command and gives exit code, standard output and standard error.
func kith(t *testing.T, dir string, env map[string]string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), binary, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &errs
	cmd.Env = environment(dir, env)
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), errs.String()
}

func environment(home string, more map[string]string) []string {
	out := []string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "DBT_SEND_ANONYMOUS_USAGE_STATS=false", "TZ=UTC"}
	for _, key := range slices.Sorted(maps.Keys(more)) {
		out = append(out, key+"="+more[key])
	}
	return out
}
