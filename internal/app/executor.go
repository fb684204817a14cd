package app

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/compile"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// executor runs nodes on one session: the runner's Executor over the compiler.
type executor struct {
	env     *compile.Env
	session warehouse.Session
	adapter *adapter.Adapter
	cache   *adapter.Cache
	root    string // the project's folder, for the compiled files
	now     func() time.Time
	// pointers says whether latest versions get a view of the bare name unless
	// their config says otherwise.
	pointers bool
	// batching is for microbatch models.
	batching batching
}

// Run compiles a node, keeps its SQL in the target folder, and materializes it
// unless it is ephemeral.
func (x *executor) Run(ctx context.Context, node *manifest.Node) (out run.Outcome, err error) {
	if node.ResourceType == manifest.UnitTestType {
		return x.unitTest(ctx, node)
	}
	if node.Microbatch() {
		return x.microbatch(ctx, node)
	}
	defer func() { err = errors.Join(err, x.adapter.Rollback(context.WithoutCancel(ctx))) }()
	r := x.env.Open(ctx, node, x.adapter)
	out.RelationName = node.RelationName
	if err := x.compile(r, node, &out); err != nil || node.Ephemeral() {
		return out, err
	}
	err = x.timed("execute", &out, func() error { return x.materialize(ctx, r, node, &out) })
	return out, err
}

// compiler renders one node.
type compiler interface{ Compile() (string, error) }

// compile renders the node, and writes the compiled SQL when it is worth a look.
func (x *executor) compile(r compiler, node *manifest.Node, out *run.Outcome) error {
	return x.timed("compile", out, func() error {
		if node.ResourceType == manifest.Seed {
			return nil
		}
		out.Compiled = new(bool)
		if _, err := r.Compile(); err != nil {
			return err
		}
		*out.Compiled = true
		out.CompiledCode = node.CompiledCode
		if node.CompiledPath == "" {
			return nil // SQL of the command line has no file
		}
		out.CompiledPath = node.CompiledPath
		return compile.WriteSQL(filepath.Join(x.root, filepath.FromSlash(node.CompiledPath)), node.CompiledCode)
	})
}

func (x *executor) materialize(ctx context.Context, r *compile.Run, node *manifest.Node, out *run.Outcome) error {
	if _, err := r.Materialize(); err != nil {
		return err
	}
	if err := x.adapter.Commit(ctx); err != nil {
		return err
	}
	main, ok := r.Result("main")
	if !ok {
		return fault.New(fault.Compile, "the materialization %s ran no statement named main", node.Config.Materialized()).
			At(node.OriginalFilePath, 0).WithHint("put its main SQL into {%% call statement('main') %%}")
	}
	if x.pointsAt(node) && !node.Microbatch() {
		if err := x.point(ctx, node); err != nil {
			return err
		}
	}
	out.Response = response(main.Response)
	if node.ResourceType == manifest.Test {
		return verdictOf(node, main.Table, out)
	}
	out.Message = main.Response.Message
	return nil
}

// RunHook compiles an operation and runs its SQL outside of a transaction's
// undoing: what a hook does lasts.
func (x *executor) RunHook(ctx context.Context, hook *manifest.Node, with run.HookContext) (out run.Outcome, err error) {
	defer func() { err = errors.Join(err, x.adapter.Rollback(context.WithoutCancel(ctx))) }()
	r := x.env.Open(ctx, hook, x.adapter)
	for name, value := range hookNames(with) {
		r.Set(name, value)
	}
	if err := x.compile(r, hook, &out); err != nil {
		return out, err
	}
	out.Message = "OK"
	if strings.TrimSpace(hook.CompiledCode) == "" {
		return out, nil
	}
	err = x.timed("execute", &out, func() error {
		resp, err := r.Statement(hook.CompiledCode) //nolint:contextcheck // as above
		if err != nil {
			return err
		}
		out.Message, out.Response = resp.Message, response(resp)
		return x.adapter.Commit(ctx)
	})
	return out, err
}

// Close gives the session back.
func (x *executor) Close() error { return x.session.Close() }

// timed records one phase.
func (x *executor) timed(name string, out *run.Outcome, fn func() error) error {
	start := x.now()
	err := fn()
	out.Timing = append(out.Timing, artifact.Timing{Name: name, StartedAt: start.UTC(), CompletedAt: x.now().UTC()})
	return err
}

func response(r adapter.Response) map[string]any {
	out := map[string]any{"_message": r.Message}
	if r.Code != "" {
		out["code"] = r.Code
	}
	if r.RowsAffected != nil {
		out["rows_affected"] = *r.RowsAffected
	}
	return out
}
