package metric

import (
	"slices"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
)

// allowed refuses a query that groups, filters or adds up by a column that the scope
// hides, or groups and filters by personal data that it may not reveal. The scope's own
// conditions may use such columns. A column of a rollup counts whether the query is answered
// from there or not: a time zone, which takes another table, would tell what is hidden.
func (p *plan) allowed(scope access.Scope, top *Top) error {
	if scope.Unrestricted() && scope.Reveals() {
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
			if err := p.told(d, scope); err != nil {
				return err
			}
			for _, dimension := range p.asked() {
				if p.catalog.hides(d, dimension, scope) || d.hidesInRollups(leaf, dimension, scope) {
					return fault.New(fault.Forbidden, "the dimension %s is hidden from you", dimension)
				}
			}
		}
	}
	return nil
}

// hiddenMeasure gives a column under a leaf that the scope hides; "" for none. The day of a row
// counts too: ranges and grains tell it.
func (p *plan) hiddenMeasure(leaf *Metric, d *Dataset, scope access.Scope) string {
	columns := []string{leaf.Column, d.Time, d.Timestamp}
	for _, c := range slices.Concat(leaf.Filter, d.Where) {
		columns = append(columns, c.Column)
	}
	for _, column := range columns {
		if column != "" && scope.Hides(d.Model, column) {
			return column
		}
	}
	for _, r := range d.Rollups {
		for _, column := range r.holding(leaf) {
			if scope.Hides(r.Model, column) {
				return column
			}
		}
	}
	return ""
}

// holding gives the columns that a rollup has a leaf in; none when it does not know it.
func (r *Rollup) holding(leaf *Metric) []string {
	var columns []string
	if measure := r.Measures[leaf.Name]; measure != "" {
		columns = append(columns, measure)
	}
	if slices.Contains(r.Distinct, leaf.Name) {
		columns = append(columns, r.Mask, r.Count)
	}
	if len(columns) > 0 && r.Time != "" {
		columns = append(columns, r.Time)
	}
	return columns
}

// hidesInRollups says whether a column of a dimension is hidden in a rollup that knows a leaf.
func (d *Dataset) hidesInRollups(leaf *Metric, dimension string, scope access.Scope) bool {
	for _, r := range d.Rollups {
		if len(r.holding(leaf)) == 0 {
			continue
		}
		columns := []string{}
		if column := r.Dimensions[dimension]; column != "" {
			columns = append(columns, column)
		} else if slices.Contains(r.PairNames, dimension) {
			for _, pair := range r.Pairs {
				columns = append(columns, pair[:]...)
			}
		}
		if slices.ContainsFunc(columns, func(column string) bool { return scope.Hides(r.Model, column) }) {
			return true
		}
	}
	return false
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

// told refuses to group and to filter by what is masked in people, unless the scope may
// reveal it: a group may be one person, and whoever finds a row by a value knows the value.
func (p *plan) told(d *Dataset, scope access.Scope) error {
	if scope.Reveals() {
		return nil
	}
	for _, name := range p.asked() {
		model, column := d.Model, d.Dimensions[name]
		if column == "" && d.Entity != "" {
			e := p.catalog.entities[d.Entity]
			model, column = e.Model, e.Dimensions[name]
		}
		if known, ok := p.catalog.models[model].column(column); ok && known.Mask != access.Open {
			return fault.New(fault.Forbidden, "%s is personal data: figures and rows by it are for who may reveal it", name).
				WithHint("a group may be a single person; ask by something else")
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
