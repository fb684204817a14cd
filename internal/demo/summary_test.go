package demo_test

import (
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/demo"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/terminal"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// open gives a session on a warehouse in memory after running the statements of
// the files in testdata.
func open(t *testing.T, files ...string) warehouse.Session {
	t.Helper()
	engine, err := duckdb.Open(t.Context(), duckdb.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = engine.Close() })
	session, err := engine.Session(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	for _, name := range files {
		text, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := session.Exec(t.Context(), string(text)); err != nil {
			t.Fatal(err)
		}
	}
	return session
}

func TestSummary(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		golden string
		files  []string
		opts   demo.Options
	}{
		{
			"summary_80.txt",
			[]string{"gold.sql"},
			demo.Options{Width: 80, ProjectDir: "kith-demo", Synthetic: true},
		},
		{
			"summary_120.txt",
			[]string{"gold.sql"},
			demo.Options{Width: 160, ProjectDir: "my shop's project", Command: "bin/kith"},
		},
		{
			"summary_color.txt",
			[]string{"gold.sql"},
			demo.Options{Width: 100, Color: true, Synthetic: true},
		},
		{"summary_empty.txt", []string{"gold.sql", "empty.sql"}, demo.Options{}},
	} {
		t.Run(tc.golden, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			if err := demo.Summary(t.Context(), open(t, tc.files...), &out, tc.opts); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", tc.golden)
			if *update {
				if err := os.WriteFile(path, []byte(out.String()), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), out.String()); diff != "" {
				t.Errorf("%s (-want +got; -update rewrites it):\n%s", path, diff)
			}
		})
	}
}

func TestEveryLineFits(t *testing.T) {
	t.Parallel()
	session := open(t, "gold.sql")
	for width := 80; width <= 120; width++ {
		for _, color := range []bool{false, true} {
			var out strings.Builder
			opts := demo.Options{Width: width, Color: color, Synthetic: true, ProjectDir: "kith-demo"}
			if err := demo.Summary(t.Context(), session, &out, opts); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(out.String()) {
				line = strings.TrimSuffix(line, "\n")
				if terminal.Columns(line) > width {
					t.Errorf("%d columns of %d: %s", terminal.Columns(line), width, line)
				}
				if !color && strings.Contains(line, "\x1b") {
					t.Errorf("an escape sequence without colour: %q", line)
				}
			}
		}
	}
}

func TestBadgeSaysThatDataIsSynthetic(t *testing.T) {
	t.Parallel()
	session := open(t, "gold.sql")
	for _, synthetic := range []bool{false, true} {
		var out strings.Builder
		if err := demo.Summary(t.Context(), session, &out, demo.Options{Synthetic: synthetic}); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(out.String(), "SYNTHETIC DATA"); got != synthetic {
			t.Errorf("synthetic %t: badge %t", synthetic, got)
		}
	}
}

func TestProjectThatIsNotBuiltSaysWhatToDo(t *testing.T) {
	t.Parallel()
	err := demo.Summary(t.Context(), open(t), io.Discard, demo.Options{})
	if !fault.Is(err, fault.Database) || !strings.Contains(err.Error(), "build them first: kith build") {
		t.Errorf("got %v (code %s)", err, fault.CodeOf(err))
	}
}

var errPipe = errors.New("broken pipe")

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errPipe }

func TestBrokenPipeIsReported(t *testing.T) {
	t.Parallel()
	err := demo.Summary(t.Context(), open(t, "gold.sql"), brokenPipe{}, demo.Options{})
	if !errors.Is(err, errPipe) || !fault.Is(err, fault.Disk) {
		t.Errorf("got %v (code %s)", err, fault.CodeOf(err))
	}
}
