package metric

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
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
	Value     any    `doc:"null for the group without a value" json:"value"`
}

// RowsQuery asks for the rows behind a number.
type RowsQuery struct {
	Metric string `doc:"a metric, as in GET /metrics" json:"metric"`
	// Part is the metric over rows that is asked for; "" for the first of the metric's leaves.
	Part     string       `doc:"the metric that it is made of whose rows to show; the first of its parts when it is left out or empty" json:"part,omitempty"`
	From     Day          `doc:"first day, as 2006-01-02; that of the data when it is left out or empty"                               example:"2025-01-01"     json:"from,omitempty"`
	To       Day          `doc:"last day, included, as 2006-01-02; that of the data when it is left out or empty"                      example:"2025-03-31"     json:"to,omitempty"`
	Filters  []Filter     `doc:"conditions that rows have to fulfil, all of them"                                                      json:"filters,omitempty"`
	Group    []GroupValue `doc:"the group whose rows to show; all rows when it is left out"                                            json:"group,omitempty"`
	TimeZone string       `doc:"IANA name of the time zone of the days; UTC when it is left out or empty"                              example:"Europe/Berlin"  json:"time_zone,omitempty"`
	// Cursor is the NextCursor of the page before; "" for the first.
	Cursor string `doc:"next_cursor of the page before; left out or empty for the first" json:"cursor,omitempty"`
	// Limit is the most rows of a page, up to MaxPage; 0 for DefaultPage.
	Limit int `doc:"the most rows of a page, 1 to 10000; 100 when it is left out or 0" json:"limit,omitempty"`
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
	Total      *int64   `doc:"all rows, those of the other pages too; on the first page alone" json:"total"`
	NextCursor string   `json:"next_cursor"`
	Period     Period   `json:"period"`
}

// Rows gives the rows of the finest model that a number counts or adds up, in the
// order of the dataset's key. Columns that the scope hides are left out.
func (r *Runner) Rows(ctx context.Context, db Reader, q RowsQuery, scope access.Scope) (*Page, error) {
	limit, err := mostRows(q.Limit, DefaultPage, MaxPage)
	if err != nil {
		return nil, err
	}
	s, err := r.rowsStatement(q, limit, scope)
	if err != nil {
		return nil, err
	}
	page := s.page
	if q.Cursor == "" {
		if page.Total, err = counted(ctx, db, s.total); err != nil {
			return nil, err
		}
	}
	sql, args := s.body.statement()
	var last []string
	err = each(ctx, db, sql, args, func(columns []warehouse.Column, values []any) error {
		if len(page.Rows) == limit {
			page.NextCursor, err = encodeCursor(last)
			return err
		}
		last = last[:0]
		for _, v := range values[:s.keys] {
			text, _ := v.(string)
			last = append(last, text)
		}
		row := values[s.keys:]
		for i, v := range row {
			row[i] = resultValue(columns[s.keys+i].Type, v)
		}
		page.Rows = append(page.Rows, row)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return page, nil
}

// counted runs a statement that counts.
func counted(ctx context.Context, db Reader, count fragment) (total *int64, err error) {
	sql, args := count.statement()
	err = each(ctx, db, sql, args, func(_ []warehouse.Column, values []any) error {
		if n, ok := values[0].(int64); ok {
			total = &n
		}
		return nil
	})
	return total, err
}

// rowsOf are the statements of a page: for one row more than the limit, whose first columns are the key as text, and for how many
// rows there are.
type rowsOf struct {
	page        *Page
	body, total fragment
	keys        int
}

// rowsStatement builds the statements of a page.
func (r *Runner) rowsStatement(q RowsQuery, limit int, scope access.Scope) (rowsOf, error) {
	fail := func(err error) (rowsOf, error) { return rowsOf{}, err }
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
	total := form("select count(*)\n%%", f.tables, whereClause(f.where))
	if q.Cursor != "" {
		after, err := decodeCursor(q.Cursor, len(keys))
		if err != nil {
			return fail(err)
		}
		f.where = append(f.where, form("(%) > (%)", list(", ", keys), list(", ", after)))
	}
	body := form("select %, %\n%%\norder by %\nlimit %", list(", ", keys), list(", ", selected), f.tables, whereClause(f.where),
		list(", ", keys), integer(limit+1))
	return rowsOf{page: page, body: body, total: total, keys: len(keys)}, nil
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
	name := strings.ToUpper(engine)
	switch t := typeOf(engine); {
	case strings.HasSuffix(name, "]"): // a list
		return string(Text)
	case strings.HasPrefix(name, "DECIMAL"):
		return "decimal"
	case strings.HasPrefix(name, "TIMESTAMP"), strings.HasPrefix(name, "DATETIME"):
		return "time"
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
