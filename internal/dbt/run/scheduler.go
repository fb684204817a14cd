package run

import (
	"context"
	"fmt"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/graph"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
)

// Why nodes that did not run were skipped, as run_results.json tells it.
const (
	skippedFailFast = "Skipping due to fail_fast"
	skippedStopped  = "Skipping because the run was stopped"
)

// Options says what to run and how. Manifest, Queue, Open, Now and Events must be set.
type Options struct {
	Manifest *manifest.Manifest
	// Extra holds what the selection runs and the manifest has as something else
	// than a node, in the form of nodes: unit tests, sources.
	Extra map[string]*manifest.Node
	// Selected are the ids that Queue gives out, for the counts.
	Selected []string
	Queue    Queue
	Open     OpenExecutor
	// Threads is the number of workers; less than 1 is 1.
	Threads int
	// Target is the target's name, for the lines.
	Target string
	// Database is the one that the lines need not mention.
	Database string
	// Hooks says whether on-run-start and on-run-end hooks belong to the command.
	Hooks bool
	// FailFast stops the run at the first error or failed test.
	FailFast bool
	// WarnError makes warnings of tests failures.
	WarnError bool
	// Now is the clock.
	Now func() time.Time
	// Events hears what happens. It is called from several goroutines.
	Events event.Sink
}

// Report is what a run left behind.
type Report struct {
	// Results in the order of their ends, one for every selected node that has
	// one (ephemeral models only when they failed) and for every hook.
	Results []Result
	Elapsed time.Duration
	// Interrupted says that the run's context ended before the run did.
	Interrupted bool
}

// Run executes the selection. What goes wrong with nodes and hooks is in the
// report, never in the error; the error is for what stops the whole run, such as
// a warehouse that cannot be opened, and comes with the report up to there.
func Run(ctx context.Context, o Options) (*Report, error) {
	if len(o.Selected) == 0 {
		o.Events.Emit(event.NothingToDo{})
		return &Report{}, nil
	}
	s := &scheduler{Options: o, began: o.Now()}
	s.Threads = max(s.Threads, 1)
	for _, id := range s.Selected {
		n := s.node(id)
		if n == nil && s.Manifest.Exposures[id] == nil {
			return &Report{}, fault.New(fault.Internal, "%s is nothing that can be run", id)
		}
		if n == nil || !n.Ephemeral() {
			s.total++
		}
	}
	o.Events.Emit(event.Blank{})
	o.Events.Emit(event.Concurrency{Threads: s.Threads, Target: o.Target, Nodes: s.total})
	o.Events.Emit(event.Blank{})
	err := s.run(ctx)
	report := &Report{Results: s.results, Elapsed: o.Now().Sub(s.began), Interrupted: ctx.Err() != nil}
	o.Events.Emit(event.Blank{})
	o.Events.Emit(event.Finished{Stats: ran(report.Results), Took: event.Seconds(report.Elapsed)})
	return report, err
}

// scheduler is one run. Its fields belong to the goroutine that called Run;
// workers get a job and give a result.
type scheduler struct {
	Options

	began   time.Time
	total   int // nodes with a line of their own
	index   int // lines begun
	running int // nodes that workers have
	results []Result
	// skipCause says why nodes still in the queue don't run; "" while they do.
	skipCause string
	fatal     error
}

func (s *scheduler) run(ctx context.Context) error {
	startedWell := true
	if s.Hooks {
		var err error
		if startedWell, err = s.hooks(ctx, onRunStart); err != nil {
			return err
		}
	}
	switch {
	case ctx.Err() != nil:
		s.drain(skippedStopped, false)
	case !startedWell:
		s.drain("", true)
	default:
		s.nodes(ctx)
	}
	if s.fatal != nil {
		return s.fatal
	}
	if s.Hooks && ctx.Err() == nil {
		_, err := s.hooks(ctx, onRunEnd)
		return err
	}
	return nil
}

// node gives a selected node, nil for what is none.
func (s *scheduler) node(id string) *manifest.Node {
	if n := s.Manifest.Nodes[id]; n != nil {
		return n
	}
	return s.Extra[id]
}

// job is one node for a worker.
type job struct {
	node  *manifest.Node
	desc  described
	index int
}

// done is a worker's answer.
type done struct {
	job
	result Result
	// broken is set when the worker has no executor, which ends the run.
	broken error
}

// nodes runs the queue to its end, or until the run is stopped.
func (s *scheduler) nodes(ctx context.Context) {
	work, stop := context.WithCancel(ctx)
	defer stop()
	jobs := make(chan job)
	answers := make(chan done)
	pool := s.startWorkers(work, jobs, answers)
	stopped := ctx.Done()
	for {
		s.noticeStop(ctx)
		s.handOut(jobs)
		if s.running == 0 {
			break
		}
		select {
		case a := <-answers:
			if s.finish(ctx, a) {
				stop()
			}
		case <-stopped:
			stopped = nil
		}
	}
	close(jobs)
	pool.Wait()
	if s.skipCause != "" {
		s.drain(s.skipCause, false)
	}
}

// noticeStop remembers that the run was stopped from outside.
func (s *scheduler) noticeStop(ctx context.Context) {
	if ctx.Err() == nil || s.skipCause != "" {
		return
	}
	s.skipCause = skippedStopped
	if s.running > 0 {
		s.Events.Emit(event.Stopping{Running: s.running})
	}
}

// handOut gives nodes to the workers that are free, and settles those that need none.
func (s *scheduler) handOut(jobs chan<- job) {
	for s.running < s.Threads && s.skipCause == "" {
		item, ok := s.Queue.Next()
		if !ok {
			return
		}
		if j, ok := s.settle(item); ok {
			jobs <- j
			s.running++
		}
	}
}

