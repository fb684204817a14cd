package cli

import "github.com/spf13/cobra"

func newClone(g *global) *cobra.Command {
	var (
		sel selection
		b   building
	)
	cmd := &cobra.Command{
		Use: "clone", Short: "Show the relations of another environment, of --state, in this one", GroupID: groupProject, Args: noArgs,
		Example: `  kith clone --state prod-artifacts --select marts`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := g.start(cmd, b.flags(cmd.Flags()))
			if err != nil {
				return err
			}
			s.Announce()
			return s.end(done(s.Clone(cmd.Context(), sel.request())))
		},
	}
	fs := cmd.Flags()
	sel.register(fs)
	sel.registerTypes(fs)
	b.registerRefresh(fs)
	g.registerState(fs)
	return cmd
}
