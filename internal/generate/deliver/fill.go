package deliver

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/kith-analytics/kith/internal/generate/world"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// fill runs the jobs side by side: parts of the days, and the customers' lives.
// The first error stops the others.
func (d *delivery) fill(w *world.World) error {
	ctx, cancel := context.WithCancel(d.ctx)
	defer cancel()
	progress := d.counter(w)
	cuts := w.Parts(d.window, d.request.workers())
	jobs := make([]func(*writers) error, 0, len(cuts)+2)
	for i := 1; i < len(cuts); i++ {
		jobs = append(jobs, func(o *writers) error {
			return w.Transactions(ctx, d.window, cuts[i-1], cuts[i], o.target(progress))
		})
	}
	who := w.PeopleParts(d.request.workers())
	counted := make([]*world.Tally, len(who)-1)
	for i := range counted {
		jobs = append(jobs, func(o *writers) (err error) {
			counted[i], err = w.People(ctx, d.window, who[i], who[i+1], o.target(progress))
			return err
		})
	}
	jobs = append(jobs, func(o *writers) error {
		return w.Reference(ctx, d.window, o.target(progress))
	}, func(o *writers) error {
		return d.salesLog(ctx, o.target(progress))
	})
	if err := d.work(ctx, cancel, jobs); err != nil {
		return err
	}
	o := &writers{d: d, ctx: ctx}
	return o.close(w.Summary(d.window, counted, o.target(progress)))
}

// work runs jobs side by side.
func (d *delivery) work(ctx context.Context, cancel func(), jobs []func(*writers) error) error {
	restore, err := d.alone() //nolint:contextcheck // bringing them back goes on after a cancel
	if err != nil {
		return err
	}
	errs := make([]error, len(jobs))
	// Parts are committed in their order, so that rows lie in the order of time.
	before := make(chan struct{})
	close(before)
	var wg sync.WaitGroup
	for i, job := range jobs {
		turn, mine := before, make(chan struct{})
		before = mine
		wg.Go(func() {
			defer close(mine)
			o := &writers{d: d, ctx: ctx}
			err := job(o)
			<-turn
			if errs[i] = o.close(err); errs[i] != nil {
				cancel()
			}
		})
	}
	wg.Wait()
	return errors.Join(first(errs), restore())
}

// alone takes the engine's own threads away while our sessions keep all cores busy:
// the two would only take work from each other, and spin until it is done. It
// gives what brings them back. Where settings are locked they stay.
func (d *delivery) alone() (restore func() error, err error) {
	threads, err := d.strings("SELECT current_setting('threads')::VARCHAR")
	if err != nil {
		return nil, err
	}
	if _, err := d.session.Exec(d.ctx, "SET threads = 1"); err != nil || len(threads) != 1 {
		return func() error { return nil }, nil //nolint:nilerr // it is only slower
	}
	return func() error {
		_, err := d.session.Exec(context.WithoutCancel(d.ctx), "SET threads = "+threads[0])
		return err //nolint:wrapcheck // of the warehouse
	}, nil
}

// first gives the error that stopped the others, which only say that they were.
func first(errs []error) error {
	var stopped error
	for _, err := range errs {
		switch {
		case err == nil:
		case errors.Is(err, context.Canceled):
			stopped = err
		default:
			return err
		}
	}
	return stopped
}

// counter adds the rows of all jobs up for the one who watches.
func (d *delivery) counter(w *world.World) func(int64) {
	total := w.Expected(d.window)
	var done atomic.Int64
	return func(n int64) {
		sum := done.Add(n)
		if d.request.Progress != nil {
			d.request.Progress(sum, max(total, sum))
		}
	}
}

// writers are the sessions and appenders of one job, one for each of its tables.
type writers struct {
	d        *delivery
	ctx      context.Context //nolint:containedctx // it lives for one job
	sessions []warehouse.Session
	open     []warehouse.Appender
}

// target gives the tables of the job.
func (o *writers) target(count func(int64)) world.Target {
	return world.Target{Open: o.table, Count: count}
}

func (o *writers) table(t world.Table) (world.Sink, world.Stamp, error) {
	for _, x := range o.d.tables {
		if x.table.Schema != t.Schema || x.table.Name != t.Name {
			continue
		}
		s, err := session(o.ctx, o.d.lane)
		if err != nil {
			return nil, world.Stamp{}, err
		}
		o.sessions = append(o.sessions, s)
		a, err := s.Append(o.ctx, t.Schema, t.Name+hidden)
		if err != nil {
			return nil, world.Stamp{}, fmt.Errorf("generate: %w", err)
		}
		o.open = append(o.open, a)
		return &counted{a, &x.rows}, x.stamp, nil
	}
	return nil, world.Stamp{}, fmt.Errorf("generate: no table %s.%s", t.Schema, t.Name)
}

// session opens a session that does not watch its own progress: that costs a tenth
// of the time of writing, and nobody asks. Where settings are locked it stays as it is.
func session(ctx context.Context, lane Lane) (warehouse.Session, error) {
	s, err := lane.Session(ctx)
	if err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	if _, err := s.Exec(ctx, "SET enable_progress_bar = false"); err != nil && ctx.Err() != nil {
		return nil, errors.Join(fmt.Errorf("generate: %w", err), s.Close())
	}
	return s, nil
}

// counted counts the rows of a table.
type counted struct {
	to   warehouse.Appender
	rows *atomic.Int64
}

// AppendBatch writes and counts.
func (c *counted) AppendBatch(b *warehouse.Batch) error {
	c.rows.Add(int64(b.Len))
	return warehouse.AppendBatch(c.to, b) //nolint:wrapcheck // of the warehouse
}

// close commits what was written or, after an error, drops it.
func (o *writers) close(err error) error {
	for _, a := range o.open {
		if err == nil {
			err = a.Close()
		} else {
			_ = a.Abort() // what failed has been told
		}
	}
	for _, s := range o.sessions {
		err = errors.Join(err, s.Close())
	}
	return err
}
