package cli

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/kith-analytics/kith/internal/metric"
	"github.com/kith-analytics/kith/internal/profile"
	"github.com/kith-analytics/kith/internal/terminal"
)

// printProfile writes a table's profile for a person: what it is, its columns, and what
// is unusual.
func (s *session) printProfile(w io.Writer, t *profile.Table) error {
	var b strings.Builder
	palette := s.terminal.Palette()
	fmt.Fprintf(&b, "%s: %s\n", palette.Bold(t.Name), summaryOf(t))
	for _, k := range t.Keys {
		fmt.Fprintf(&b, "Key %s: %s\n", strings.Join(k.Columns, ", "), keyOf(k))
	}
	for _, note := range t.Notes {
		fmt.Fprintf(&b, "Note: %s\n", note)
	}
	b.WriteString("\n")
	if err := written(io.WriteString(w, b.String())); err != nil {
		return err
	}
	opts := terminal.Options{Color: s.terminal.Color, HideCount: true}
	if s.terminal.Interactive {
		opts.Width = s.terminal.Width
	}
	if _, err := terminal.WriteTable(w, profileLines(t, opts.Width), terminal.Table, opts); err != nil {
		return err
	}
	unusual := unusualRows(t)
	if len(unusual) == 0 {
		return written(io.WriteString(w, "\nNothing unusual was found.\n"))
	}
	if err := written(fmt.Fprintf(w, "\n%s\n", palette.Bold("What is unusual"))); err != nil {
		return err
	}
	columns := []metric.Column{{Name: "column", Type: "text"}, {Name: "rows", Type: "integer"}, {Name: "what", Type: "text"}, {Name: "for example", Type: "text"}}
	_, err := terminal.WriteTable(w, newResultRows(columns, unusual), terminal.Table, opts)
	return err
}

// looked is how many rows the figures of a table are of.
func looked(t *profile.Table) int64 {
	if t.Sampled != nil {
		return *t.Sampled
	}
	return t.Rows
}

func summaryOf(t *profile.Table) string {
	out := plural(t.Rows, "row")
	switch t.Synthetic {
	case 0:
	case t.Rows:
		out += ", synthetic"
	default:
		out += fmt.Sprintf(", %s of them synthetic", count(t.Synthetic))
	}
	if t.Sampled != nil {
		out += fmt.Sprintf("; all below is of %s of them, drawn at random", count(*t.Sampled))
	}
	switch t.DuplicateRows {
	case 0:
		return out + "; none repeats another"
	case 1:
		return out + "; 1 repeats another in all columns"
	}
	return out + fmt.Sprintf("; %s repeat another in all columns", count(t.DuplicateRows))
}

func keyOf(k profile.Key) string {
	if k.Duplicates == 0 && k.Nulls == 0 {
		return "different in every row"
	}
	out := "different in every row that has one"
	if k.Duplicates > 0 {
		out = plural(k.Duplicates, "row") + " with one that another row has"
	}
	if k.Nulls > 0 {
		out += ", " + plural(k.Nulls, "row") + " without"
	}
	return out
}

func plural(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return count(n) + " " + noun + "s"
}

// wideScreen is how many columns a screen needs for all that a line can tell.
const wideScreen = 120

// profileLines gives a line for each column: of personal ones, counts alone. A narrow
// screen shows the values that tell most, and leaves out the stored type. Counts are
// texts in columns of numbers, to stand on the right.
func profileLines(t *profile.Table, width int) *resultRows {
	wide := width == 0 || width >= wideScreen
	columns := []metric.Column{
		{Name: "column", Type: "text"},
		{Name: "reads as", Type: "text"},
		{Name: "null", Type: "integer"},
		{Name: "distinct", Type: "integer"},
		{Name: "values", Type: "text"},
	}
	if wide {
		columns = slices.Insert(columns, 1, metric.Column{Name: "type", Type: "text"})
		columns[len(columns)-1].Name = "range"
		columns = append(columns, metric.Column{Name: "most frequent", Type: "text"})
	}
	seen := looked(t)
	rows := make([][]any, len(t.Columns))
	for i := range t.Columns {
		c := &t.Columns[i]
		kind := string(c.Kind)
		if c.Personal {
			kind += ", personal"
		}
		null, distinct, span, frequent := shareOf(c.Nulls+c.Blanks, seen), distinctText(c.Distinct), rangeText(c), frequentText(c, seen)
		switch {
		case wide:
			rows[i] = []any{c.Name, c.Type, kind, null, distinct, span, frequent}
		case c.Kind == profile.Text && frequent != "":
			rows[i] = []any{c.Name, kind, null, distinct, frequent}
		default:
			rows[i] = []any{c.Name, kind, null, distinct, span}
		}
	}
	return newResultRows(columns, rows)
}

// shareOf gives a part in percent, so that only none is 0% and only all is 100%.
func shareOf(n, all int64) string {
	switch {
	case n == 0 || all == 0:
		return "0%"
	case n == all:
		return "100%"
	}
	percent := float64(n) / float64(all) * 100
	switch {
	case percent < 0.1:
		return "<0.1%"
	case percent > 99.9:
		return ">99.9%"
	}
	return strconv.FormatFloat(percent, 'f', 1, 64) + "%"
}

func distinctText(d profile.Distinct) string {
	if !d.Approximate {
		return count(d.Count)
	}
	return fmt.Sprintf("about %s ±%.1f%%", count(d.Count), d.Error*100)
}

// rangeText tells what lies between the ends: for numbers the median, for texts the lengths.
func rangeText(c *profile.Column) string {
	switch {
	case c.Personal || c.Least == nil || c.Greatest == nil:
		return ""
	case c.Numbers != nil:
		return fmt.Sprintf("%s … %s, median %s, mean %s", *c.Least, *c.Greatest, figure(c.Numbers.Median), figure(c.Numbers.Mean))
	case c.Shortest != nil && c.Longest != nil && *c.Shortest == *c.Longest:
		return fmt.Sprintf("%s … %s, %s", *c.Least, *c.Greatest, plural(*c.Longest, "character"))
	case c.Shortest != nil && c.Longest != nil:
		return fmt.Sprintf("%s … %s, %s to %s", *c.Least, *c.Greatest, count(*c.Shortest), plural(*c.Longest, "character"))
	}
	return *c.Least + " … " + *c.Greatest
}

// figure writes a number with six digits that count.
func figure(x float64) string {
	return terminal.Group(strconv.FormatFloat(x, 'g', 6, 64))
}

func frequentText(c *profile.Column, rows int64) string {
	const shown = 2
	var parts []string
	for i, f := range c.Frequent {
		if i == shown {
			break
		}
		parts = append(parts, fmt.Sprintf("%s (%s)", f.Value, shareOf(f.Count, rows)))
	}
	return strings.Join(parts, ", ")
}

// unusualRows lists malformed values and what the rules found.
func unusualRows(t *profile.Table) [][]any {
	var out [][]any
	for i := range t.Columns {
		c := &t.Columns[i]
		if c.Malformed > 0 {
			out = append(out, []any{c.Name, count(c.Malformed), "do not read as " + string(c.Kind), strings.Join(c.MalformedExamples, ", ")})
		}
		for _, a := range c.Anomalies {
			example := ""
			if a.Example != nil {
				example = *a.Example
			}
			out = append(out, []any{c.Name, count(a.Count), a.Text, example})
		}
	}
	return out
}
