package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/kith-analytics/kith/internal/load"
)

// Load reads files into the warehouse. The summary counts also beside an error:
// it has the files that were loaded before it.
func (a *App) Load(ctx context.Context, r load.Request, progress load.Progress) (sum load.Summary, err error) {
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
	r.Now = a.cfg.Now
	r.Paths = a.near(r.Paths)
	return load.Run(ctx, lane, r, progress)
}

// LoadPlan says how files would be read. It opens nothing but the files.
func (a *App) LoadPlan(ctx context.Context, r load.Request) ([]load.FilePlan, error) {
	r.Paths = a.near(r.Paths)
	return load.Plan(ctx, r)
}

// near takes paths as seen from the working directory, and leaves them as they
// were written where that is the process's own, for messages to show them so.
func (a *App) near(paths []string) []string {
	if here, err := os.Getwd(); err == nil && here == a.cfg.WorkDir {
		return paths
	}
	out := make([]string, len(paths))
	for i, path := range paths {
		out[i] = path
		if !filepath.IsAbs(path) {
			out[i] = filepath.Join(a.cfg.WorkDir, path)
		}
	}
	return out
}
