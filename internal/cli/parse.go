package cli

import (
	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
)

func newParse(g *global) *cobra.Command {
	return &cobra.Command{
		Use: "parse", Short: "Read and check the project, and write manifest.json", GroupID: groupProject, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			defer haste()()
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			s.Announce()
			return s.end(s.Parse(cmd.Context()))
		},
	}
}
