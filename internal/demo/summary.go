// Package demo renders what a built project says about its customers on one
// terminal screen or two. It computes nothing: every figure is a column of a
// gold table, and the queries are in sql/.
package demo

import (
	"context"
	"embed"
	"io"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/terminal"
	"github.com/kith-analytics/kith/internal/warehouse"
)

//go:embed sql/*.sql
var queries embed.FS

// Widths between which the layout stretches, in columns.
const (
	minWidth = 80
	maxWidth = 120
)

// Options says how the summary looks.
type Options struct {
	// Color allows escape sequences for colour.
	Color bool
	// Width is the number of columns; 80 to 120 are used, 0 means 80.
	Width int
	// ProjectDir is the project as the reader would name it on the command line;
	// empty for the current folder.
	ProjectDir string
	// Command is how the reader starts the program; empty means kith.
	Command string
	// Synthetic puts a badge beside the title: the data describes nobody.
	Synthetic bool
}

// Summary reads the gold tables and writes key figures, weekly revenue, the loss
// waterfall, RFM segments, churn risk, the best and the lapsing customers; spending
// segments, the groups of the model, the effect of initiatives, what customers say
// and do, what they cost, and what to type next. Tables without rows give no section
// or an empty one; a project that is
// not built yet gives a fault that says so. Nothing is written before everything
// was read.
func Summary(ctx context.Context, session warehouse.Session, w io.Writer, opts Options) error {
	p := page{
		opts: opts, palette: terminal.NewPalette(opts.Color),
		width: min(max(opts.Width, minWidth), maxWidth),
	}
	for _, s := range p.sections() {
		rows, err := read(ctx, session, s.query)
		if err != nil {
			return err
		}
		s.render(rows)
	}
	p.next()
	if _, err := io.WriteString(w, p.text.String()); err != nil {
		return fault.Wrap(err, fault.Disk, "write the summary")
	}
	return nil
}

// page is the summary being written. Its width is between the bounds.
type page struct {
	opts    Options
	palette terminal.Palette
	width   int
	text    strings.Builder
}

// section is a query and how its rows are shown.
type section struct {
	query  string
	render func([][]any)
}

// sections are in reading order: sales and customers, then spending, the groups of
// the model, initiatives, experience, and what of it is worth knowing.
func (p *page) sections() []section {
	return []section{
		{"overall", p.overall},
		{"weeks", p.weeks},
		{"waterfall", p.waterfall},
		{"segments", p.segments},
		{"churn", p.churn},
		{"best", p.best},
		{"lapsing", p.lapsing},
		{"spending", p.spending},
		{"clusters", p.clusters},
		{"initiatives", p.initiatives},
		{"experience", p.experience},
		{"channels", p.channels},
		{"findings", p.findings},
	}
}

// read runs one of the queries; they are all short.
func read(ctx context.Context, session warehouse.Session, name string) (all [][]any, err error) {
	text, err := queries.ReadFile("sql/" + name + ".sql")
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "query %s", name)
	}
	defer func() {
		if err != nil && fault.Is(err, fault.Database) {
			err = fault.Wrap(err, fault.Database, "the summary cannot read the project's gold tables").
				WithHint("build them first: kith build")
		}
	}()
	rows, err := session.Query(ctx, string(text))
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		all = append(all, rows.Values())
	}
	if err := rows.Err(); err != nil {
		_ = rows.Close() // the error of reading tells more
		return nil, err
	}
	return all, rows.Close()
}

func (p *page) line(parts ...string) {
	p.text.WriteString(strings.TrimRight(strings.Join(parts, ""), " "))
	p.text.WriteByte('\n')
}

// heading starts a section: its name, and what the name does not say.
func (p *page) heading(title, remark string) {
	p.line()
	p.line(p.palette.Bold(title), "  ", p.palette.Dim(terminal.Clip(remark, p.width-terminal.Columns(title)-2)))
}
