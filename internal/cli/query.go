package cli

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/terminal"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// maxSQL is the most SQL that is read from the standard input: 16 MB.
const maxSQL = 16 << 20

func newQuery(g *global) *cobra.Command {
	var (
		format string
		limit  int
	)
	cmd := &cobra.Command{
		Use: "query SQL|-", Short: "Run one query on the warehouse and print its rows", GroupID: groupData, Args: exactly("one query"),
		Long: `Run one query on the warehouse and print its rows as they come. The query can only read.
With - it is read from the standard input.`,
		Example: `  kith query "select * from gold.mart_loss_waterfall"
  kith query --format csv - < report.sql > report.csv`,
		RunE: func(cmd *cobra.Command, args []string) error {
			form, err := terminal.ParseFormat(format)
			if err != nil {
				return err
			}
			sql, err := sqlFrom(args[0], cmd.InOrStdin())
			if err != nil {
				return err
			}
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			opts := terminal.Options{Color: s.terminal.Color}
			if s.terminal.Interactive {
				opts.Width = s.terminal.Width
			}
			return s.end(s.Query(cmd.Context(), sql, limit, func(rows warehouse.Rows) error {
				_, err := terminal.WriteTable(cmd.OutOrStdout(), rows, form, opts)
				return err
			}))
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&format, "format", string(terminal.Table), "how to print the rows: "+strings.Join(terminal.Formats(), ", "))
	fs.IntVar(&limit, "limit", -1, "rows to print; below 0 for all")
	return cmd
}

// sqlFrom gives the SQL of the argument, or of the standard input.
func sqlFrom(arg string, stdin io.Reader) (string, error) {
	if arg != "-" {
		return arg, nil
	}
	text, err := io.ReadAll(io.LimitReader(stdin, maxSQL+1))
	if err != nil {
		return "", fault.Wrap(err, fault.Disk, "the query cannot be read")
	}
	if len(text) > maxSQL {
		return "", fault.New(fault.Invalid, "the query is longer than %d MB", maxSQL>>20)
	}
	return string(text), nil
}
