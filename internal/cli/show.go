package cli

import (
	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
)

func newShow(g *global) *cobra.Command {
	var (
		sel            selection
		inline, output string
		limit          int
	)
	cmd := &cobra.Command{
		Use: "show", Short: "Run the SQL of a node, or of --inline, and show the first rows", GroupID: groupProject, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			asJSON, err := jsonOrText(output)
			if err != nil {
				return err
			}
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			s.Announce()
			width := 0
			if s.terminal.Interactive {
				width = s.terminal.Width
			}
			return s.end(s.Show(cmd.Context(), app.ShowOptions{
				Selection: sel.request(), Inline: inline, Limit: limit, JSON: asJSON, Quiet: g.quiet, Width: width, Colour: s.terminal.Color,
			}))
		},
	}
	fs := cmd.Flags()
	sel.register(fs)
	g.registerState(fs)
	fs.StringVar(&inline, "inline", "", "SQL with templates to run instead of a node")
	fs.IntVar(&limit, "limit", 5, "rows to show; below 0 for all")
	fs.StringVar(&output, "output", "text", "how to show the rows: text or json")
	return cmd
}
