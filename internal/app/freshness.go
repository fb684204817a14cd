package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/graph"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// FreshnessOptions say which sources to check.
type FreshnessOptions struct {
	Selection

	// Output is the file for the answers; "" is sources.json in the target folder.
	Output string
}

// Freshness asks the selected sources that have a freshness how old their
// youngest row is, and writes sources.json. It says whether all were asked and
// none is too old.
func (a *App) Freshness(ctx context.Context, o FreshnessOptions) (bool, error) {
	l, err := a.parsed(ctx)
	if err != nil {
		return false, err
	}
	a.emit(event.Found{Stats: run.Found(l.manifest)})
	types := []manifest.ResourceType{manifest.SourceType}
	ids, err := a.selected(l, o.Selection, types, types, true)
	if err != nil {
		return false, err
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return !hasFreshness(l.manifest.Sources[id]) })
	check := &freshnessCheck{l: l, results: map[string]*artifact.SourceResult{}}
	if len(ids) == 0 {
		ok, err := a.emptySelection()
		return ok, errors.Join(err, a.writeSources(l, check, &run.Report{}, o.Output))
	}
	report, err := a.checkSources(ctx, l, check, ids)
	if report == nil {
		return false, err
	}
	err = errors.Join(err, a.writeSources(l, check, report, o.Output))
	report.SummarizeFreshness(a.cfg.Events)
	return err == nil && !report.Interrupted && !run.Failed(report.Results), err
}

// hasFreshness says whether a source says when it is too old.
func hasFreshness(s *manifest.Source) bool {
	return s != nil && s.Freshness != nil && (s.Freshness.WarnAfter.Count > 0 || s.Freshness.ErrorAfter.Count > 0)
}

func (a *App) checkSources(ctx context.Context, l *loaded, check *freshnessCheck, ids []string) (report *run.Report, err error) {
	queue, err := l.graph.Queue(ids, graph.Independent)
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
	extra := map[string]*manifest.Node{}
	for _, id := range ids {
		extra[id] = sourceNode(l, l.manifest.Sources[id])
	}
	return run.Run(ctx, run.Options{
		Manifest: l.manifest, Extra: extra, Selected: ids, Queue: queue, Threads: l.target.Threads,
		Open: func(ctx context.Context) (run.Executor, error) {
			x, err := w.executor(ctx)
			if err != nil {
				return nil, err
			}
			return &sourceExecutor{executor: x, check: check}, nil
		},
		Target: l.target.Name, Database: l.target.Database,
		Hooks: a.flag(nil, "source_freshness_run_project_hooks", true),
		Now:   a.cfg.Now, Events: a.cfg.Events,
	})
}

// sourceNode is a source in the form of what can be run.
func sourceNode(l *loaded, s *manifest.Source) *manifest.Node {
	return &manifest.Node{
		UniqueID: s.UniqueID, Name: s.Name, ResourceType: manifest.SourceType, Package: s.Package, Path: s.Path,
		OriginalFilePath: s.OriginalFilePath, RootPath: l.root, FQN: s.FQN, Database: s.Database, Schema: s.Schema, Alias: s.Identifier,
		RelationName: s.RelationName, Config: s.Config,
	}
}

// writeSources writes the answers in the order in which they came.
func (a *App) writeSources(l *loaded, check *freshnessCheck, r *run.Report, output string) error {
	out := artifact.SourceResults{Metadata: a.metadata(), ElapsedTime: r.Elapsed}
	for i := range r.Results {
		res := &r.Results[i]
		if res.Node == nil || res.Node.ResourceType != manifest.SourceType {
			continue
		}
		one := check.take(res.UniqueID)
		one.UniqueID, one.Status, one.Timing, one.ThreadID, one.ExecutionTime = res.UniqueID, res.Status, res.Timing, res.ThreadID, res.ExecutionTime
		if res.Status == artifact.RuntimeError || res.Status == artifact.Skipped {
			one.Status, one.Error = artifact.RuntimeError, res.Message
		}
		out.Results = append(out.Results, *one)
	}
	var err error
	if output == "" {
		if a.flag(a.cfg.Flags.WriteJSON, "write_json", true) {
			err = artifact.WriteSources(l.artifacts(), out)
		}
	} else {
		err = writeText(a.abs(output), artifact.EncodeSources(out))
	}
	return errors.Join(err, a.writeManifest(l))
}

