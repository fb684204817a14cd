package rowdiff

import "strings"

// What stands before a row.
const (
	headMark    = "@@"
	alikeMark   = ""
	changedMark = "→"
	addedMark   = "+++"
	removedMark = "---"
	gapMark     = "..."
	arrow       = "→"
	null        = "NULL"
)

// render writes the rows in aligned columns, each line ended as dbt does.
func render(columns []string, pairs []pair) string {
	lines := [][]string{append([]string{headMark}, columns...)}
	gap := false
	for i, p := range pairs {
		near := i > 0 && pairs[i-1].differs() || i+1 < len(pairs) && pairs[i+1].differs()
		if !p.differs() && !near {
			if !gap {
				lines = append(lines, gapLine(len(columns)))
			}
			gap = true
			continue
		}
		gap = false
		lines = append(lines, p.line())
	}
	widths := make([]int, len(columns)+1)
	for _, line := range lines {
		for i, cell := range line {
			widths[i] = max(widths[i], len([]rune(cell)))
		}
	}
	var b strings.Builder
	for _, line := range lines {
		for i, cell := range line {
			b.WriteString(cell)
			if i+1 < len(line) {
				b.WriteString(strings.Repeat(" ", widths[i]-len([]rune(cell))) + ",")
			}
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

func gapLine(columns int) []string {
	line := make([]string, columns+1)
	for i := range line {
		line[i] = gapMark
	}
	return line
}

func (p pair) line() []string {
	mark := alikeMark
	switch {
	case p.expected == nil:
		mark = addedMark
	case p.actual == nil:
		mark = removedMark
	case p.differs():
		mark = changedMark
	}
	line := []string{mark}
	for i, v := range p.key() {
		text := shown(v)
		if p.expected != nil && p.actual != nil && !same(p.expected[i], v) {
			text = shown(p.expected[i]) + arrow + text
		}
		line = append(line, quoted(text))
	}
	return line
}

func shown(v *string) string {
	if v == nil {
		return null
	}
	return *v
}

// quoted writes a text that holds the separator, or quotes, in quotes.
func quoted(text string) string {
	if !strings.ContainsAny(text, ",\"\n") {
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
}
