package metric

import (
	"fmt"
	"slices"
)

func partName(prefix string, i int) string { return fmt.Sprintf("%spart_%d", prefix, i+1) }

// keys are the names of the columns that groups are told apart by.
func (p *plan) keys() []fragment {
	out := make([]fragment, 0, len(p.dimensions)+1)
	for _, d := range p.dimensions {
		out = append(out, ident(d.Name))
	}
	if p.gathers() {
		out = append(out, raw("is_rest"))
	}
	return out
}

// prefixed puts a separator before each.
func prefixed(separator static, parts []fragment) fragment {
	var out []fragment
	for _, f := range parts {
		out = append(out, raw(separator), f)
	}
	return cat(out...)
}

// named is a CTE.
func named(name string, body fragment) fragment { return form("% as (\n%\n)", ident(name), body) }

// from describes where a part's rows come from.
type from struct {
	tables fragment   // the from clause
	where  []fragment // conditions on rows
	groups []fragment // "expression as key" for each key
	day    fragment   // the row's day; empty without time
}

// model gives the relation of a model.
func (p *plan) model(name string) fragment {
	m := p.catalog.models[name]
	return cat(ident(m.Schema), raw("."), ident(m.Table))
}

// rows builds the from clause of a source: joins, filters, groups.
func (p *plan) rows(s source) from {
	d := s.dataset
	f := from{}
	table, entityColumn := d.Model, d.EntityColumn
	columns := d.Dimensions
	if s.rollup != nil {
		table, entityColumn, columns = s.rollup.Model, s.rollup.EntityColumn, s.rollup.Dimensions
	}
	f.tables = form("from % as r", p.model(table))
	if s.rollup == nil {
		for _, c := range d.Where {
			f.where = append(f.where, c.sql(column("r", c.Column)))
		}
	}
	exprs := map[string]fragment{}
	joined := false
	for _, name := range p.needed() {
		switch {
		case columns[name] != "":
			exprs[name] = column("r", columns[name])
		case entityColumn != "" && p.ofEntity(d, name):
			e := p.catalog.entities[d.Entity]
			exprs[name] = column("e", e.Dimensions[name])
			if !joined {
				f.tables = form("%\nleft join % as e on % = %", f.tables, p.model(e.Model), column("r", entityColumn), column("e", e.Key))
				joined = true
			}
		}
	}
	if s.rollup != nil && len(s.rollup.Pairs) > 0 {
		f.where = append(f.where, p.pairs(s.rollup, exprs)...)
	}
	for _, cond := range p.filters {
		f.where = append(f.where, cond.sql(exprs[cond.dimension.Name]))
	}
	p.group(&f, exprs)
	switch {
	case s.mode == state:
	case s.rollup != nil:
		f.day = column("r", s.rollup.Time)
	case p.zone != "":
		f.day = p.dialect.localDay(column("r", d.Timestamp), bind(p.zone))
		if p.span.AsOf != 0 {
			// The snapshot date begins on the last local day, or before it.
			f.where = append(f.where, form("% < %", column("r", d.Timestamp), day(p.span.AsOf)))
		}
	default:
		f.day = column("r", d.Time)
	}
	return f
}

// pairs picks the rows of a rollup of pairs that hold the dimensions which are needed,
// and fills in where their values stand. Names stand in a row in the order of
// pair_dimensions; a pair that is not needed has an empty name.
func (p *plan) pairs(r *Rollup, exprs map[string]fragment) []fragment {
	var names []string
	for _, name := range r.PairNames {
		if slices.Contains(p.needed(), name) && r.Dimensions[name] == "" {
			names = append(names, name)
		}
	}
	var where []fragment
	for i, pair := range r.Pairs {
		name := ""
		if i < len(names) {
			name = names[i]
			exprs[name] = column("r", pair[1])
		}
		where = append(where, form("% = %", column("r", pair[0]), bind(name)))
	}
	return where
}

// group gives the keys their expressions. Where a ranking has a rest, all but its groups are Other.
func (p *plan) group(f *from, exprs map[string]fragment) {
	for i, d := range p.dimensions {
		expr := exprs[d.Name]
		if i == 0 && p.gathers() {
			f.tables = form("%\nleft join % as t on % is not distinct from t.group_value", f.tables, ident(p.top.name), expr)
			if d.Type != Text {
				expr = form("cast(% as varchar)", expr)
			}
			expr = form("case when t.is_top then % else 'Other' end", expr)
		}
		f.groups = append(f.groups, form("% as %", expr, ident(d.Name)))
	}
	if p.gathers() {
		f.groups = append(f.groups, raw("t.is_top is null as is_rest"))
	}
}

func whereClause(conditions []fragment) fragment {
	if len(conditions) == 0 {
		return fragment{}
	}
	return form("\nwhere %", list("\n    and ", conditions))
}

