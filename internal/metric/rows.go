package metric

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
)

// DefaultPage and MaxPage are how many rows a page has when nothing is said, and at most.
const (
	DefaultPage = 100
	MaxPage     = 10_000
)

// GroupValue is the value of a dimension in the group whose rows are asked for; nil
// for the group without a value.
type GroupValue struct {
	Dimension string `json:"dimension"`
	Value     any    `json:"value"`
}

// RowsQuery asks for the rows behind a number.
type RowsQuery struct {
	Metric string `json:"metric"`
	// Part is the metric over rows that is asked for; "" for the first of the metric's leaves.
	Part     string       `json:"part,omitempty"`
	From     Day          `json:"from,omitempty"`
	To       Day          `json:"to,omitempty"`
	Filters  []Filter     `json:"filters,omitempty"`
	Group    []GroupValue `json:"group,omitempty"`
	TimeZone string       `json:"time_zone,omitempty"`
	// Cursor is the NextCursor of the page before; "" for the first.
	Cursor string `json:"cursor,omitempty"`
	Limit  int    `json:"limit,omitempty"`
}

// Page is some of the rows behind a number.
type Page struct {
	Metric string `json:"metric"`
	Part   string `json:"part"`
	Model  string `json:"model"`
	// Parts are all that can be asked for.
	Parts      []Part   `json:"parts"`
	Columns    []Column `json:"columns"`
	Rows       [][]any  `json:"rows"`
	NextCursor string   `json:"next_cursor"`
	Period     Period   `json:"period"`
}

