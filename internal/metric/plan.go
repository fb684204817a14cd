package metric

import (
	"slices"

	"github.com/kith-analytics/kith/internal/fault"
)

// reach is the days that a figure looks at, seen from its period.
type reach struct {
	trailing   Day  // days that end with the period's last; 0 for the period itself
	cumulative bool // from the first day of the data
	months     bool // whole months: a month counts when a day of it does
	weeks      bool // whole weeks, likewise
}

// mode is how a part's rows become figures.
type mode int

const (
	daily  mode = iota // added up by day, then over the days of each period
	direct             // aggregated over the rows of each period at once
	levels             // the rows of each period's last day that has any
	masked             // counted by bits of days
	state              // no time: one figure
)

// source is the table that a leaf is read from.
type source struct {
	dataset *Dataset
	rollup  *Rollup // nil for the dataset's own model
	mode    mode
}

// use is a leaf with its reach: each is computed once for a query.
type use struct {
	metric string
	reach  reach
}

// part is one aggregation of a query: all leaves that come from one source with one reach.
type part struct {
	name   string
	source source
	reach  reach
	leaves []*Metric
}

// plan is a query on its way to SQL.
type plan struct {
	catalog    *Catalog
	dialect    Dialect
	span       Span
	prefix     string // of the names of the plan's CTEs
	metrics    []*Metric
	dimensions []*Dimension
	filters    []filter
	calendar   *calendar
	zone       string // "" for UTC
	top        *topGroups
	parts      []*part
	byUse      map[use]*part
}

// topGroups is a ranking that the plan's first dimension is narrowed to.
type topGroups struct {
	name string // of the CTE
	n    int
	rest bool
}

// gathers says whether the groups that are not among the greatest become one, Other.
func (p *plan) gathers() bool { return p.top != nil && p.top.rest }

// lay finds the source of every leaf and gathers leaves into parts.
func (p *plan) lay() error {
	p.byUse = map[use]*part{}
	for _, m := range p.metrics {
		if err := p.known(m, p.catalog.without(m), m.dimensions); err != nil {
			return err
		}
		if err := p.layMetric(m, reach{}); err != nil {
			return err
		}
	}
	return nil
}

func (p *plan) layMetric(m *Metric, r reach) error {
	switch m.Kind {
	case Cumulative:
		return p.layMetric(p.catalog.metrics[m.Base], reach{cumulative: true})
	case Trailing:
		return p.layMetric(p.catalog.metrics[m.Base], reach{trailing: m.Days})
	default:
	}
	if m.Dataset == "" {
		for _, name := range m.parts() {
			if err := p.layMetric(p.catalog.metrics[name], r); err != nil {
				return err
			}
		}
		return nil
	}
	key := use{m.Name, r}
	if p.byUse[key] != nil {
		return nil
	}
	s, err := p.sourceOf(m, r)
	if err != nil {
		return err
	}
	r.months = s.mode != masked && (s.rollup == nil && s.dataset.Grain == Month || s.rollup != nil && s.rollup.Grain == Month)
	r.weeks = s.rollup != nil && s.rollup.Grain == Week
	i := slices.IndexFunc(p.parts, func(q *part) bool { return q.source == s && q.reach == r })
	if i < 0 {
		i = len(p.parts)
		p.parts = append(p.parts, &part{name: partName(p.prefix, i), source: s, reach: r})
	}
	p.parts[i].leaves = append(p.parts[i].leaves, m)
	p.byUse[key] = p.parts[i]
	return nil
}

// sourceOf gives the first rollup that can answer for the leaf, or its dataset.
func (p *plan) sourceOf(m *Metric, r reach) (source, error) {
	d := p.catalog.datasets[m.Dataset]
	has := p.catalog.dimensionsOf(d)
	var lacking []string
	for _, dim := range p.needed() {
		if !slices.Contains(has, dim) {
			lacking = append(lacking, dim)
		}
	}
	if err := p.known(m, lacking, has); err != nil {
		return source{}, err
	}
	if p.zone != "" && d.Time != "" && d.Timestamp == "" {
		return source{}, fault.New(fault.Usage, "the metric %s is known by UTC day and not by time, so it cannot be shown in %s", m.Name, p.zone).
			WithHint("leave the time zone out")
	}
	if d.Time == "" {
		return source{dataset: d, mode: state}, nil
	}
	if p.zone == "" {
		for i := range d.Rollups {
			if found, ok := p.rollupMode(m, d, &d.Rollups[i], r); ok {
				return source{dataset: d, rollup: &d.Rollups[i], mode: found}, nil
			}
		}
	}
	s := source{dataset: d, mode: daily}
	switch m.Kind {
	case CountDistinct, Percentile:
		s.mode = direct
	case Last:
		s.mode = levels
	default:
	}
	return s, nil
}

// known refuses a metric when the query needs a dimension that it lacks. has are those that it has.
func (p *plan) known(m *Metric, lacking, has []string) error {
	for _, dim := range p.needed() {
		switch {
		case !slices.Contains(lacking, dim):
		case !slices.Contains(p.asked(), dim):
			return fault.New(fault.Forbidden, "the metric %s is not known by %s, and you see only some of that", m.Name, dim).
				WithHint("a figure over all would be more than you may see; ask who may see all of it")
		default:
			return fault.New(fault.Usage, "the metric %s has no dimension %s", m.Name, dim).
				WithHint("%s", suggestion(dim, has, "it has "+orNone(has)))
		}
	}
	return nil
}

