package metric

// Suffixes of the columns that a leaf has besides its own.
const (
	rowsSuffix    = "__n"
	squaresSuffix = "__squares"
)

// aggregates gives a leaf's aggregates over rows, and what adds those of days up;
// every one has an alias.
func (p *plan) aggregates(q *part, m *Metric) (inner, outer []fragment) {
	add := func(name string, aggregate, again fragment) {
		inner = append(inner, form("% as %", aggregate, ident(name)))
		outer = append(outer, form("% as %", again, ident(name)))
	}
	again := func(name string, function static) fragment {
		return form("%(%)", raw(function), column("d", name))
	}
	where := fragment{}
	if len(m.Filter) > 0 {
		where = form(" filter (where %)", p.conditions(m))
	}
	value := column("r", m.Column)
	switch {
	case q.source.mode == masked:
		// The rollup has one row an entity and month; windows over several months are entityCTEs'.
		add(m.Name, raw("count(*)"), fragment{})
	case q.source.rollup != nil:
		add(m.Name, form("sum(%)", column("r", q.source.rollup.Measures[m.Name])), again(m.Name, "sum"))
	case q.source.mode == levels:
		add(m.Name, form("sum(%)", ident(m.Name)), fragment{})
	case m.Kind == Sum:
		add(m.Name, cat(form("sum(%)", value), where), again(m.Name, "sum"))
	case m.Kind == CountRows:
		add(m.Name, cat(raw("count(*)"), where), again(m.Name, "sum"))
	case m.Kind == CountDistinct:
		add(m.Name, cat(form("count(distinct %)", value), where), fragment{})
	case m.Kind == Minimum:
		add(m.Name, cat(form("min(%)", value), where), again(m.Name, "min"))
	case m.Kind == Maximum:
		add(m.Name, cat(form("max(%)", value), where), again(m.Name, "max"))
	case m.Kind == Percentile:
		add(m.Name, cat(p.dialect.percentile(value, bind(m.At)), where), fragment{})
	case m.Kind == Average:
		add(m.Name, cat(form("sum(%)", value), where), again(m.Name, "sum"))
		add(m.Name+rowsSuffix, cat(form("count(%)", value), where), again(m.Name+rowsSuffix, "sum"))
		if m.Interval == Mean {
			add(m.Name+squaresSuffix, cat(form("sum(cast(% as double) * cast(% as double))", value, value), where), again(m.Name+squaresSuffix, "sum"))
		}
	}
	return inner, outer
}

// inOneMonth says whether no window reaches over the end of a month.
func (p *plan) inOneMonth(r reach) bool {
	for _, w := range p.windows(r) {
		if Month.start(w.days.from) != Month.start(w.days.to) {
			return false
		}
	}
	return true
}
