package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
)

func newLink(g *global) *cobra.Command {
	return &cobra.Command{
		Use: "link", Short: "Print a link that signs one browser in to the server that runs", GroupID: groupStart, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			link, err := s.Link(cmd.Context())
			if err == nil {
				err = written(fmt.Fprintln(cmd.OutOrStdout(), link))
			}
			return s.end(err)
		},
	}
}

func newPublish(g *global) *cobra.Command {
	return &cobra.Command{
		Use: "publish", Short: "Show the tables as they are in the web app, although a build did not end well", GroupID: groupProject, Args: noArgs,
		Long: `A server shows the data of the last build that ended well. After one that did not, tables may come from
two builds, and the server stays with what it showed before. This shows them all the same.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			version, err := s.Publish(cmd.Context())
			if err == nil {
				err = written(fmt.Fprintln(cmd.OutOrStdout(), "Shown is data version", version))
			}
			return s.end(err)
		},
	}
}