// within bounds rows to the days of a window; running figures have no first one.
func (f from) within(w window, r reach) fragment {
	if r.cumulative {
		return form("% <= %", f.day, day(w.to))
	}
	return form("% between % and %", f.day, day(w.from), day(w.to))
}

// counted is the day that a row counts on.
func (p *plan) counted(f from, r reach) fragment {
	if !r.cumulative {
		return f.day
	}
	first := day(p.windows(r)[0].days.from)
	return form("case when % < % then % else % end", f.day, first, first, f.day)
}

// days bounds the rows of a part to the days that any of its windows looks at.
func (p *plan) days(f from, r reach) fragment {
	var ranges []fragment
	for _, s := range []side{current, compared} {
		var all window
		found := false
		for _, w := range p.windows(r) {
			if w.side != s {
				continue
			}
			if !found {
				all, found = w.days, true
			}
			all.from, all.to = min(all.from, w.days.from), max(all.to, w.days.to)
		}
		if found {
			ranges = append(ranges, f.within(all, r))
		}
	}
	return form("(%)", list(" or ", ranges))
}

// ctes gives the CTEs of all parts.
func (p *plan) ctes() []fragment {
	var out []fragment
	var reaches []reach
	for _, q := range p.parts {
		if q.source.mode == state || p.byWindow(q) {
			continue
		}
		if !slices.Contains(reaches, q.reach) {
			reaches = append(reaches, q.reach)
			out = append(out, p.windowCTEs(q.reach)...)
		}
		if q.source.mode == masked && !slices.ContainsFunc(out, isNamed(p.windowName(q.reach, "months"))) {
			out = append(out, p.monthsCTE(q.reach))
		}
	}
	for _, q := range p.parts {
		out = append(out, p.partCTEs(q)...)
	}
	return out
}

func isNamed(name string) func(fragment) bool {
	want := ident(name).pieces[0].text
	return func(f fragment) bool {
		return len(f.pieces) > 0 && slices.ContainsFunc(f.pieces[:2], func(q piece) bool { return q.text == want })
	}
}

func (p *plan) windowName(r reach, what string) string {
	if r.months {
		what = "month_" + what
	}
	if r.weeks {
		what = "week_" + what
	}
	switch {
	case r.cumulative:
		return p.prefix + "running_" + what
	case r.trailing > 0:
		return fmt.Sprintf("%strailing_%d_%s", p.prefix, int(r.trailing), what)
	}
	return p.prefix + "period_" + what
}

// windowCTEs lists the windows of a reach and their days.
func (p *plan) windowCTEs(r reach) []fragment {
	bounds, days := p.windowName(r, "windows"), p.windowName(r, "days")
	columns, rows := p.windowRows(r)
	return []fragment{
		p.constants(bounds, columns, rows),
		named(days, form("    select position, side, cast(% as date) as calendar_day from %",
			p.dialect.days(raw("first_day"), raw("last_day")), ident(bounds))),
	}
}

// monthsCTE gives the months that each window touches, with its days in it as bits.
func (p *plan) monthsCTE(r reach) fragment {
	return named(p.windowName(r, "months"), form(
		"    select position, side, % as month_start, cast(sum(%) as bigint) as day_bits\n    from %\n    group by position, side, %",
		p.dialect.monthOf(raw("calendar_day")), p.dialect.dayBit(raw("calendar_day")), ident(p.windowName(r, "days")),
		p.dialect.monthOf(raw("calendar_day"))))
}

// partCTEs gives a part's CTEs; the last has its name, one row a period, side and group.
func (p *plan) partCTEs(q *part) []fragment {
	f := p.rows(q.source)
	keys := p.keys()
	var inner, outer []fragment
	for _, m := range q.leaves {
		i, o := p.aggregates(q, m)
		inner, outer = append(inner, i...), append(outer, o...)
	}
	switch q.source.mode {
	case state:
		return []fragment{named(q.name, form("select 0 as position, 0 as side%%\n%%%",
			prefixed(", ", f.groups), prefixed(",\n    ", inner), f.tables, whereClause(f.where), groupBy(ordinals(3, len(keys)))))}
	case daily:
		if p.byWindow(q) {
			return []fragment{named(q.name, p.eachWindow(q.reach, f, inner))}
		}
		f.where = append(f.where, p.days(f, q.reach))
		byDay := q.name + "_days"
		return []fragment{
			named(byDay, form("select % as calendar_day%%\n%%%", p.counted(f, q.reach), prefixed(", ", f.groups), prefixed(",\n    ", inner),
				f.tables, whereClause(f.where), groupBy(ordinals(1, len(keys)+1)))),
			named(q.name, form("select w.position, w.side%%\nfrom % as w\ninner join % as d on w.calendar_day = d.calendar_day\ngroup by w.position, w.side%",
				prefixed(", d.", keys), prefixed(",\n    ", outer), ident(p.windowName(q.reach, "days")), ident(byDay), prefixed(", d.", keys))),
		}
	case masked:
		f.where = append(f.where, p.dialect.hasBits(column("r", q.source.rollup.Mask), raw("w.day_bits")))
		f.tables = form("%\ninner join % as w on % = w.month_start", f.tables, ident(p.windowName(q.reach, "months")), f.day)
		if !p.inOneMonth(q.reach) {
			return p.entityCTEs(q, f)
		}
	case levels:
		return p.levelCTEs(q, f, inner)
	default:
		f.where = append(f.where, p.days(f, q.reach))
		f.tables = form("%\ninner join % as w on % = w.calendar_day", f.tables, ident(p.windowName(q.reach, "days")), p.counted(f, q.reach))
	}
	return []fragment{named(q.name, form("select w.position, w.side%%\n%%%", prefixed(", ", f.groups), prefixed(",\n    ", inner),
		f.tables, whereClause(f.where), groupBy(ordinals(1, len(keys)+2))))}
}

