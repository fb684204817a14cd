package app

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"github.com/kith-analytics/kith/internal/control"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/relay"
)

// auditPage is how many entries are read at once.
const auditPage = 1000

// Audit hands over who had personal data in clear or was refused it, the newest first, at most limit
// entries unless that is below 0, and says how many there are. An audit that was
// changed gives a fault of code Invalid, after its entries.
func (a *App) Audit(ctx context.Context, limit int, use func(control.AuditEntry) error) (n int, err error) {
	path, err := a.WarehousePath(ctx)
	if err != nil {
		return 0, err
	}
	store, done, err := a.controlState(ctx, path)
	if fault.Is(err, fault.NotFound) {
		return 0, nil // no server has run yet: nobody has revealed anything
	}
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, done()) }()
	var before int64
	for limit != 0 {
		size := auditPage
		if limit > 0 {
			size = min(size, limit)
		}
		page, err := store.Audit(ctx, before, size)
		if err != nil {
			return 0, err
		}
		for _, e := range page {
			if err := use(e); err != nil {
				return 0, err
			}
			before = e.ID
		}
		if len(page) < size {
			break
		}
		limit -= len(page) // of no limit, further below 0
	}
	return store.CheckAudit(ctx)
}

// controlState gives the server's state of a warehouse: that of the host where it owns
// the warehouse, else the file beside it. Where no server has ever run it gives a fault
// of code NotFound.
func (a *App) controlState(ctx context.Context, warehouse string) (_ *control.Store, done func() error, err error) {
	if h := a.cfg.Host; h != nil && h.Owns(warehouse) {
		return h.Control(), func() error { return nil }, nil
	}
	if warehouse == "" {
		return nil, nil, fault.New(fault.Usage, "a warehouse in memory has no audit")
	}
	file := statePath(warehouse)
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return nil, nil, notServed()
	}
	store, err := control.Open(ctx, file, a.cfg.Now)
	if err != nil {
		return nil, nil, err
	}
	return store, store.Close, nil
}

// statePath is where the server keeps its own state.
func statePath(warehouse string) string { return relay.Resolve(warehouse) + ".state" }
