package parity

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// projects is where our own projects are.
const projects = "../projects"

// TestProjects compares every project in test/projects with dbt's facts: those
// in testdata, or, with PARITY_PYTHON, those of a run now.
func TestProjects(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(projects)
	if err != nil {
		t.Fatal(err)
	}
	python := os.Getenv("PARITY_PYTHON")
	for _, entry := range entries {
		t.Run(entry.Name(), func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(projects, entry.Name())
			if python != "" {
				live(t, python, dir, filepath.Join("testdata", entry.Name()+".json"))
				return
			}
			s := readSpec(t, dir)
			want := readGolden(t, filepath.Join("testdata", entry.Name()+".json"))
			var ls [][]string
			for selection := range want.Ls {
				ls = append(ls, strings.Fields(selection))
			}
			got, _ := ours(t, dir, &s, func(map[string]map[string]any) [][]string { return ls })
			compare(t, &s, want, got)
		})
	}
}

// live compares with a run of dbt.
func live(t *testing.T, python, dir, keepIn string) {
	t.Helper()
	s := readSpec(t, dir)
	var ls [][]string
	got, our := ours(t, dir, &s, func(m map[string]map[string]any) [][]string {
		ls = selections(m, s.Select)
		return ls
	})
	want, dbt := dbts(t, python, dir, &s, ls)
	compare(t, &s, want, got)
	compareRows(t, &s, dbt, our, want)
	same, all := exact(want, got)
	t.Logf("parity: %s: %d steps, %d selections, %d of %d compiled texts equal to the byte", filepath.Base(dir), len(want.Steps), len(ls), same, all)
	if *update && keepIn != "" {
		writeGolden(t, keepIn, want)
	}
}
