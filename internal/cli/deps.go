package cli

import (
	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
)

func newDeps(g *global) *cobra.Command {
	return &cobra.Command{
		Use: "deps", Short: "Install the local packages of packages.yml", GroupID: groupProject, Args: noArgs,
		Long: `Install the packages that packages.yml or dependencies.yml names with local: into the packages folder, as links where the
system has them. Kith does not go to the network: other packages are put into that folder by hand, and are then found there.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			s.Announce()
			return s.end(s.Deps(cmd.Context()))
		},
	}
}
