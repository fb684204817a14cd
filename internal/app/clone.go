package app

import (
	"context"
	"errors"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/graph"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/fault"
)

// Clone makes the selected models, seeds and snapshots show what the
// environment of --state has. What is here already stays, unless --full-refresh
// replaces it. It says whether everything went well.
func (a *App) Clone(ctx context.Context, s Selection) (bool, error) {
	l, err := a.parsed(ctx)
	if err != nil {
		return false, err
	}
	if l.env.Defer == nil {
		return false, fault.New(fault.Usage, "clone needs to know what to clone").
			WithHint("give the folder of the other environment's manifest.json with --state or --defer-state")
	}
	_, ok, err := a.execute(ctx, verb{
		types: []manifest.ResourceType{manifest.Model, manifest.Seed, manifest.Snapshot}, order: graph.Independent,
		wrap: func(x *executor) run.Executor { return &cloneExecutor{x} }, bare: true,
	}, s)
	return ok, err
}

// cloneExecutor clones nodes in place of building them.
type cloneExecutor struct{ *executor }

// Run clones one node. Nothing is compiled.
func (x *cloneExecutor) Run(ctx context.Context, node *manifest.Node) (out run.Outcome, err error) {
	defer func() { err = errors.Join(err, x.adapter.Rollback(context.WithoutCancel(ctx))) }()
	if node.Ephemeral() {
		return out, nil
	}
	out.Message, out.Status = "No-op", artifact.Success
	err = x.timed("execute", &out, func() error {
		r := x.env.Open(ctx, node, x.adapter)
		relations, err := r.MaterializeAs("clone")
		if err != nil {
			return err
		}
		if err := x.adapter.Commit(ctx); err != nil {
			return err
		}
		for _, rel := range relations {
			x.cache.Add(rel)
		}
		if main, ok := r.Result("main"); ok {
			out.Message, out.Response = main.Response.Message, response(main.Response)
		}
		return nil
	})
	return out, err
}
