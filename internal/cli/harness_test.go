package cli_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/cli"
)

// outcome is what a command left behind.
type outcome struct {
	code           int
	stdout, stderr string
}

// invocation is one command line in a folder, with a clock that stands still.
type invocation struct {
	dir   string
	env   []string
	stdin io.Reader
	ctx   context.Context
	out   io.Writer
}

func (i invocation) kith(t *testing.T, args ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if i.stdin == nil {
		i.stdin = strings.NewReader("")
	}
	if i.ctx == nil {
		i.ctx = t.Context()
	}
	out := io.Writer(&stdout)
	if i.out != nil {
		out = io.MultiWriter(&stdout, i.out)
	}
	code := cli.Main(i.ctx, cli.Environment{
		Version: "1.2.3", Args: args, Stdin: i.stdin, Stdout: out, Stderr: &stderr, Env: i.env, WorkDir: i.dir,
		Now:   func() time.Time { return time.Date(2026, 11, 21, 3, 23, 8, 0, time.UTC) },
		NewID: func() string { return "00000000-0000-4000-8000-000000000001" },
	})
	return outcome{code: code, stdout: stdout.String(), stderr: stderr.String()}
}

// kith runs a command in a folder.
func kith(t *testing.T, dir string, args ...string) outcome {
	t.Helper()
	return invocation{dir: dir}.kith(t, args...)
}

// well runs a command that must end with 0.
func well(t *testing.T, dir string, args ...string) outcome {
	t.Helper()
	out := kith(t, dir, args...)
	if out.code != 0 {
		t.Fatalf("kith %s: exit %d\n%s%s", strings.Join(args, " "), out.code, out.stdout, out.stderr)
	}
	return out
}

// files are texts by slash path.
type files map[string]string

const (
	projectFile = `name: shop
version: "1.0"
profile: shop
`
	profilesFile = `shop:
  target: dev
  outputs:
    dev: {type: duckdb, path: shop.duckdb, threads: 1}
    prod: {type: duckdb, path: prod.duckdb, schema: live, threads: 2}
`
)

// project writes a project: a project file and a profile, unless the files have
// their own, and the files.
func project(t *testing.T, more files) string {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, files{"dbt_project.yml": projectFile, "profiles.yml": profilesFile})
	write(t, dir, more)
	return dir
}

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

func read(t *testing.T, path ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func exists(path ...string) bool {
	_, err := os.Stat(filepath.Join(path...))
	return err == nil
}

// orders is a project of a few models and tests.
func orders(t *testing.T) string {
	t.Helper()
	return project(t, files{
		"models/orders.sql":          "select 1 as id, 10.5 as amount\nunion all\nselect 2, 20",
		"models/marts/totals.sql":    "{{ config(materialized='table', tags=['daily']) }}\nselect sum(amount) as total from {{ ref('orders') }}",
		"models/marts/helper.sql":    "{{ config(materialized='ephemeral') }}\nselect * from {{ ref('orders') }}",
		"tests/orders_positive.sql":  "select * from {{ ref('orders') }} where amount < 0",
		"analyses/look.sql":          "select * from {{ ref('totals') }}",
		"models/sources_and_use.yml": "sources:\n  - name: raw\n    tables: [{name: events}]\nexposures:\n  - name: board\n    type: dashboard\n    owner: {name: Ann}\n    depends_on: [ref('totals')]\n",
	})
}
