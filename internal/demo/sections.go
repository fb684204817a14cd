package demo

import (
	"fmt"
	"strings"

	"github.com/kith-analytics/kith/internal/terminal"
)

// overall is the title and the tiles. Its one row has the columns of overall.sql.
func (p *page) overall(rows [][]any) {
	title := p.palette.Bold("Customer summary")
	if p.opts.Synthetic {
		title += "  " + p.palette.Badge("SYNTHETIC DATA")
	}
	p.line(title)
	if len(rows) == 0 {
		p.line(p.palette.Dim("The log has no transactions yet."))
		return
	}
	r := rows[0]
	p.line(p.palette.Dim(fmt.Sprintf("Transactions from %s to %s, seen from %s", day(r[1]), day(r[2]), day(r[0]))))
	p.line(p.palette.Dim(strings.Repeat("─", p.width)))
	p.tiles([]tile{
		{"Net revenue", units(r[5]), "guests " + units(r[6])},
		{"Customers", count(r[3]), count(r[10]) + " came back"},
		{"Orders", count(r[4]), ratio(r[8]) + " a customer"},
		{"Order value", cents(r[7]), "net, by order"},
	})
	p.line()
	p.tiles([]tile{
		{"Repeat rate", percent(r[9]), "two orders or more"},
		{"Churned", percent(r[11]), count(r[12]) + " customers"},
		{"Active in 30 days", count(r[15]), "stickiness " + percent(r[16])},
		{"Margin a customer", cents(r[17]), "median " + cents(r[18])},
	})
}

// tile is a key figure: what it is, the figure, and one remark.
type tile struct{ name, figure, remark string }

func (p *page) tiles(row []tile) {
	each := p.width / len(row)
	cell := func(text string) string { return terminal.Left(terminal.Clip(text, each-2), each) }
	var names, figures, remarks strings.Builder
	for _, t := range row {
		names.WriteString(p.palette.Dim(cell(t.name)))
		figures.WriteString(p.palette.Bold(p.palette.Accent(cell(t.figure))))
		remarks.WriteString(p.palette.Dim(cell(t.remark)))
	}
	p.line(names.String())
	p.line(figures.String())
	p.line(remarks.String())
}

// weeks is a sparkline. A log of many years shows its last weeks.
func (p *page) weeks(rows [][]any) {
	if len(rows) == 0 {
		return
	}
	if len(rows) > p.width {
		rows = rows[len(rows)-p.width:]
	}
	values := make([]float64, len(rows))
	peak := 0
	for i, r := range rows {
		if values[i] = size(r[1]); values[i] > values[peak] {
			peak = i
		}
	}
	p.heading("Net revenue by week", fmt.Sprintf("peak %s in the week of %s", units(rows[peak][1]), day(rows[peak][0])))
	p.line(p.palette.Accent(terminal.Spark(values)))
	first, last := day(rows[0][0]), day(rows[len(rows)-1][0])
	if gap := len(rows) - terminal.Columns(first) - terminal.Columns(last); gap > 0 {
		p.line(p.palette.Dim(first + strings.Repeat(" ", gap) + last))
	}
}

// waterfall has a bar for each class: in full what is left below it, and behind
// that what the class takes away, at least one column of it.
func (p *page) waterfall(rows [][]any) {
	p.heading("Loss waterfall", "each line has one class; what is left goes on to the next")
	const nameWidth, countWidth, shareWidth, moneyWidth = 16, 10, 8, 15
	barWidth := p.width - nameWidth - countWidth - shareWidth - moneyWidth - 2
	p.line(p.palette.Dim(terminal.Left("class", nameWidth) + terminal.Right("lines", countWidth) +
		terminal.Right("share", shareWidth) + terminal.Right("money", moneyWidth) + "  left"))
	total := 0.0
	for _, r := range rows {
		total += size(r[1])
	}
	for i, r := range rows {
		left := int(size(r[4])/total*float64(barWidth-1) + 0.5)
		taken := max(1, int(size(r[1])/total*float64(barWidth-1)+0.5))
		bar := p.palette.Accent(strings.Repeat("█", left)) + p.palette.Bad(strings.Repeat("░", taken))
		if i == len(rows)-1 {
			// The last class is what the others were taken away for.
			bar = p.palette.Good(strings.Repeat("█", taken))
		}
		p.line(terminal.Left(word(r[0]), nameWidth), terminal.Right(count(r[1]), countWidth),
			terminal.Right(percent(r[2]), shareWidth), terminal.Right(cents(r[3]), moneyWidth), "  ", bar)
	}
}

