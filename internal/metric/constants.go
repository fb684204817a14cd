package metric

import (
	"strconv"
	"strings"
)

// maxWrittenRows is how many rows of constants are written one by one. An engine takes
// longer to read some hundred rows of literals than to add up a year of sales, so that
// more rows come as one text that is taken apart.
const maxWrittenRows = 40

// constantColumn is a column of a table of constants, with the engine's name of its type.
type constantColumn struct {
	name string
	kind static
}

// constants is a CTE of rows that stand in the statement itself. The values are days,
// whole numbers and truths as texts, in which neither blanks nor semicolons occur.
func (p *plan) constants(name string, columns []constantColumn, rows [][]string) fragment {
	if len(rows) > maxWrittenRows {
		lines := make([]string, len(rows))
		for i, row := range rows {
			lines[i] = strings.Join(row, " ")
		}
		fields := make([]fragment, len(columns))
		for i, c := range columns {
			fields[i] = form("cast(split_part(line, ' ', %) as %) as %", integer(i+1), raw(c.kind), ident(c.name))
		}
		return named(name, form("    select %\n    from (select % as line) as lines", list(", ", fields), p.dialect.lines(bind(strings.Join(lines, ";")))))
	}
	names, written := make([]fragment, len(columns)), make([]fragment, len(rows))
	for i, c := range columns {
		names[i] = ident(c.name)
	}
	for i, row := range rows {
		values := make([]fragment, len(row))
		for k, v := range row {
			values[k] = columns[k].literal(v)
		}
		written[i] = form("(%)", list(", ", values))
	}
	return form("% (%) as (\n    values %\n)", ident(name), list(", ", names), list(", ", written))
}

func (c constantColumn) literal(v string) fragment {
	if c.kind == "date" {
		v = "date '" + v + "'"
	}
	return fragment{pieces: []piece{{text: v}}}
}

// windowRows are the windows of a reach as constants.
func (p *plan) windowRows(r reach) ([]constantColumn, [][]string) {
	windows := p.windows(r)
	rows := make([][]string, len(windows))
	for i, w := range windows {
		rows[i] = []string{strconv.Itoa(w.position), strconv.Itoa(int(w.side)), w.days.from.String(), w.days.to.String()}
	}
	return []constantColumn{{"position", "integer"}, {"side", "integer"}, {"first_day", "date"}, {"last_day", "date"}}, rows
}

// periodRows are the periods of the calendar as constants.
func (p *plan) periodRows() ([]constantColumn, [][]string) {
	rows := make([][]string, len(p.calendar.periods))
	for i, q := range p.calendar.periods {
		start := q.current.from
		if p.calendar.hasCompare {
			start = q.compared.from
		}
		rows[i] = []string{strconv.Itoa(i), q.start.String(), strconv.FormatBool(q.complete), start.String(), strconv.FormatBool(p.hasPast(q))}
	}
	return []constantColumn{
		{"position", "integer"}, {"period_start", "date"}, {"is_complete", "boolean"}, {"compared_start", "date"}, {"has_compared", "boolean"},
	}, rows
}
