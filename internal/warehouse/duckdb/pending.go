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
		return res, cancelled(ctx)
	}
	if ok, _ := await(pending, func() error { return nil }); !ok { // watch stops it
		return res, runFault(ctx, mapping.PendingError(pending))
	}
	if mapping.ExecutePending(pending, &res) == mapping.StateError {
		err := runFault(ctx, mapping.ResultError(&res))
		mapping.DestroyResult(&res)
		return res, err
	}
	return res, nil
}

// await works on a statement until there is a result, and says whether there is: if
// not, it failed or stop gave an error. ExecutePending alone would do this too, but while
// the last task is another thread's it asks without a pause whether that is done, and so
// takes a core from all other sessions.
func await(pending mapping.PendingResult, stop func() error) (ok bool, stopped error) {
	pause := firstPause
	for {
		if err := stop(); err != nil {
			return false, err
		}
		switch mapping.PendingExecuteTask(pending) {
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