func (p *page) segments(rows [][]any) {
	p.heading("RFM segments", "by recency, frequency and money, five scores each")
	p.groups(rows, func(int) func(string) string { return p.palette.Accent })
}

func (p *page) churn(rows [][]any) {
	p.heading("Churn risk", "by days since the last order")
	colors := []func(string) string{p.palette.Good, p.palette.Warn, p.palette.Warn, p.palette.Bad}
	p.groups(rows, func(i int) func(string) string { return colors[min(i, len(colors)-1)] })
}

// groups writes rows of name, customers, share, revenue and remark, with a bar
// for the customers. The remark needs a wide terminal.
func (p *page) groups(rows [][]any, color func(int) func(string) string) {
	const nameWidth, countWidth, shareWidth, moneyWidth, remarkWidth, leastBar = 22, 9, 9, 14, 46, 14
	barWidth := p.width - nameWidth - countWidth - shareWidth - moneyWidth - 2
	remarks := barWidth >= remarkWidth+leastBar
	if remarks {
		barWidth -= remarkWidth
	}
	p.line(p.palette.Dim(terminal.Left("group", nameWidth) + terminal.Right("people", countWidth) +
		terminal.Right("share", shareWidth) + terminal.Right("net revenue", moneyWidth)))
	most := 0.0
	for _, r := range rows {
		most = max(most, size(r[1]))
	}
	for i, r := range rows {
		bar := color(i)(terminal.Bar(size(r[1]), most, barWidth))
		remark := ""
		if remarks {
			remark = strings.Repeat(" ", barWidth-terminal.Columns(bar)+2) +
				p.palette.Dim(terminal.Clip(word(r[4]), remarkWidth-2))
		}
		p.line(terminal.Left(word(r[0]), nameWidth), terminal.Right(count(r[1]), countWidth),
			terminal.Right(percent(r[2]), shareWidth), terminal.Right(units(r[3]), moneyWidth), "  ", bar, remark)
	}
}

func (p *page) best(rows [][]any) {
	p.heading("Best customers", "by historic margin")
	p.people(rows)
}

func (p *page) lapsing(rows [][]any) {
	p.heading("Lapsing customers", "at high risk of leaving, the most valuable first")
	p.people(rows)
}

func (p *page) people(rows [][]any) {
	const segmentWidth, ordersWidth, daysWidth, revenueWidth = 20, 8, 10, 14
	rest := p.width - segmentWidth - ordersWidth - daysWidth - revenueWidth
	countryWidth := rest * 4 / 7
	idWidth := rest - countryWidth
	cell := func(text string, width int) string { return terminal.Left(terminal.Clip(text, width-1), width) }
	write := func(id, country, segment, orders, days, revenue string) string {
		return cell(id, idWidth) + cell(country, countryWidth) + cell(segment, segmentWidth) +
			terminal.Right(orders, ordersWidth) + terminal.Right(days, daysWidth) + terminal.Right(revenue, revenueWidth)
	}
	if len(rows) == 0 {
		p.line(p.palette.Dim("none"))
		return
	}
	p.line(p.palette.Dim(write("customer", "country", "segment", "orders", "days ago", "net revenue")))
	for _, r := range rows {
		p.line(write(word(r[0]), word(r[1]), word(r[2]), count(r[3]), count(r[4]), units(r[5])))
	}
}

// next says what to type, with commands that can be pasted.
func (p *page) next() {
	p.heading("Next", "")
	command := p.opts.Command
	if command == "" {
		command = "kith"
	}
	project := ""
	if p.opts.ProjectDir != "" {
		project = " --project-dir " + quote(p.opts.ProjectDir)
	}
	for _, step := range []struct{ remark, arguments string }{
		{"ask in SQL", `query "from gold.mart_loss_waterfall"` + project},
		{"change a model, then build and test again", "build" + project},
		{"load a sales log of your own, once more with build", "load --preset online-retail FILE" + project},
	} {
		p.line("  ", p.palette.Accent(command+" "+step.arguments))
		p.line("      ", p.palette.Dim(step.remark))
	}
}

// quote makes a path one word for a shell.
func quote(path string) string {
	const harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+:,@%"
	if strings.Trim(path, harmless) == "" {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}