// maxReadWindows is how many windows are read one by one. More of them, or ones that
// share days, are added up from days that are added up once.
const maxReadWindows = 2

// byWindow says whether a part's rows are read window by window.
func (p *plan) byWindow(q *part) bool {
	return q.source.mode == daily && len(p.windows(q.reach)) <= maxReadWindows
}

// eachWindow adds up rows window by window.
func (p *plan) eachWindow(r reach, f from, inner []fragment) fragment {
	windows, keys := p.windows(r), len(p.keys())
	selects := make([]fragment, len(windows))
	for i, w := range windows {
		where := append(slices.Clone(f.where), f.within(w.days, r))
		selects[i] = form("select % as position, % as side%%\n%%%", integer(w.position), integer(int(w.side)),
			prefixed(", ", f.groups), prefixed(",\n    ", inner), f.tables, whereClause(where), groupBy(ordinals(1, keys+2)))
	}
	return list("\nunion all\n", selects)
}

// entityCTEs counts entities once a window, in two steps: engines do distinct rows in
// parallel, and distinct counts of many groups slowly.
func (p *plan) entityCTEs(q *part, f from) []fragment {
	entities := q.name + "_entities"
	keys := p.keys()
	var counts []fragment
	for _, m := range q.leaves {
		counts = append(counts, form("count(*) as %", ident(m.Name)))
	}
	return []fragment{
		named(entities, form("select distinct w.position, w.side%, % as entity\n%%", prefixed(", ", f.groups),
			column("r", q.source.rollup.Count), f.tables, whereClause(f.where))),
		named(q.name, form("select position, side%%\nfrom %%", prefixed(", ", keys), prefixed(",\n    ", counts), ident(entities),
			groupBy(ordinals(1, len(keys)+2)))),
	}
}

// levelCTEs sums the rows of the last day of each window that has any.
func (p *plan) levelCTEs(q *part, f from, inner []fragment) []fragment {
	f.where = append(f.where, p.days(f, q.reach))
	f.tables = form("%\ninner join % as w on % = w.calendar_day", f.tables, ident(p.windowName(q.reach, "days")), f.day)
	dated := q.name + "_dated"
	var needs []fragment
	for _, m := range q.leaves {
		needs = append(needs, form("% as %", p.filtered(m, column("r", m.Column)), ident(m.Name)))
	}
	keys := p.keys()
	return []fragment{
		named(dated, form("select w.position, w.side%, w.calendar_day = max(w.calendar_day) over (partition by w.position, w.side) as is_last%\n%%",
			prefixed(", ", f.groups), prefixed(",\n    ", needs), f.tables, whereClause(f.where))),
		named(q.name, form("select position, side%%\nfrom %\nwhere is_last%", prefixed(", ", keys), prefixed(",\n    ", inner),
			ident(dated), groupBy(ordinals(1, len(keys)+2)))),
	}
}

// filtered gives a value, NULL where the metric's filter does not hold.
func (p *plan) filtered(m *Metric, value fragment) fragment {
	if len(m.Filter) == 0 {
		return value
	}
	return form("case when % then % end", p.conditions(m), value)
}

func (p *plan) conditions(m *Metric) fragment {
	out := make([]fragment, len(m.Filter))
	for i, c := range m.Filter {
		out[i] = c.sql(column("r", c.Column))
	}
	return list(" and ", out)
}

func ordinals(first, n int) []fragment {
	out := make([]fragment, 0, n)
	for i := range n {
		out = append(out, integer(first+i))
	}
	return out
}

func groupBy(what []fragment) fragment {
	if len(what) == 0 {
		return fragment{}
	}
	return form("\ngroup by %", list(", ", what))
}
