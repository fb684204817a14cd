package cli

import (
	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
)

func newDebug(g *global) *cobra.Command {
	var o app.DebugOptions
	cmd := &cobra.Command{
		Use: "debug", Short: "Check the project, the profile and the warehouse", GroupID: groupProject, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			o.Colour = s.terminal.Color
			if !o.ConfigDir {
				s.Announce()
			}
			return s.end(done(s.Debug(cmd.Context(), o)))
		},
	}
	cmd.Flags().BoolVar(&o.ConfigDir, "config-dir", false, "only print the folder of profiles.yml")
	cmd.Flags().BoolVar(&o.Connection, "connection", false, "check the warehouse alone")
	return cmd
}
