package compile

import (
	"context"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/pydate"
	"github.com/kith-analytics/kith/internal/dbt/window"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Batch is one window of a microbatch model.
type Batch struct {
	window.Window

	// ID is the window's start without dashes: 20240131.
	ID string
	// Adds says that the table is there, whatever the flags say: a batch before
	// this one has made it.
	Adds bool
}

// OpenBatch prepares one batch of a microbatch model.
func (e *Env) OpenBatch(ctx context.Context, node *manifest.Node, ad *adapter.Adapter, b *Batch) *Run {
	r := e.Open(ctx, node, ad)
	r.batch = b
	if b.Adds {
		answer := func(name string, v bool) jinja.Value {
			return jinja.NewFunc(name, func(*jinja.Runtime, jinja.Args) (jinja.Value, error) { return v, nil })
		}
		r.scope.fixed = map[string]jinja.Value{
			"is_incremental": answer("is_incremental", true), "should_full_refresh": answer("should_full_refresh", false),
		}
	}
	return r
}

// batchModel is `model` with the batch in it.
func (r *Run) batchModel() jinja.Value {
	d := artifact.NodeDict(r.node)
	b := jinja.NewDict()
	b.SetStr("id", r.batch.ID)
	b.SetStr("event_time_start", pydate.AwareOf(r.batch.Start))
	b.SetStr("event_time_end", pydate.AwareOf(r.batch.End))
	d.SetStr("batch", b)
	return d
}

// inTime narrows what a model or snapshot reads to its batch and to the sample,
// where the thing that it reads says which column tells the time.
func (r *Run) inTime(rel *adapter.Relation, config *manifest.Config, columns []manifest.Column) *adapter.Relation {
	field := config.String("event_time")
	if field == "" || r.node.ResourceType != manifest.Model && r.node.ResourceType != manifest.Snapshot {
		return rel
	}
	var start, end time.Time
	if r.batch != nil {
		start, end = r.batch.Start, r.batch.End
	}
	if s := r.env.Sample; s != nil {
		if start.Before(s.Start) {
			start = s.Start
		}
		if end.IsZero() || s.End.Before(end) {
			end = s.End
		}
	}
	if start.IsZero() {
		return rel
	}
	for i := range columns {
		if columns[i].Name == field && columns[i].Quote != nil && *columns[i].Quote {
			field = adapter.Quote(field)
			break
		}
	}
	return rel.WithEventTime(adapter.EventTimeFilter{Field: field, Start: start, End: end})
}
