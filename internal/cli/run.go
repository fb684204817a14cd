package cli

import "github.com/spf13/cobra"

func newRun(g *global) *cobra.Command {
	var (
		sel selection
		b   building
		at  times
	)
	cmd := &cobra.Command{
		Use: "run", Short: "Build models in the order of the graph", GroupID: groupProject, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			flags, err := at.into(b.flags(cmd.Flags()), g.env.Now())
			if err != nil {
				return err
			}
			s, err := g.start(cmd, flags)
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
	at.register(fs)
	return cmd
}
