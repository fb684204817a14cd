package duckdb

import (
	"context"
	"errors"
	"time"

	mapping "github.com/duckdb/duckdb-go-bindings"

	"github.com/kith-analytics/kith/internal/fault"
)

// interruptEvery is how often an interrupt is repeated: DuckDB forgets one that
// arrives between two of its phases.
const interruptEvery = 20 * time.Millisecond

// watch interrupts what the connection runs once ctx is cancelled. The returned
// function must be called when that has ended; after it no interrupt can hit the
// next statement.
func watch(ctx context.Context, conn mapping.Connection) (stop func()) {
	done := make(chan struct{})
	gone := make(chan struct{})
	unhook := context.AfterFunc(ctx, func() {
		defer close(gone)
		tick := time.NewTicker(interruptEvery)
		defer tick.Stop()
		for {
			mapping.Interrupt(conn)
			select {
			case <-done:
				return
			case <-tick.C:
			}
		}
	})
	return func() {
		close(done)
		if !unhook() {
			<-gone
		}
	}
}

// cancelled tells why ctx ended: its cause where one was given.
func cancelled(ctx context.Context) error {
	cause := context.Cause(ctx)
	e := &fault.Error{Code: fault.Cancelled, Message: "stopped: " + cause.Error(), Err: cause}
	if !errors.Is(cause, ctx.Err()) {
		e.Err = errors.Join(ctx.Err(), cause)
	}
	return e
}
