//go:build unix

package load_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/load"
)

// A pipe can be read once, and a load looks at a file before it reads it: rows would be lost.
func TestPipesAreRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	pipe := filepath.Join(dir, "q.csv")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	w := newStore(t)
	for _, path := range []string{pipe, os.DevNull} {
		if _, err := load.Run(t.Context(), w.engine, load.Request{Paths: []string{path}}, nil); !fault.Is(err, fault.Usage) || !strings.Contains(err.Error(), path+" is no file but a pipe or a device") {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := load.Run(t.Context(), w.engine, load.Request{Paths: []string{filepath.Join(dir, "*.csv")}}, nil); !fault.Is(err, fault.NotFound) {
		t.Errorf("a pattern that a pipe alone fits: %v", err)
	}
}
