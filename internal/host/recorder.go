package host

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/kith-analytics/kith/internal/control"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
)

// Job says what a recorder records.
type Job struct {
	ID        string
	Command   string
	Arguments string
	StartedBy string
}

// Recorder keeps what a command does with the project's nodes. It hears the same
// events as the console, to which it passes them on. A command that runs no nodes
// leaves no run.
type Recorder struct {
	host *Host
	next event.Sink
	job  Job

	mu      sync.Mutex
	begun   time.Time // zero before there is anything to keep
	total   int
	plan    bool     // whether the command runs nodes on the write lane
	planned []string // nodes that it makes relations of
	done    map[string]string
	stops   map[string]bool // nodes that were stopped while they ran
	well    int             // relations made
	version string
	failed  int
	stopped bool
	err     error
}

// Record makes a recorder. End ends it.
func (h *Host) Record(job Job, next event.Sink) *Recorder {
	return &Recorder{host: h, next: next, job: job, done: map[string]string{}, stops: map[string]bool{}}
}

// Plan is told which nodes a run has chosen, before it begins.
func (r *Recorder) Plan(ids []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.plan, r.planned = true, relations(ids)
}

// Begin keeps that a command without nodes begins to write; it has the write lane.
func (r *Recorder) Begin(ctx context.Context) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.begin(context.WithoutCancel(ctx), 0)
}

// Emit hears an event and passes it on.
func (r *Recorder) Emit(e event.Event) {
	r.note(e)
	r.next.Emit(e)
}

func (r *Recorder) note(e event.Event) {
	ctx := context.Background() // what happened is kept, also when the command is being cancelled
	r.mu.Lock()
	defer r.mu.Unlock()
	switch e := e.(type) {
	case event.Concurrency:
		if r.plan {
			r.begin(ctx, e.Nodes)
		}
	case event.Cancel:
		r.stops[e.UniqueID] = true
	case event.NodeFinished:
		if !r.begun.IsZero() {
			r.finished(ctx, e.Node)
		}
	case event.ProblemText:
		r.keep(r.host.control.NodeMessage(ctx, r.job.ID, e.Node.UniqueID, e.Msg))
	case event.Completed:
		r.stopped = e.Interrupted
	}
}

// begin is called when the run has the write lane and has changed nothing yet.
func (r *Recorder) begin(ctx context.Context, total int) {
	r.begun, r.total = r.host.now(), total
	r.host.mu.Lock()
	r.host.active = r
	r.host.mu.Unlock()
	r.keep(r.host.control.BeginRun(ctx, control.Run{
		ID: r.job.ID, Command: r.job.Command, Arguments: r.job.Arguments, StartedBy: r.job.StartedBy, Started: r.begun, Total: total,
	}))
	r.keep(r.host.control.Plan(ctx, r.job.ID, r.planned))
	r.host.tell(Notice{Kind: RunStarted, RunID: r.job.ID, Command: r.job.Command, Total: total, Status: string(control.Running)})
}

func (r *Recorder) finished(ctx context.Context, n event.Node) {
	if r.stops[n.UniqueID] && !makesRelation(n.ResourceType) {
		// A test that was stopped has found nothing: its last result stays.
		n.Status = "skipped"
	}
	node := control.Node{
		ID: n.UniqueID, Name: n.Name, Type: n.ResourceType, Status: n.Status, Started: instant(n.StartedAt), Ended: instant(n.FinishedAt),
	}
	if node.Ended == nil {
		node.Ended = new(r.host.now().UTC())
	}
	if node.Started != nil {
		node.Seconds = max(node.Ended.Sub(*node.Started).Seconds(), 0)
	}
	r.done[n.UniqueID] = n.Status
	if good(n.Status) && makesRelation(n.ResourceType) {
		r.well++
	}
	r.keep(r.host.control.AddNodes(ctx, r.job.ID, []control.Node{node}, len(r.done)))
	r.host.tell(Notice{
		Kind: RunProgress, RunID: r.job.ID, Command: r.job.Command, Done: len(r.done), Total: max(r.total, len(r.done)), Node: n.Name, Status: n.Status,
	})
}

// settle keeps which nodes are unfinished, when the job has written all it will.
func (r *Recorder) settle(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var added, ended []string
	for id, status := range r.done {
		switch {
		case good(status):
			ended = append(ended, id)
		case status != "skipped":
			r.failed++
			added = append(added, id)
		}
	}
	for _, id := range r.planned {
		// Not begun, or skipped: its relation is older than what it is made from. Where
		// the run made nothing, it is as it was before.
		if status, reached := r.done[id]; r.well > 0 && (!reached || !good(status)) {
			added = append(added, id)
		}
	}
	if r.well == 0 {
		if err := r.host.control.Unplan(ctx, r.job.ID); err != nil {
			return err
		}
		added = slices.DeleteFunc(added, func(id string) bool { return slices.Contains(r.planned, id) })
	}
	slices.Sort(added)
	if err := r.host.control.SetUnfinished(ctx, r.job.ID, slices.Compact(added), ended); err != nil {
		return err
	}
	return r.err
}

// published is told what became of the run's tables.
func (r *Recorder) published(s State, shown bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if shown {
		r.version = s.Version
	}
}

// End keeps how the command ended: well, by its own trouble, or by a cancelled context.
func (r *Recorder) End(ctx context.Context, err error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.begun.IsZero() {
		return nil
	}
	status, message := control.Success, ""
	switch {
	case r.stopped || ctx.Err() != nil:
		status = control.Cancelled
	case err != nil || r.failed > 0:
		status = control.Failed
	}
	if err != nil {
		message = err.Error()
	}
	r.begun = time.Time{}
	r.keep(r.host.control.EndRun(context.WithoutCancel(ctx), control.Run{
		ID: r.job.ID, Status: status, Ended: new(r.host.now()), Message: message, Version: r.version,
	}))
	r.host.tell(Notice{
		Kind: RunFinished, RunID: r.job.ID, Command: r.job.Command, Done: len(r.done), Total: max(r.total, len(r.done)), Status: string(status), Version: r.version,
	})
	return r.err
}

// keep remembers the first error of keeping.
func (r *Recorder) keep(err error) {
	if r.err == nil {
		r.err = err
	}
}

// good says whether a node's status leaves nothing open.
func good(status string) bool {
	switch status {
	case "success", "pass", "warn", "no-op", "reused":
		return true
	}
	return false
}

// makesRelation says whether nodes of a type leave a relation in the warehouse.
func makesRelation(resourceType string) bool {
	return resourceType == "model" || resourceType == "seed" || resourceType == "snapshot"
}

// relations keeps the ids of nodes that leave a relation.
func relations(ids []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		kind, _, _ := strings.Cut(id, ".")
		return !makesRelation(kind)
	})
}

// instant reads the time of an event; nil for none.
func instant(text string) *time.Time {
	t, err := time.Parse("2006-01-02T15:04:05.999999", text) // UTC, without a zone
	if err != nil {
		return nil
	}
	return new(t.UTC())
}
