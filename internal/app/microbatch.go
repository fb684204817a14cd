package app

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/compile"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/dbt/window"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// batching is what all microbatch models of one run have in common.
type batching struct {
	from, to time.Time // what the command line asks for; zero when it does not
	now      time.Time
	full     bool // --full-refresh
	// before are the batches of an earlier run, for models that are retried.
	before map[string]*artifact.BatchResults
	events event.Sink
	// database is the one that lines need not mention.
	database string
}

// batching reads the flags about time.
func (a *App) batching(l *loaded) batching {
	b := batching{
		from: a.cfg.Flags.EventTime.Start, to: a.cfg.Flags.EventTime.End, now: a.started.UTC(), full: a.cfg.Flags.FullRefresh,
		events: a.cfg.Events, database: l.target.Database,
	}
	if s := a.cfg.Flags.Sample; s != nil {
		b.from, b.to = s.Start, s.End
	}
	if again := a.cfg.Flags.Again; again != nil {
		b.before = again.Batches
		if !again.Started.IsZero() {
			b.now = again.Started.UTC()
		}
	}
	return b
}

// microbatch builds a model window by window. When the first batch fails the
// others are skipped; after another one they are tried.
func (x *executor) microbatch(ctx context.Context, node *manifest.Node) (out run.Outcome, err error) {
	out.Compiled, out.RelationName, out.Failures = new(bool), node.RelationName, new(int)
	size, _ := window.ParseSize(node.Config.String("batch_size"))
	incremental, err := x.incremental(ctx, node)
	if err != nil {
		return out, err
	}
	batches := x.batches(node, size, incremental)
	out.Batches = &artifact.BatchResults{}
	err = x.timed("execute", &out, func() error {
		skip := false
		for i, w := range batches {
			b := &batch{
				node: node, size: size, window: w, index: i + 1, total: len(batches), adds: i > 0 || incremental || x.retried(node),
			}
			if skip {
				x.batchDone(b, "skipped", 0)
				out.Batches.Failed = append(out.Batches.Failed, artifact.BatchRange(w))
				continue
			}
			err := x.batch(ctx, b)
			if ctx.Err() != nil {
				for _, left := range batches[i:] {
					out.Batches.Failed = append(out.Batches.Failed, artifact.BatchRange(left))
				}
				return fault.Wrap(ctx.Err(), fault.Cancelled, "cancelled")
			}
			if err != nil {
				out.Batches.Failed = append(out.Batches.Failed, artifact.BatchRange(w))
				skip = i == 0
				continue
			}
			out.Batches.Successful = append(out.Batches.Successful, artifact.BatchRange(w))
		}
		return nil
	})
	x.merge(node, &out)
	if err == nil && out.Status == artifact.Success && x.pointsAt(node) {
		err = x.point(ctx, node)
	}
	return out, err
}

// merge says how the model ended from how its batches did.
func (x *executor) merge(node *manifest.Node, out *run.Outcome) {
	well, badly := len(out.Batches.Successful), len(out.Batches.Failed)
	switch {
	case badly == 0:
		out.Status, out.Message = artifact.Success, "SUCCESS"
	case well == 0:
		out.Status, out.Message = artifact.Error, "ERROR"
	default:
		out.Status, out.Message = artifact.PartialSuccess, fmt.Sprintf("PARTIAL SUCCESS (%d/%d)", well, well+badly)
	}
	if before := x.batching.before[node.UniqueID]; before != nil {
		out.Batches.Successful = append(out.Batches.Successful, before.Successful...)
	}
}

// retried says whether only the failed batches of an earlier run are built.
func (x *executor) retried(node *manifest.Node) bool { return x.batching.before[node.UniqueID] != nil }

