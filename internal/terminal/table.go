package terminal

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// Format is a form of a result.
type Format string

// The formats.
const (
	// Table has aligned columns, for a person.
	Table Format = "table"
	// CSV has a header and the quoting of RFC 4180, with LF at the line ends. NULL
	// is an empty field, the empty string is "".
	CSV Format = "csv"
	// JSON is an array of objects, one a line.
	JSON Format = "json"
)

// Formats lists the formats, for help and messages.
func Formats() []string { return []string{string(Table), string(CSV), string(JSON)} }

// ParseFormat reads a format's name; an unknown one gives a fault of code Usage.
func ParseFormat(name string) (Format, error) {
	switch f := Format(strings.ToLower(name)); f {
	case Table, CSV, JSON:
		return f, nil
	default:
		return "", fault.New(fault.Usage, "there is no format %q", name).
			WithHint("use one of %s", strings.Join(Formats(), ", "))
	}
}

// Options are for the Table format; the others need none.
type Options struct {
	// Width is how many columns a line may take; 0 for as many as it needs.
	// Columns share what there is, and cells are cut with an ellipsis.
	Width int
	// Color styles the header and NULL.
	Color bool
	// HideCount leaves out the last line with the number of rows.
	HideCount bool
}

// sampleRows is how many rows decide the widths of a table's columns; a result
// is streamed beyond them, so memory is bounded.
const sampleRows = 1000

// WriteTable writes a result in a format and gives the number of rows. It reads
// rows to the end, and does not close them. An error of rows comes back as it
// is, one of w with code Disk; what was written by then is not taken back.
func WriteTable(w io.Writer, rows warehouse.Rows, format Format, opts Options) (int, error) {
	out := bufio.NewWriter(w)
	var n int
	var err error
	switch format {
	case Table:
		n, err = writeTable(out, rows, opts)
	case CSV:
		n, err = writeCSV(out, rows)
	case JSON:
		n, err = writeJSON(out, rows)
	default:
		return 0, fault.New(fault.Internal, "there is no format %q", string(format))
	}
	if flushed := out.Flush(); err == nil && flushed != nil {
		err = fault.Wrap(flushed, fault.Disk, "write the result")
	}
	return n, err
}

// grid is a table whose columns have their final widths.
type grid struct {
	out     *bufio.Writer
	palette Palette
	kinds   []kind
	numbers []bool // aligned to the right
	widths  []int
}

func writeTable(out *bufio.Writer, rows warehouse.Rows, opts Options) (int, error) {
	columns := rows.Columns()
	g := grid{out: out, palette: NewPalette(opts.Color), kinds: kinds(columns)}
	head := make([]string, len(columns))
	for i, c := range columns {
		head[i] = printable(c.Name)
		g.numbers = append(g.numbers, g.kinds[i] == numeric && !isList(c))
	}
	var sample [][]string
	for len(sample) < sampleRows && rows.Next() {
		sample = append(sample, g.cells(rows.Values()))
	}
	g.widths = fit(natural(head, sample), g.numbers, opts.Width)
	g.line(head, true)
	g.rule()
	for _, cells := range sample {
		g.line(cells, false)
	}
	n := len(sample)
	for n >= sampleRows && rows.Next() {
		g.line(g.cells(rows.Values()), false)
		n++
	}
	if err := rows.Err(); err != nil {
		return n, err
	}
	if !opts.HideCount {
		unit := "rows"
		if n == 1 {
			unit = "row"
		}
		fmt.Fprintln(out, g.palette.Dim(fmt.Sprintf("(%s %s)", Group(strconv.Itoa(n)), unit)))
	}
	return n, nil
}

func kinds(columns []warehouse.Column) []kind {
	all := make([]kind, len(columns))
	for i, c := range columns {
		all[i] = kindOf(c)
	}
	return all
}

// null marks a cell without a value; no text looks like it, for printable
// takes NUL away.
const null = "\x00"

func (g *grid) cells(values []any) []string {
	cells := make([]string, len(values))
	for i, v := range values {
		if v == nil {
			cells[i] = null
			continue
		}
		cells[i] = printable(text(v, g.kinds[i]))
	}
	return cells
}

func (g *grid) line(cells []string, head bool) {
	var b strings.Builder
	for i, cell := range cells {
		if i > 0 {
			b.WriteString("  ")
		}
		isNull := cell == null
		if isNull {
			cell = "NULL"
		}
		if g.numbers[i] {
			cell = Right(cell, g.widths[i])
		} else {
			cell = Left(cell, g.widths[i])
		}
		switch {
		case head:
			cell = g.palette.Bold(cell)
		case isNull:
			cell = g.palette.Dim(cell)
		}
		b.WriteString(cell)
	}
	// bufio keeps the first error until Flush.
	fmt.Fprintln(g.out, strings.TrimRight(b.String(), " "))
}

func (g *grid) rule() {
	parts := make([]string, len(g.widths))
	for i, w := range g.widths {
		parts[i] = strings.Repeat("─", w)
	}
	fmt.Fprintln(g.out, g.palette.Dim(strings.Join(parts, "  ")))
}

// natural gives the width that each column asks for.
func natural(head []string, sample [][]string) []int {
	const nullWidth = 4
	widths := make([]int, len(head))
	for i, name := range head {
		widths[i] = max(1, Columns(name))
	}
	for _, cells := range sample {
		for i, cell := range cells {
			if cell == null {
				widths[i] = max(widths[i], nullWidth)
				continue
			}
			widths[i] = max(widths[i], Columns(cell))
		}
	}
	return widths
}

// fit takes away from the widest columns until a line fits into width: from
// texts first, since a number that is cut tells something else.
func fit(widths []int, numbers []bool, width int) []int {
	const gap, least = 2, 6
	if width <= 0 {
		return widths
	}
	total := gap * (len(widths) - 1)
	for _, w := range widths {
		total += w
	}
	for _, all := range []bool{false, true} {
		for total > width {
			widest := -1
			for i, w := range widths {
				if (all || !numbers[i]) && w > least && (widest < 0 || w > widths[widest]) {
					widest = i
				}
			}
			if widest < 0 {
				break
			}
			widths[widest]--
			total--
		}
	}
	return widths
}

// printable makes one safe line of text: data must not move the cursor or
// change the colours of a reader's terminal.
func printable(s string) string {
	if strings.IndexFunc(s, unprintable) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case unprintable(r):
			b.WriteRune(unicode.ReplacementChar)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// unprintable is true for controls, and for the marks that turn the direction of
// text around, with which a line can be made to read as another.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}
