package adapter

import (
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Templates see a table as agate has it:
//
//	table.columns[0].values(), table.columns['id'], table.column_names
//	table.rows[0]['id'], table[0][0], for row in table, table | length

// GetAttr gives columns, rows, column_names, column_types, print_table, select,
// exclude, limit and where.
func (t *Table) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	switch name {
	case "columns":
		return t.columnList(), true, nil
	case "rows":
		list, err := t.rowList()
		return list, true, err
	case "column_names":
		return stringTuple(t.ColumnNames()), true, nil
	case "column_types":
		kinds := make([]string, len(t.columns))
		for i, c := range t.columns {
			kinds[i] = c.Kind.String()
		}
		return stringTuple(kinds), true, nil
	case "select", "exclude":
		keep := name == "select"
		return jinja.NewFunc(name, func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			return t.project(name, args, keep)
		}), true, nil
	case "print_table":
		return jinja.NewFunc(name, t.printTable), true, nil
	case "limit":
		return jinja.NewFunc(name, t.limit), true, nil
	case "where":
		return jinja.NewFunc(name, t.where), true, nil
	}
	return nil, false, nil
}

// GetItem gives a row by its position.
func (t *Table) GetItem(_ *jinja.Runtime, key jinja.Value) (jinja.Value, bool, error) {
	list, err := t.rowList()
	if err != nil {
		return nil, false, err
	}
	return list.at(key)
}

// Iterate gives the rows.
func (t *Table) Iterate(*jinja.Runtime) (jinja.Iterator, error) {
	list, err := t.rowList()
	if err != nil {
		return nil, err
	}
	return list.Iterate(nil)
}

// Truth is false without rows, as Python has it for a thing of length 0.
func (t *Table) Truth() bool { return t.count > 0 }

// Str gives agate's short text.
func (t *Table) Str() string { return "<Table>" }

// TypeName is agate's.
func (*Table) TypeName() string { return "Table" }

func (t *Table) columnList() *sequence {
	s := &sequence{typeName: "MappedSequence", index: t.index}
	for i := range t.columns {
		s.names = append(s.names, t.columns[i].Name)
		s.items = append(s.items, &columnObject{t, i})
	}
	return s
}

func (t *Table) rowList() (*sequence, error) {
	rows, err := t.Rows()
	if err != nil {
		return nil, err
	}
	s := &sequence{typeName: "MappedSequence", items: make([]jinja.Value, len(rows))}
	names := t.ColumnNames()
	for i, row := range rows {
		s.items[i] = &sequence{typeName: "Row", items: row, names: names, index: t.index}
	}
	return s, nil
}

// project keeps or leaves out the named columns.
func (t *Table) project(name string, args jinja.Args, keep bool) (jinja.Value, error) {
	bound, err := args.Bind(name, jinja.Req("key"))
	if err != nil {
		return nil, err
	}
	wanted := map[int]bool{}
	var order []int
	names := []jinja.Value{bound[0]}
	if _, one := bound[0].(string); !one {
		if names, err = jinja.Collect(bound[0]); err != nil {
			return nil, err
		}
	}
	for _, v := range names {
		i, ok := t.index[jinja.Str(v)]
		if !ok {
			return nil, fault.New(fault.Compile, "the table has no column %s", jinja.Repr(v))
		}
		wanted[i] = true
		order = append(order, i)
	}
	if !keep {
		order = order[:0]
		for i := range t.columns {
			if !wanted[i] {
				order = append(order, i)
			}
		}
	}
	columns := make([]TableColumn, len(order))
	for i, from := range order {
		columns[i] = t.columns[from]
	}
	return NewLazyTable(columns, t.count, func() ([][]jinja.Value, error) {
		rows, err := t.Rows()
		if err != nil {
			return nil, err
		}
		out := make([][]jinja.Value, len(rows))
		for r, row := range rows {
			out[r] = make([]jinja.Value, len(order))
			for i, from := range order {
				out[r][i] = row[from]
			}
		}
		return out, nil
	}), nil
}

