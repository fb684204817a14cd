package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
	"github.com/kith-analytics/kith/internal/fault"
)

func newCompile(g *global) *cobra.Command {
	var (
		sel            selection
		b              building
		inline, output string
		introspect     bool
	)
	cmd := &cobra.Command{
		Use: "compile", Short: "Render the SQL of nodes into the target folder", GroupID: groupProject, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			asJSON, err := jsonOrText(output)
			if err != nil {
				return err
			}
			flags := b.flags(cmd.Flags())
			flags.Introspect = given(cmd.Flags(), "introspect", introspect)
			s, err := g.start(cmd, flags)
			if err != nil {
				return err
			}
			s.Announce()
			return s.end(s.Compile(cmd.Context(), app.CompileOptions{
				Selection: sel.request(), Inline: inline, JSON: asJSON, Quiet: g.quiet,
			}))
		},
	}
	fs := cmd.Flags()
	sel.register(fs)
	g.registerState(fs)
	b.registerRefresh(fs)
	b.registerEmpty(fs)
	fs.StringVar(&inline, "inline", "", "SQL with templates to compile instead of nodes")
	fs.StringVar(&output, "output", "text", "how to show the SQL: text or json")
	pair(fs, &introspect, "introspect", "", true, "DBT_INTROSPECT", "let no template ask the warehouse")
	return cmd
}

// jsonOrText reads --output of compile and show.
func jsonOrText(output string) (asJSON bool, err error) {
	switch strings.ToLower(output) {
	case "text":
		return false, nil
	case "json":
		return true, nil
	}
	return false, fault.New(fault.Usage, "--output: there is no form %q", output).WithHint("use text or json")
}
