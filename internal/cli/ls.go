package cli

import (
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
	"github.com/kith-analytics/kith/internal/fault"
)

func newList(g *global) *cobra.Command {
	var (
		sel    selection
		output string
		keys   []string
	)
	cmd := &cobra.Command{
		Use: "ls", Aliases: []string{"list"}, Short: "List the nodes of the project", GroupID: groupProject, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			request, err := sel.listing()
			if err != nil {
				return err
			}
			defer haste()()
			g.buffered = true
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			s.Announce()
			return s.end(s.List(cmd.Context(), app.ListOptions{
				Selection: request, Output: app.ListOutput(strings.ToLower(output)), Keys: words(keys),
			}))
		},
	}
	fs := cmd.Flags()
	sel.register(fs)
	g.registerState(fs)
	sel.registerTypes(fs)
	fs.Lookup("models").Usage, fs.Lookup("models").Hidden = "like --select, of models only", false
	fs.StringVar(&output, "output", string(app.BySelector), "what to print of each: selector, name, path or json")
	fs.StringArrayVar(&keys, "output-keys", nil, "properties for --output json, such as name config.materialized")
	return cmd
}

// hasteGC is the garbage collector's percentage for commands that end before a
// collection pays: a quarter of the time of ls went into it.
const hasteGC = 400

// haste makes the collector rare until the function that it gives is called.
// Someone's own GOGC above that stays.
func haste() func() {
	before := debug.SetGCPercent(hasteGC)
	if before < 0 || before > hasteGC {
		debug.SetGCPercent(before)
	}
	return func() { debug.SetGCPercent(before) }
}

// listing is the request of ls, where --models means models only.
func (s *selection) listing() (app.Selection, error) {
	request := s.request()
	if len(s.models) == 0 {
		return request, nil
	}
	if len(s.choose) > 0 || len(s.types) > 0 {
		return request, fault.New(fault.Usage, "--models does not go with --select or --resource-type").WithHint("use --select and --resource-type model")
	}
	request.Types = []string{"model"}
	return request, nil
}

// words takes apart values that hold several words.
func words(values []string) []string {
	var out []string
	for _, v := range values {
		out = append(out, strings.Fields(v)...)
	}
	return out
}
