package metric

import (
	"slices"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
)

const (
	// DefaultLimit is how many rows a result has at most when the query says nothing.
	DefaultLimit = 10_000
	// MaxLimit is the most that a query can ask for.
	MaxLimit = 1_000_000
	// maxMetrics and maxDimensions bound one query.
	maxMetrics, maxDimensions = 50, 8
	// maxTop is the most groups that a top may keep.
	maxTop = 1000
)

// Statement is a compiled query.
type Statement struct {
	SQL     string
	Args    []any
	Columns []Column

	body     fragment
	calendar *calendar
	limit    int
	// complete is the position of the column that says whether a period is, -1 without one.
	complete int
}

// Compile builds a query's statement. Faults have code Usage for what cannot be asked,
// NotFound for unknown names.
func (r *Runner) Compile(q Query, scope access.Scope) (*Statement, error) {
	limit, err := mostRows(q.Limit, DefaultLimit, MaxLimit)
	if err != nil {
		return nil, err
	}
	p, err := r.plan(q, scope)
	if err != nil {
		return nil, err
	}
	var ctes []fragment
	if q.Top != nil {
		ranking, err := r.rank(p, q)
		if err != nil {
			return nil, err
		}
		ctes = ranking
	}
	if err := p.lay(); err != nil {
		return nil, err
	}
	for _, m := range p.metrics {
		if p.calendar.grain != None && !slices.Contains(m.grains, p.calendar.grain) {
			return nil, coarser(m, p.calendar.grain)
		}
	}
	ctes = append(append(ctes, p.ctes()...), p.gridCTEs()...)
	selected, columns, err := p.selected(r.snapshot)
	if err != nil {
		return nil, err
	}
	order, err := p.order(q.OrderBy)
	if err != nil {
		return nil, err
	}
	s := &Statement{Columns: columns, calendar: p.calendar, limit: limit, complete: -1}
	s.complete = slices.IndexFunc(columns, func(c Column) bool { return c.Role == CompleteRole })
	s.body = form("with %\nselect\n    %\n%\norder by %\nlimit %",
		list(",\n", ctes), list(",\n    ", selected), p.joins(), list(", ", order), integer(s.limit+1))
	s.SQL, s.Args = s.body.statement()
	return s, nil
}

// mostRows reads a limit: 0 is the usual one.
func mostRows(asked, usual, most int) (int, error) {
	switch {
	case asked == 0:
		return usual, nil
	case asked < 0 || asked > most:
		return 0, fault.New(fault.Usage, "the limit is 1 to %d rows, not %d", most, asked).WithHint("leave it out for %d", usual)
	}
	return asked, nil
}

func coarser(m *Metric, g Grain) error {
	if len(m.grains) == 1 {
		return fault.New(fault.Usage, "the metric %s says how things stand at the snapshot date and has no figures by %s", m.Name, g).
			WithHint("ask for it without a grain")
	}
	return fault.New(fault.Usage, "the metric %s has no figures by %s", m.Name, g).WithHint("it can be asked by %s", listed(m.grains))
}

// plan checks a query and names what it asks for.
func (r *Runner) plan(q Query, scope access.Scope) (*plan, error) {
	p := &plan{catalog: r.catalog, dialect: r.dialect, span: r.snapshot.Span}
	if q.Grain != "" && !slices.Contains(Grains(), q.Grain) {
		return nil, fault.New(fault.Usage, "there is no grain %q", string(q.Grain)).WithHint("it can be %s", listed(Grains()))
	}
	if q.Compare != "" && !slices.Contains(Comparisons(), q.Compare) {
		return nil, fault.New(fault.Usage, "there is no comparison %q", string(q.Compare)).WithHint("it can be %s", listed(Comparisons()))
	}
	switch {
	case len(q.Metrics) == 0:
		return nil, fault.New(fault.Usage, "the query asks for no metric").WithHint("name one under metrics")
	case len(q.Metrics) > maxMetrics:
		return nil, fault.New(fault.Usage, "the query asks for more than %d metrics", maxMetrics)
	case len(q.Dimensions) > maxDimensions:
		return nil, fault.New(fault.Usage, "the query groups by more than %d dimensions", maxDimensions)
	}
	for _, name := range q.Metrics {
		m, err := r.catalog.Metric(name)
		if err != nil {
			return nil, err
		}
		if slices.Contains(p.metrics, m) {
			return nil, fault.New(fault.Usage, "the query asks for %s twice", name)
		}
		p.metrics = append(p.metrics, m)
	}
	for _, name := range q.Dimensions {
		d, err := r.catalog.Dimension(name)
		if err != nil {
			return nil, err
		}
		if slices.Contains(p.dimensions, d) {
			return nil, fault.New(fault.Usage, "the query groups by %s twice", name)
		}
		p.dimensions = append(p.dimensions, d)
	}
	var err error
	if p.filters, err = r.catalog.filters(q.Filters, scope); err != nil {
		return nil, err
	}
	if q.TimeZone != "" && q.TimeZone != "UTC" {
		zone, err := zoneOf(q.TimeZone)
		if err != nil {
			return nil, err
		}
		p.zone, p.span = q.TimeZone, p.span.in(zone)
	}
	if err := p.allowed(scope, q.Top); err != nil {
		return nil, err
	}
	p.calendar, err = newCalendar(q, p.span)
	return p, err
}

