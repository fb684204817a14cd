package app

import (
	"context"
	"errors"
	"fmt"
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
func (j *jobs) Start(ctx context.Context, command, selection string) (string, error) { //nolint:contextcheck // as said
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.running != "" {
		return "", fault.New(fault.Held, "run %s is going on", j.running).WithHint("wait for its end, or cancel it")
	}
	if j.ctx.Err() != nil {
		return "", fault.New(fault.Unavailable, "the server is stopping")
	}
	c, chosen := j.cfg, strings.Fields(selection)
	if len(chosen) == 0 {
		chosen = nil // everything; an empty list would select nothing
	}
	id := j.newID()
	c.Command, c.Host, c.StartedBy, c.Events = command, j.host, "web app", event.Discard{}
	c.NewID = func() string { return id }
	c.Flags.Args = map[string]any{"select": chosen}
	// Known before its id is: who asks for the run at once finds it.
	run := control.Run{ID: id, Command: command, Arguments: argumentsOf(c.Flags.Args), StartedBy: c.StartedBy, Started: c.Now()}
	if err := j.host.Control().BeginRun(ctx, run); err != nil {
		return "", err
	}
	life, cancel := context.WithCancel(j.ctx)
	j.running, j.cancel = id, cancel
	j.work.Go(func() {
		defer cancel()
		j.do(life, c, run, chosen)
		j.mu.Lock()
		defer j.mu.Unlock()
		j.running, j.cancel = "", nil
	})
	return id, nil
}

// do runs the command. What ends it before any node runs becomes the run's end, so that
// it is seen.
func (j *jobs) do(ctx context.Context, c Config, run control.Run, selection []string) {
	a := New(c)
	var err error
	if run.Command == "test" {
		_, err = a.Test(ctx, Selection{Select: selection})
	} else {
		_, err = a.Build(ctx, Selection{Select: selection})
	}
	keep := context.WithoutCancel(ctx)
	if kept, _, lookErr := j.host.Control().Run(keep, run.ID); lookErr != nil || kept.Status != control.Running {
		return // the log has the cause
	}
	run.Status, run.Ended = control.Failed, new(c.Now())
	switch {
	case ctx.Err() != nil:
		run.Status = control.Cancelled
	case err != nil:
		run.Message = err.Error()
	default:
		run.Message = fmt.Sprintf("the selection %q names nothing", strings.Join(selection, " "))
	}
	if endErr := j.host.EndUnbegun(keep, run); endErr != nil {
		err = errors.Join(err, endErr)
	}
	c.Logger.Error("the run could not begin", "run", run.ID, "message", run.Message, "error", err)
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