func writeText(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil { //nolint:gosec // a report, for its readers
		return fault.Wrap(err, fault.Disk, "%s cannot be written", path)
	}
	if err := os.WriteFile(path, text, 0o644); err != nil { //nolint:gosec // as above
		return fault.Wrap(err, fault.Disk, "%s cannot be written", path)
	}
	return nil
}

// sourceExecutor asks sources for their age.
type sourceExecutor struct {
	*executor

	check *freshnessCheck
}

// Run asks one source.
func (x *sourceExecutor) Run(ctx context.Context, node *manifest.Node) (out run.Outcome, err error) {
	defer func() { err = errors.Join(err, x.adapter.Rollback(context.WithoutCancel(ctx))) }()
	s := x.check.l.manifest.Sources[node.UniqueID]
	err = x.timed("execute", &out, func() error {
		res, err := x.age(ctx, s)
		if err != nil {
			return inFile(err, s.OriginalFilePath)
		}
		if res.Status == artifact.Warn && x.check.l.warnings.of("LogFreshnessResult") == fails {
			res.Status = artifact.Error
		}
		out.Status, out.Response = res.Status, res.AdapterResponse
		x.check.keep(s.UniqueID, res)
		return nil
	})
	return out, err
}

// age runs the project's macro for the source's way of telling its age.
func (x *sourceExecutor) age(ctx context.Context, s *manifest.Source) (*artifact.SourceResult, error) {
	relation, err := x.env.SourceRelation(s)
	if err != nil {
		return nil, err
	}
	node := &manifest.Node{
		UniqueID: s.UniqueID, Name: s.Name, ResourceType: manifest.Operation, Package: s.Package,
		OriginalFilePath: s.OriginalFilePath, Config: s.Config,
	}
	r := x.env.Open(ctx, node, x.adapter)
	name, args := "collect_freshness", jinja.Pos(relation, s.LoadedAtField, textOrNone(s.Freshness.Filter))
	switch {
	case s.LoadedAtQuery != "":
		r.Set("this", relation)
		query, err := r.Text(s.OriginalFilePath, s.LoadedAtQuery)
		if err != nil {
			return nil, err
		}
		name, args = "collect_freshness_custom_sql", jinja.Pos(relation, query)
	case s.LoadedAtField == "":
		return nil, fault.New(fault.Invalid, "the source %s.%s has a freshness and nothing to tell it by", s.SourceName, s.Name).
			WithHint("give it a loaded_at_field or a loaded_at_query")
	}
	macro := x.env.Library.Find(s.Package, name)
	if macro == nil {
		return nil, fault.New(fault.Internal, "there is no macro %s", name)
	}
	if _, err := r.CallMacro(macro, args); err != nil {
		return nil, err
	}
	answer, ok := r.Result(name)
	if !ok {
		return nil, fault.New(fault.Compile, "the macro %s ran no statement of that name", name)
	}
	return readAge(s, answer.Table, response(answer.Response))
}

// readAge reads the one row of max_loaded_at and snapshotted_at.
func readAge(s *manifest.Source, table *adapter.Table, answer map[string]any) (*artifact.SourceResult, error) {
	if table == nil {
		return nil, fault.New(fault.Compile, "the freshness of %s.%s gave no rows", s.SourceName, s.Name)
	}
	rows, err := table.Rows()
	if err != nil {
		return nil, err
	}
	if len(rows) != 1 || len(rows[0]) != 2 {
		return nil, fault.New(fault.Compile, "the freshness of %s.%s is not one row of max_loaded_at and snapshotted_at", s.SourceName, s.Name)
	}
	// A source without rows is as old as can be.
	loaded := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	if rows[0][0] != nil {
		if loaded, err = moment(s, rows[0][0]); err != nil {
			return nil, err
		}
	}
	asked, err := moment(s, rows[0][1])
	if err != nil {
		return nil, err
	}
	seconds := float64(asked.Unix()-loaded.Unix()) + float64(asked.Nanosecond()-loaded.Nanosecond())/float64(time.Second)
	return &artifact.SourceResult{
		MaxLoadedAt: loaded, SnapshottedAt: asked, Age: asked.Sub(loaded), Criteria: *s.Freshness, AdapterResponse: answer,
		Status: staleness(s.Freshness, seconds),
	}, nil
}
