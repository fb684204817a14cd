package cli

import (
	"fmt"
	"strings"

	"github.com/kith-analytics/kith/internal/metric"
	"github.com/kith-analytics/kith/internal/profile"
)

// profileColumns are those of profiles as CSV: a line for each column of each table.
func profileColumns() []metric.Column {
	var out []metric.Column
	for _, c := range []struct{ kind, names string }{
		{"text", "table_name"},
		{"integer", "row_count sampled_rows duplicate_rows"},
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
			out = append(out, metric.Column{Name: name, Type: c.kind})
		}
	}
	return out
}

// profileRows gives the lines. Lists are joined: "value=count" and "rule=count", with
// a bar between them.
func profileRows(tables []*profile.Table) [][]any {
	out := [][]any{}
	for _, t := range tables {
		for i := range t.Columns {
			c := &t.Columns[i]
			row := []any{
				t.Name, t.Rows, pointed(t.Sampled), t.DuplicateRows, c.Name, c.Type, string(c.Kind), c.Personal, c.Nulls, c.Blanks,
				c.Distinct.Count, c.Distinct.Approximate, c.Distinct.Error, c.Malformed, strings.Join(c.MalformedExamples, " | "),
				pointed(c.Least), pointed(c.Greatest), pointed(c.Shortest), pointed(c.Longest),
			}
			if n := c.Numbers; n != nil {
				row = append(row, n.Mean, pointed(n.Deviation), n.LowerQuartile, n.Median, n.UpperQuartile)
			} else {
				row = append(row, nil, nil, nil, nil, nil)
			}
			out = append(out, append(row, frequentList(c), anomalyList(c)))
		}
	}
	return out
}

// pointed gives what a pointer leads to; nil for none.
func pointed[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}

func frequentList(c *profile.Column) string {
	parts := make([]string, len(c.Frequent))
	for i, f := range c.Frequent {
		parts[i] = fmt.Sprintf("%s=%d", f.Value, f.Count)
	}
	return strings.Join(parts, " | ")
}

func anomalyList(c *profile.Column) string {
	parts := make([]string, len(c.Anomalies))
	for i, a := range c.Anomalies {
		parts[i] = fmt.Sprintf("%s=%d", a.Rule, a.Count)
	}
	return strings.Join(parts, " | ")
}
