package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/kith-analytics/kith/internal/httpapi"
	"github.com/kith-analytics/kith/internal/load"
	"github.com/kith-analytics/kith/internal/profile"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// splitFiles takes names apart from files: what has an ending or a folder in its name,
// and is there.
func (a *App) splitFiles(words []string) (names, files []string) {
	for _, word := range words {
		info, err := os.Stat(a.abs(word))
		if err == nil && !info.IsDir() && (filepath.Ext(word) != "" || strings.ContainsAny(word, `/\`)) {
			files = append(files, word)
		} else {
			names = append(names, word)
		}
	}
	return names, files
}

// profileFile looks at a file as `kith load` reads it, in a warehouse of its own that
// goes away.
func (a *App) profileFile(ctx context.Context, view *httpapi.Project, file string, sample int64, use func(*profile.Table) error) (err error) {
	engine, err := duckdb.Open(ctx, duckdb.Config{Path: duckdb.Memory, Logger: a.log})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	lanes := warehouse.NewLanes(engine, warehouse.LaneOptions{})
	sum, err := loadInto(ctx, lanes, load.Request{Paths: []string{file}, Dir: a.elsewhere(), Apart: true, Now: a.cfg.Now})
	if err != nil {
		return err
	}
	return a.profileIn(ctx, lanes, view, sample, func(t *targets) ([]target, error) {
		out := make([]target, 0, len(sum.Files))
		for _, f := range sum.Files {
			one := t.table(f.Table)
			one.name, one.notes = file, fileNotes(f)
			out = append(out, one)
		}
		return out, nil
	}, use)
}

func loadInto(ctx context.Context, lanes *warehouse.Lanes, r load.Request) (sum load.Summary, err error) {
	lane, err := lanes.Write(ctx)
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, lane.Release()) }()
	return load.Run(ctx, lane, r, nil)
}

// fileNotes tells how a file was read.
func fileNotes(f load.FileSummary) []string {
	out := []string{"read as " + f.Table}
	if f.Rejected > 0 {
		out = append(out, fmt.Sprintf("%d rows cannot be read and are left out", f.Rejected))
	}
	if len(f.Ignored) > 0 {
		out = append(out, "columns that would not be loaded and are left out: "+strings.Join(f.Ignored, ", "))
	}
	return append(out, f.Notes...)
}
