package profile

import (
	"context"
	"errors"
	"math"
	"math/big"
	"strconv"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// Read looks at a table. Errors are those of db, and of code Usage for a request that
// makes no sense.
func Read(ctx context.Context, db Reader, r Request) (*Table, error) {
	if len(r.Columns) == 0 {
		return nil, fault.New(fault.NotFound, "%s has no columns to look at", r.Name)
	}
	if r.Sample < 0 {
		return nil, fault.New(fault.Usage, "a sample of %d rows cannot be drawn", r.Sample).WithHint("give a number from 1 on")
	}
	keys, err := keyPlaces(r.Keys, r.Columns)
	if err != nil {
		return nil, err
	}
	columns := make([]measured, len(r.Columns))
	for i, c := range r.Columns {
		columns[i] = measured{Input: c}
		columns[i].family, columns[i].kind = stored(c.Type)
	}
	rows, synthetic, err := plan(ctx, db, r, columns)
	if err != nil {
		return nil, err
	}
	s := statement{
		relation: r.Relation, columns: columns, keys: keys, large: looked(rows, r.Sample) > ExactRows,
		now: strconv.FormatInt(r.Now.Unix(), 10),
	}
	out := &Table{Name: r.Name, At: r.Now.UTC(), Rows: rows, Synthetic: synthetic, Keys: []Key{}, Columns: []Column{}, Notes: []string{}}
	if r.Sample > 0 && r.Sample < rows {
		s.sample, out.Sampled = r.Sample, &r.Sample
	}
	err = each(ctx, db, s.sql(), r.Args, func(f figures) error {
		if len(out.Columns) == 0 {
			out.DuplicateRows = f.count("duplicate_rows")
			out.Keys = keysOf(f, r.Keys)
		}
		out.Columns = append(out.Columns, columnOf(f, &columns[len(out.Columns)], s.large))
		return nil
	})
	return out, err
}

// looked is how many rows are looked at.
func looked(rows, sample int64) int64 {
	if sample > 0 {
		return min(rows, sample)
	}
	return rows
}

// plan counts the rows, and decides which columns of a large table have too many
// different values for each to be counted.
func plan(ctx context.Context, db Reader, r Request, columns []measured) (rows, synthetic int64, err error) {
	err = each(ctx, db, counting(r, columns, false), r.Args, func(f figures) error {
		rows, synthetic = f.count("row_count"), f.count("synthetic_rows")
		return nil
	})
	size := looked(rows, r.Sample)
	if err != nil || size <= ExactRows {
		return rows, synthetic, err
	}
	parts := int64(1)
	for size/parts > ExactRows/4 {
		parts *= 2
	}
	err = each(ctx, db, counting(r, columns, true), r.Args, func(f figures) error {
		for i, n := range f.list("distinct_counts") {
			columns[i].unlisted = whole(n) > ExactValues
			columns[i].parts = parts
		}
		return nil
	})
	return rows, synthetic, err
}

// figures is a row of a result, by the names of its columns.
type figures map[string]any

// each runs a statement and hands over its rows.
func each(ctx context.Context, db Reader, sql string, args []any, use func(figures) error) (err error) {
	rows, err := db.Query(ctx, sql, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns := rows.Columns()
	for rows.Next() {
		f := make(figures, len(columns))
		for i, v := range rows.Values() {
			f[columns[i].Name] = v
		}
		if err := use(f); err != nil {
			return err
		}
	}
	return rows.Err()
}

// count gives a whole number; 0 for null.
func (f figures) count(name string) int64 { return whole(f[name]) }

// text gives a text; nil for null.
func (f figures) text(name string) *string {
	if s, ok := f[name].(string); ok {
		return &s
	}
	return nil
}

// number gives a number; nil for null and what is not finite.
func (f figures) number(name string) *float64 {
	if x, ok := f[name].(float64); ok && !math.IsNaN(x) && !math.IsInf(x, 0) {
		return &x
	}
	return nil
}

func (f figures) list(name string) []any {
	list, _ := f[name].([]any)
	return list
}

func whole(v any) int64 {
	switch v := v.(type) {
	case int64:
		return v
	case *big.Int:
		return v.Int64()
	case warehouse.Decimal:
		return int64(v.Float64())
	}
	return 0
}

// keysOf gives what was found of each key.
func keysOf(f figures, keys [][]string) []Key {
	out := []Key{}
	for i, v := range f.list("keys") {
		found, _ := v.(map[string]any)
		out = append(out, Key{Columns: keys[i], Nulls: whole(found["nulls"]), Duplicates: whole(found["duplicates"])})
	}
	return out
}

// day writes a bound of a histogram of moments.
func day(seconds float64) string { return time.Unix(int64(seconds), 0).UTC().Format(time.DateOnly) }
