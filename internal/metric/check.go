package metric

import (
	"maps"
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

// check holds all definitions against each other and against the models, in the
// order of their names, and works out what each metric can be asked by.
func (c *Catalog) check() error {
	for _, name := range slices.Sorted(maps.Keys(c.entities)) {
		if err := c.checkEntity(c.entities[name]); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.datasets)) {
		if err := c.checkDataset(c.datasets[name]); err != nil {
			return err
		}
	}
	for _, name := range c.order {
		if err := c.checkParts(c.metrics[name]); err != nil {
			return err
		}
	}
	for _, name := range c.order {
		if err := c.resolve(c.metrics[name], nil); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.datasets)) {
		if err := c.checkRollups(c.datasets[name]); err != nil {
			return err
		}
	}
	return nil
}

func wrong(p Place, format string, args ...any) *fault.Error {
	return fault.New(fault.Parse, format, args...).At(p.File, p.Line)
}

// model finds a model, or says that there is none.
func (c *Catalog) model(p Place, name string) (Model, error) {
	m, ok := c.models[name]
	if !ok {
		return m, wrong(p, "there is no model %s", name).
			WithHint("%s", suggestion(name, slices.Sorted(maps.Keys(c.models)), "`kith ls` lists the models"))
	}
	return m, nil
}

// checkColumn wants a column of a model; kinds, when given, are the types it may have.
func checkColumn(p Place, m Model, column string, kinds ...Type) error {
	if len(m.Columns) == 0 {
		return nil
	}
	found, ok := m.column(column)
	if !ok {
		names := make([]string, len(m.Columns))
		for i, col := range m.Columns {
			names[i] = col.Name
		}
		return wrong(p, "the model %s has no column %s", m.Name, column).
			WithHint("%s", suggestion(column, names, "it has "+listed(names)))
	}
	t := typeOf(found.Type)
	if len(kinds) == 0 || t == "" || slices.Contains(kinds, t) {
		return nil
	}
	return wrong(p, "the column %s of %s is %s, but here has to be %s", column, m.Name, strings.ToLower(found.Type), listed(kinds))
}

// typeOf gives the type of an engine's type; "" for an unknown or another one.
func typeOf(engine string) Type {
	base, _, _ := strings.Cut(strings.ToUpper(engine), "(")
	switch strings.TrimSpace(base) {
	case "VARCHAR", "TEXT", "STRING", "CHAR", "UUID":
		return Text
	case "BOOLEAN":
		return Boolean
	case "DATE":
		return Date
	case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT":
		return Integer
	case "DECIMAL", "DOUBLE", "FLOAT", "REAL":
		return Number
	}
	return ""
}

// dimensionTypes are the column types that fit a dimension.
func dimensionTypes(t Type) []Type {
	if t == Number {
		return []Type{Number, Integer}
	}
	return []Type{t}
}

func (c *Catalog) checkDimensions(p Place, m Model, columns map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(columns)) {
		d, ok := c.dimensions[name]
		if !ok {
			return wrong(p, "there is no dimension %s", name).WithHint("%s", suggestion(name, c.dimOrder, "define it under dimensions"))
		}
		if err := checkColumn(p, m, columns[name], dimensionTypes(d.Type)...); err != nil {
			return err
		}
	}
	return nil
}

func (c *Catalog) checkEntity(e *Entity) error {
	m, err := c.model(e.Place, e.Model)
	if err != nil {
		return err
	}
	if err := checkColumn(e.Place, m, e.Key); err != nil {
		return err
	}
	return c.checkDimensions(e.Place, m, e.Dimensions)
}

func (c *Catalog) checkDataset(d *Dataset) error {
	m, err := c.model(d.Place, d.Model)
	if err != nil {
		return err
	}
	for _, column := range d.Key {
		if err := checkColumn(d.Place, m, column); err != nil {
			return err
		}
	}
	if d.Time != "" {
		if err := checkColumn(d.Place, m, d.Time, Date); err != nil {
			return err
		}
	}
	if d.Timestamp != "" {
		if err := checkColumn(d.Place, m, d.Timestamp); err != nil {
			return err
		}
		if d.Time == "" {
			return wrong(d.Place, "the dataset %s has a timestamp but no time", d.Name)
		}
	}
	if d.Entity != "" {
		if _, ok := c.entities[d.Entity]; !ok {
			return wrong(d.Place, "there is no entity %s", d.Entity).
				WithHint("%s", suggestion(d.Entity, slices.Sorted(maps.Keys(c.entities)), "define it under entities"))
		}
		if err := checkColumn(d.Place, m, d.EntityColumn); err != nil {
			return err
		}
	}
	if err := c.checkConditions(d.Place, m, d.Where); err != nil {
		return err
	}
	return c.checkDimensions(d.Place, m, d.Dimensions)
}

func (c *Catalog) checkConditions(p Place, m Model, conditions []Condition) error {
	for _, cond := range conditions {
		if err := checkColumn(p, m, cond.Column); err != nil {
			return err
		}
		column, _ := m.column(cond.Column)
		for _, v := range cond.Values {
			if t := typeOf(column.Type); t != "" && !fits(v, t) {
				return wrong(p, "the condition on %s compares %s with %v", cond.Column, strings.ToLower(column.Type), v)
			}
		}
	}
	return nil
}

// fits says whether a value of a file can be compared with a column of a type.
func fits(v any, t Type) bool {
	switch v.(type) {
	case nil:
		return true
	case bool:
		return t == Boolean
	case int64, float64:
		return t == Integer || t == Number
	}
	return t == Text || t == Date
}

// checkRollups comes after the metrics, which it names.
func (c *Catalog) checkRollups(d *Dataset) error {
	for _, r := range d.Rollups {
		m, err := c.model(r.Place, r.Model)
		if err != nil {
			return err
		}
		if err := checkColumn(r.Place, m, r.Time, Date); err != nil {
			return err
		}
		for _, name := range []string{r.EntityColumn, r.Count} {
			if name == "" {
				continue
			}
			if err := checkColumn(r.Place, m, name); err != nil {
				return err
			}
		}
		for _, pair := range r.Pairs {
			for _, column := range pair {
				if err := checkColumn(r.Place, m, column, Text); err != nil {
					return err
				}
			}
		}
		if err := c.checkDimensions(r.Place, m, r.Dimensions); err != nil {
			return err
		}
		for _, name := range r.PairNames {
			if dim, ok := c.dimensions[name]; !ok || dim.Type != Text {
				return wrong(r.Place, "%s in pair_dimensions is no dimension of type text", name)
			}
		}
		if err := c.checkRollupMetrics(d, r, m); err != nil {
			return err
		}
	}
	return nil
}

func (c *Catalog) checkRollupMetrics(d *Dataset, r Rollup, m Model) error {
	leaf := func(name string, kinds ...Kind) error {
		metric, ok := c.metrics[name]
		if !ok || metric.Dataset != d.Name || !slices.Contains(kinds, metric.Kind) {
			return wrong(r.Place, "%s is no %s metric of the dataset %s", name, listed(kinds), d.Name)
		}
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(r.Measures)) {
		if err := leaf(name, Sum, CountRows, CountDistinct); err != nil {
			return err
		}
		if err := checkColumn(r.Place, m, r.Measures[name], Integer, Number); err != nil {
			return err
		}
	}
	for _, name := range r.Distinct {
		if err := leaf(name, CountDistinct); err != nil {
			return err
		}
	}
	if r.Mask != "" {
		return checkColumn(r.Place, m, r.Mask, Integer)
	}
	return nil
}
