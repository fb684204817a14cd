package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/kith-analytics/kith/internal/load"
	"github.com/kith-analytics/kith/internal/terminal"
)

// writePlans shows how files would be read, a column a line.
func writePlans(w io.Writer, plans []load.FilePlan) error {
	var b strings.Builder
	for i := range plans {
		p := &plans[i]
		if i > 0 {
			b.WriteByte('\n')
		}
		source := p.Source
		if source == "" {
			source = "columns as they are"
		}
		fmt.Fprintf(&b, "%s -> %s\n  %s; %s\n", p.Path, p.Table, strings.Join(reading(p), ", "), source)
		writeColumns(&b, p)
	}
	return written(io.WriteString(w, b.String()))
}

// writeColumns shows which column goes where: a name that many kinds of files have
// with a question mark, what the load fills in with "=".
func writeColumns(b *strings.Builder, p *load.FilePlan) {
	var missing []string
	from, to := 1, 0
	names := make([]string, len(p.Columns))
	for i := range p.Columns {
		c := &p.Columns[i]
		switch {
		case c.Value != "":
			names[i] = "= " + c.Value
		case c.From == "" && c.Numbered:
			names[i] = "= row-LOAD-LINE"
		case c.Missing():
			missing = append(missing, c.To)
			continue
		case c.Generic:
			names[i] = c.From + " ?"
		default:
			names[i] = c.From
		}
		from, to = max(from, terminal.Columns(names[i])), max(to, terminal.Columns(c.To))
	}
	for i := range p.Columns {
		c := &p.Columns[i]
		if c.Missing() {
			continue
		}
		line := "  " + terminal.Left(names[i], from) + "  " + terminal.Left(c.To, to) + "  " + c.Type
		if c.Formats != "" {
			line += " (" + c.Formats + ")"
		}
		if c.Decimal != "" {
			line += " (decimal comma)"
		}
		if c.Sample != "" {
			line += "  such as " + terminal.Clip(c.Sample, 30)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	writeGaps(b, missing, p.Ignored, p.Notes)
}

// reading says what kind of file it is.
func reading(p *load.FilePlan) []string {
	out := []string{p.Format}
	if p.Compression != "" && p.Compression != "none" {
		out = append(out, p.Compression)
	}
	if p.Encoding != "" {
		out = append(out, p.Encoding)
	}
	if p.Delimiter != "" {
		out = append(out, fmt.Sprintf("delimiter %q", p.Delimiter))
	}
	if p.Sheet != "" {
		out = append(out, "sheet "+p.Sheet)
	}
	return out
}
