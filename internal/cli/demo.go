package cli

import (
	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
	"github.com/kith-analytics/kith/internal/generate/world"
)

// demoScale is how much the demo makes where nothing is said.
const demoScale = "small"

func newDemo(g *global) *cobra.Command {
	var o app.DemoOptions
	var (
		serve bool
		addr  string
	)
	scale, seed := demoScale, uint64(world.DefaultSeed)
	cmd := &cobra.Command{
		Use: "demo", Short: "Make a project with synthetic data, build it and look at it", GroupID: groupStart, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := world.NewConfig(scale)
			if err != nil {
				return err
			}
			cfg.Seed = seed
			o.World = cfg
			if g.logLevel == "" && !g.debug {
				// Hundreds of lines of a build that goes well say less than its summary.
				g.logLevel = "error"
			}
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			bar := &rateBar{s: s}
			o.Out, o.Colour, o.Width, o.Progress = cmd.OutOrStdout(), s.terminal.Color, s.terminal.Width, bar.rows
			o.BeforeSummary = bar.done
			ok, err := s.Demo(cmd.Context(), o)
			bar.done()
			if err == nil && ok && g.demoServes(cmd, serve, s.terminal.Interactive) {
				server := g.serverOptions(cmd)
				server.Addr, server.Link = addr, true
				err = s.DemoServe(cmd.Context(), o.Dir, server)
			}
			return s.end(done(ok, err))
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&o.Dir, "dir", app.DemoDir, "the folder to make")
	fs.StringVar(&scale, "scale", demoScale, "how much synthetic data: small, medium or large")
	pair(fs, &serve, "serve", "", false, "", "serve it until Ctrl-C (default: where a terminal shows the output)")
	fs.StringVar(&addr, "addr", defaultAddr, "where to serve it; another port is taken where this one is in use")
	fs.Uint64Var(&seed, "seed", world.DefaultSeed, "the number that the data is drawn from: the same gives the same")
	return cmd
}

// demoServes says whether the demo is served when it is built: as the flag says, and
// else where somebody is there to look, unless KITH_DEMO_NO_SERVE is set.
func (g *global) demoServes(cmd *cobra.Command, serve, interactive bool) bool {
	switch {
	case g.env.getenv("KITH_DEMO_NO_SERVE") != "":
		return false
	case cmd.Flags().Changed("serve"):
		return serve
	}
	return interactive
}