// Rows gives the rows of the finest model that a number counts or adds up, in the
// order of the dataset's key. Columns that the scope hides are left out.
func (r *Runner) Rows(ctx context.Context, db Reader, q RowsQuery, scope access.Scope) (*Page, error) {
	page, body, keys, err := r.rowsStatement(q, scope)
	if err != nil {
		return nil, err
	}
	limit := pageSize(q.Limit)
	sql, args := body.statement()
	var last []string
	err = each(ctx, db, sql, args, func(values []any) error {
		if len(page.Rows) == limit {
			page.NextCursor, err = encodeCursor(last)
			return err
		}
		last = last[:0]
		for _, v := range values[:keys] {
			text, _ := v.(string)
			last = append(last, text)
		}
		row := values[keys:]
		for i, v := range row {
			row[i] = resultValue(v)
		}
		page.Rows = append(page.Rows, row)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return page, nil
}

func pageSize(asked int) int {
	if asked <= 0 {
		return DefaultPage
	}
	return min(asked, MaxPage)
}

// rowsStatement builds the page's statement. Its first columns are the key as text.
func (r *Runner) rowsStatement(q RowsQuery, scope access.Scope) (*Page, fragment, int, error) {
	fail := func(err error) (*Page, fragment, int, error) { return nil, fragment{}, 0, err }
	filters := slices.Clone(q.Filters)
	for _, g := range q.Group {
		filters = append(filters, Filter{Dimension: g.Dimension, Op: Eq, Values: []any{g.Value}})
	}
	p, err := r.plan(Query{Metrics: []string{q.Metric}, From: q.From, To: q.To, Filters: filters, TimeZone: q.TimeZone}, scope)
	if err != nil {
		return fail(err)
	}
	if err := p.lay(); err != nil {
		return fail(err)
	}
	m := p.metrics[0]
	leaf, reach, err := p.leafOf(m, q.Part)
	if err != nil {
		return fail(err)
	}
	d := r.catalog.datasets[leaf.Dataset]
	model := r.catalog.models[d.Model]
	page := &Page{
		Metric: m.Name, Part: leaf.Name, Model: d.Model, Rows: [][]any{}, Period: p.windows(reach)[0].days.period(),
	}
	for _, name := range m.leaves {
		page.Parts = append(page.Parts, Part{Metric: name, Label: r.catalog.metrics[name].Label, Model: r.catalog.datasets[r.catalog.metrics[name].Dataset].Model})
	}
	s := source{dataset: d, mode: direct}
	if d.Time == "" {
		s.mode = state
		page.Period = p.calendar.current.period()
	}
	if err := p.told(d, scope); err != nil {
		return fail(err)
	}
	f := p.rows(s)
	f.where = append(f.where, p.leafRows(leaf, d, reach, f)...)
	var selected, keys []fragment
	for _, k := range d.Key {
		if scope.Hides(model.Name, k) {
			return fail(fault.New(fault.Forbidden, "the rows of %s are told apart by %s, which is hidden from you", d.Model, k))
		}
		keys = append(keys, form("cast(% as varchar)", column("r", k)))
	}
	for _, c := range model.Columns {
		if strings.HasPrefix(c.Name, "_") || scope.Hides(model.Name, c.Name) {
			continue
		}
		selected = append(selected, p.shown(c))
		page.Columns = append(page.Columns, Column{Name: c.Name, Label: labelOf(c.Name), Role: DimensionRole, Type: rowType(c.Type)})
	}
	if len(selected) == 0 {
		return fail(fault.New(fault.NotFound, "nothing is known of the columns of %s that you may see", d.Model).
			WithHint("describe them in the model's YAML file"))
	}
	if q.Cursor != "" {
		after, err := decodeCursor(q.Cursor, len(keys))
		if err != nil {
			return fail(err)
		}
		f.where = append(f.where, form("(%) > (%)", list(", ", keys), list(", ", after)))
	}
	body := form("select %, %\n%%\norder by %\nlimit %", list(", ", keys), list(", ", selected), f.tables, whereClause(f.where),
		list(", ", keys), integer(pageSize(q.Limit)+1))
	return page, body, len(keys), nil
}

// leafRows are the conditions on the rows that a leaf looks at.
func (p *plan) leafRows(leaf *Metric, d *Dataset, r reach, f from) []fragment {
	var out []fragment
	if len(leaf.Filter) > 0 {
		out = append(out, p.conditions(leaf))
	}
	if leaf.Column != "" {
		out = append(out, form("% is not null", column("r", leaf.Column)))
	}
	if d.Time == "" {
		return out
	}
	bounds := p.days(f, r)
	out = append(out, bounds)
	if leaf.Kind == Last {
		out = append(out, form("% = (select max(%) %%)", f.day, f.day, f.tables, whereClause(append(slices.Clip(f.where), bounds))))
	}
	return out
}

// leafOf finds a leaf of a metric and the days that the metric looks at in it.
func (p *plan) leafOf(m *Metric, part string) (*Metric, reach, error) {
	if part == "" {
		part = m.leaves[0]
	}
	for _, q := range p.parts {
		for _, leaf := range q.leaves {
			if leaf.Name == part {
				return leaf, q.reach, nil
			}
		}
	}
	return nil, reach{}, fault.New(fault.NotFound, "the metric %s is not made of %q", m.Name, part).WithHint("it is made of %s", listed(m.leaves))
}

// rowType is the type of a model's column.
func rowType(engine string) string {
	switch t := typeOf(engine); {
	case strings.HasPrefix(strings.ToUpper(engine), "DECIMAL"):
		return "decimal"
	case t == "":
		return string(Text)
	default:
		return string(t)
	}
}

func encodeCursor(keys []string) (string, error) {
	text, err := json.Marshal(keys)
	if err != nil {
		return "", fault.Wrap(err, fault.Internal, "the cursor cannot be written")
	}
	return base64.RawURLEncoding.EncodeToString(text), nil
}

func decodeCursor(cursor string, n int) ([]fragment, error) {
	var keys []string
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		err = json.Unmarshal(text, &keys)
	}
	if err != nil || len(keys) != n {
		return nil, fault.New(fault.Usage, "the cursor is not one of these rows").WithHint("begin again without a cursor")
	}
	out := make([]fragment, n)
	for i, k := range keys {
		out[i] = bind(k)
	}
	return out, nil
}