// settle gives the job for a node, or settles a node that no worker is needed for.
func (s *scheduler) settle(item graph.Item) (job, bool) {
	if item.BlockedBy != "" {
		s.skip(item.ID, item.BlockedBy, "", true)
		s.Queue.Fail(item.ID)
		return job{}, false
	}
	if e, ok := s.Manifest.Exposures[item.ID]; ok {
		s.noOp(e)
		s.Queue.Done(item.ID)
		return job{}, false
	}
	node := s.node(item.ID)
	j := job{node: node, desc: describe(node, s.Database)}
	j.desc.info.Status = "started"
	j.desc.info.StartedAt = s.Now().UTC().Format(timeFormat)
	s.Events.Emit(event.NodeStarted{Node: j.desc.info})
	if !node.Ephemeral() {
		s.index++
		j.index = s.index
		s.Events.Emit(event.Start{Description: j.desc.text, Index: j.index, Total: s.total, Node: j.desc.info})
	}
	return j, true
}

// finish takes a worker's answer in, and says whether running nodes are to be stopped.
func (s *scheduler) finish(ctx context.Context, a done) bool {
	r := &a.result
	if a.broken != nil && s.fatal == nil && ctx.Err() == nil {
		s.fatal = a.broken
		s.skipCause = skippedStopped
	}
	s.noticeStop(ctx)
	s.running--
	cancelled := r.Status == artifact.Error && s.skipCause != "" && fault.Is(r.Err, fault.Cancelled)
	if cancelled {
		s.cancelled(&a)
	}
	if r.Status != artifact.Success || !a.node.Ephemeral() {
		s.results = append(s.results, *r)
	}
	if !a.node.Ephemeral() && !cancelled {
		s.Events.Emit(doneLine(a.desc, r, a.index, s.total))
	}
	s.Events.Emit(event.NodeFinished{Node: a.desc.ended(r)})
	failed := r.failed() && r.Status != artifact.Skipped
	if !failed && r.Status != artifact.Skipped || a.node.ResourceType == manifest.Model && a.node.Config.String("on_error") == "continue" {
		s.Queue.Done(a.node.UniqueID)
		return false
	}
	s.Events.Emit(event.Skipping{UniqueID: r.UniqueID, Status: string(r.Status)})
	s.Queue.Fail(a.node.UniqueID)
	if s.fatal != nil {
		return true
	}
	if !failed || !s.FailFast || s.skipCause != "" {
		return false
	}
	s.skipCause = skippedFailFast
	return true
}

// cancelled turns a node that was stopped into what the stop makes of it: an
// error when the whole run was stopped, skipped when another node failed.
func (s *scheduler) cancelled(a *done) {
	r := &a.result
	r.Message = "Cancelled while it ran"
	if s.skipCause == skippedFailFast {
		r.Status, r.Message, r.Err = artifact.Skipped, skippedFailFast, nil
	}
	if !a.node.Ephemeral() {
		s.Events.Emit(event.Cancel{UniqueID: a.node.UniqueID})
	}
}

// drain skips all that is left in the queue.
func (s *scheduler) drain(message string, lines bool) {
	for {
		item, ok := s.Queue.Next()
		if !ok {
			return
		}
		s.skip(item.ID, "", message, lines)
		s.Queue.Done(item.ID)
	}
}

// skip records a node that doesn't run: because of blocker when that is set, for
// the reason in message else. Ephemeral models are skipped without a trace.
func (s *scheduler) skip(id, blocker, message string, line bool) {
	r := Result{RunResult: artifact.RunResult{UniqueID: id, Status: artifact.Skipped, ThreadID: "MainThread", Message: message}}
	var d described
	schema := ""
	if r.Exposure = s.Manifest.Exposures[id]; r.Exposure != nil {
		d = describeExposure(r.Exposure)
	} else {
		r.Node = s.node(id)
		if r.Node == nil || r.Node.Ephemeral() {
			return
		}
		d = describe(r.Node, s.Database)
		schema = r.Node.Schema
		r.RelationName = r.Node.RelationName
		if r.Node.ResourceType != manifest.Seed {
			r.Compiled = new(bool)
		}
	}
	s.index++
	cause := s.Manifest.Nodes[blocker]
	switch {
	case cause != nil && cause.Ephemeral():
		r.Message = fmt.Sprintf("Compilation Error in %s, caused by compilation error in referenced ephemeral model %s", id, blocker)
		s.Events.Emit(event.SkipEphemeral{
			Schema: schema, Name: r.Name(), Status: string(artifact.Error), Index: s.index, Total: s.total,
		})
	case line:
		s.Events.Emit(event.Skip{
			ResourceType: string(r.ResourceType()), Schema: schema, Name: r.Name(), Index: s.index, Total: s.total, Node: d.ended(&r),
		})
	}
	s.Events.Emit(event.NodeFinished{Node: d.ended(&r)})
	s.results = append(s.results, r)
}

func (s *scheduler) noOp(e *manifest.Exposure) {
	s.index++
	zero := 0
	r := Result{Exposure: e, started: s.Now(), RunResult: artifact.RunResult{
		UniqueID: e.UniqueID, Status: artifact.NoOp, ThreadID: "MainThread", Message: "NO-OP", Failures: &zero,
	}}
	d := describeExposure(e)
	s.results = append(s.results, r)
	s.Events.Emit(event.NoOp{Description: d.text, Index: s.index, Total: s.total, Node: d.ended(&r)})
	s.Events.Emit(event.NodeFinished{Node: d.ended(&r)})
}
