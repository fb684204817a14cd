package metric

import (
	"slices"

	"github.com/kith-analytics/kith/internal/fault"
)

// selected gives the result's expressions and what they are.
func (p *plan) selected(s Snapshot) ([]fragment, []Column, error) {
	var exprs []fragment
	var columns []Column
	add := func(expr fragment, c Column) {
		exprs = append(exprs, form("% as %", expr, ident(c.Name)))
		columns = append(columns, c)
	}
	if p.calendar.grain != None {
		add(raw("g.period_start"), Column{Name: "time", Label: labelOf(string(p.calendar.grain)), Role: TimeRole, Type: "date"})
		add(raw("g.is_complete"), Column{Name: "is_complete", Label: "Complete", Role: CompleteRole, Type: "boolean"})
		if p.calendar.hasCompare {
			add(raw("g.compared_start"), Column{Name: "compared_time", Label: "Compared with", Role: ComparisonTimeRole, Type: "date"})
		}
	}
	for i, d := range p.dimensions {
		t := string(d.Type)
		if i == 0 && p.gathers() {
			t = string(Text)
		}
		add(column("g", d.Name), Column{Name: d.Name, Label: d.Label, Role: DimensionRole, Type: t})
	}
	for _, m := range p.metrics {
		c := Column{
			Name: m.Name, Label: m.Label, Role: MetricRole, Metric: m.Name, Type: m.resultType(),
			Format: m.Format, Unit: m.unit(s), Direction: m.Direction,
		}
		add(p.value(m, reach{}, current), c)
		if m.HasInterval() {
			low, high, n := p.interval(m, reach{})
			bound := c
			bound.Type = "number"
			bound.Name, bound.Label, bound.Role = m.Name+"_low", m.Label+", lower bound", LowRole
			add(low, bound)
			bound.Name, bound.Label, bound.Role = m.Name+"_high", m.Label+", upper bound", HighRole
			add(high, bound)
			add(n, Column{Name: m.Name + "_n", Label: m.Label + ", cases", Role: NRole, Metric: m.Name, Type: "integer", Format: Count})
		}
		if p.calendar.hasCompare {
			c.Name, c.Label, c.Role = m.Name+"_compared", m.Label+", compared", ComparisonRole
			if slices.Equal(m.grains, []Grain{None}) {
				// How things stand now has no past to compare with.
				add(raw("null"), c)
			} else {
				add(form("case when g.has_compared then % end", p.value(m, reach{}, compared)), c)
			}
		}
	}
	names := map[string]bool{}
	for _, c := range columns {
		if names[c.Name] {
			return nil, nil, fault.New(fault.Usage, "the result would have two columns %s", c.Name).WithHint("ask for them in two queries")
		}
		names[c.Name] = true
	}
	return exprs, columns, nil
}

// resultType is the type of a metric's values.
func (m *Metric) resultType() string {
	switch {
	case m.Format == Money:
		return "decimal"
	case m.Format == Count && m.Dataset != "" && m.Kind != Average && m.Kind != Percentile:
		return "integer"
	}
	return "number"
}

// unit is what stands behind a metric's numbers.
func (m *Metric) unit(s Snapshot) string {
	switch {
	case m.Unit != "":
		return m.Unit
	case m.Format == Money:
		return s.Currency
	case m.Format == DaysFormat:
		return "days"
	case m.Format == Hours:
		return "hours"
	}
	return ""
}

// order gives what rows are sorted by: what was asked, then the rest last, the first
// metric's greatest first without a calendar, and the groups, so that it is never chance.
func (p *plan) order(asked []Order) ([]fragment, error) {
	var out []fragment
	timed := false
	for _, o := range asked {
		expr, err := p.orderBy(o.Name)
		if err != nil {
			return nil, err
		}
		timed = timed || o.Name == "time"
		direction := raw(" asc nulls last")
		if o.Desc {
			direction = raw(" desc nulls last")
		}
		out = append(out, cat(expr, direction))
	}
	if !timed && (len(asked) == 0 || p.calendar.grain == None) {
		out = append(out, raw("g.position"))
	}
	if p.gathers() {
		out = append(out, raw("g.is_rest"))
	}
	if len(asked) == 0 && len(p.dimensions) > 0 {
		out = append(out, cat(p.value(p.metrics[0], reach{}, current), raw(" desc nulls last")))
	}
	for _, d := range p.dimensions {
		out = append(out, cat(column("g", d.Name), raw(" nulls last")))
	}
	return append(out, raw("g.position")), nil
}

func (p *plan) orderBy(name string) (fragment, error) {
	names := make([]string, 0, len(p.metrics)+len(p.dimensions)+1)
	if p.calendar.grain != None {
		if name == "time" {
			return raw("g.position"), nil
		}
		names = append(names, "time")
	}
	for _, d := range p.dimensions {
		if d.Name == name {
			return column("g", name), nil
		}
		names = append(names, d.Name)
	}
	for _, m := range p.metrics {
		if m.Name == name {
			return p.value(m, reach{}, current), nil
		}
		names = append(names, m.Name)
	}
	return fragment{}, fault.New(fault.Usage, "the result cannot be sorted by %q", name).
		WithHint("%s", suggestion(name, names, "it has "+listed(names)))
}
