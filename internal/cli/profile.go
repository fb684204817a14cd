package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/load"
	"github.com/kith-analytics/kith/internal/metric"
	"github.com/kith-analytics/kith/internal/profile"
	"github.com/kith-analytics/kith/internal/terminal"
)

func newProfile(g *global) *cobra.Command {
	var (
		format string
		sample int64
	)
	cmd := &cobra.Command{
		Use: "profile [NAME...]", Short: "Look at a source, a table or a file column by column", GroupID: groupData,
		Long: `Look at tables column by column: types and what texts read as, what is missing, different values, ranges,
repeated rows, malformed values, and what is unusual by rules that docs/profiling.md explains.

NAME is a source (transactions), a model, a table with its schema (silver.int_sales), or a file that kith load
reads; without one, all sources are looked at. Personal columns are counted, and their values never shown.`,
		Example: `  kith profile transactions
  kith profile customers crm.csv
  kith profile gold.fct_transactions --sample 100000
  kith profile --format json > profile.json`,
		Args: cobra.ArbitraryArgs,
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return load.PresetNames(), cobra.ShellCompDirectiveDefault // files as well
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			form, err := terminal.ParseFormat(format)
			if err != nil {
				return err
			}
			if cmd.Flags().Changed("sample") && sample < 1 {
				return fault.New(fault.Usage, "--sample is %d", sample).WithHint("give a number from 1 on")
			}
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			return s.end(s.profile(cmd, form, app.ProfileOptions{Names: args, Sample: sample}))
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&format, "format", string(terminal.Table), "how to print: "+strings.Join(terminal.Formats(), ", "))
	fs.Int64Var(&sample, "sample", 0, "look at as many rows of each table, drawn at random (default: all rows)")
	return cmd
}

// profile prints tables for a person as they come, and for programs all at once.
func (s *session) profile(cmd *cobra.Command, form terminal.Format, o app.ProfileOptions) error {
	tables := []*profile.Table{}
	err := s.Profile(cmd.Context(), o, func(t *profile.Table) error {
		if form == terminal.Table {
			if len(tables) > 0 {
				cmd.Println()
			}
			tables = append(tables, t)
			return s.printProfile(cmd.OutOrStdout(), t)
		}
		tables = append(tables, t)
		return nil
	})
	switch {
	case err != nil:
		return err
	case form == terminal.JSON:
		return writeJSON(cmd, tables)
	case form == terminal.CSV:
		flat, rows := profile.Flat(tables...)
		columns := make([]metric.Column, len(flat))
		for i, c := range flat {
			columns[i] = metric.Column{Name: c.Name, Type: c.Type}
		}
		return s.writeRows(cmd, string(form), columns, rows)
	}
	return nil
}
