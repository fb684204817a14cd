package cli

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
	"github.com/kith-analytics/kith/internal/metric"
	"github.com/kith-analytics/kith/internal/terminal"
	"github.com/kith-analytics/kith/internal/warehouse"
)

func newMetricsQuery(g *global) *cobra.Command {
	var (
		flags  metricFlags
		format string
		limit  int
		sql    bool
	)
	cmd := &cobra.Command{
		Use: "query METRIC...", Short: "Ask for metrics", Args: cobra.MinimumNArgs(1),
		Example: `  kith metrics query net_revenue orders --grain month --compare year
  kith metrics query customers --by country --top 5+rest --from 2025-01-01
  kith metrics query net_revenue --grain month --sql`,
		RunE: func(cmd *cobra.Command, args []string) error {
			q, err := flags.query(args)
			if err != nil {
				return err
			}
			q.Limit = limit
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			if sql {
				text, err := s.MetricSQL(cmd.Context(), q)
				if err == nil {
					_, err = fmt.Fprintln(cmd.OutOrStdout(), text)
				}
				return s.end(err)
			}
			result, err := s.MetricQuery(cmd.Context(), q)
			if err != nil {
				return s.end(err)
			}
			return s.end(s.writeRows(cmd, format, result.Columns, result.Rows))
		},
	}
	fs := cmd.Flags()
	flags.register(fs)
	fs.StringVar(&format, "format", string(terminal.Table), "how to print the rows: "+strings.Join(terminal.Formats(), ", "))
	fs.IntVar(&limit, "limit", metric.DefaultLimit, "the most rows")
	fs.BoolVar(&sql, "sql", false, "print the SQL, which any client of the warehouse can run, and do not run it")
	return cmd
}

func wholeNumber(text string) (int, error) { return strconv.Atoi(text) }

// writeRows prints a result's rows.
func (s *session) writeRows(cmd *cobra.Command, format string, columns []metric.Column, rows [][]any) error {
	form, err := terminal.ParseFormat(format)
	if err != nil {
		return err
	}
	opts := terminal.Options{Color: s.terminal.Color}
	if s.terminal.Interactive {
		opts.Width = s.terminal.Width
	}
	_, err = terminal.WriteTable(cmd.OutOrStdout(), newResultRows(columns, rows), form, opts)
	return err
}

// resultRows shows rows in memory as a warehouse's.
type resultRows struct {
	columns []warehouse.Column
	rows    [][]any
	at      int
}

func newResultRows(columns []metric.Column, rows [][]any) *resultRows {
	types := map[string]string{"date": "DATE", "integer": "BIGINT", "decimal": "DECIMAL(38,4)", "number": "DOUBLE", "boolean": "BOOLEAN", "time": "TIMESTAMP"}
	r := &resultRows{rows: rows, at: -1}
	for _, c := range columns {
		t := types[c.Type]
		if t == "" {
			t = "VARCHAR"
		}
		r.columns = append(r.columns, warehouse.Column{Name: c.Name, Type: t})
	}
	return r
}

// Columns gives the names and types.
func (r *resultRows) Columns() []warehouse.Column { return r.columns }

// Next steps to the next row.
func (r *resultRows) Next() bool {
	r.at++
	return r.at < len(r.rows)
}

// Values gives the row, with days as times.
func (r *resultRows) Values() []any {
	row := make([]any, len(r.rows[r.at]))
	for i, v := range r.rows[r.at] {
		if d, ok := v.(metric.Day); ok {
			row[i] = d.Time()
			continue
		}
		row[i] = v
	}
	return row
}

// Err gives nil: rows in memory do not fail.
func (r *resultRows) Err() error { return nil }

// Close does nothing.
func (r *resultRows) Close() error { return nil }
