package deliver

import (
	"context"
	"errors"
	"fmt"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/generate/world"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// Run puts a world, or more days of the one that is there, into the warehouse: all
// of it or, with an error, nothing. What is there already is not added again, and
// the summary says so.
//
// Errors are of code Usage for a configuration out of range, Invalid where another
// synthetic world is in the way, NotFound where there is none to go on with,
// Database and Disk for what the warehouse says, and Cancelled.
func Run(ctx context.Context, lane Lane, r Request) (sum Summary, err error) {
	sum.started = r.now()
	s, err := session(ctx, lane)
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	d := &delivery{ctx: ctx, lane: lane, session: s, request: r}
	known, err := d.known()
	if err != nil {
		return sum, err
	}
	if err := d.choose(known); err != nil {
		return sum, err
	}
	sum.Mark = d.cfg.Mark()
	sum.From, sum.To = d.cfg.Start.AddDate(0, 0, d.window.From), d.cfg.Start.AddDate(0, 0, d.window.To-1)
	if known != nil && !d.replacing && known.through >= d.window.To {
		sum.Skipped = fmt.Sprintf("the warehouse has %s up to %s already", sum.Mark,
			d.cfg.Start.AddDate(0, 0, known.through-1).Format("2006-01-02"))
		// The run that brought it may have been killed before it had cleared away.
		return sum, d.sweep()
	}
	if err := d.run(); err != nil { //nolint:contextcheck // clearing away goes on after a cancel
		return sum, err
	}
	for _, t := range d.tables {
		if t.table.Raw() {
			sum.Tables = append(sum.Tables, TableSummary{t.table.Schema + "." + t.table.Name, t.rows.Load()})
		}
	}
	sum.Duration = r.now().Sub(sum.started)
	return sum, nil
}

// delivery is one Run.
type delivery struct {
	ctx     context.Context //nolint:containedctx // it lives for one call
	lane    Lane
	session warehouse.Session
	request Request

	cfg       world.Config
	window    world.Window
	replacing bool
	tables    []*target
	made      []string // schemas that were not there
}

// knownWorld is the synthetic world that the warehouse has.
type knownWorld struct {
	cfg     world.Config
	through int
}

// choose settles which days of which world are wanted.
func (d *delivery) choose(known *knownWorld) error {
	r := d.request
	if r.More > 0 && r.apart {
		d.cfg, d.window = r.Config, world.Window{From: r.Config.Days, To: r.Config.Days + r.More}
		return d.cfg.Validate() //nolint:wrapcheck // a fault
	}
	if r.More > 0 {
		if known == nil {
			return fault.New(fault.NotFound, "there is no synthetic world in the warehouse to add days to").
				WithHint("make one with `kith generate` first")
		}
		d.cfg, d.window = known.cfg, world.Window{From: known.through, To: known.through + r.More}
		return nil
	}
	if r.More < 0 {
		return fault.New(fault.Usage, "%d more days cannot be added", r.More).WithHint("give 1 or more")
	}
	d.cfg, d.window = r.Config, r.Config.Base()
	if err := d.cfg.Validate(); err != nil {
		return err //nolint:wrapcheck // a fault
	}
	if known != nil && known.cfg != d.cfg {
		if !r.Replace {
			return fault.New(fault.Invalid, "the warehouse has another synthetic world, %s", known.cfg.Mark()).
				WithHint("add --replace to put this one in its place, or name another warehouse")
		}
		d.replacing = true
	}
	return nil
}

// run generates into the tables of their own names, and puts them in their places.
func (d *delivery) run() (err error) {
	defer func() {
		err = errors.Join(err, d.clear())
	}()
	if err := d.prepare(); err != nil {
		return err
	}
	w, err := world.New(d.cfg, d.window.To)
	if err != nil {
		return err //nolint:wrapcheck // a fault
	}
	if err := d.fill(w); err != nil {
		if d.ctx.Err() != nil {
			return fault.Wrap(nil, fault.Cancelled, "stopped; the warehouse is as it was")
		}
		return err
	}
	return d.publish()
}
