package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/generate/deliver"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// Generate puts synthetic data into the warehouse.
func (a *App) Generate(ctx context.Context, r deliver.Request) (sum deliver.Summary, err error) {
	r.Now = a.cfg.Now
	l, err := a.configured(ctx)
	if err != nil {
		return sum, err
	}
	lanes, err := a.open(ctx, l.target)
	if err != nil {
		return sum, err
	}
	lane, err := lanes.Write(ctx)
	if err != nil {
		return sum, err
	}
	defer func() { err = a.recorded(ctx, errors.Join(err, lane.Release())) }()
	a.recording(ctx)
	return deliver.Run(ctx, lane, r)
}

// GenerateFiles puts synthetic data into Parquet files in a folder, which must be
// empty or missing. It appears whole or not at all, and needs no project: what is
// written goes through a scratch warehouse beside it.
func (a *App) GenerateFiles(ctx context.Context, r deliver.Request, shown string) (sum deliver.Summary, err error) {
	folder := a.abs(shown)
	r.Now = a.cfg.Now
	there, err := os.ReadDir(folder)
	if err == nil && len(there) > 0 {
		return sum, fault.New(fault.Usage, "the folder %s is not empty", shown).WithHint("name another one with --out")
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return sum, fault.Wrap(err, fault.Disk, "the folder %s cannot be read", shown)
	}
	part, err := os.MkdirTemp(filepath.Dir(folder), "."+filepath.Base(folder)+".*")
	if err != nil {
		return sum, fault.Wrap(err, fault.Disk, "the folder %s cannot be made", shown)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(part)) }()
	files := filepath.Join(part, "files")
	if sum, err = a.scratch(ctx, r, filepath.Join(part, "scratch.duckdb"), files); err != nil {
		return sum, err
	}
	if err := os.Remove(folder); err != nil && !errors.Is(err, os.ErrNotExist) {
		return sum, fault.Wrap(err, fault.Disk, "the folder %s cannot be replaced", shown)
	}
	if err := os.Rename(files, folder); err != nil {
		return sum, fault.Wrap(err, fault.Disk, "the folder %s cannot be made", shown)
	}
	return sum, nil
}

func (a *App) scratch(ctx context.Context, r deliver.Request, path, files string) (sum deliver.Summary, err error) {
	engine, err := duckdb.Open(ctx, duckdb.Config{Path: path, Logger: a.log})
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	lane, err := warehouse.NewLanes(engine, warehouse.LaneOptions{}).Write(ctx)
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, lane.Release()) }()
	return deliver.Files(ctx, lane, r, files)
}
