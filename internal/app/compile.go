package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// compiled are the types that compile takes.
func compilable() []manifest.ResourceType {
	return []manifest.ResourceType{manifest.Model, manifest.Test, manifest.Snapshot, manifest.Analysis, manifest.Seed}
}

// inlineName is dbt's name of SQL that is given on the command line.
const inlineName = "inline_query"

// CompileOptions say what compile shows.
type CompileOptions struct {
	Selection

	// Inline is SQL with templates to compile instead of nodes.
	Inline string
	JSON   bool
	Quiet  bool
}

// Compile renders nodes into the target folder and shows those that were
// selected by name. It runs nothing, and opens the warehouse only when a template
// asks it something.
func (a *App) Compile(ctx context.Context, o CompileOptions) (err error) {
	l, err := a.parsed(ctx)
	if err != nil {
		return err
	}
	nodes, err := a.toCompile(ctx, l, o)
	if err != nil || len(nodes) == 0 {
		return err
	}
	w := &workshop{app: a, l: l, lane: readers{a, l}, cache: adapter.NewCache()}
	x, err := w.executor(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	report := &run.Report{}
	for _, n := range nodes {
		r, err := x.only(ctx, n)
		if err != nil {
			return fmt.Errorf("%s %s: %w", n.ResourceType, n.Name, err)
		}
		report.Results = append(report.Results, r)
		if o.Inline != "" || named(n, o.Select) {
			a.emit(event.Compiled{Name: n.Name, ID: n.UniqueID, Code: n.CompiledCode, Inline: o.Inline != "", JSON: o.JSON, Bare: o.Quiet})
		}
	}
	if o.Inline != "" {
		return nil
	}
	report.Elapsed = a.cfg.Now().Sub(a.started)
	return a.writeArtifacts(l, report)
}

// toCompile gives the nodes in the order of the graph, or the inline one.
func (a *App) toCompile(ctx context.Context, l *loaded, o CompileOptions) ([]*manifest.Node, error) {
	a.emit(event.Found{Stats: run.Found(l.manifest)})
	if o.Inline != "" {
		n, err := a.inline(ctx, l, o.Inline)
		return []*manifest.Node{n}, err
	}
	ids, err := a.selected(l, o.Selection, compilable(), compilable(), false)
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		_, err := a.nothing(l)
		return nil, err
	}
	var nodes []*manifest.Node
	for _, id := range l.graph.Order() {
		if _, ok := slices.BinarySearch(ids, id); ok {
			nodes = append(nodes, l.manifest.Nodes[id])
		}
	}
	return nodes, nil
}

// inline makes a node of SQL that is in no file.
func (a *App) inline(ctx context.Context, l *loaded, sql string) (*manifest.Node, error) {
	n := &manifest.Node{
		UniqueID: "sql_operation." + l.project.Name + "." + inlineName, Name: inlineName, ResourceType: manifest.SQLOperation,
		Package: l.project.Name, Path: inlineName, OriginalFilePath: "--inline", RootPath: l.root,
		Database: l.target.Database, Schema: l.target.Schema, Alias: inlineName, Language: "sql", RawCode: sql, RawLine: 1,
		Config: manifest.NewConfig(jinja.NewDict()),
	}
	found := l.env.Pass(ctx, n)
	if err := found.Code(); err != nil {
		return nil, err
	}
	for _, ref := range found.Refs {
		parent, err := l.env.ResolveRef(ref, n.Package)
		if err != nil {
			return nil, inFile(err, n.OriginalFilePath)
		}
		n.DependsOn.Nodes = append(n.DependsOn.Nodes, parent.UniqueID)
	}
	for _, ref := range found.Sources {
		parent, err := l.env.ResolveSource(ref, n.Package)
		if err != nil {
			return nil, inFile(err, n.OriginalFilePath)
		}
		n.DependsOn.Nodes = append(n.DependsOn.Nodes, parent.UniqueID)
	}
	return n, nil
}

// inFile gives an error that has no place yet the file that it is about.
func inFile(err error, file string) error {
	var f *fault.Error
	if errors.As(err, &f) && f.File == "" {
		f.File, f.Line, f.Column = file, 0, 0
	}
	return err
}

// named says whether a selection names a node, which is when dbt shows it.
func named(n *manifest.Node, selection []string) bool {
	return slices.ContainsFunc(selection, func(s string) bool { return strings.Contains(s, n.Name) })
}

// only compiles a node and gives its result.
func (x *executor) only(ctx context.Context, n *manifest.Node) (run.Result, error) {
	start := x.now()
	out := run.Outcome{}
	err := x.compile(x.env.Open(ctx, n, x.adapter), n, &out)
	err = errors.Join(err, x.adapter.Rollback(context.WithoutCancel(ctx)))
	took := x.now().Sub(start)
	return run.Result{Node: n, CompiledPath: out.CompiledPath, RunResult: artifact.RunResult{
		UniqueID: n.UniqueID, Status: artifact.Success, ThreadID: "Thread-1", ExecutionTime: max(took, time.Duration(0)), Timing: out.Timing,
		Compiled: out.Compiled, CompiledCode: out.CompiledCode, RelationName: n.RelationName,
	}}, err
}
