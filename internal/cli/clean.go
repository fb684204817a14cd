package cli

import (
	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
)

func newClean(g *global) *cobra.Command {
	inside := true
	cmd := &cobra.Command{
		Use: "clean", Short: "Remove the folders in clean-targets", GroupID: groupProject, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			s.Announce()
			return s.end(s.Clean(cmd.Context(), !inside))
		},
	}
	pair(cmd.Flags(), &inside, "clean-project-files-only", "", true, "DBT_CLEAN_PROJECT_FILES_ONLY", "also remove folders outside the project")
	return cmd
}
