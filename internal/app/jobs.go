package app

import (
	"context"
	"strings"
	"sync"

	"github.com/kith-analytics/kith/internal/control"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/host"
	"github.com/kith-analytics/kith/internal/httpapi"
)

var _ httpapi.Jobs = (*jobs)(nil)

// jobs runs commands that people start in the web app, one at a time.
type jobs struct {
	cfg   Config
	host  *host.Host
	newID func() string

	ctx     context.Context //nolint:containedctx // of the server's life: it bounds every job
	stop    context.CancelFunc
	work    sync.WaitGroup
	reading chan struct{} // holds at most one wish to read the project anew

	mu      sync.Mutex
	running string
	cancel  context.CancelFunc
}

func newJobs(ctx context.Context, cfg Config, h *host.Host) *jobs {
	j := &jobs{cfg: cfg, host: h, newID: cfg.FreshID, reading: make(chan struct{}, 1)}
	j.ctx, j.stop = context.WithCancel(ctx)
	return j
}

// Start starts a command on the nodes that a selection names. The run outlives the
// request that starts it.
func (j *jobs) Start(_ context.Context, command, selection string) (string, error) { //nolint:contextcheck // as said
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.running != "" {
		return "", fault.New(fault.Held, "run %s is going on", j.running).WithHint("wait for its end, or cancel it")
	}
	if j.ctx.Err() != nil {
		return "", fault.New(fault.Unavailable, "the server is stopping")
	}
	ctx, cancel := context.WithCancel(j.ctx)
	id := j.newID()
	j.running, j.cancel = id, cancel
	j.work.Go(func() {
		defer cancel()
		j.do(ctx, id, command, strings.Fields(selection))
		j.mu.Lock()
		defer j.mu.Unlock()
		j.running, j.cancel = "", nil
	})
	return id, nil
}

// do runs the command. What stops it before any node runs becomes a run too, so that
// it is seen.
func (j *jobs) do(ctx context.Context, id, command string, selection []string) {
	if len(selection) == 0 {
		selection = nil // everything; an empty list would select nothing
	}
	c := j.cfg
	c.Command, c.Host, c.StartedBy, c.Events = command, j.host, "web app", event.Discard{}
	c.NewID = func() string { return id }
	c.Flags.Args = map[string]any{"select": selection}
	a := New(c)
	began := c.Now()
	var err error
	if command == "test" {
		_, err = a.Test(ctx, Selection{Select: selection})
	} else {
		_, err = a.Build(ctx, Selection{Select: selection})
	}
	keep := context.WithoutCancel(ctx)
	known, lookErr := j.host.Control().HasRun(keep, id)
	if err == nil || known || lookErr != nil {
		return
	}
	run := control.Run{ID: id, Command: command, Arguments: argumentsOf(c.Flags.Args), StartedBy: c.StartedBy, Started: began}
	if j.host.Control().BeginRun(keep, run) == nil {
		run.Status, run.Message, run.Ended = control.Failed, err.Error(), new(c.Now())
		_ = j.host.Control().EndRun(keep, run) // the log has the cause already
	}
	c.Logger.Error("the run could not begin", "run", id, "error", err)
}

// Cancel stops the run that goes on.
func (j *jobs) Cancel(id string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.running != id || j.cancel == nil {
		return fault.New(fault.NotFound, "no run %q that was started here is going on", id)
	}
	j.cancel()
	return nil
}

// again gives a function that has do run soon, in a goroutine, once for several wishes.
func (j *jobs) again(do func(ctx context.Context)) func() {
	return func() {
		select {
		case j.reading <- struct{}{}:
		default:
			return
		}
		j.mu.Lock()
		defer j.mu.Unlock()
		if j.ctx.Err() != nil {
			return
		}
		j.work.Go(func() {
			<-j.reading
			do(j.ctx)
		})
	}
}

// close ends the run that goes on, and waits for it.
func (j *jobs) close() {
	j.mu.Lock()
	j.stop()
	j.mu.Unlock()
	j.work.Wait()
}
