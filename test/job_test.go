package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// realLog is the public sales log; tests that need it are skipped without it.
const realLog = "../../shared/data/online_retail.csv.gz"

func TestDemo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	out := well(t, dir, "demo")
	holds(t, out, []string{
		"Project  kith-demo", "synthetic rows", "Champions", "Churn risk", "Spending segments", "Groups by model", "ESG initiatives",
		"Experience", "Acquisition", "Findings", "kith query",
	})
	lines := query(t, filepath.Join(dir, "kith-demo"), "select count(*) from bronze.transactions")
	// Its data would be built again; that is seen with other data below.
	again, rest := begun(t, dir, "has these synthetic rows already", "demo")
	interrupted(t, again, rest)
	if after := query(t, filepath.Join(dir, "kith-demo"), "select count(*) from bronze.transactions"); after != lines {
		t.Errorf("%s lines became %s", lines, after)
	}
	// Other data takes the place of the first.
	holds(t, well(t, dir, "demo", "--seed", "9"), []string{"kith-demo is there already and is kept", "Champions"})
	marks := query(t, filepath.Join(dir, "kith-demo"), "select distinct _file from bronze.transactions")
	if !strings.Contains(marks, "seed=9") || strings.Contains(marks, "seed=1,") {
		t.Errorf("the transactions are of %s", marks)
	}
}

func TestDemoLeavesOtherFoldersAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, files{"mine/notes.txt": "mine"})
	refused(t, dir, 2, []string{"kith: mine holds something else", "--dir"}, "demo", "--dir", "mine")
	entries, err := os.ReadDir(filepath.Join(dir, "mine"))
	if err != nil || len(entries) != 1 {
		t.Errorf("%v %v", entries, err)
	}
}

func TestArtifactsAreWhole(t *testing.T) {
	t.Parallel()
	dir := project(t, files{"models/a.sql": "select 1 as id", "tests/t.sql": "select * from {{ ref('a') }} where id > 1"})
	well(t, dir, "build")
	for _, name := range []string{"manifest.json", "run_results.json"} {
		text, err := os.ReadFile(filepath.Join(dir, "target", name))
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid(text) {
			t.Errorf("%s is not JSON", name)
		}
	}
	if entries, err := filepath.Glob(filepath.Join(dir, "target", ".*")); err != nil || len(entries) > 0 {
		t.Errorf("left behind: %v %v", entries, err)
	}
}

func TestVersionOfTheBuild(t *testing.T) {
	t.Parallel()
	if out := well(t, t.TempDir(), "version"); !strings.HasPrefix(out, "kith e2e ") {
		t.Error(out)
	}
}
