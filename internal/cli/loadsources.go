package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/load"
	"github.com/kith-analytics/kith/internal/terminal"
	"github.com/kith-analytics/kith/internal/warehouse"
)

func newLoadSources(g *global) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use: "sources", Short: "List the sources that files can be loaded as, and what a file needs for each", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			form, err := terminal.ParseFormat(format)
			if err != nil {
				return err
			}
			presets, err := load.Presets()
			if err != nil {
				return err
			}
			screen := terminal.Detect(g.env.Stdout, g.env.getenv)
			opts := terminal.Options{Color: screen.Color && g.useColors, HideCount: true}
			if screen.Interactive {
				opts.Width = screen.Width
			}
			_, err = terminal.WriteTable(cmd.OutOrStdout(), &sourceRows{presets: presets}, form, opts)
			return err
		},
	}
	cmd.Flags().StringVar(&format, "format", string(terminal.Table), "how to print them: "+strings.Join(terminal.Formats(), ", "))
	return cmd
}

// sourceRows gives the presets as a result, one a row.
type sourceRows struct {
	presets []*load.Mapping
	next    int
}

// Columns are the name, the table, what a file needs at least, and what the source is.
func (r *sourceRows) Columns() []warehouse.Column {
	return []warehouse.Column{
		{Name: "source", Type: "VARCHAR"},
		{Name: "table_name", Type: "VARCHAR"},
		{Name: "needs", Type: "VARCHAR"},
		{Name: "about", Type: "VARCHAR"},
	}
}

// Next goes to the next preset.
func (r *sourceRows) Next() bool {
	r.next++
	return r.next <= len(r.presets)
}

// Values gives the current preset.
func (r *sourceRows) Values() []any {
	m := r.presets[r.next-1]
	return []any{m.Source, m.Table, strings.Join(m.Required(), ", "), m.About}
}

// Err gives nil: nothing can fail.
func (r *sourceRows) Err() error { return nil }

// Close does nothing.
func (r *sourceRows) Close() error { return nil }

// sourceNames lists the names for the help, wrapped and indented.
func sourceNames() string {
	names := load.PresetNames()
	const width = 96
	var b strings.Builder
	line := " "
	for i, name := range names {
		word := " " + name
		if i < len(names)-1 {
			word += ","
		}
		if len(line)+len(word) > width {
			b.WriteString(line + "\n")
			line = " "
		}
		line += word
	}
	b.WriteString(line + "\n")
	return b.String()
}
