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
		from, to := 0, 0
		for _, c := range p.Columns {
			from, to = max(from, terminal.Columns(c.From)), max(to, terminal.Columns(c.To))
		}
		for _, c := range p.Columns {
			name := c.From
			if name == "" {
				name = "-"
			}
			line := "  " + terminal.Left(name, max(from, 1)) + "  " + terminal.Left(c.To, to) + "  " + c.Type
			if c.Sample != "" {
				line += "  such as " + terminal.Clip(c.Sample, 30)
			}
			b.WriteString(strings.TrimRight(line, " ") + "\n")
		}
		if len(p.Ignored) > 0 {
			fmt.Fprintf(&b, "  not loaded: %s\n", strings.Join(p.Ignored, ", "))
		}
		for _, note := range p.Notes {
			fmt.Fprintf(&b, "  %s\n", note)
		}
	}
	return written(io.WriteString(w, b.String()))
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
