package app

import (
	"context"
	"errors"

	"github.com/kith-analytics/kith/internal/generate/deliver"
)

// Generate puts synthetic data into the warehouse.
func (a *App) Generate(ctx context.Context, r deliver.Request) (sum deliver.Summary, err error) {
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
	defer func() { err = errors.Join(err, lane.Release()) }()
	r.Now = a.cfg.Now
	return deliver.Run(ctx, lane, r)
}
