package cli

import "github.com/spf13/cobra"

func newSnapshot(g *global) *cobra.Command {
	var (
		sel selection
		b   building
	)
	cmd := &cobra.Command{
		Use: "snapshot", Short: "Keep the history of changing rows: run the snapshots", GroupID: groupProject, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := g.start(cmd, b.flags(cmd.Flags()))
			if err != nil {
				return err
			}
			s.Announce()
			return s.end(done(s.Snapshot(cmd.Context(), sel.request())))
		},
	}
	fs := cmd.Flags()
	sel.register(fs)
	g.registerState(fs)
	b.registerEmpty(fs)
	return cmd
}
