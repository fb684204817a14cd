package cli

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/app"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/host"
	"github.com/kith-analytics/kith/internal/relay"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// queryTimeout is how long a query of the web app may run unless a flag says otherwise.
const queryTimeout = 30 * time.Second

func newServe(g *global) *cobra.Command {
	var o app.ServerOptions
	cmd := &cobra.Command{
		Use: "serve", Short: "Serve the web app and the API, and run other commands on the warehouse meanwhile", GroupID: groupStart, Args: noArgs,
		Long: `Serve the web app and the API until Ctrl-C. The server owns the warehouse: other kith commands on the
project, such as build and load, find it and have it run them, so that they work while people look at
dashboards. What people see changes when a build has ended well, all at once.

The first start prints a link that signs one browser in; ` + "`kith link`" + ` prints more.`,
		Example: `  kith serve
  kith serve --addr 127.0.0.1:9000 --project-dir shop`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case o.Readers < 1 || o.Readers > mostReaders:
				return fault.New(fault.Usage, "--readers is %d", o.Readers).WithHint("give a number from 1 to %d", mostReaders)
			case o.QueryTimeout <= 0:
				return fault.New(fault.Usage, "--query-timeout is %s", o.QueryTimeout).WithHint("give a time such as 30s")
			}
			s, err := g.start(cmd, app.Flags{})
			if err != nil {
				return err
			}
			full := g.serverOptions(cmd)
			full.Addr, full.Readers, full.QueryTimeout, full.MemoryLimit, full.Link = o.Addr, o.Readers, o.QueryTimeout, o.MemoryLimit, o.Link
			return s.end(s.Serve(cmd.Context(), full))
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&o.Addr, "addr", defaultAddr, "where to listen; others than this machine's own address let other machines in; port 0 is any that is free")
	fs.IntVar(&o.Readers, "readers", warehouse.DefaultReaders, fmt.Sprintf("queries that run at once, up to %d", mostReaders))
	fs.DurationVar(&o.QueryTimeout, "query-timeout", queryTimeout, "how long a query of the web app may run")
	fs.StringVar(&o.MemoryLimit, "memory-limit", "", "memory of the engine, such as 4GB (default: the profile's, or 80 % of the machine)")
	fs.BoolVar(&o.Link, "print-link", false, "print a link to sign in even when somebody is signed in")
	return cmd
}

// mostReaders is how many queries a server runs at once at most: each has sessions of its
// own, and more than a few a core only wait for each other.
const mostReaders = 64

// defaultAddr is this machine's own address.
const defaultAddr = "127.0.0.1:8080"

// serverOptions are those of every server, whatever its flags.
func (g *global) serverOptions(cmd *cobra.Command) app.ServerOptions {
	return app.ServerOptions{
		RuntimeDir: relay.RuntimeDir(g.env.getenv), MetricsToken: g.env.getenv("KITH_METRICS_TOKEN"), QueryTimeout: queryTimeout,
		Logger: g.serverLog(), Execute: g.execute, Ready: func(at app.Serving) { greet(cmd.OutOrStdout(), at) },
	}
}

// greet says where people find the server.
func greet(w io.Writer, at app.Serving) {
	fmt.Fprintf(w, "Kith is served at %s until Ctrl-C\n", at.Address)
	if at.Link != "" {
		fmt.Fprintf(w, "Sign in, once, within half an hour: %s\n", at.Link)
	}
}

// serverLog is the log of a server: on the standard error output, as text or JSON.
func (g *global) serverLog() *slog.Logger {
	level := slog.LevelInfo
	switch {
	case g.debug:
		level = slog.LevelDebug
	case g.quiet || g.logLevel == "error":
		level = slog.LevelError
	case g.logLevel == "warn":
		level = slog.LevelWarn
	}
	o := &slog.HandlerOptions{Level: level}
	if strings.EqualFold(g.logFormat, "json") {
		return slog.New(slog.NewJSONHandler(g.env.Stderr, o))
	}
	return slog.New(slog.NewTextHandler(g.env.Stderr, o))
}

// execute runs a command that was passed to this process, as if it had been started
// where it was given.
func (g *global) execute(ctx context.Context, h *host.Host, inv relay.Invocation, s relay.Streams) int {
	return Main(ctx, Environment{
		Version: g.env.Version, Args: inv.Args, Stdin: s.In, Stdout: s.Out, Stderr: s.Err, Env: inv.Env,
		WorkDir: inv.WorkDir, HomeDir: inv.HomeDir, Now: g.env.Now, NewID: g.env.NewID, Ticks: g.env.Ticks, Host: h,
	})
}
