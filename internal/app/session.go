package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// sessions opens sessions of a lane.
type sessions interface {
	Session(ctx context.Context) (warehouse.Session, error)
}

// workshop makes the executors of one run, which share the relation cache.
type workshop struct {
	app   *App
	l     *loaded
	lane  sessions
	cache *adapter.Cache
}

func (w *workshop) executor(ctx context.Context) (*executor, error) {
	session, err := w.lane.Session(ctx)
	if err != nil {
		return nil, err
	}
	a := w.app
	return &executor{
		batching: a.batching(w.l), pointers: a.flag(nil, "latest_version_pointer_enabled_by_default", false),
		env: w.l.env, session: session, cache: w.cache, root: w.l.root, now: a.cfg.Now,
		adapter: adapter.New(adapter.Config{
			Session: session, Cache: w.cache, Dialect: w.l.target.Type, Database: w.l.target.Database, Quote: w.l.env.Quote,
			ExternalRoot: w.l.externalRoot(), ErrorLine: duckdb.ErrorLine, Now: a.cfg.Now,
			Warn:  func(msg string) { a.emit(event.Warning{Msg: msg}) },
			Print: func(msg string) { a.emit(event.Print{Msg: msg}) },
			OnSQL: func(sql string, took time.Duration, err error) {
				a.emit(event.SQL{Statement: sql, Took: event.Seconds(took), Failed: err != nil})
			},
		}),
	}, nil
}

// prepare creates the schemas that selected nodes go to, with the project's own
// create_schema, and reads which relations there are.
func (w *workshop) prepare(ctx context.Context, ids []string) (err error) {
	x, err := w.executor(ctx)
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, x.adapter.Rollback(context.WithoutCancel(ctx)), x.Close())
	}()
	missing, err := x.adapter.MissingSchemas(ctx, schemasOf(w.l.manifest, func(id string) bool { _, ok := slices.BinarySearch(ids, id); return ok }))
	if err != nil {
		return err
	}
	if err := w.createSchemas(ctx, x, missing); err != nil {
		return err
	}
	known := schemasOf(w.l.manifest, func(string) bool { return true })
	if d := w.l.env.Defer; d != nil {
		for _, n := range d.Nodes {
			known = append(known, adapter.SchemaRef{Database: n.Database, Schema: n.Schema})
		}
	}
	return w.cache.Load(ctx, x.session, known)
}

func (w *workshop) createSchemas(ctx context.Context, x *executor, missing []adapter.SchemaRef) error {
	if len(missing) == 0 {
		return nil
	}
	macro := w.l.env.Library.Find(w.l.project.Name, "create_schema")
	if macro == nil {
		return fault.New(fault.Internal, "there is no macro create_schema")
	}
	node := &manifest.Node{
		UniqueID: "operation." + w.l.project.Name + ".create_schemas", Name: "create_schemas", ResourceType: manifest.Operation,
		Package: w.l.project.Name, OriginalFilePath: "dbt_project.yml", Config: manifest.NewConfig(jinja.NewDict()),
	}
	r := w.l.env.Open(ctx, node, x.adapter)
	for _, s := range missing {
		relation := adapter.NewRelation(s.Database, s.Schema, "", "", w.l.env.Quote).WithoutIdentifier()
		if _, err := r.CallMacro(macro, jinja.Pos(relation)); err != nil {
			return err
		}
	}
	return x.adapter.Commit(ctx)
}

// schemasOf gives the schemas of the relational nodes that wanted names, without repeats, sorted.
func schemasOf(m *manifest.Manifest, wanted func(id string) bool) []adapter.SchemaRef {
	var out []adapter.SchemaRef
	for id, n := range m.Nodes {
		if n.Relational() && wanted(id) {
			out = append(out, adapter.SchemaRef{Database: n.Database, Schema: n.Schema})
		}
	}
	slices.SortFunc(out, func(a, b adapter.SchemaRef) int {
		if c := strings.Compare(a.Database, b.Database); c != 0 {
			return c
		}
		return strings.Compare(a.Schema, b.Schema)
	})
	return slices.Compact(out)
}