// rank gives the CTEs of the ranking that narrows the first dimension of p, and
// notes it there.
func (r *Runner) rank(p *plan, q Query) ([]fragment, error) {
	if len(p.dimensions) == 0 {
		return nil, fault.New(fault.Usage, "a top needs a dimension whose groups it ranks")
	}
	if q.Top.N < 1 || q.Top.N > maxTop {
		return nil, fault.New(fault.Usage, "a top has 1 to %d groups, not %d", maxTop, q.Top.N)
	}
	by := p.metrics[0]
	if q.Top.By != "" {
		m, err := r.catalog.Metric(q.Top.By)
		if err != nil {
			return nil, err
		}
		by = m
	}
	ranking := *p
	ranking.prefix, ranking.metrics, ranking.dimensions = "top_", []*Metric{by}, p.dimensions[:1]
	ranking.parts, ranking.top = nil, nil
	var err error
	if ranking.calendar, err = newCalendar(Query{From: p.calendar.current.from, To: p.calendar.current.to}, p.span); err != nil {
		return nil, err
	}
	if err := ranking.lay(); err != nil {
		return nil, err
	}
	ctes := append(ranking.ctes(), ranking.gridCTEs()...)
	p.top = &topGroups{name: "top_ranked", n: q.Top.N, rest: q.Top.Rest}
	key, value := column("g", p.dimensions[0].Name), ranking.value(by, reach{}, current)
	if !p.top.rest {
		return append(ctes, named(p.top.name, form("select % as group_value, % as rank_value\n%", key, value, ranking.joins()))), nil
	}
	return append(ctes, named(p.top.name, form("select % as group_value, true as is_top\n%\norder by % desc nulls last, % nulls last\nlimit %",
		key, ranking.joins(), value, key, integer(p.top.n)))), nil
}

// greatest keeps the groups of the first dimension that rank first. The ranking may not know all groups that there are: those come
// last, and stay where there is room.
func (p *plan) greatest(groups string) fragment {
	key := ident(p.dimensions[0].Name)
	kept := form("select c.% from (select distinct % from %) as c\nleft join % as t on c.% is not distinct from t.group_value\n"+
		"order by t.rank_value desc nulls last, c.% nulls last\nlimit %", key, key, ident(groups), ident(p.top.name), key, key, integer(p.top.n))
	return form("select a.* from % as a\ninner join (\n%\n) as k on a.% is not distinct from k.%", ident(groups), kept, key, key)
}

// gridCTEs gives the periods, and the grid of each period with each group.
func (p *plan) gridCTEs() []fragment {
	columns, rows := p.periodRows()
	periods := p.constants(p.prefix+"periods", columns, rows)
	keys := p.keys()
	if len(keys) == 0 {
		return []fragment{periods, named(p.prefix+"grid", form("select * from %", ident(p.prefix+"periods")))}
	}
	groups := make([]fragment, len(p.parts))
	for i, q := range p.parts {
		groups[i] = form("    select distinct % from %", list(", ", keys), ident(q.name))
	}
	out := []fragment{periods}
	all := list("\n    union\n", groups)
	if p.top != nil && !p.top.rest {
		found := p.prefix + "found_groups"
		out, all = append(out, named(found, all)), p.greatest(found)
	}
	return append(out, named(p.prefix+"groups", all),
		named(p.prefix+"grid", form("select * from %\ncross join %", ident(p.prefix+"periods"), ident(p.prefix+"groups"))))
}

// hasPast says whether the data covers the whole of what a period is compared with: beside a
// part of the days before, any figure has grown.
func (p *plan) hasPast(q period) bool {
	return p.calendar.hasCompare && q.compared.from >= p.span.First && p.span.First != 0
}

// joins is the from clause of the result: the grid with every part, once a side.
func (p *plan) joins() fragment {
	out := form("from % as g", ident(p.prefix+"grid"))
	sides := []side{current}
	if p.calendar.hasCompare {
		sides = append(sides, compared)
	}
	for _, q := range p.parts {
		for _, s := range sides {
			on := []fragment{form("%.position = g.position", q.alias(s)), form("%.side = %", q.alias(s), integer(int(s)))}
			for _, k := range p.keys() {
				on = append(on, form("%.% is not distinct from g.%", q.alias(s), k, k))
			}
			out = form("%\nleft join % as %\n    on %", out, ident(q.name), q.alias(s), list(" and ", on))
		}
	}
	return out
}
