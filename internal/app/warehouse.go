package app

import (
	"context"
	"errors"
	"os"

	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// open gives the lanes of the target's warehouse, which is created when it is not there.
func (a *App) open(ctx context.Context, t *project.Target) (*warehouse.Lanes, error) {
	return a.openAs(ctx, t, t.Path, false)
}

// openToRead gives the lanes of a warehouse that is there, without the right to
// change it, so that several processes may read at once.
func (a *App) openToRead(ctx context.Context, t *project.Target) (*warehouse.Lanes, error) {
	if !exists(t) {
		return nil, fault.New(fault.NotFound, "there is no warehouse at %s yet", t.Path).
			WithHint("`kith load` and `kith build` make one")
	}
	return a.openAs(ctx, t, t.Path, t.Path != duckdb.Memory)
}

// openToCompile is openToRead for compiling, to which a warehouse that is not
// there yet looks like an empty one.
func (a *App) openToCompile(ctx context.Context, t *project.Target) (*warehouse.Lanes, error) {
	if exists(t) {
		return a.openToRead(ctx, t)
	}
	return a.openAs(ctx, t, duckdb.Memory, false)
}

func exists(t *project.Target) bool {
	if t.Path == duckdb.Memory {
		return true
	}
	_, err := os.Stat(t.Path)
	return err == nil
}

func (a *App) openAs(ctx context.Context, t *project.Target, path string, readOnly bool) (*warehouse.Lanes, error) {
	a.opening.Lock()
	defer a.opening.Unlock()
	if a.lanes != nil {
		return a.lanes, nil
	}
	if h := a.cfg.Host; h != nil && h.Owns(path) {
		a.lanes = h.Lanes()
		return a.lanes, nil
	}
	engine, err := duckdb.Open(ctx, duckdb.Config{
		Path: path, ReadOnly: readOnly, Settings: a.searched(settings(t)), Extensions: t.Extensions, Attach: attached(t), Logger: a.log,
	})
	if err != nil {
		return nil, unopened(err)
	}
	a.engine, a.lanes = engine, warehouse.NewLanes(engine, warehouse.LaneOptions{})
	return a.lanes, nil
}

// unopened makes a warehouse that cannot be opened a fault of how the command was
// called: nothing has been run. One that another process holds stays what it is.
func unopened(err error) error {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		switch f.Code {
		case fault.Invalid, fault.NotFound, fault.Database, fault.Disk:
			f.Code = fault.Usage
		default:
		}
	}
	return err
}

// settings joins those of connections and of opening; the engine knows which is which.
func settings(t *project.Target) map[string]any {
	out := map[string]any{}
	for _, d := range []*jinja.Dict{t.Options, t.Settings} {
		if d == nil {
			continue
		}
		for k, v := range d.All() {
			out[jinja.Str(k)] = v
		}
	}
	return out
}

func attached(t *project.Target) []duckdb.Attach {
	out := make([]duckdb.Attach, 0, len(t.Attach))
	for _, a := range t.Attach {
		out = append(out, duckdb.Attach{Path: a.Path, Alias: a.Alias, Type: a.Type, ReadOnly: a.ReadOnly})
	}
	return out
}

// WarehousePath gives the file of the target's warehouse; "" for one in memory.
func (a *App) WarehousePath(ctx context.Context) (string, error) {
	l, err := a.configured(ctx)
	if err != nil || l.target.Path == duckdb.Memory {
		return "", err
	}
	return l.target.Path, nil
}
