package deliver_test

import (
	"path/filepath"
	"testing"

	"github.com/kith-analytics/kith/internal/generate/deliver"
	"github.com/kith-analytics/kith/internal/generate/world"
	"github.com/kith-analytics/kith/internal/load"
)

// Files that are loaded give the tables that generating into the warehouse gives.
func TestFilesLoadIntoTheSameTables(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	scratch, loaded, direct := newStore(t), newStore(t), newStore(t)
	if _, err := deliver.Files(t.Context(), scratch.lane, tiny(t), dir); err != nil {
		t.Fatal(err)
	}
	sum, err := load.Run(t.Context(), loaded.lane, load.Request{Paths: []string{filepath.Join(dir, world.Bronze)}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	direct.run(tiny(t))
	for _, f := range sum.Files {
		if f.Rejected > 0 {
			t.Errorf("%s: %d rows are rejected", f.Path, f.Rejected)
		}
		sql := "SELECT count(*), sum(hash(r)) FROM (SELECT * EXCLUDE (_file, _line, _load_id, _loaded_at) FROM " + f.Table + ") r"
		if got, want := loaded.text(sql), direct.text(sql); got != want {
			t.Errorf("%s: loaded %s, generated %s", f.Table, got, want)
		}
	}
	if len(sum.Files) != 18 {
		t.Errorf("%d files are loaded, not 18", len(sum.Files))
	}
}

// The days after a horizon are written without it.
func TestFilesOfFurtherDays(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	scratch, direct := newStore(t), newStore(t)
	r := tiny(t)
	r.More = 2
	if _, err := deliver.Files(t.Context(), scratch.lane, r, dir); err != nil {
		t.Fatal(err)
	}
	direct.run(tiny(t))
	direct.run(deliver.Request{More: 2})
	got := direct.text("SELECT count(*), sum(hash(r)) FROM read_parquet('" + filepath.Join(dir, "bronze", "transactions.parquet") + "') r")
	want := direct.text("SELECT count(*), sum(hash(r)) FROM (SELECT * EXCLUDE (_file, _line, _load_id, _loaded_at) FROM bronze.transactions WHERE _load_id > 18) r")
	if got != want {
		t.Errorf("the files have %s, the warehouse %s", got, want)
	}
}
