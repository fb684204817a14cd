package cli

import "github.com/spf13/cobra"

func newRun(g *global) *cobra.Command {
	var (
		sel selection
		b   building
	)
	cmd := &cobra.Command{
		Use: "run", Short: "Build models in the order of the graph", GroupID: groupProject, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := g.start(cmd, b.flags(cmd.Flags()))
			if err != nil {
				return err
			}
			s.Announce()
			return s.end(done(s.Run(cmd.Context(), sel.request())))
		},
	}
	fs := cmd.Flags()
	sel.register(fs)
	g.registerState(fs)
	b.registerRefresh(fs)
	b.registerEmpty(fs)
	return cmd
}
