package metric

import (
	"context"
	"errors"
	"math/big"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// Reader runs one statement that reads. A warehouse.Session is one.
type Reader interface {
	Query(ctx context.Context, sql string, args ...any) (warehouse.Rows, error)
}

// Snapshot is what holds for a whole state of the data.
type Snapshot struct {
	Span
	// Currency is the ISO 4217 code of the shop's money; "" when the project names none.
	Currency string
}

// Runner answers queries on one state of the data. It is safe for concurrent use.
type Runner struct {
	catalog  *Catalog
	dialect  Dialect
	snapshot Snapshot
}

// NewRunner makes a runner for a state of the data, whose snapshot ReadSnapshot gives.
func NewRunner(c *Catalog, d Dialect, s Snapshot) *Runner {
	return &Runner{catalog: c, dialect: d, snapshot: s}
}

// Catalog is what the runner answers from.
func (r *Runner) Catalog() *Catalog { return r.catalog }

// Snapshot is the state that the runner answers for.
func (r *Runner) Snapshot() Snapshot { return r.snapshot }

// spanModel is the model that says what the data covers.
const spanModel = "int_snapshot"

// ReadSnapshot reads what the data covers. A warehouse that was never built gives code
// NotFound.
func ReadSnapshot(ctx context.Context, db Reader, c *Catalog, currency string) (s Snapshot, err error) {
	s.Currency = currency
	m, ok := c.models[spanModel]
	if !ok {
		return s, fault.New(fault.NotFound, "the project has no model %s, which says what the data covers", spanModel)
	}
	sql, _ := form("select snapshot_date, first_transaction_day, last_transaction_day from %.%", ident(m.Schema), ident(m.Table)).statement()
	err = each(ctx, db, sql, nil, func(_ []warehouse.Column, values []any) error {
		for i, target := range []*Day{&s.AsOf, &s.First, &s.Last} {
			if t, ok := values[i].(time.Time); ok {
				*target = DayOf(t)
			}
		}
		return nil
	})
	if s.AsOf != 0 {
		s.Last = min(s.Last, s.AsOf-1)
		s.First = min(s.First, s.Last)
	}
	return s, err
}

// each runs a statement and hands over its rows.
func each(ctx context.Context, db Reader, sql string, args []any, use func(columns []warehouse.Column, values []any) error) (err error) {
	rows, err := db.Query(ctx, sql, args...)
	if err != nil {
		return notBuilt(err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns := rows.Columns()
	for rows.Next() {
		if err := use(columns, rows.Values()); err != nil {
			return err
		}
	}
	return rows.Err()
}

// notBuilt tells of a table that is not there yet in terms of what to do.
func notBuilt(err error) error {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Code != fault.Database {
		return err
	}
	_, after, found := strings.Cut(f.Message, "Table with name ")
	if !found {
		return err
	}
	table, _, _ := strings.Cut(after, " ")
	missing := fault.New(fault.NotFound, "the table %s is not built yet", table).WithHint("`kith build --select %s` builds it", table)
	missing.Err = err
	return missing
}

// Run answers a query.
func (r *Runner) Run(ctx context.Context, db Reader, q Query, scope access.Scope) (*Result, error) {
	s, err := r.Compile(q, scope)
	if err != nil {
		return nil, err
	}
	return r.Execute(ctx, db, s)
}

// Execute runs a compiled query.
func (r *Runner) Execute(ctx context.Context, db Reader, s *Statement) (*Result, error) {
	out := &Result{
		Columns: s.Columns, Rows: [][]any{}, Period: s.calendar.current.period(), IsComplete: true, AsOf: r.snapshot.AsOf,
	}
	if s.calendar.hasCompare {
		p := s.calendar.compared.period()
		out.Comparison = &p
	}
	for _, p := range s.calendar.periods {
		out.IsComplete = out.IsComplete && p.complete
	}
	err := each(ctx, db, s.SQL, s.Args, func(columns []warehouse.Column, values []any) error {
		if len(out.Rows) == s.limit {
			out.IsTruncated = true
			return nil
		}
		for i, v := range values {
			values[i] = resultValue(columns[i].Type, v)
		}
		out.Rows = append(out.Rows, values)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// resultValue fits a warehouse's value of an engine's type to what results hold.
func resultValue(engine string, v any) any {
	switch v := v.(type) {
	case time.Time:
		if typeOf(engine) == Date {
			return DayOf(v)
		}
		return moment(v)
	case *big.Int:
		return warehouse.Decimal{Unscaled: v}
	}
	return v
}

// moment is a time in UTC to the microsecond. It is a text in years that JSON has no times for.
func moment(t time.Time) any {
	t = t.UTC().Truncate(time.Microsecond)
	if t.Year() < 0 || t.Year() > 9999 {
		return t.Format("2006-01-02T15:04:05.999999Z07:00")
	}
	return t
}
