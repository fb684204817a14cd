package cli

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/kith-analytics/kith/internal/app"
	"github.com/kith-analytics/kith/internal/fault"
)

func newRetry(g *global) *cobra.Command {
	cmd := &cobra.Command{
		Use: "retry", Short: "Run again what failed or was skipped in the last run", GroupID: groupProject, Args: noArgs,
		Long: `Run again, with the same command and flags, the nodes of the last run that failed or were skipped.
The last run is that of run_results.json in the target folder, or in --state. --vars, --threads and --full-refresh may be given anew.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.retry(cmd) },
	}
	fs := cmd.Flags()
	fs.StringVar(&g.state, "state", "", "the folder of the run_results.json to start from (default: the target folder)")
	withEnv(fs, "state", "DBT_STATE")
	fs.BoolP("full-refresh", "f", false, "build incremental models and seeds anew")
	return cmd
}

// retryCommands are the commands that can be repeated.
func retryCommands() []string {
	return []string{"build", "run", "test", "seed", "snapshot", "clone", "run-operation", "compile"}
}

func (g *global) retry(cmd *cobra.Command) error {
	s, err := g.start(cmd, app.Flags{})
	if err != nil {
		return err
	}
	previous, err := s.Previous(cmd.Context(), g.warnError)
	if err := s.end(err); err != nil {
		return err
	}
	if !slices.Contains(retryCommands(), previous.Command) {
		return fault.New(fault.Usage, "the last run was `kith %s`, which cannot be retried", previous.Command).
			WithHint("run the command itself")
	}
	again, _, err := cmd.Root().Find([]string{previous.Command})
	if err != nil {
		return fault.Wrap(err, fault.Internal, "there is no command %s", previous.Command)
	}
	if err := repeatFlags(cmd.Flags(), again, previous.Args); err != nil {
		return err
	}
	again.SetContext(cmd.Context())
	var words []string
	switch previous.Command {
	case "run-operation":
		if len(previous.Again.IDs) == 0 {
			return nil
		}
		macro, _ := previous.Args["macro"].(string)
		words = []string{macro}
	default:
		g.again = previous.Again
	}
	return again.RunE(again, words)
}

// fixedHere are the flags that a retry takes from its own command line, not from
// the earlier run.
func fixedHere() []string {
	return []string{"log_path", "profiles_dir", "project_dir", "defer_state", "state", "target_path", "warn_error", "show", "which", "macro"}
}

// repeatFlags sets the flags of the earlier run on its command, except those
// that the retry has itself.
func repeatFlags(own *pflag.FlagSet, again *cobra.Command, args map[string]any) error {
	again.InheritedFlags() // joins the flags that all commands have
	fs := again.Flags()
	var bad error
	fs.VisitAll(func(f *pflag.Flag) {
		name := argName(f.Name)
		if f.Name == "vars" {
			name = "vars"
		}
		value, ok := args[name]
		mine := own.Lookup(f.Name)
		if bad != nil || name == "" || !ok || value == nil || slices.Contains(fixedHere(), name) {
			return
		}
		if mine != nil && mine.Changed {
			if mine != f {
				bad = setFlag(fs, f.Name, mine.Value.String())
			}
			return
		}
		bad = setFlag(fs, f.Name, value)
	})
	return bad
}

// setFlag sets a flag to a value of run_results.json.
func setFlag(fs *pflag.FlagSet, name string, value any) error {
	var texts []string
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			texts = append(texts, fmt.Sprint(item))
		}
	case map[string]any:
		if len(v) == 0 {
			return nil
		}
		text, err := json.Marshal(v)
		if err != nil {
			return fault.Wrap(err, fault.Invalid, "the earlier --%s cannot be read", name)
		}
		texts = []string{string(text)}
	case bool:
		if !v {
			return nil
		}
		texts = []string{"true"}
	default:
		texts = []string{fmt.Sprint(v)}
	}
	for _, text := range texts {
		if err := fs.Set(name, text); err != nil {
			return fault.Wrap(err, fault.Invalid, "the earlier --%s cannot be set again", name)
		}
	}
	return nil
}
