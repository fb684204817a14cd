package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/httpapi"
	"github.com/kith-analytics/kith/internal/load"
	"github.com/kith-analytics/kith/internal/metric"
	"github.com/kith-analytics/kith/internal/profile"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// ProfileOptions say what to look at.
type ProfileOptions struct {
	// Names are sources, models, tables with their schema, or files; none for all sources
	// that are there.
	Names []string
	// Sample is how many rows of each to look at; 0 for all.
	Sample int64
}

// Profile looks at tables column by column and hands each over as soon as it is known.
// Personal columns are counted and not shown. It changes nothing. A name that
// nothing has gives a fault of code NotFound, before anything is looked at.
func (a *App) Profile(ctx context.Context, o ProfileOptions, use func(*profile.Table) error) (err error) {
	if o.Sample < 0 {
		return fault.New(fault.Usage, "a sample of %d rows cannot be drawn", o.Sample).WithHint("give a number from 1 on, or none for all rows")
	}
	view := a.View(ctx)
	if view.Catalog == nil { // a dashboard that cannot be read is no obstacle
		return view.Problem
	}
	names, files := a.splitFiles(o.Names)
	if len(names) > 0 || len(files) == 0 {
		if err := a.profileTables(ctx, view, names, o.Sample, use); err != nil {
			return err
		}
	}
	for _, file := range files {
		if err := a.profileFile(ctx, view, file, o.Sample, use); err != nil {
			return err
		}
	}
	return nil
}

// profileTables looks at tables of the warehouse.
func (a *App) profileTables(ctx context.Context, view *httpapi.Project, names []string, sample int64, use func(*profile.Table) error) error {
	lanes, err := a.openToRead(ctx, a.project.target)
	if err != nil {
		return err
	}
	return a.profileIn(ctx, lanes, view, sample, func(t *targets) ([]target, error) {
		if len(names) == 0 {
			return t.sources()
		}
		var out []target
		for _, name := range names {
			found, err := t.named(name)
			if err != nil {
				return nil, err
			}
			out = append(out, found)
		}
		return out, nil
	}, use)
}

// profileIn looks at tables of a warehouse, all as they are at one time.
func (a *App) profileIn(
	ctx context.Context, lanes *warehouse.Lanes, view *httpapi.Project, sample int64,
	choose func(*targets) ([]target, error), use func(*profile.Table) error,
) (err error) {
	session, err := lanes.ReadHeld(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, session.Close()) }()
	types, err := metric.ReadTypes(ctx, session)
	if err != nil {
		return err
	}
	t := &targets{project: view, types: types, schema: httpapi.SchemaOf(view, types)}
	chosen, err := choose(t)
	if err != nil {
		return err
	}
	for _, one := range chosen {
		r := profile.Request{Name: one.name, Keys: one.keys, Sample: sample, Now: a.cfg.Now()}
		r, err := profile.Open(ctx, session, t.schema, a.scope(), one.model, one.without, r)
		if err != nil {
			return err
		}
		table, err := profile.Read(ctx, session, r)
		if err != nil {
			return fmt.Errorf("%s: %w", one.name, err)
		}
		table.Notes = append(table.Notes, one.notes...)
		if err := use(table); err != nil {
			return err
		}
	}
	return nil
}

// without gives the columns of a table that are not looked at: in the schema of what was
// loaded, where each row came from.
func without(schema string) []string {
	if schema == bronze {
		return load.Provenance()
	}
	return nil
}

// bronze is the schema of what was loaded.
const bronze = "bronze"
