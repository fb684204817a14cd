package docs

import (
	"context"
	"fmt"
	"slices"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/lineage"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// cteName begins the names that ephemeral models have inside other queries.
const cteName = "__dbt__cte__"

// TraceRequest says what to trace.
type TraceRequest struct {
	// Session belongs to an empty engine in memory.
	Session warehouse.Session
	// Manifest holds compiled models, Order its ids with parents first.
	Manifest *manifest.Manifest
	Order    []string
	// Tables are the relations that the warehouse has, as Inspect gives them.
	Tables []artifact.CatalogTable
	// Database and Schema are what unqualified names in compiled SQL mean.
	Database, Schema string
}

// Trace gives the lineage of every model and snapshot. Parents that are not built
// yet have the columns that their own SQL gives, or those that YAML declares with
// types.
func Trace(ctx context.Context, r TraceRequest) (*Lineage, error) {
	t := &projectTracer{
		TraceRequest: r, tracer: lineage.New(r.Session), known: map[lineage.Relation]bool{},
		ids: map[lineage.Relation][]string{}, boundaries: map[string]lineage.Relation{},
	}
	if err := t.prepare(ctx); err != nil {
		return nil, err
	}
	out := &Lineage{Nodes: map[string]NodeLineage{}}
	for _, id := range r.Order {
		n, ok := r.Manifest.Nodes[id]
		if !ok || n.ResourceType != manifest.Model && n.ResourceType != manifest.Snapshot {
			continue
		}
		traced, err := t.node(ctx, n)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", id, err)
		}
		out.Nodes[id] = traced
	}
	return out, nil
}

type projectTracer struct {
	TraceRequest

	tracer *lineage.Tracer
	// known are the relations that have stand-ins, by folded name.
	known map[lineage.Relation]bool
	// ids are the unique ids of a relation: a seed may be a source as well.
	ids        map[lineage.Relation][]string
	boundaries map[string]lineage.Relation
}

func nodeRelation(n *manifest.Node) lineage.Relation {
	return lineage.Relation{Database: n.Database, Schema: n.Schema, Name: n.Alias}
}

// prepare makes the stand-ins of all that is built or declared.
func (t *projectTracer) prepare(ctx context.Context) error {
	for _, table := range t.Tables {
		columns := make([]lineage.Defined, 0, len(table.Columns))
		for _, c := range table.Columns {
			columns = append(columns, lineage.Defined{Name: c.Name, Type: c.Type})
		}
		if err := t.define(ctx, relationOf(table), columns); err != nil {
			return err
		}
	}
	for id, s := range t.Manifest.Sources {
		r := lineage.Relation{Database: s.Database, Schema: s.Schema, Name: s.Identifier}
		t.name(r, id)
		if err := t.declared(ctx, r, s.Columns); err != nil {
			return err
		}
	}
	for id, n := range t.Manifest.Nodes {
		r := nodeRelation(n)
		if n.Ephemeral() {
			// Versions of a model share a name; their aliases differ.
			t.boundaries[cteName+n.Name] = lineage.Relation{Name: id}
			t.boundaries[cteName+n.Alias] = lineage.Relation{Name: id}
			t.name(lineage.Relation{Name: id}, id)
			continue
		}
		if !n.Relational() || n.ResourceType == manifest.Test {
			continue
		}
		t.name(r, id)
		if n.ResourceType == manifest.Seed {
			if err := t.declared(ctx, r, n.Columns); err != nil {
				return err
			}
		}
	}
	if t.Database == "" {
		return nil
	}
	return t.tracer.Default(ctx, t.Database, t.Schema)
}

// declared makes a stand-in from YAML where nothing is built.
func (t *projectTracer) declared(ctx context.Context, r lineage.Relation, columns []manifest.Column) error {
	if t.known[folded(r)] || len(columns) == 0 {
		return nil
	}
	list := make([]lineage.Defined, 0, len(columns))
	for _, c := range columns {
		if c.DataType == "" {
			return nil
		}
		list = append(list, lineage.Defined{Name: c.Name, Type: c.DataType})
	}
	return t.define(ctx, r, list)
}

// define makes a stand-in. One that cannot be made is missing, which queries of
// it will say; only a stop is an error.
func (t *projectTracer) define(ctx context.Context, r lineage.Relation, columns []lineage.Defined) error {
	if err := t.tracer.Define(ctx, r, columns); err != nil {
		return ctx.Err()
	}
	t.known[folded(r)] = true
	return nil
}

// node traces one model or snapshot, and makes its stand-in when it is not built.
func (t *projectTracer) node(ctx context.Context, n *manifest.Node) (NodeLineage, error) {
	if n.CompiledCode == "" {
		return NodeLineage{Unknown: "its SQL was not compiled"}, nil
	}
	found, err := t.tracer.Trace(ctx, n.CompiledCode, t.boundaries)
	if err != nil {
		return NodeLineage{}, err
	}
	r := nodeRelation(n)
	if !n.Ephemeral() && !t.known[folded(r)] && len(found.Columns) > 0 && n.ResourceType == manifest.Model {
		columns := make([]lineage.Defined, 0, len(found.Columns))
		for _, c := range found.Columns {
			columns = append(columns, lineage.Defined{Name: c.Name, Type: c.Type})
		}
		if err := t.define(ctx, r, columns); err != nil {
			return NodeLineage{}, err
		}
	}
	return t.named(n, found), nil
}

// named turns relations into unique ids, or their names where they are not part
// of the project. What a node reads of itself is no lineage.
func (t *projectTracer) named(n *manifest.Node, found lineage.Result) NodeLineage {
	out := NodeLineage{Unknown: found.Unknown}
	for _, c := range found.Columns {
		column := ColumnLineage{Name: c.Name, Outside: c.Outside}
		for _, s := range c.From {
			if parent := t.parent(n, s.Relation); parent != n.UniqueID {
				column.From = append(column.From, Origin{Parent: parent, Column: s.Name, Kind: string(s.Kind)})
			}
		}
		out.Columns = append(out.Columns, column)
	}
	for _, u := range found.Rows {
		if parent := t.parent(n, u.Relation); parent != n.UniqueID {
			out.Rows = append(out.Rows, Origin{Parent: parent, Column: u.Name, Kind: string(u.How)})
		}
	}
	return out
}

// name gives a relation a unique id.
func (t *projectTracer) name(r lineage.Relation, id string) {
	t.ids[folded(r)] = append(t.ids[folded(r)], id)
}

// parent gives the unique id of a relation that a node reads: the one that it
// says to depend on, where there are several.
func (t *projectTracer) parent(n *manifest.Node, r lineage.Relation) string {
	ids := t.ids[folded(r)]
	if len(ids) == 0 {
		return r.String()
	}
	for _, id := range n.DependsOn.Nodes {
		if slices.Contains(ids, id) {
			return id
		}
	}
	return slices.Min(ids)
}
