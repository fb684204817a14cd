package cli

import (
	"context"
	"os/exec"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
	"github.com/kith-analytics/kith/internal/fault"
)

func newDocs(g *global) *cobra.Command {
	cmd := &cobra.Command{
		Use: "docs", Short: "Document the project: a page with models, tests and lineage", GroupID: groupProject, Args: knownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newDocsGenerate(g), newDocsServe(g))
	return cmd
}

func newDocsGenerate(g *global) *cobra.Command {
	var (
		sel                    selection
		compile, static, empty bool
	)
	cmd := &cobra.Command{
		Use: "generate", Short: "Write catalog.json, manifest.json and the lineage of columns", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			s.Announce()
			return s.end(s.DocsGenerate(cmd.Context(), app.DocsOptions{Selection: sel.request(), Compile: compile, Static: static, EmptyCatalog: empty}))
		},
	}
	fs := cmd.Flags()
	sel.register(fs)
	g.registerState(fs)
	pair(fs, &compile, "compile", "", true, "", "leave the SQL and the lineage as they were compiled last")
	fs.BoolVar(&empty, "empty-catalog", false, "do not ask the warehouse: the catalog has no tables")
	pair(fs, &static, "static", "", false, "", "write docs.html too: the page with everything inside")
	return cmd
}

func newDocsServe(g *global) *cobra.Command {
	var (
		host    string
		port    int
		browser bool
	)
	cmd := &cobra.Command{
		Use: "serve", Short: "Serve the documentation page, which follows the artifacts", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if port < 0 || port > 65535 {
				return fault.New(fault.Usage, "--port is %d", port).WithHint("give a number from 1 to 65535, or 0 for any that is free")
			}
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			s.Announce()
			options := app.ServeOptions{Host: host, Port: port}
			if browser && s.terminal.Interactive {
				options.Ready = func(address string) { browse(cmd.Context(), address) }
			}
			return s.end(s.DocsServe(cmd.Context(), options))
		},
	}
	fs := cmd.Flags()
	fs.IntVar(&port, "port", 8080, "the port to listen on; 0 takes any that is free")
	fs.StringVar(&host, "host", "127.0.0.1", "the address to listen on; others than this one let other machines in")
	pair(fs, &browser, "browser", "", true, "", "open no browser")
	return cmd
}

// browse opens the system's browser. There may be none; the address is on the
// screen anyway.
func browse(ctx context.Context, address string) {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	command := exec.CommandContext(context.WithoutCancel(ctx), name, args...)
	if err := command.Start(); err == nil {
		go command.Wait() //nolint:errcheck // how the browser ends is its own matter
	}
}
