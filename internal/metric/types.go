package metric

import (
	"context"
	_ "embed"
	"maps"
	"slices"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/warehouse"
)

//go:embed sql/columns.sql
var columnsSQL string

// Types are the engine's types of the columns of tables that are built, by schema and
// table ("gold.fct_sales") and column.
type Types map[string]map[string]string

// ReadTypes reads them for a state of the data.
func ReadTypes(ctx context.Context, db Reader) (Types, error) {
	out := Types{}
	err := each(ctx, db, columnsSQL, nil, func(_ []warehouse.Column, v []any) error {
		schema, _ := v[0].(string)
		table, _ := v[1].(string)
		column, _ := v[2].(string)
		kind, _ := v[3].(string)
		key := schema + "." + table
		if out[key] == nil {
			out[key] = map[string]string{}
		}
		out[key][column] = kind
		return nil
	})
	return out, err
}

// Typed gives models with the types of the tables that are built. Those that are not
// keep what their files say.
func (m Models) Typed(types Types) Models {
	out := make(Models, len(m))
	for name, model := range m {
		model.Columns = slices.Clone(model.Columns)
		for i, c := range model.Columns {
			if t := types[model.Schema+"."+model.Table][c.Name]; t != "" {
				model.Columns[i].Type = t
			}
		}
		out[name] = model
	}
	return out
}

// Typed gives a catalog over models with the types of the tables that are built.
func (c *Catalog) Typed(types Types) *Catalog {
	out := *c
	out.models = c.models.Typed(types)
	return &out
}

// Rights gives what the catalog knows of who is who: the entity whose rows are people,
// and the dimensions that models have in columns of their own.
func (c *Catalog) Rights() (people access.People, own map[string]map[string]string) {
	if e := c.entities[customer]; e != nil {
		people = access.People{Model: e.Model, Key: e.Key, Dimensions: maps.Clone(e.Dimensions)}
	}
	own = map[string]map[string]string{}
	for _, d := range c.datasets {
		for dimension, column := range d.Dimensions {
			if own[d.Model] == nil {
				own[d.Model] = map[string]string{}
			}
			own[d.Model][dimension] = column
		}
	}
	return people, own
}

// customer is the name of the entity whose rows are people.
const customer = "customer"
