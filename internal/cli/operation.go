package cli

import (
	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
)

func newOperation(g *global) *cobra.Command {
	var args string
	cmd := &cobra.Command{
		Use: "run-operation MACRO", Short: "Call a macro of the project", GroupID: groupProject, Args: exactly("one macro"),
		Example: `  kith run-operation grant_select --args '{role: reporter}'`,
		RunE: func(cmd *cobra.Command, macro []string) error {
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			s.Announce()
			return s.end(done(s.RunOperation(cmd.Context(), macro[0], args)))
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&args, "args", "", "the macro's arguments as YAML: '{name: value}'")
	g.registerState(fs)
	return cmd
}
