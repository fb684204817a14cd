package cli

import "github.com/spf13/cobra"

func newTest(g *global) *cobra.Command {
	var (
		sel selection
		b   building
	)
	cmd := &cobra.Command{
		Use: "test", Short: "Run the tests on what has been built", GroupID: groupProject, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := g.start(cmd, b.flags(cmd.Flags()))
			if err != nil {
				return err
			}
			s.Announce()
			return s.end(done(s.Test(cmd.Context(), sel.request())))
		},
	}
	fs := cmd.Flags()
	sel.register(fs)
	g.registerState(fs)
	sel.registerTypes(fs)
	b.registerStore(fs)
	return cmd
}
