package lineage

import (
	"context"
	"fmt"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// Tracer traces queries over the relations that it was told of. It is for one
// goroutine.
type Tracer struct {
	session   warehouse.Session
	databases map[string]bool
	schemas   map[string]bool
}

// New makes a tracer that keeps its stand-ins in the session's engine, which must
// be an empty one in memory: the tracer creates databases, schemas and tables there.
func New(session warehouse.Session) *Tracer {
	return &Tracer{session: session, databases: map[string]bool{}, schemas: map[string]bool{}}
}

// Define makes the stand-in of a relation, instead of an earlier one of the same
// name. Types that the engine does not know are an error; queries of that
// relation are unknown then.
func (t *Tracer) Define(ctx context.Context, r Relation, columns []Defined) error {
	if len(columns) == 0 {
		return fault.New(fault.Invalid, "%s has no columns", r)
	}
	if err := t.schema(ctx, r); err != nil {
		return err
	}
	list := make([]string, 0, len(columns))
	for _, c := range columns {
		list = append(list, quote(c.Name)+" "+c.Type)
	}
	_, err := t.session.Exec(ctx, "CREATE OR REPLACE TABLE "+quoteRelation(r)+" ("+strings.Join(list, ", ")+")")
	return err
}

// schema makes the database and the schema of a relation.
func (t *Tracer) schema(ctx context.Context, r Relation) error {
	if !t.databases[r.Database] {
		if _, err := t.session.Exec(ctx, "ATTACH IF NOT EXISTS ':memory:' AS "+quote(r.Database)); err != nil {
			return err
		}
		t.databases[r.Database] = true
	}
	name := quote(r.Database) + "." + quote(r.Schema)
	if !t.schemas[name] {
		if _, err := t.session.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS "+name); err != nil {
			return err
		}
		t.schemas[name] = true
	}
	return nil
}

// Default makes unqualified names mean relations of a schema, as they do where
// the query runs.
func (t *Tracer) Default(ctx context.Context, database, schema string) error {
	if err := t.schema(ctx, Relation{Database: database, Schema: schema}); err != nil {
		return err
	}
	_, err := t.session.Exec(ctx, "USE "+quote(database)+"."+quote(schema))
	return err
}

// Trace gives the lineage of one query. Common table expressions that are named
// in boundaries count as the relation given there, and lineage stops at them:
// this is how ephemeral models stay visible. Only a cancelled context is an
// error; everything else that goes wrong is the result's Unknown.
func (t *Tracer) Trace(ctx context.Context, sql string, boundaries map[string]Relation) (Result, error) {
	sql = strings.TrimRight(strings.TrimSpace(sql), "; \t\r\n")
	out := Result{}
	columns, err := t.describe(ctx, sql)
	if err == nil {
		for _, c := range columns {
			out.Columns = append(out.Columns, Output{Name: c.Name, Type: c.Type})
		}
		err = t.trace(ctx, sql, boundaries, &out)
	}
	if fault.CodeOf(err) == fault.Cancelled || ctx.Err() != nil {
		return Result{}, err
	}
	if err != nil {
		out.Unknown = reason(err)
	}
	return out, nil
}

func (t *Tracer) trace(ctx context.Context, sql string, boundaries map[string]Relation, out *Result) error {
	text, err := t.one(ctx, "SELECT json_serialize_plan(?::VARCHAR)::VARCHAR", sql)
	if err != nil {
		return err
	}
	plan, err := parsePlan(text)
	if err != nil {
		return err
	}
	w := &walker{boundaries: boundaries, ctes: map[uint64]*flow{}}
	found, err := w.flow(plan)
	if err != nil {
		return err
	}
	if len(found.columns) != len(out.Columns) {
		return fault.New(fault.Internal, "the plan has %d columns and the query %d", len(found.columns), len(out.Columns))
	}
	for i := range out.Columns {
		out.Columns[i].From = found.columns[i].from.sorted()
		out.Columns[i].Outside = found.columns[i].outside
	}
	out.Rows = found.rows.sorted()
	return nil
}

// describe gives the query's columns, named as a table made from it has them.
func (t *Tracer) describe(ctx context.Context, sql string) (columns []Defined, err error) {
	rows, err := t.session.Query(ctx, "DESCRIBE SELECT * FROM (\n"+sql+"\n)")
	if err != nil {
		return nil, err
	}
	defer func() {
		if closeErr := rows.Close(); err == nil {
			err = closeErr
		}
	}()
	for rows.Next() {
		v := rows.Values()
		columns = append(columns, Defined{Name: fmt.Sprint(v[0]), Type: fmt.Sprint(v[1])})
	}
	return columns, rows.Err()
}

// one runs a query of one text.
func (t *Tracer) one(ctx context.Context, sql string, args ...any) (text string, err error) {
	rows, err := t.session.Query(ctx, sql, args...)
	if err != nil {
		return "", err
	}
	defer func() {
		if closeErr := rows.Close(); err == nil {
			err = closeErr
		}
	}()
	if rows.Next() {
		text, _ = rows.Values()[0].(string)
	}
	return text, rows.Err()
}

// reason is an error's first line, for people.
func reason(err error) string {
	text := err.Error()
	if i := strings.Index(text, "\n"); i >= 0 {
		text = text[:i]
	}
	return strings.TrimSpace(text)
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func quoteRelation(r Relation) string {
	return quote(r.Database) + "." + quote(r.Schema) + "." + quote(r.Name)
}