// batches gives the windows to build, oldest first.
func (x *executor) batches(node *manifest.Node, size window.Size, incremental bool) []window.Window {
	if before := x.batching.before[node.UniqueID]; before != nil {
		out := make([]window.Window, 0, len(before.Failed))
		for _, b := range before.Failed {
			out = append(out, window.Window(b))
		}
		slices.SortFunc(out, func(a, b window.Window) int { return a.Start.Compare(b.Start) })
		return out
	}
	v, _ := node.Config.Get("begin")
	begin, _ := window.ParseTime(jinja.Str(v))
	lookback := 1
	if v, _ := node.Config.Get("lookback"); v != nil {
		if n, ok := v.(int64); ok {
			lookback = int(n)
		}
	}
	return window.Plan{
		Size: size, Begin: begin, Lookback: lookback, Incremental: incremental,
		From: x.batching.from, To: x.batching.to, Now: x.batching.now,
	}.Batches()
}

// incremental says whether the model's table is there and stays.
func (x *executor) incremental(ctx context.Context, node *manifest.Node) (bool, error) {
	rel, err := x.adapter.Relation(ctx, node.Database, node.Schema, node.Alias)
	if err != nil || rel == nil || rel.Type != adapter.TypeTable {
		return false, err
	}
	return !node.Config.Bool("full_refresh", x.batching.full), nil
}

// batch is one window of one model.
type batch struct {
	node         *manifest.Node
	size         window.Size
	window       window.Window
	index, total int
	adds         bool
}

// batch builds one window in a transaction of its own.
func (x *executor) batch(ctx context.Context, b *batch) (err error) {
	x.batching.events.Emit(event.BatchStart{Description: x.describeBatch(b), Index: b.index, Total: b.total, Node: batchInfo(b, "started")})
	start := x.now()
	defer func() {
		err = errors.Join(err, x.adapter.Rollback(context.WithoutCancel(ctx)))
		took := x.now().Sub(start)
		if err == nil {
			x.batchDone(b, "OK", took)
			return
		}
		x.batching.events.Emit(event.Text{Lvl: event.Error, Mark: true, Msg: run.ErrorText(err)})
		x.batchDone(b, "error", took)
	}()
	node := b.ownNode()
	r := x.env.OpenBatch(ctx, node, x.adapter, &compile.Batch{
		ID: strings.ReplaceAll(b.size.Format(b.window.Start), "-", ""), Window: b.window, Adds: b.adds,
	})
	var out run.Outcome
	if err := x.compile(r, node, &out); err != nil {
		return err
	}
	return x.materialize(ctx, r, node, &out)
}

// ownNode is the model for one batch: its files carry the window's name, and
// hooks run before the first and after the last.
func (b *batch) ownNode() *manifest.Node {
	n := *b.node
	values := jinja.NewDict()
	values.Update(n.Config.Values)
	if b.index > 1 {
		values.SetStr("pre-hook", jinja.NewList())
	}
	if b.index < b.total {
		values.SetStr("post-hook", jinja.NewList())
	}
	n.Config = manifest.NewConfig(values)
	suffix := func(file string) string {
		base := strings.TrimSuffix(file, path.Ext(file))
		return path.Join(base, path.Base(base)+"_"+b.size.Format(b.window.Start)+path.Ext(file))
	}
	n.CompiledPath, n.BuildPath = suffix(n.CompiledPath), suffix(n.BuildPath)
	return &n
}

func (x *executor) describeBatch(b *batch) string {
	relation := b.node.Schema + "." + b.node.Alias
	if b.node.Database != x.batching.database {
		relation = b.node.Database + "." + relation
	}
	return "batch " + b.size.Format(b.window.Start) + " of " + relation
}

func (x *executor) batchDone(b *batch, status string, took time.Duration) {
	x.batching.events.Emit(event.BatchDone{
		Description: x.describeBatch(b), Status: status, Index: b.index, Total: b.total, Took: event.Seconds(took), Node: batchInfo(b, status),
	})
}

func batchInfo(b *batch, status string) event.Node {
	return event.Node{
		UniqueID: b.node.UniqueID, Name: b.node.Name, Path: b.node.Path, ResourceType: string(b.node.ResourceType),
		Materialized: b.node.Config.Materialized(), Checksum: b.node.Checksum.Checksum, Status: status,
		Relation: event.Relation{
			Database: b.node.Database, Schema: b.node.Schema, Alias: b.node.Alias, RelationName: b.node.RelationName,
		},
	}
}
