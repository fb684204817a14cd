package cli

import (
	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
	"github.com/kith-analytics/kith/internal/generate"
)

func newDemo(g *global) *cobra.Command {
	var o app.DemoOptions
	cmd := &cobra.Command{
		Use: "demo", Short: "Make a project with synthetic data, build it and look at it", GroupID: groupStart, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if g.logLevel == "" && !g.debug {
				// Hundreds of lines of a build that goes well say less than its summary.
				g.logLevel = "error"
			}
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			bar := &loadBar{s: s}
			o.Out, o.Colour, o.Width, o.Progress = cmd.OutOrStdout(), s.terminal.Color, s.terminal.Width, bar
			o.BeforeSummary = bar.done
			ok, err := s.Demo(cmd.Context(), o)
			bar.done()
			return s.end(done(ok, err))
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&o.Dir, "dir", app.DemoDir, "the folder to make")
	fs.IntVar(&o.Rows, "rows", generate.DefaultRows, "lines of the synthetic sales log, about")
	fs.Uint64Var(&o.Seed, "seed", generate.DefaultSeed, "the number that the data is drawn from: the same gives the same")
	return cmd
}
