package run_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/graph"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// project builds manifests by hand.
type project struct{ m *manifest.Manifest }

func newProject() *project { return &project{manifest.New("shop", "duckdb")} }

func config(pairs ...any) *manifest.Config {
	d := jinja.NewDict()
	for i := 0; i < len(pairs); i += 2 {
		d.SetStr(pairs[i].(string), pairs[i+1])
	}
	return manifest.NewConfig(d)
}

func (p *project) add(kind manifest.ResourceType, name, materialized string, parents ...string) *manifest.Node {
	id := string(kind) + ".shop." + name
	folder := map[manifest.ResourceType]string{manifest.Model: "models", manifest.Seed: "seeds", manifest.Test: "tests"}[kind]
	n := &manifest.Node{
		UniqueID: id, Name: name, ResourceType: kind, Package: "shop", Database: "shop", Schema: "main", Alias: name,
		OriginalFilePath: folder + "/" + name + ".sql", Path: name + ".sql",
		Config: config("materialized", materialized), DependsOn: manifest.DependsOn{Nodes: parents},
	}
	p.m.Nodes[id] = n
	return n
}

func (p *project) model(name string, parents ...string) *manifest.Node {
	return p.add(manifest.Model, name, "view", parents...)
}

func (p *project) test(name string, parents ...string) *manifest.Node {
	return p.add(manifest.Test, name, "test", parents...)
}

func (p *project) hook(name, tag string) *manifest.Node {
	n := p.add(manifest.Operation, name, "view")
	n.Tags = []string{tag}
	n.OriginalFilePath = "./dbt_project.yml"
	return n
}

func (p *project) exposure(name string, parents ...string) {
	id := "exposure.shop." + name
	p.m.Exposures[id] = &manifest.Exposure{UniqueID: id, Name: name, OriginalFilePath: "models/e.yml", DependsOn: manifest.DependsOn{Nodes: parents}}
}

// runnable gives all ids that a build would take.
func (p *project) runnable() []string {
	var ids []string
	for _, id := range p.m.IDs() {
		if n := p.m.Nodes[id]; n == nil || n.ResourceType != manifest.Operation {
			ids = append(ids, id)
		}
	}
	return ids
}

// warehouse is a fake that all executors of a run share.
type warehouse struct {
	mu sync.Mutex
	// do answers for a node; the default is "OK", or no failures.
	do map[string]func(ctx context.Context) (run.Outcome, error)
	// log has "start id" and "end id" in the order they happened.
	log    []string
	opened int
	closed int
	with   run.HookContext
	broken error
}

func (w *warehouse) open(context.Context) (run.Executor, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.broken != nil {
		return nil, w.broken
	}
	w.opened++
	return &executor{w: w}, nil
}

func (w *warehouse) note(what, id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.log = append(w.log, what+" "+id)
}

type executor struct {
	w    *warehouse
	busy sync.Mutex
}

func (x *executor) Run(ctx context.Context, n *manifest.Node) (run.Outcome, error) {
	if !x.busy.TryLock() {
		panic("one executor was used by two workers")
	}
	defer x.busy.Unlock()
	x.w.note("start", n.UniqueID)
	defer x.w.note("end", n.UniqueID)
	if f := x.w.do[n.UniqueID]; f != nil {
		return f(ctx)
	}
	if n.ResourceType == manifest.Test {
		return failures(0)(ctx)
	}
	return run.Outcome{Message: "OK", CompiledPath: "target/compiled/" + n.OriginalFilePath}, nil
}

func (x *executor) RunHook(ctx context.Context, n *manifest.Node, with run.HookContext) (run.Outcome, error) {
	x.w.note("start", n.UniqueID)
	x.w.with = with
	if f := x.w.do[n.UniqueID]; f != nil {
		return f(ctx)
	}
	return run.Outcome{Message: "OK"}, nil
}

func (x *executor) Close() error {
	x.w.mu.Lock()
	defer x.w.mu.Unlock()
	x.w.closed++
	return nil
}

type action = func(ctx context.Context) (run.Outcome, error)

func failures(n int) action {
	return func(context.Context) (run.Outcome, error) {
		return run.Outcome{Failures: &n, CompiledPath: "target/compiled/t.sql"}, nil
	}
}

func fails(err error) action {
	return func(context.Context) (run.Outcome, error) { return run.Outcome{}, err }
}

func blocks(started chan<- struct{}) action {
	return func(ctx context.Context) (run.Outcome, error) {
		close(started)
		<-ctx.Done()
		return run.Outcome{}, fault.New(fault.Cancelled, "the statement was cancelled")
	}
}

func databaseError(file string, line int) error {
	return fault.New(fault.Database, `Binder Error: column "nocol" not found`).At(file, line)
}

// transcript collects the lines that a console would show.
type transcript struct {
	mu     sync.Mutex
	lines  []string
	events []event.Event
	on     func(event.Event)
}

func (t *transcript) Emit(e event.Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.events = append(t.events, e)
	if e.Meta().Level > event.Debug {
		t.lines = append(t.lines, e.Message(false))
	}
	if t.on != nil {
		t.on(e)
	}
}

func (t *transcript) String() string { return strings.Join(t.lines, "\n") + "\n" }

// options makes a run of everything, as build does, at a standing clock.
func (p *project) options(t testing.TB, w *warehouse, out event.Sink) run.Options {
	t.Helper()
	g, err := graph.Build(p.m)
	if err != nil {
		t.Fatal(err)
	}
	ids := p.runnable()
	q, err := g.Queue(ids, graph.WithTests)
	if err != nil {
		t.Fatal(err)
	}
	clock := time.Date(2026, 11, 21, 3, 23, 8, 0, time.UTC)
	return run.Options{
		Manifest: p.m, Selected: ids, Queue: q, Open: w.open, Threads: 1, Target: "dev", Database: "shop", Hooks: true,
		Now: func() time.Time { return clock }, Events: out,
	}
}

func statuses(r *run.Report) map[string]artifact.Status {
	out := map[string]artifact.Status{}
	for _, res := range r.Results {
		if _, twice := out[res.UniqueID]; twice {
			out[res.UniqueID+" again"] = res.Status
		}
		out[res.UniqueID] = res.Status
	}
	return out
}

func started(w *warehouse) []string {
	var out []string
	for _, line := range w.log {
		if id, ok := strings.CutPrefix(line, "start "); ok {
			out = append(out, id)
		}
	}
	return out
}

func mustRun(t testing.TB, o run.Options) *run.Report {
	t.Helper()
	r, err := run.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func resultOf(t testing.TB, r *run.Report, id string) run.Result {
	t.Helper()
	i := slices.IndexFunc(r.Results, func(r run.Result) bool { return r.UniqueID == id })
	if i < 0 {
		t.Fatalf("no result of %s in %v", id, statuses(r))
	}
	return r.Results[i]
}

func names(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("m%02d", i)
	}
	return out
}
