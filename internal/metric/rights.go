package metric

import (
	"slices"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
)

// allowed refuses a query that groups, filters or adds up by a column that the scope
// hides. The scope's own conditions may use such columns.
func (p *plan) allowed(scope access.Scope, top *Top) error {
	if scope.Unrestricted() {
		return nil
	}
	metrics := slices.Clone(p.metrics)
	if top != nil {
		if by, known := p.catalog.metrics[top.By]; known {
			metrics = append(metrics, by)
		}
	}
	for _, m := range metrics {
		for _, name := range m.leaves {
			leaf := p.catalog.metrics[name]
			d := p.catalog.datasets[leaf.Dataset]
			if hidden := p.hiddenMeasure(leaf, d, scope); hidden != "" {
				return fault.New(fault.Forbidden, "the metric %s is made of %s, which is hidden from you", m.Name, hidden)
			}
			for _, dimension := range p.asked() {
				if p.catalog.hides(d, dimension, scope) {
					return fault.New(fault.Forbidden, "the dimension %s is hidden from you", dimension)
				}
			}
		}
	}
	return nil
}

// hiddenMeasure gives a column under a leaf that the scope hides; "" for none.
func (p *plan) hiddenMeasure(leaf *Metric, d *Dataset, scope access.Scope) string {
	columns := []string{leaf.Column}
	for _, c := range slices.Concat(leaf.Filter, d.Where) {
		columns = append(columns, c.Column)
	}
	for _, column := range columns {
		if column != "" && scope.Hides(d.Model, column) {
			return column
		}
	}
	return ""
}

// asked gives the dimensions that the query itself names.
func (p *plan) asked() []string {
	var names []string
	for _, d := range p.dimensions {
		names = append(names, d.Name)
	}
	for _, f := range p.filters {
		if !f.scoped {
			names = append(names, f.dimension.Name)
		}
	}
	return names
}

// hides says whether the column that holds a dimension of a dataset is hidden.
func (c *Catalog) hides(d *Dataset, dimension string, scope access.Scope) bool {
	if column := d.Dimensions[dimension]; column != "" {
		return scope.Hides(d.Model, column)
	}
	if d.Entity == "" {
		return false
	}
	e := c.entities[d.Entity]
	column := e.Dimensions[dimension]
	return column != "" && scope.Hides(e.Model, column)
}

// Sees says whether a scope may see a dimension anywhere.
func (c *Catalog) Sees(dimension string, scope access.Scope) bool {
	for _, d := range c.datasets {
		if slices.Contains(c.dimensionsOf(d), dimension) && !c.hides(d, dimension, scope) {
			return true
		}
	}
	return false
}

// told refuses to filter rows of people by what is masked in them, unless the scope
// may reveal it: whoever finds a row by a value knows the value.
func (p *plan) told(d *Dataset, scope access.Scope) error {
	if scope.Reveals() {
		return nil
	}
	for _, f := range p.filters {
		name := f.dimension.Name
		if f.scoped {
			continue
		}
		model, column := d.Model, d.Dimensions[name]
		if column == "" && d.Entity != "" {
			e := p.catalog.entities[d.Entity]
			model, column = e.Model, e.Dimensions[name]
		}
		if known, ok := p.catalog.models[model].column(column); ok && known.Mask != access.Open {
			return fault.New(fault.Forbidden, "%s is personal data: rows cannot be looked for by it", name).
				WithHint("ask for figures by it, without their rows")
		}
	}
	return nil
}

// shown is a column of rows: masked where it holds personal data, and empty where it
// names a customer whom the scope does not see.
func (p *plan) shown(c ModelColumn) fragment {
	plain := column("r", c.Name)
	people, _ := p.catalog.Rights()
	if people.Names(c.Name) {
		return p.seen(people, plain, c.Name)
	}
	if c.Mask == access.Open {
		return plain
	}
	sql, _ := plain.statement()
	return form("% as %", raw(static(c.Mask.SQL(sql, access.IsText(c.Type)))), ident(c.Name))
}

// seen leaves the name of a customer only where the customer's own attributes fulfil
// the scope's conditions: a sale here can be that of somebody from elsewhere.
func (p *plan) seen(people access.People, key fragment, name string) fragment {
	var conditions []fragment
	for _, f := range p.filters {
		if attribute := people.Dimensions[f.dimension.Name]; f.scoped && attribute != "" {
			conditions = append(conditions, f.sql(ident(attribute)))
		}
	}
	if len(conditions) == 0 {
		return key
	}
	return form("case when % in (select % from % where %) then % end as %", key, ident(people.Key), p.model(people.Model),
		list(" and ", conditions), key, ident(name))
}
