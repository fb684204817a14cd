package demo

import (
	"fmt"
	"strings"

	"github.com/kith-analytics/kith/internal/terminal"
)

// The sections of the systems besides sales. A system whose sources have no rows has
// nothing to show, and its section is left out.

// spending has the columns of spending.sql.
func (p *page) spending(rows [][]any) {
	if len(rows) == 0 {
		return
	}
	p.heading("Spending segments", "by rules from behaviour: everyone is in exactly one")
	p.table([]column{
		{"segment", 24, false},
		{"people", 9, true},
		{"share", 9, true},
		{"net revenue", 14, true},
		{"lifetime value", 16, true},
		{"ESG score", 11, true},
		{"retained", 10, true},
	}, rows, func(r []any) []string {
		return []string{word(r[0]), count(r[1]), percent(r[2]), units(r[3]), units(r[4]), score(r[5]), percent(r[6])}
	})
}

// clusters has the columns of clusters.sql.
func (p *page) clusters(rows [][]any) {
	if len(rows) == 0 {
		return
	}
	p.heading("Groups by model", "nearest of five centroids in recency, frequency, money")
	p.table([]column{
		{"group", 24, false}, {"people", 9, true}, {"share", 9, true}, {"revenue", 14, true}, {"active in 30 days", 20, true},
	}, rows, func(r []any) []string {
		return []string{word(r[0]), count(r[1]), percent(r[2]), units(r[3]), percent(r[4])}
	})
}

// initiatives has the columns of initiatives.sql.
func (p *page) initiatives(rows [][]any) {
	if len(rows) == 0 {
		return
	}
	p.heading("ESG initiatives", "effect on a treated customer's revenue in 30 days")
	p.table([]column{
		{"initiative", 32, false}, {"treated", 9, true}, {"control", 9, true}, {"effect", 10, true}, {"95 % interval", 20, true},
	}, rows, func(r []any) []string {
		effect := signed(r[3])
		if told, _ := r[6].(bool); !told {
			effect = p.palette.Dim(effect)
		}
		return []string{word(r[0]), count(r[1]), count(r[2]), effect, signed(r[4]) + " to " + signed(r[5])}
	})
	p.line(p.palette.Dim("An effect whose interval holds 0 is not told apart from none."))
}

// experience is two rows of tiles. Its one row has the columns of experience.sql.
func (p *page) experience(rows [][]any) {
	if len(rows) == 0 {
		return
	}
	r := rows[0]
	p.heading("Experience", "what customers say and do besides buying")
	p.tiles([]tile{
		{"NPS", signed(r[0]), signed(r[1]) + " to " + signed(r[2]) + ", n " + count(r[3])},
		{"Satisfied", percent(r[4]), "n " + count(r[5])},
		{"First response", minutes(r[6]), count(r[7]) + " open"},
	})
	p.line()
	p.tiles([]tile{
		{"Members", count(r[8]), count(r[9]) + " points open"},
		{"Visits that buy", percent(r[10]), "of " + count(r[11])},
		{"Invitations taken", percent(r[12]), "of " + count(r[13])},
	})
}

// channels has the columns of channels.sql.
func (p *page) channels(rows [][]any) {
	if len(rows) == 0 {
		return
	}
	p.heading("Acquisition", "what a new customer costs, and who buys again in 90 days")
	p.table([]column{
		{"channel", 24, false}, {"new customers", 15, true}, {"spend", 14, true}, {"cost of one", 13, true}, {"buy again", 12, true},
	}, rows, func(r []any) []string {
		return []string{word(r[0]), count(r[1]), units(r[2]), cents(r[3]), percent(r[4])}
	})
}

// findings are sentences, folded to the width.
func (p *page) findings(rows [][]any) {
	if len(rows) == 0 {
		return
	}
	p.heading("Findings", "computed, with their intervals")
	for _, r := range rows {
		for i, line := range folded(word(r[0])+": "+word(r[1]), p.width-2) {
			mark := "  "
			if i == 0 {
				mark = p.palette.Accent("· ")
			}
			p.line(mark, line)
		}
	}
}

// column is a head, a width and a side.
type column struct {
	head  string
	width int
	right bool
}

// table writes rows in columns. What does not fit the page is left out from the right.
func (p *page) table(columns []column, rows [][]any, cells func([]any) []string) {
	fits, used := 0, 0
	for fits < len(columns) && used+columns[fits].width <= p.width {
		used += columns[fits].width
		fits++
	}
	columns = columns[:fits]
	write := func(of func(i int) string, style func(string) string) {
		var b strings.Builder
		for i, c := range columns {
			text := of(i)
			if c.right {
				b.WriteString(strings.Repeat(" ", max(0, c.width-terminal.Columns(text))) + text)
				continue
			}
			b.WriteString(terminal.Left(terminal.Clip(text, c.width-1), c.width))
		}
		p.line(style(b.String()))
	}
	write(func(i int) string { return columns[i].head }, p.palette.Dim)
	for _, r := range rows {
		texts := cells(r)
		write(func(i int) string { return texts[i] }, func(s string) string { return s })
	}
}

// folded breaks a text between words.
func folded(text string, width int) []string {
	var lines []string
	line := ""
	for w := range strings.FieldsSeq(text) {
		switch {
		case line == "":
			line = w
		case terminal.Columns(line)+1+terminal.Columns(w) <= width:
			line += " " + w
		default:
			lines = append(lines, line)
			line = w
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// signed gives a figure with its sign and one decimal, score one without a sign.
func signed(value any) string {
	v, ok := value.(float64)
	if !ok {
		return absent
	}
	return strings.Replace(fmt.Sprintf("%+.1f", v), "-", "−", 1)
}

func score(value any) string {
	v, ok := value.(float64)
	if !ok {
		return absent
	}
	return fmt.Sprintf("%.1f", v)
}

// minutes gives a span as people say it.
func minutes(value any) string {
	v, ok := value.(float64)
	switch {
	case !ok:
		return absent
	case v < 120:
		return fmt.Sprintf("%.0f min", v)
	default:
		return fmt.Sprintf("%.1f h", v/60)
	}
}
