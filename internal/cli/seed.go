package cli

import "github.com/spf13/cobra"

func newSeed(g *global) *cobra.Command {
	var (
		sel  selection
		b    building
		show bool
	)
	cmd := &cobra.Command{
		Use: "seed", Short: "Load the seed files into tables", GroupID: groupProject, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := g.start(cmd, b.flags(cmd.Flags()))
			if err != nil {
				return err
			}
			s.Announce()
			return s.end(done(s.Seed(cmd.Context(), sel.request(), show)))
		},
	}
	fs := cmd.Flags()
	sel.register(fs)
	g.registerState(fs)
	b.registerRefresh(fs)
	fs.BoolVar(&show, "show", false, "print some rows of each seed")
	return cmd
}
