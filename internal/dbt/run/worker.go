package run

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"
	"sync"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
)

// startWorkers starts the pool. The workers end when jobs is closed; each gives
// exactly one answer a job.
func (s *scheduler) startWorkers(ctx context.Context, jobs <-chan job, answers chan<- done) *sync.WaitGroup {
	var pool sync.WaitGroup
	for i := range s.Threads {
		pool.Go(func() {
			w := &worker{scheduler: s, thread: "Thread-" + strconv.Itoa(i+1)}
			defer w.close()
			for j := range jobs {
				answers <- w.answer(ctx, j)
			}
		})
	}
	return &pool
}

// worker runs one node at a time on an executor of its own. From the scheduler
// it uses only the options, which nobody changes.
type worker struct {
	scheduler *scheduler
	thread    string
	executor  Executor
}

func (w *worker) close() {
	if w.executor == nil {
		return
	}
	if err := w.executor.Close(); err != nil {
		w.scheduler.Events.Emit(event.Text{Lvl: event.Debug, Msg: w.thread + " could not give its session back: " + err.Error()})
	}
	w.executor = nil
}

// answer runs a node and gives its result, whatever happens.
func (w *worker) answer(ctx context.Context, j job) done {
	a := done{job: j, result: Result{
		Node: j.node, started: w.scheduler.Now(),
		RunResult: artifact.RunResult{UniqueID: j.node.UniqueID, ThreadID: w.thread, RelationName: j.node.RelationName},
	}}
	if w.executor == nil {
		executor, err := w.scheduler.Open(ctx)
		if err != nil {
			a.broken = err
			w.take(&a.result, Outcome{}, err)
			return a
		}
		w.executor = executor
	}
	out, err := guarded(func() (Outcome, error) { return w.executor.Run(ctx, j.node) })
	if err != nil && ctx.Err() != nil && !fault.Is(err, fault.Cancelled) {
		// What fails while everything is being stopped was stopped.
		err = fault.Wrap(err, fault.Cancelled, "cancelled")
	}
	w.take(&a.result, out, err)
	if errors.As(err, new(*panicError)) {
		// The session may be anywhere; the next node gets a fresh one.
		w.close()
	}
	return a
}

// take fills the result from what the executor gave.
func (w *worker) take(r *Result, out Outcome, err error) {
	r.ExecutionTime = w.scheduler.Now().Sub(r.started)
	r.Timing, r.AdapterResponse, r.Failures = out.Timing, out.Response, out.Failures
	r.Compiled, r.CompiledCode, r.CompiledPath = out.Compiled, out.CompiledCode, out.CompiledPath
	if r.Compiled == nil && r.Node.ResourceType != manifest.Seed {
		r.Compiled = new(bool)
	}
	if out.RelationName != "" {
		r.RelationName = out.RelationName
	}
	r.Status, r.Message = artifact.Success, out.Message
	switch {
	case err != nil:
	case out.NoOp:
		r.Status = artifact.NoOp
	case out.Status != "":
		r.Status = out.Status
	case r.Node.ResourceType == manifest.Test:
		r.Status, r.Message, err = verdict(r.Node, &out, w.scheduler.WarnError)
	}
	r.BatchResults = out.Batches
	if r.Node.ResourceType == manifest.UnitTestType && err == nil {
		r.Message = out.Message
	}
	if r.Node.ResourceType == manifest.Test && r.Status != artifact.Fail && r.Status != artifact.Warn && r.Failures != nil {
		// dbt counts failures only where they count.
		r.Failures = new(int)
	}
	if err != nil {
		r.Status, r.Err, r.Message = artifact.Error, err, errorText(r.Node, err)
		r.Failures = nil
		if r.Node.ResourceType == manifest.SourceType {
			r.Status = artifact.RuntimeError
		}
	}
}

// panicError is a panic that became the error of a node.
type panicError struct {
	value any
	stack []byte
}

func (p *panicError) Error() string { return fmt.Sprint(p.value) }

// guarded turns a panic of fn into an error.
func guarded(fn func() (Outcome, error)) (out Outcome, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fault.Wrap(&panicError{value: v, stack: debug.Stack()}, fault.Internal, "defect in Kith").
				WithHint("run again with --debug and report what it prints")
		}
	}()
	return fn()
}
