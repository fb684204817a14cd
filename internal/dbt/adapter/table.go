package adapter

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// Kind is what a table's column holds, in the terms that dbt's templates ask for.
type Kind uint8

// The kinds.
const (
	KindText Kind = iota
	KindInteger
	KindNumber // exact or floating
	KindBoolean
	KindDate
	KindDateTime
)

// String gives agate's name for the kind.
func (k Kind) String() string {
	switch k {
	case KindInteger:
		return "Integer"
	case KindNumber:
		return "Number"
	case KindBoolean:
		return "Boolean"
	case KindDate:
		return "Date"
	case KindDateTime:
		return "DateTime"
	default:
		return "Text"
	}
}

// SQLType gives the type that a seed column of this kind gets.
func (k Kind) SQLType(decimals bool) string {
	switch k {
	case KindInteger:
		return "integer"
	case KindNumber:
		if decimals {
			return "float8"
		}
		return "integer"
	case KindBoolean:
		return "boolean"
	case KindDate:
		return "date"
	case KindDateTime:
		return "timestamp without time zone"
	default:
		return "text"
	}
}

// TableColumn heads one column of a table.
type TableColumn struct {
	Name string
	Kind Kind
	// Decimals says that some value of a KindNumber column has a fraction.
	Decimals bool
	// Type is the SQL type that a table of this column gets; "" for the kind's.
	Type string
}

// Table is a result or a seed: columns and rows in order, as dbt's agate tables.
// It does not change.
type Table struct {
	columns []TableColumn
	count   int
	load    func() ([][]jinja.Value, error)
	index   map[string]int
	loader  Loader       // nil unless the table is a seed
	print   func(string) // takes what print_table shows; nil for nobody
}

// Loader fills a relation with a seed's rows in one statement.
type Loader interface {
	// LoadSQL gives the statement. quoted are the names of the columns as SQL
	// writes them and types those of the relation, both in the seed's order.
	LoadSQL(relation string, quoted, types []string) string
}

// NewTable makes a table of rows, each as long as columns.
func NewTable(columns []TableColumn, rows [][]jinja.Value) *Table {
	return NewLazyTable(columns, len(rows), func() ([][]jinja.Value, error) { return rows, nil })
}

// NewLazyTable makes a table of count rows that load reads once a template asks
// for one.
func NewLazyTable(columns []TableColumn, count int, load func() ([][]jinja.Value, error)) *Table {
	t := &Table{columns: columns, count: count, load: sync.OnceValues(load), index: make(map[string]int, len(columns))}
	for i, c := range slices.Backward(columns) {
		t.index[c.Name] = i
	}
	return t
}

// NewSeedTable is NewLazyTable for a seed, which loader can load without its rows
// being read here.
func NewSeedTable(columns []TableColumn, count int, load func() ([][]jinja.Value, error), loader Loader) *Table {
	t := NewLazyTable(columns, count, load)
	t.loader = loader
	return t
}

// Columns gives the heads of the columns.
func (t *Table) Columns() []TableColumn { return t.columns }

// Len gives the number of rows.
func (t *Table) Len() int { return t.count }

// Rows gives the rows, each as long as Columns.
func (t *Table) Rows() ([][]jinja.Value, error) { return t.load() }

// ColumnNames gives the names in order.
func (t *Table) ColumnNames() []string {
	out := make([]string, len(t.columns))
	for i, c := range t.columns {
		out[i] = c.Name
	}
	return out
}

// fetch runs sql and reads the rows of its last statement.
func (a *Adapter) fetch(ctx context.Context, sql string, limit int) (_ *Table, err error) {
	rows, err := a.cfg.Session.Query(ctx, sql)
	if fault.Is(err, fault.Invalid) {
		// The session takes one statement; a template may send several, or none.
		parts := splitStatements(sql)
		if len(parts) == 0 {
			return NewTable(nil, nil), nil
		}
		for _, part := range parts[:len(parts)-1] {
			if _, err = a.cfg.Session.Exec(ctx, part); err != nil {
				return nil, err
			}
		}
		rows, err = a.cfg.Session.Query(ctx, parts[len(parts)-1])
	}
	if err != nil {
		return nil, err
	}
	defer func() {
		if cerr := rows.Close(); err == nil {
			err = cerr
		}
	}()
	names := uniqueNames(rows.Columns())
	convert := make([]converter, len(names))
	columns := make([]TableColumn, len(names))
	for i, c := range rows.Columns() {
		columns[i] = TableColumn{Name: names[i]}
		columns[i].Kind, convert[i] = converterOf(c.Type)
	}
	var out [][]jinja.Value
	for (limit <= 0 || len(out) < limit) && rows.Next() {
		raw := rows.Values()
		row := make([]jinja.Value, len(raw))
		for i, v := range raw {
			row[i] = convert[i](v)
			if columns[i].Kind == KindNumber && !columns[i].Decimals {
				columns[i].Decimals = hasFraction(row[i])
			}
		}
		out = append(out, row)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	table := NewTable(columns, out)
	table.print = a.cfg.Print
	return table, nil
}

// uniqueNames gives the columns' names, with _2, _3 ... added to repeated ones.
func uniqueNames(columns []warehouse.Column) []string {
	count := make(map[string]int, len(columns))
	out := make([]string, len(columns))
	for i, c := range columns {
		count[c.Name]++
		out[i] = c.Name
		if n := count[c.Name]; n > 1 {
			out[i] += "_" + strconv.Itoa(n)
		}
	}
	return out
}

// text lays the table out for a terminal: a rule of pipes, at most maxRows rows.
func (t *Table) text(maxRows int) (string, error) {
	rows, err := t.Rows()
	if err != nil {
		return "", err
	}
	cut := len(rows) > maxRows
	if cut {
		rows = rows[:maxRows]
	}
	width := make([]int, len(t.columns))
	for i, c := range t.columns {
		width[i] = len([]rune(c.Name))
	}
	cells := make([][]string, len(rows))
	for r, row := range rows {
		cells[r] = make([]string, len(row))
		for i, v := range row {
			if v != nil {
				cells[r][i] = jinja.Str(v)
			}
			width[i] = max(width[i], len([]rune(cells[r][i])))
		}
	}
	var b strings.Builder
	line := func(cell func(i int) string) {
		for i := range t.columns {
			b.WriteString("| " + cell(i) + " ")
		}
		b.WriteString("|\n")
	}
	line(func(i int) string { return fmt.Sprintf("%-*s", width[i], t.columns[i].Name) })
	line(func(i int) string { return strings.Repeat("-", width[i]) })
	for _, row := range cells {
		line(func(i int) string {
			if k := t.columns[i].Kind; k == KindInteger || k == KindNumber {
				return fmt.Sprintf("%*s", width[i], row[i])
			}
			return fmt.Sprintf("%-*s", width[i], row[i])
		})
	}
	if cut {
		b.WriteString("... " + strconv.Itoa(t.count-maxRows) + " more rows\n")
	}
	return b.String(), nil
}
