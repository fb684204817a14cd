package profile

import (
	"fmt"
	"strings"
)

// FlatColumn is a column of profiles as one table; Type is text, integer, number or boolean.
type FlatColumn struct{ Name, Type string }

// Flat gives profiles as one table, a row for each column of each table. Lists are
// joined to "value=count" and "rule=count", with a bar between them. Values are nil,
// string, int64, float64 or bool.
func Flat(tables ...*Table) (columns []FlatColumn, rows [][]any) {
	rows = [][]any{}
	for _, t := range tables {
		for i := range t.Columns {
			rows = append(rows, flatRow(t, &t.Columns[i]))
		}
	}
	return flatColumns(), rows
}

func flatColumns() (out []FlatColumn) {
	for _, c := range []struct{ kind, names string }{
		{"text", "table_name"},
		{"integer", "row_count synthetic_rows sampled_rows duplicate_rows"},
		{"text", "column_name type kind"},
		{"boolean", "is_personal"},
		{"integer", "null_count blank_count distinct_count"},
		{"boolean", "distinct_is_approximate"},
		{"number", "distinct_relative_error"},
		{"integer", "malformed_count"},
		{"text", "malformed_examples min max"},
		{"integer", "shortest_length longest_length"},
		{"number", "mean standard_deviation lower_quartile median upper_quartile"},
		{"text", "frequent anomalies"},
	} {
		for name := range strings.FieldsSeq(c.names) {
			out = append(out, FlatColumn{Name: name, Type: c.kind})
		}
	}
	return out
}

func flatRow(t *Table, c *Column) []any {
	row := []any{
		t.Name, t.Rows, t.Synthetic, pointed(t.Sampled), t.DuplicateRows, c.Name, c.Type, string(c.Kind), c.Personal, c.Nulls, c.Blanks,
		c.Distinct.Count, c.Distinct.Approximate, c.Distinct.Error, c.Malformed, strings.Join(c.MalformedExamples, " | "),
		pointed(c.Least), pointed(c.Greatest), pointed(c.Shortest), pointed(c.Longest),
	}
	if n := c.Numbers; n != nil {
		row = append(row, n.Mean, pointed(n.Deviation), n.LowerQuartile, n.Median, n.UpperQuartile)
	} else {
		row = append(row, nil, nil, nil, nil, nil)
	}
	frequent := make([]string, len(c.Frequent))
	for i, f := range c.Frequent {
		frequent[i] = fmt.Sprintf("%s=%d", f.Value, f.Count)
	}
	anomalies := make([]string, len(c.Anomalies))
	for i, a := range c.Anomalies {
		anomalies[i] = fmt.Sprintf("%s=%d", a.Rule, a.Count)
	}
	return append(row, strings.Join(frequent, " | "), strings.Join(anomalies, " | "))
}

// pointed gives what a pointer leads to; nil for none.
func pointed[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}
