package docs

import (
	"context"
	_ "embed"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/lineage"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/warehouse"
)

//go:embed catalog.sql
var catalogSQL string

// Inspect reads every table and view of the session's databases, with columns in
// their order. UniqueID is empty: what the relations are to a project is for
// CatalogOf to say.
func Inspect(ctx context.Context, s warehouse.Session) (tables []artifact.CatalogTable, err error) {
	rows, err := s.Query(ctx, catalogSQL)
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
		text := func(i int) string {
			s, _ := v[i].(string)
			return s
		}
		t := artifact.CatalogTable{Database: text(0), Schema: text(1), Name: text(2), Type: text(3), Comment: text(4)}
		if last := len(tables) - 1; last < 0 || relationOf(tables[last]) != relationOf(t) {
			tables = append(tables, t)
		}
		last := &tables[len(tables)-1]
		last.Columns = append(last.Columns, artifact.CatalogColumn{Name: text(5), Type: text(6), Comment: text(7)})
	}
	return tables, rows.Err()
}

func relationOf(t artifact.CatalogTable) lineage.Relation {
	return lineage.Relation{Database: t.Database, Schema: t.Schema, Name: t.Name}
}

// folded is a relation's name as the engine compares names: without case.
func folded(r lineage.Relation) lineage.Relation {
	return lineage.Relation{Database: strings.ToLower(r.Database), Schema: strings.ToLower(r.Schema), Name: strings.ToLower(r.Name)}
}

// CatalogOf keeps the relations that are nodes or sources of a project, under
// their unique ids. Several sources may be one relation. keep leaves nodes and
// sources out by id; nil keeps all.
func CatalogOf(m *manifest.Manifest, tables []artifact.CatalogTable, keep func(id string) bool) artifact.Catalog {
	byName := make(map[lineage.Relation]artifact.CatalogTable, len(tables))
	for _, t := range tables {
		byName[folded(relationOf(t))] = t
	}
	find := func(id, database, schema, name string) (artifact.CatalogTable, bool) {
		if keep != nil && !keep(id) {
			return artifact.CatalogTable{}, false
		}
		t, ok := byName[folded(lineage.Relation{Database: database, Schema: schema, Name: name})]
		t.UniqueID = id
		return t, ok
	}
	var out artifact.Catalog
	for id, n := range m.Nodes {
		if t, ok := find(id, n.Database, n.Schema, n.Alias); ok && n.Relational() {
			out.Nodes = append(out.Nodes, t)
		}
	}
	for id, s := range m.Sources {
		if t, ok := find(id, s.Database, s.Schema, s.Identifier); ok {
			out.Sources = append(out.Sources, t)
		}
	}
	return out
}
