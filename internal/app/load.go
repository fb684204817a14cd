package app

import (
	"context"
	"errors"
	"os"

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
	r.Dir = a.elsewhere()
	return load.Run(ctx, lane, r, progress)
}

// LoadPlan says how files would be read. It opens nothing but the files.
func (a *App) LoadPlan(ctx context.Context, r load.Request) ([]load.FilePlan, error) {
	r.Dir = a.elsewhere()
	return load.Plan(ctx, r)
}

// elsewhere gives the working directory, and "" where it is the process's own: messages show
// paths as they were written then.
func (a *App) elsewhere() string {
	if here, err := os.Getwd(); err == nil && here == a.cfg.WorkDir {
		return ""
	}
	return a.cfg.WorkDir
}