func orNone(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return listed(names)
}

// needed gives the dimensions that rows are grouped or filtered by.
func (p *plan) needed() []string {
	names := make([]string, 0, len(p.dimensions)+len(p.filters))
	for _, d := range p.dimensions {
		names = append(names, d.Name)
	}
	for _, f := range p.filters {
		if !slices.Contains(names, f.dimension.Name) {
			names = append(names, f.dimension.Name)
		}
	}
	return names
}

// rollupMode says whether a rollup can answer for a leaf, and how.
func (p *plan) rollupMode(m *Metric, d *Dataset, r *Rollup, reach reach) (mode, bool) {
	_, summed := r.Measures[m.Name]
	if !summed && !slices.Contains(r.Distinct, m.Name) {
		return 0, false
	}
	if !p.covers(d, r) {
		return 0, false
	}
	if !summed {
		return masked, true
	}
	if r.Grain != ByDay && !p.aligned(r.Grain, reach) {
		return 0, false
	}
	if m.Kind == CountDistinct && !p.addsUp(d, r, reach) {
		return 0, false
	}
	return daily, true
}

// covers says whether a rollup has all dimensions that are needed.
func (p *plan) covers(d *Dataset, r *Rollup) bool {
	left := 0
	for _, name := range p.needed() {
		switch {
		case r.Dimensions[name] != "":
		case r.EntityColumn != "" && p.ofEntity(d, name):
		case slices.Contains(r.PairNames, name):
			left++
		default:
			return false
		}
	}
	return left <= len(r.Pairs)
}

// ofEntity says whether a dimension of a dataset is its entity's.
func (p *plan) ofEntity(d *Dataset, name string) bool {
	if d.Entity == "" || d.Dimensions[name] != "" {
		return false
	}
	return p.catalog.entities[d.Entity].Dimensions[name] != ""
}

// aligned says whether every window begins and ends with a period of the grain, or
// with the data.
func (p *plan) aligned(g Grain, r reach) bool {
	for _, w := range p.windows(r) {
		if g.start(w.days.from) != w.days.from && w.days.from > p.span.First {
			return false
		}
		if end := w.days.to; g.start(end+1) != end+1 && end < p.span.Last {
			return false
		}
	}
	return true
}

// addsUp says whether counts of distinct entities may be added over a rollup's rows:
// each window is one of its periods, and dimensions that an entity can have several
// values of are kept apart.
func (p *plan) addsUp(d *Dataset, r *Rollup, reach reach) bool {
	for _, w := range p.windows(reach) {
		if r.Grain.start(w.days.from) != r.Grain.start(w.days.to) {
			return false
		}
	}
	apart := func(name string) bool {
		if p.ofEntity(d, name) {
			return true
		}
		if i := slices.IndexFunc(p.dimensions, func(dim *Dimension) bool { return dim.Name == name }); i >= 0 {
			return i > 0 || !p.gathers()
		}
		return slices.ContainsFunc(p.filters, func(f filter) bool {
			return f.dimension.Name == name && (f.op == Eq || f.op == In && len(f.values) == 1)
		})
	}
	for name := range r.Dimensions {
		if !apart(name) {
			return false
		}
	}
	for _, name := range p.needed() {
		if slices.Contains(r.PairNames, name) && !apart(name) {
			return false
		}
	}
	return true
}

// side tells the range itself from what it is compared with.
type side int

const (
	current side = iota
	compared
)

// numbered is a window with the position of its period and its side.
type numbered struct {
	position int
	side     side
	days     window
}

// runningFrom is the day that running figures begin on: the first of the data, or the end of
// an earlier period. What happened before it, as members join before the first sale,
// counts on it.
func (p *plan) runningFrom() Day {
	first := p.calendar.current.to
	if p.span.First != 0 {
		first = min(first, p.span.First)
	}
	for _, q := range p.calendar.periods {
		first = min(first, q.current.to)
		if p.calendar.hasCompare {
			first = min(first, q.compared.to)
		}
	}
	return first
}

// sameMonths are as many whole months as a window touches, those that begin nearest to where the days begin that it is compared with:
// days do not shift months onto months.
func sameMonths(now, then window) window {
	first := Month.start(now.from)
	from := Month.start(first + then.from - now.from + 15)
	end := from
	for m := first; m <= now.to; m = Month.next(m) {
		end = Month.next(end)
	}
	return window{from, end - 1}
}

// windows gives the days that each period of each side looks at.
func (p *plan) windows(r reach) []numbered {
	widen := func(w window) window {
		switch {
		case r.cumulative:
			w.from = p.runningFrom()
		case r.trailing > 0:
			w.from = max(w.to-r.trailing+1, firstDay)
		}
		if r.months {
			w.from = Month.start(w.from)
		}
		if r.weeks {
			w.from = Week.start(w.from)
		}
		return w
	}
	out := make([]numbered, 0, 2*len(p.calendar.periods))
	for i, q := range p.calendar.periods {
		out = append(out, numbered{i, current, widen(q.current)})
	}
	if p.calendar.hasCompare {
		for i, q := range p.calendar.periods {
			then := widen(q.compared)
			if r.months && r.trailing == 0 && !r.cumulative {
				then = sameMonths(q.current, q.compared)
			}
			out = append(out, numbered{i, compared, then})
		}
	}
	return out
}
