package duckdb

import (
	"context"
	"time"

	mapping "github.com/duckdb/duckdb-go-bindings"
)

// A session that has nothing to do until another thread is done looks again after
// firstPause, and each time later, up to lastPause.
const (
	firstPause = 20 * time.Microsecond
	lastPause  = time.Millisecond
)

// longestWay is the most that a statement gives way for at a time.
const longestWay = 20 * time.Millisecond

func (s *Session) execute(ctx context.Context, stmt mapping.PreparedStatement, stream bool) (mapping.Result, error) {
	var pending mapping.PendingResult
	var state mapping.State
	if stream {
		state = mapping.PendingPreparedStreaming(stmt, &pending)
	} else {
		state = mapping.PendingPrepared(stmt, &pending)
	}
	defer mapping.DestroyPending(&pending)
	var res mapping.Result
	if state == mapping.StateError {
		return res, runFault(ctx, mapping.PendingError(pending))
	}
	if ctx.Err() != nil {
		// The statement has begun, and with it DuckDB has forgotten an interrupt that came before: without another
		// one the connection's next statement would first work on this one to its end.
		mapping.Interrupt(s.conn)
		return res, cancelled(ctx)
	}
	if ok, _ := await(pending, s.engine.giveWay); !ok { // watch stops it
		return res, runFault(ctx, mapping.PendingError(pending))
	}
	if mapping.ExecutePending(pending, &res) == mapping.StateError {
		err := runFault(ctx, mapping.ResultError(&res))
		mapping.DestroyResult(&res)
		return res, err
	}
	return res, nil
}

// giveWay holds a statement up while somebody waits for a whole query: as long as it has
// just worked, so that a build goes on, at half its pace.
func (e *Engine) giveWay(worked time.Duration) error {
	if e.wholeQueries.Load() > 0 {
		time.Sleep(min(worked, longestWay))
	}
	return nil
}

// await works on a statement until there is a result, and says whether there is: if
// not, it failed or between gave an error. That is called before each task, with the time
// that the last one took. ExecutePending alone would do this too, but while
// the last task is another thread's it asks without a pause whether that is done, and so
// takes a core from all other sessions.
func await(pending mapping.PendingResult, between func(worked time.Duration) error) (ok bool, stopped error) {
	pause := firstPause
	var worked time.Duration
	for {
		if err := between(worked); err != nil {
			return false, err
		}
		began := time.Now()
		state := mapping.PendingExecuteTask(pending)
		worked = time.Since(began)
		switch state {
		case mapping.PendingStateResultReady:
			return true, nil
		case mapping.PendingStateError:
			return false, nil
		case mapping.PendingStateNoTasksAvailable:
			time.Sleep(pause)
			pause = min(2*pause, lastPause)
		default:
			pause = firstPause
		}
	}
}
