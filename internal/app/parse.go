package app

import (
	"context"

	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
)

// Parse reads the project, checks it, and writes manifest.json. It never opens
// the warehouse.
func (a *App) Parse(ctx context.Context) error {
	l, err := a.parsed(ctx)
	if err != nil {
		return err
	}
	a.emit(event.Found{Stats: run.Found(l.manifest)})
	return a.writeManifest(l)
}
