package app

import (
	"context"
	"errors"
	"os"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
	"github.com/kith-analytics/kith/internal/metric"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// Catalog reads the project's metric files and checks them against its models. It
// does not open the warehouse.
func (a *App) Catalog(ctx context.Context) (*metric.Catalog, error) {
	l, err := a.parsed(ctx)
	if err != nil {
		return nil, err
	}
	return metric.Load(os.DirFS(l.root), metricModels(l.manifest))
}

// metricModels gives what metrics need to know of models, seeds and snapshots.
func metricModels(m *manifest.Manifest) metric.Models {
	out := metric.Models{}
	for _, n := range m.Nodes {
		if !n.Relational() || n.ResourceType == manifest.Test {
			continue
		}
		model := metric.Model{Name: n.Name, Schema: n.Schema, Table: n.Alias, Description: n.Description}
		for _, c := range n.Columns {
			model.Columns = append(model.Columns, metric.ModelColumn{Name: c.Name, Type: c.DataType, Description: c.Description, Mask: maskOf(c)})
		}
		out[n.Name] = model
	}
	return out
}

// Metrics answers questions to the metrics: it reads and checks their files, with the
// types of the tables that are built, and hands use a runner and a session that only
// reads, both good for as long as it runs.
func (a *App) Metrics(ctx context.Context, use func(*metric.Runner, metric.Reader) error) (err error) {
	l, err := a.parsed(ctx)
	if err != nil {
		return err
	}
	lanes, err := a.openToRead(ctx, l.target)
	if err != nil {
		return err
	}
	session, err := lanes.ReadHeld(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, session.Close()) }()
	runner, err := a.metricRunner(ctx, l, session)
	if err != nil {
		return err
	}
	return use(runner, session)
}

// metricRunner makes a runner for the data as a session sees it.
func (a *App) metricRunner(ctx context.Context, l *loaded, session warehouse.Session) (*metric.Runner, error) {
	types, err := metric.ReadTypes(ctx, session)
	if err != nil {
		return nil, err
	}
	catalog, err := metric.Load(os.DirFS(l.root), metricModels(l.manifest).Typed(types))
	if err != nil {
		return nil, err
	}
	currency, err := a.currency(l)
	if err != nil {
		return nil, err
	}
	snapshot, err := metric.ReadSnapshot(ctx, session, catalog, currency)
	if err != nil {
		return nil, err
	}
	return metric.NewRunner(catalog, metric.DuckDB{}, snapshot), nil
}

// currency is the project's variable of that name; "" without one.
func (a *App) currency(l *loaded) (string, error) {
	given, err := a.vars()
	if err != nil {
		return "", err
	}
	if v, found := l.project.VarsFor(l.project.Name, given).Lookup("currency"); found && v != nil {
		return jinja.Str(v), nil
	}
	return "", nil
}

// scope is the right to read of whoever runs the command: the owner of the machine.
func (a *App) scope() access.Scope { return access.All() }

// MetricSQL gives a query's statement with its values written out.
func (a *App) MetricSQL(ctx context.Context, q metric.Query) (sql string, err error) {
	err = a.Metrics(ctx, func(r *metric.Runner, _ metric.Reader) error {
		statement, err := r.Compile(q, a.scope())
		if err != nil {
			return err
		}
		sql, err = statement.Written(metric.DuckDB{})
		return err
	})
	return sql, err
}

// MetricQuery answers a query.
func (a *App) MetricQuery(ctx context.Context, q metric.Query) (result *metric.Result, err error) {
	err = a.Metrics(ctx, func(r *metric.Runner, db metric.Reader) error {
		result, err = r.Run(ctx, db, q, a.scope())
		return err
	})
	return result, err
}

// MetricExplain says what a metric of a query is and where it comes from.
func (a *App) MetricExplain(ctx context.Context, name string, q metric.Query) (out *metric.Explanation, err error) {
	err = a.Metrics(ctx, func(r *metric.Runner, _ metric.Reader) error {
		facts, err := metricFacts(a.project)
		if err != nil {
			return err
		}
		out, err = r.Explain(name, q, a.scope(), facts)
		return err
	})
	return out, err
}

// MetricRows gives a page of the rows behind a number.
func (a *App) MetricRows(ctx context.Context, q metric.RowsQuery) (page *metric.Page, err error) {
	err = a.Metrics(ctx, func(r *metric.Runner, db metric.Reader) error {
		page, err = r.Rows(ctx, db, q, a.scope())
		return err
	})
	return page, err
}
