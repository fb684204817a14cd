package cli_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/analytics"
)

func TestInitWritesTheShippedProject(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	out := well(t, dir, "init", "my shop")
	if !strings.Contains(out.stdout, "cd 'my shop'\n") || !strings.Contains(out.stdout, "kith build") {
		t.Errorf("no next steps:\n%s", out.stdout)
	}
	err := fs.WalkDir(analytics.Project, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		want, err := fs.ReadFile(analytics.Project, name)
		if err != nil {
			return err
		}
		path := filepath.Join(dir, "my shop", filepath.FromSlash(name))
		if got := read(t, path); got != string(want) {
			t.Errorf("%s differs", name)
		}
		info, err := os.Stat(path)
		if err == nil && info.Mode().Perm()&0o200 == 0 {
			t.Errorf("%s cannot be changed", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v %v", entries, err)
	}
	well(t, filepath.Join(dir, "my shop"), "parse")
}

func TestInitKeepsWhatIsThere(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, files{"x/notes.txt": "mine"})
	out := kith(t, dir, "init", "x")
	if out.code != 2 || out.stderr != "kith: x is not empty; name another folder, or add --force to write into it\n" {
		t.Errorf("exit %d: %s", out.code, out.stderr)
	}
	if entries, err := os.ReadDir(filepath.Join(dir, "x")); err != nil || len(entries) != 1 {
		t.Errorf("%v %v", entries, err)
	}
	well(t, dir, "init", "x", "--force")
	if read(t, dir, "x", "notes.txt") != "mine" || !exists(dir, "x", "dbt_project.yml") {
		t.Error("--force adds to what is there")
	}
	write(t, dir, files{"file": "text"})
	if out := kith(t, dir, "init", "file"); out.code != 2 || strings.Count(out.stderr, "\n") != 1 {
		t.Errorf("exit %d: %s", out.code, out.stderr)
	}
}

func TestInitWithACurrency(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	well(t, dir, "init", "shop", "--currency", "EUR")
	shipped, err := fs.ReadFile(analytics.Project, "dbt_project.yml")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(string(shipped), "\n  currency: null\n", "\n  currency: EUR\n", 1)
	if got := read(t, dir, "shop", "dbt_project.yml"); got != want || want == string(shipped) {
		t.Errorf("the project's file:\n%s", got)
	}
	out := kith(t, dir, "init", "other", "--currency", "euro")
	if out.code != 2 || out.stderr != "kith: \"euro\" is no currency; give its three letters, such as EUR\n" || exists(dir, "other") {
		t.Errorf("exit %d: %s", out.code, out.stderr)
	}
}
