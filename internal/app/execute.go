package app

import (
	"context"
	"errors"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/graph"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
)

// verb says what one of the running commands takes and how.
type verb struct {
	types []manifest.ResourceType
	order graph.Order
	// wrap changes what is done with each node; nil for the node's own materialization.
	wrap func(x *executor) run.Executor
	// bare leaves the project's hooks out.
	bare bool
}

// opener makes the executors of the verb.
func (v verb) opener(w *workshop) run.OpenExecutor {
	return func(ctx context.Context) (run.Executor, error) {
		x, err := w.executor(ctx)
		if err != nil || v.wrap == nil {
			return x, err
		}
		return v.wrap(x), nil
	}
}

// buildVerb takes everything that can be run.
func buildVerb() verb {
	return verb{
		types: []manifest.ResourceType{manifest.Model, manifest.Seed, manifest.Snapshot, manifest.Test, manifest.UnitTestType, manifest.ExposureType},
		order: graph.WithTests,
	}
}

func runVerb() verb {
	return verb{types: []manifest.ResourceType{manifest.Model}, order: graph.ByDependency}
}

func testVerb() verb {
	return verb{types: []manifest.ResourceType{manifest.Test, manifest.UnitTestType}, order: graph.Independent}
}

func seedVerb() verb {
	return verb{types: []manifest.ResourceType{manifest.Seed}, order: graph.ByDependency}
}

func snapshotVerb() verb {
	return verb{types: []manifest.ResourceType{manifest.Snapshot}, order: graph.ByDependency}
}

// Build runs seeds, models, snapshots and tests in the order of the graph; a
// failing test stops what descends from what it tests. It says whether
// everything went well.
func (a *App) Build(ctx context.Context, s Selection) (bool, error) {
	_, ok, err := a.execute(ctx, buildVerb(), s)
	return ok, err
}

// Run builds models, in the order of the graph.
func (a *App) Run(ctx context.Context, s Selection) (bool, error) {
	_, ok, err := a.execute(ctx, runVerb(), s)
	return ok, err
}

// Test runs tests on what is there.
func (a *App) Test(ctx context.Context, s Selection) (bool, error) {
	_, ok, err := a.execute(ctx, testVerb(), s)
	return ok, err
}

// Snapshot brings the histories of snapshots up to date.
func (a *App) Snapshot(ctx context.Context, s Selection) (bool, error) {
	_, ok, err := a.execute(ctx, snapshotVerb(), s)
	return ok, err
}

// Seed loads seed files; show prints some rows of each.
func (a *App) Seed(ctx context.Context, s Selection, show bool) (bool, error) {
	var then []after
	if show {
		then = append(then, a.showSeeds)
	}
	_, ok, err := a.execute(ctx, seedVerb(), s, then...)
	return ok, err
}

// after is something to do between the run and its summary.
type after func(ctx context.Context, w *workshop, r *run.Report) error

func (a *App) execute(ctx context.Context, v verb, s Selection, then ...after) (*run.Report, bool, error) {
	l, err := a.parsed(ctx)
	if err != nil {
		return nil, false, err
	}
	a.emit(event.Found{Stats: run.Found(l.manifest)})
	a.applyStoreFailures(l)
	ids, err := a.toRun(l, v, s)
	if err != nil {
		return nil, false, err
	}
	if len(ids) == 0 {
		ok, err := a.nothing(l)
		return &run.Report{}, ok, err
	}
	if a.rec != nil {
		a.rec.Plan(ids)
	}
	report, err := a.work(ctx, l, v, ids, then)
	if report == nil {
		return nil, false, a.recorded(ctx, err)
	}
	err = errors.Join(err, a.writeArtifacts(l, report))
	report.Summarize(a.cfg.Events)
	err = a.recorded(ctx, err)
	return report, err == nil && !report.Interrupted && !run.Failed(report.Results), err
}

// recorded ends the record of a run.
func (a *App) recorded(ctx context.Context, err error) error {
	if a.rec == nil {
		return err
	}
	return errors.Join(err, a.rec.End(ctx, err))
}

// recording begins the record of a command without nodes.
func (a *App) recording(ctx context.Context) {
	if a.rec != nil {
		a.rec.Begin(ctx)
	}
}

// toRun gives the ids of the selection, or of the run that is repeated.
func (a *App) toRun(l *loaded, v verb, s Selection) ([]string, error) {
	if a.cfg.Flags.Again != nil {
		return a.again(l, v), nil
	}
	return a.selected(l, s, v.types, v.types, false)
}

// work runs nodes on the write lane. The report is nil when nothing could start.
func (a *App) work(ctx context.Context, l *loaded, v verb, ids []string, then []after) (report *run.Report, err error) {
	queue, err := l.graph.Queue(ids, v.order)
	if err != nil {
		return nil, err
	}
	lanes, err := a.open(ctx, l.target)
	if err != nil {
		return nil, err
	}
	lane, err := lanes.Write(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, lane.Release()) }()
	w := &workshop{app: a, l: l, lane: lane, cache: adapter.NewCache()}
	l.env.Selected = ids
	if err := w.prepare(ctx, ids); err != nil {
		return nil, err
	}
	report, err = run.Run(ctx, run.Options{
		Manifest: l.manifest, Extra: unitNodes(l, ids), Selected: ids, Queue: queue, Open: v.opener(w), Threads: l.target.Threads,
		Target: l.target.Name, Database: l.target.Database, Hooks: !v.bare,
		FailFast:  a.flag(a.cfg.Flags.FailFast, "fail_fast", false),
		WarnError: a.project.warnings.of("LogTestResult") == fails,
		Now:       a.cfg.Now, Events: a.cfg.Events,
	})
	for _, do := range then {
		err = errors.Join(err, do(ctx, w, report))
	}
	return report, err
}

// nothing ends a command whose selection is empty: a warning, and artifacts
// that say that nothing ran.
func (a *App) nothing(l *loaded) (bool, error) {
	ok, err := a.emptySelection()
	if err != nil {
		return ok, err
	}
	return ok, a.writeArtifacts(l, &run.Report{})
}

// emptySelection warns that nothing was selected.
func (a *App) emptySelection() (bool, error) {
	err := a.warn(event.NothingToDo{}, "nothing to do: the selection is empty")
	return err == nil, err
}

// applyStoreFailures lets --store-failures decide for all tests, as dbt does for
// those that do not say for themselves.
func (a *App) applyStoreFailures(l *loaded) {
	given := a.cfg.Flags.StoreFailures
	if given == nil {
		return
	}
	for _, n := range l.manifest.Nodes {
		if n.ResourceType != manifest.Test {
			continue
		}
		if v, _ := n.Config.Get("store_failures"); v == nil {
			n.Config.Set("store_failures", *given)
			n.RelationName = l.env.RelationName(n)
		}
	}
}
