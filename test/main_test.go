// Package e2e runs the built binary on small projects, as people do.
package e2e

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// binary is where TestMain built kith.
var binary string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "kith-e2e-*")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "kith")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w -X main.version=e2e", "-o", binary, "../cmd/kith")
	build.Stdout, build.Stderr = os.Stderr, os.Stderr
	if err := build.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "build kith:", err)
		return 1
	}
	return m.Run()
}

// outcome is what a command left behind.
type outcome struct {
	code           int
	stdout, stderr string
}

// command prepares kith in a folder, with an environment of its own.
func command(ctx context.Context, dir string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Dir = dir
	cmd.Env = []string{"HOME=" + dir, "PATH=" + os.Getenv("PATH")}
	return cmd
}

// kith runs a command to its end.
func kith(t *testing.T, dir string, args ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := command(t.Context(), dir, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return outcome{code: cmd.ProcessState.ExitCode(), stdout: stdout.String(), stderr: stderr.String()}
}

// well runs a command that must end with 0, and gives what it printed.
func well(t *testing.T, dir string, args ...string) string {
	t.Helper()
	out := kith(t, dir, args...)
	if out.code != 0 {
		t.Fatalf("kith %s: exit %d\n%s%s", strings.Join(args, " "), out.code, out.stdout, out.stderr)
	}
	return out.stdout
}

// query gives the rows of a query as CSV without the header.
func query(t *testing.T, dir, sql string) string {
	t.Helper()
	_, rows, _ := strings.Cut(well(t, dir, "query", "--format", "csv", sql), "\n")
	return strings.TrimSuffix(rows, "\n")
}

// refused runs a command that must fail with one line that holds all the texts.
func refused(t *testing.T, dir string, code int, texts []string, args ...string) {
	t.Helper()
	out := kith(t, dir, args...)
	if out.code != code {
		t.Errorf("kith %s: exit %d, want %d\n%s%s", strings.Join(args, " "), out.code, code, out.stdout, out.stderr)
	}
	line, stack, _ := strings.Cut(out.stderr, "\n")
	for stackLine := range strings.Lines(stack) {
		if !strings.HasPrefix(stackLine, "  in macro ") {
			t.Errorf("more than one line: %q", out.stderr)
		}
	}
	holds(t, line, texts)
}

// holds checks that a text holds others, and neither a usage text nor a stack trace.
func holds(t *testing.T, text string, texts []string) {
	t.Helper()
	for _, want := range texts {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %q", want, text)
		}
	}
	for _, no := range []string{"Usage:", "goroutine ", "panic"} {
		if strings.Contains(text, no) {
			t.Errorf("%q in %q", no, text)
		}
	}
}

// files are texts by slash path.
type files map[string]string

func write(t *testing.T, dir string, more files) {
	t.Helper()
	for name, text := range more {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// project writes a small project into a folder of its own.
func project(t *testing.T, more files) string {
	t.Helper()
	dir := t.TempDir()
	projectIn(t, dir, more)
	return dir
}

func projectIn(t *testing.T, dir string, more files) {
	t.Helper()
	write(t, dir, files{
		"dbt_project.yml": "name: shop\nversion: '1.0'\nprofile: shop\n",
		"profiles.yml":    "shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb, threads: 2}\n",
	})
	write(t, dir, more)
}
