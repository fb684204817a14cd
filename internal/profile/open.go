package profile

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/kith-analytics/kith/internal/access"
)

// originColumn is the column of bronze tables that names a row's file.
const originColumn = "_file"

// Open fills a request with what a scope sees of a model: its rows, and its columns but
// for those that are hidden and those of without. Personal columns are marked. Keys of
// which not all columns are seen are left out.
//
// Errors are those of access.Scope.Relation, and of db.
func Open(ctx context.Context, db Reader, schema *access.Schema, scope access.Scope, model string, without []string, r Request) (Request, error) {
	r.Args = nil
	relation, err := scope.Relation(schema, model, access.Clear, func(v any) string {
		r.Args = append(r.Args, v)
		return "$" + strconv.Itoa(len(r.Args))
	})
	if err != nil {
		return r, err
	}
	r.Relation = relation
	rows, err := db.Query(ctx, "select * from "+relation+" limit 0", r.Args...)
	if err != nil {
		return r, err
	}
	r.Columns, r.Origin = nil, ""
	for _, c := range rows.Columns() {
		if c.Name == originColumn && c.Type == "VARCHAR" {
			r.Origin = c.Name
		}
		if !scope.Hides(model, c.Name) && !slices.Contains(without, c.Name) {
			r.Columns = append(r.Columns, Input{Name: c.Name, Type: c.Type, Personal: schema.IsPersonal(model, c.Name)})
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return r, err
	}
	r.Keys = slices.DeleteFunc(slices.Clone(r.Keys), func(key []string) bool {
		return slices.ContainsFunc(key, func(name string) bool {
			return !slices.ContainsFunc(r.Columns, func(c Input) bool { return c.Name == name })
		})
	})
	return r, nil
}
