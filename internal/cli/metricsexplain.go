package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
	"github.com/kith-analytics/kith/internal/terminal"
)

func newMetricsExplain(g *global) *cobra.Command {
	var (
		flags  metricFlags
		format string
	)
	cmd := &cobra.Command{
		Use: "explain METRIC", Short: "Say what a metric is, and where its figures come from", Args: exactly("one metric"),
		RunE: func(cmd *cobra.Command, args []string) error {
			q, err := flags.query(args)
			if err != nil {
				return err
			}
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			e, err := s.MetricExplain(cmd.Context(), args[0], q)
			if err != nil {
				return s.end(err)
			}
			if format == string(terminal.JSON) {
				return s.end(writeJSON(cmd, e))
			}
			if _, err := fmt.Fprint(cmd.OutOrStdout(), explained(e, s.terminal.Palette())); err != nil {
				err = fault.Wrap(err, fault.Disk, "the output cannot be written")
				return s.end(err)
			}
			return s.end(nil)
		},
	}
	fs := cmd.Flags()
	flags.register(fs)
	fs.StringVar(&format, "format", "text", "how to print: text or json")
	return cmd
}

// explained is an explanation for a terminal.
func explained(e *metric.Explanation, p terminal.Palette) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s\n%s\n\n", p.Bold(e.Label), p.Dim(e.Metric), e.Definition)
	line := func(head, text string) { fmt.Fprintf(&b, "%-10s %s\n", head, text) }
	line("Formula", e.Formula)
	line("Period", e.Period.Label+", as of "+e.AsOf.String())
	line("Defined", fmt.Sprintf("%s:%d", e.Place.File, e.Place.Line))
	if e.BuiltAt != nil {
		line("Built", e.BuiltAt.UTC().Format("2 Jan 2006, 15:04 UTC"))
	}
	for _, m := range e.Models {
		line("Model", fmt.Sprintf("%s (%d tests passed, %d failed): %s", m.Name, m.TestsPassed, m.TestsFailed, m.Description))
	}
	for _, t := range e.Tests {
		if t.Status != "pass" {
			line("Test", t.Name+": "+t.Status)
		}
	}
	line("From", strings.Join(e.Lineage, " > "))
	for _, part := range e.Parts {
		line("Rows", fmt.Sprintf("kith metrics rows %s --part %s   (%s)", e.Metric, part.Metric, part.Model))
	}
	fmt.Fprintf(&b, "\n%s\n", e.SQL)
	return b.String()
}

func newMetricsRows(g *global) *cobra.Command {
	var (
		flags  metricFlags
		q      metric.RowsQuery
		format string
	)
	cmd := &cobra.Command{
		Use: "rows METRIC", Short: "Show the rows behind a figure", Args: exactly("one metric"),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			q.Metric, q.TimeZone = args[0], flags.zone
			if q.From, q.To, err = flags.days(); err != nil {
				return err
			}
			if q.Filters, err = flags.filter(); err != nil {
				return err
			}
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			page, err := s.MetricRows(cmd.Context(), q)
			if err != nil {
				return s.end(err)
			}
			err = s.writeRows(cmd, format, page.Columns, page.Rows)
			if err == nil && page.NextCursor != "" {
				_, err = fmt.Fprintf(cmd.ErrOrStderr(), "More: --cursor %s\n", page.NextCursor)
			}
			return s.end(err)
		},
	}
	fs := cmd.Flags()
	flags.registerRange(fs)
	fs.StringVar(&q.Part, "part", "", "the figure that the metric is made of whose rows to show (default: the first)")
	fs.StringVar(&q.Cursor, "cursor", "", "where to go on, as the page before says")
	fs.IntVar(&q.Limit, "limit", metric.DefaultPage, "the most rows")
	fs.StringVar(&format, "format", string(terminal.Table), "how to print the rows: "+strings.Join(terminal.Formats(), ", "))
	return cmd
}
