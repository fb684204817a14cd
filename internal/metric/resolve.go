package metric

import (
	"maps"
	"slices"
	"strings"
)

// checkParts wants a metric's dataset, column and filter, or the metrics it is made of.
func (c *Catalog) checkParts(m *Metric) error {
	if m.Dataset == "" {
		for _, name := range m.parts() {
			if _, ok := c.metrics[name]; !ok {
				return wrong(m.Place, "the metric %s is made of %s, which is no metric", m.Name, name).
					WithHint("%s", suggestion(name, c.order, "define it under metrics"))
			}
		}
		return nil
	}
	d, ok := c.datasets[m.Dataset]
	if !ok {
		return wrong(m.Place, "there is no dataset %s", m.Dataset).
			WithHint("%s", suggestion(m.Dataset, slices.Sorted(maps.Keys(c.datasets)), "define it under datasets"))
	}
	model, err := c.model(m.Place, d.Model)
	if err != nil {
		return err
	}
	if m.Column != "" {
		var types []Type
		switch m.Kind {
		case Sum, Average, Percentile, Last:
			types = []Type{Integer, Number}
		case Minimum, Maximum:
			types = []Type{Integer, Number, Date}
		default:
		}
		if err := checkColumn(m.Place, model, m.Column, types...); err != nil {
			return err
		}
	}
	if m.Kind == Last && d.Time == "" {
		return wrong(m.Place, "the metric %s asks for the last day of a dataset without time", m.Name).WithHint("make it a sum")
	}
	return c.checkConditions(m.Place, model, m.Filter)
}

// parts are the metrics that a metric is made of.
func (m *Metric) parts() []string {
	switch m.Kind {
	case Ratio:
		return []string{m.Numerator, m.Denominator}
	case NetPromoter:
		return []string{m.Promoters, m.Detractors, m.Answers}
	case Cumulative, Trailing:
		return []string{m.Base}
	case Expression:
		var names []string
		if m.tree != nil {
			m.tree.walk(func(name string) {
				if !slices.Contains(names, name) {
					names = append(names, name)
				}
			})
		}
		return names
	default:
		return nil
	}
}

// resolve works out a metric's leaves, dimensions and grains, those of its parts
// first. path is how it was come to, for cycles.
func (c *Catalog) resolve(m *Metric, path []string) error {
	if m.leaves != nil {
		return nil
	}
	if i := slices.Index(path, m.Name); i >= 0 {
		return wrong(m.Place, "the metric %s is made of itself: %s", m.Name, strings.Join(append(path[i:], m.Name), " -> "))
	}
	if m.Dataset != "" {
		m.leaves = []string{m.Name}
		d := c.datasets[m.Dataset]
		m.dimensions = c.dimensionsOf(d)
		m.grains = grainsOf(d)
		return nil
	}
	path = append(path, m.Name)
	var leaves []string
	for i, name := range m.parts() {
		part := c.metrics[name]
		if err := c.resolve(part, path); err != nil {
			return err
		}
		for _, leaf := range part.leaves {
			if !slices.Contains(leaves, leaf) {
				leaves = append(leaves, leaf)
			}
		}
		if i == 0 {
			m.dimensions, m.grains = slices.Clone(part.dimensions), slices.Clone(part.grains)
			continue
		}
		m.dimensions = both(m.dimensions, part.dimensions)
		m.grains = both(m.grains, part.grains)
	}
	if len(leaves) == 0 {
		return wrong(m.Place, "the metric %s is made of no other metric", m.Name)
	}
	for _, name := range m.Without {
		i := slices.Index(m.dimensions, name)
		if i < 0 {
			return wrong(m.Place, "the metric %s is without %s, which its parts do not share anyway", m.Name, name)
		}
		m.dimensions = slices.Delete(m.dimensions, i, i+1)
	}
	if err := c.checkWindow(m); err != nil {
		return err
	}
	m.leaves = leaves
	return nil
}

// checkWindow keeps windows from standing in windows, where they would mean little.
func (c *Catalog) checkWindow(m *Metric) error {
	if m.Kind == Ratio && m.Interval == Wilson {
		for _, name := range m.parts() {
			if c.metrics[name].Format != Count {
				return wrong(m.Place, "the interval of %s needs counts, and %s is none", m.Name, name)
			}
		}
	}
	if m.Kind != Cumulative && m.Kind != Trailing {
		return nil
	}
	if c.windowed(m.Base) {
		return wrong(m.Place, "the metric %s is a window over %s, which is made of a window already", m.Name, m.Base)
	}
	if slices.Equal(c.metrics[m.Base].grains, []Grain{None}) {
		return wrong(m.Place, "the metric %s is a window over %s, which has no past", m.Name, m.Base)
	}
	return nil
}

func (c *Catalog) windowed(name string) bool {
	m := c.metrics[name]
	return m.Kind == Cumulative || m.Kind == Trailing || slices.ContainsFunc(m.parts(), c.windowed)
}

// dimensionsOf gives the names of a dataset's dimensions, its entity's included, sorted.
func (c *Catalog) dimensionsOf(d *Dataset) []string {
	names := slices.Collect(maps.Keys(d.Dimensions))
	if d.Entity != "" {
		names = slices.AppendSeq(names, maps.Keys(c.entities[d.Entity].Dimensions))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func grainsOf(d *Dataset) []Grain {
	switch {
	case d.Time == "":
		return []Grain{None}
	case d.Grain == Month:
		return []Grain{Month, Quarter, Year, None}
	}
	return Grains()
}

// without gives the dimensions that a metric or one of its parts goes without.
func (c *Catalog) without(m *Metric) []string {
	names := slices.Clone(m.Without)
	for _, part := range m.parts() {
		names = append(names, c.without(c.metrics[part])...)
	}
	return names
}

// both gives what is in both lists, in the first one's order.
func both[T comparable](a, b []T) []T {
	var out []T
	for _, x := range a {
		if slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}
