package cli

import (
	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
)

func newSource(g *global) *cobra.Command {
	cmd := &cobra.Command{
		Use: "source", Short: "Work with the data that the project reads", GroupID: groupProject, Args: knownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newFreshness(g))
	return cmd
}

func newFreshness(g *global) *cobra.Command {
	var (
		sel    selection
		output string
	)
	cmd := &cobra.Command{
		Use: "freshness", Aliases: []string{"snapshot-freshness"}, Short: "Check how old the youngest row of each source is", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			s.Announce()
			return s.end(done(s.Freshness(cmd.Context(), app.FreshnessOptions{Selection: sel.request(), Output: output})))
		},
	}
	fs := cmd.Flags()
	sel.register(fs)
	g.registerState(fs)
	fs.StringVarP(&output, "output", "o", "", "the file for the answers (default: sources.json in the target folder)")
	return cmd
}