// defaultPrintRows is how many rows print_table shows, as in agate.
const defaultPrintRows = 20

// printTable shows the table to people, at most max_rows rows of it.
func (t *Table) printTable(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("print_table", jinja.Opt("max_rows", int64(defaultPrintRows)), jinja.Opt("max_columns", nil),
		jinja.Opt("output", nil), jinja.Opt("max_column_width", nil))
	if err != nil {
		return nil, err
	}
	limit := t.count
	if n, ok := bound[0].(int64); ok && n >= 0 {
		limit = int(n)
	}
	text, err := t.text(limit)
	if err == nil && t.print != nil {
		t.print(strings.TrimSuffix(text, "\n"))
	}
	return nil, err
}

func (t *Table) limit(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("limit", jinja.Req("n"))
	if err != nil {
		return nil, err
	}
	rows, err := t.Rows()
	if err != nil {
		return nil, err
	}
	n, ok := bound[0].(int64)
	if !ok || n < 0 {
		return nil, fault.New(fault.Compile, "limit takes a number of rows, not %s", jinja.Repr(bound[0]))
	}
	return NewTable(t.columns, rows[:min(int(n), len(rows))]), nil
}

// where keeps the rows for which the given macro or function is true.
func (t *Table) where(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("where", jinja.Req("test"))
	if err != nil {
		return nil, err
	}
	list, err := t.rowList()
	if err != nil {
		return nil, err
	}
	rows, err := t.Rows()
	if err != nil {
		return nil, err
	}
	var kept [][]jinja.Value
	for i, row := range list.items {
		v, err := rt.Call(bound[0], jinja.Pos(row))
		if err != nil {
			return nil, err
		}
		if jinja.Truth(v) {
			kept = append(kept, rows[i])
		}
	}
	return NewTable(t.columns, kept), nil
}

// columnObject is one column of a table.
type columnObject struct {
	table *Table
	at    int
}

// GetAttr gives name, index, data_type, values and values_distinct.
func (c *columnObject) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	switch name {
	case "name":
		return c.table.columns[c.at].Name, true, nil
	case "index":
		return int64(c.at), true, nil
	case "data_type":
		return c.table.columns[c.at].Kind.String(), true, nil
	case "values":
		return noArgs(name, func() (jinja.Value, error) {
			vals, err := c.values()
			return jinja.Tuple(vals), err
		}), true, nil
	case "values_distinct":
		return noArgs(name, func() (jinja.Value, error) {
			vals, err := c.values()
			if err != nil {
				return nil, err
			}
			set, err := jinja.NewSet(vals...)
			if err != nil {
				return nil, err
			}
			return jinja.NewTuple(set.Items()...), nil
		}), true, nil
	}
	return nil, false, nil
}

// GetItem gives the value of the row at a position.
func (c *columnObject) GetItem(_ *jinja.Runtime, key jinja.Value) (jinja.Value, bool, error) {
	vals, err := c.values()
	if err != nil {
		return nil, false, err
	}
	return (&sequence{items: vals}).at(key)
}

// Iterate gives the values.
func (c *columnObject) Iterate(*jinja.Runtime) (jinja.Iterator, error) {
	vals, err := c.values()
	if err != nil {
		return nil, err
	}
	return (&sequence{items: vals}).Iterate(nil)
}

// Len gives the number of values.
func (c *columnObject) Len() int { return c.table.count }

// TypeName is agate's.
func (*columnObject) TypeName() string { return "Column" }

func (c *columnObject) values() ([]jinja.Value, error) {
	rows, err := c.table.Rows()
	if err != nil {
		return nil, err
	}
	out := make([]jinja.Value, len(rows))
	for i, row := range rows {
		out[i] = row[c.at]
	}
	return out, nil
}
