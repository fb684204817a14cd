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
	out := well(t, dir, "demo", "--rows", "5000")
	holds(t, out, []string{"Project  kith-demo", "synthetic lines", "Champions", "Churn risk", "kith query"})
	lines := query(t, filepath.Join(dir, "kith-demo"), "select count(*) from bronze.transaction_logs")
	again := well(t, dir, "demo", "--rows", "5000")
	holds(t, again, []string{"kith-demo is there already and is kept", "has these lines already", "Champions"})
	if after := query(t, filepath.Join(dir, "kith-demo"), "select count(*) from bronze.transaction_logs"); after != lines {
		t.Errorf("%s lines became %s", lines, after)
	}
	// Other data takes the place of the first.
	well(t, dir, "demo", "--rows", "5000", "--seed", "9")
	loads := query(t, filepath.Join(dir, "kith-demo"), "select count(distinct _load_id), count(*) = (select rows_loaded from bronze.loads) from bronze.transaction_logs")
	if loads != "1,true" {
		t.Errorf("loads in the table: %s", loads)
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
