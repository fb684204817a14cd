package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/relay"
	"github.com/kith-analytics/kith/internal/terminal"
)

// passNote is the annotation of commands that need the warehouse, and so are run by
// the server that has it.
const passNote = "warehouse"

// markPassed annotates the commands that need the warehouse. The others read files
// only, or are servers themselves.
func markPassed(root *cobra.Command) {
	for _, path := range []string{
		"build", "run", "test", "seed", "snapshot", "source freshness", "run-operation", "retry", "clone", "compile", "show",
		"docs generate", "debug", "load", "generate", "profile", "query", "metrics query", "metrics explain", "metrics rows", "link", "publish", "audit ls",
	} {
		cmd, rest, err := root.Find(strings.Fields(path))
		if err != nil || len(rest) > 0 {
			continue // not in this build
		}
		if cmd.Annotations == nil {
			cmd.Annotations = map[string]string{}
		}
		cmd.Annotations[passNote] = "needed"
	}
}

// passedError ends a command that a server ran.
type passedError struct{ code int }

func (p *passedError) Error() string { return fmt.Sprintf("passed on, exit code %d", p.code) }

// pass has the server run the command that owns the warehouse which it needs. It
// gives a passedError then, and nil when the command is to be run here.
func (g *global) pass(cmd *cobra.Command) error {
	if g.env.Host != nil || cmd.Annotations[passNote] == "" {
		return nil
	}
	ctx := cmd.Context()
	path, err := app.New(g.config(cmd, app.Flags{}, event.Discard{}, g.env.NewID())).WarehousePath(ctx)
	if err != nil || path == "" {
		return nil //nolint:nilerr // the command meets it again, and tells it in its own way
	}
	owner, served, err := relay.Find(ctx, path)
	if err != nil || !served {
		return err
	}
	if owner.Version != g.env.Version {
		fmt.Fprintf(g.env.Stderr, "kith: the command is run by the server, whose version is %s; this is %s\n", owner.Version, g.env.Version)
	}
	out := terminal.Detect(g.env.Stdout, g.env.getenv)
	code, err := owner.Run(ctx, relay.Invocation{
		Args: g.env.Args, Env: g.env.Env, WorkDir: g.env.WorkDir, HomeDir: g.env.HomeDir, Version: g.env.Version,
		Out: relay.Screen{Interactive: out.Interactive, Width: out.Width},
	}, relay.Streams{In: g.env.Stdin, Out: g.env.Stdout, Err: g.env.Stderr})
	if err != nil {
		return err
	}
	return &passedError{code: code}
}
