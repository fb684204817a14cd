package compile_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/compile"
	"github.com/kith-analytics/kith/internal/fault"
)

func TestSQLIsWrittenWhenItIsAnother(t *testing.T) {
	path := filepath.Join(t.TempDir(), "models", "a.sql")
	long := time.Unix(1_000_000_000, 0)
	for _, c := range []struct {
		text    string
		written bool
	}{{"select 1", true}, {"select 1", false}, {"select 12", true}, {"select 1", true}, {"", true}, {"", false}} {
		if err := compile.WriteSQL(path, c.text); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(path)
		if err != nil || string(text) != c.text {
			t.Errorf("%q, %v", text, err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if written := !info.ModTime().Equal(long); written != c.written {
			t.Errorf("%q: written is %t", c.text, written)
		}
		if err := os.Chtimes(path, long, long); err != nil {
			t.Fatal(err)
		}
	}
	if err := compile.WriteSQL(filepath.Join(path, "below.sql"), "select 1"); fault.CodeOf(err) != fault.Disk {
		t.Errorf("a file below a file: %v", err)
	}
}
