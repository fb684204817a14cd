package cli

import (
	"errors"
	"log/slog"
	"os"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/kith-analytics/kith/internal/app"
	"github.com/kith-analytics/kith/internal/dbt/run/console"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/terminal"
)

// global are the flags that every command has, by dbt's names.
type global struct {
	env         *Environment
	showVersion bool

	projectDir, profilesDir string
	profile, target         string
	vars, targetPath        string
	threads                 int

	quiet, debug, useColors bool
	print, writeJSON        bool
	versionCheck            bool
	warnErrorOptions        string
	failFast, warnError     bool
	logFormat, logLevel     string
	indirect                string
	singleThreaded          bool

	state, deferState     string
	deferRefs, favorState bool
	// again is what a retry repeats.
	again *app.Again

	// buffered is set by commands whose output comes at once.
	buffered bool
}

func (g *global) register(fs *pflag.FlagSet) {
	fs.SortFlags = false
	text := func(p *string, name, short, variable, usage string) {
		fs.StringVarP(p, name, short, "", usage)
		if variable != "" {
			withEnv(fs, name, variable)
		}
	}
	text(&g.projectDir, "project-dir", "", "DBT_PROJECT_DIR", "the project's folder (default: this folder or one above)")
	text(&g.profilesDir, "profiles-dir", "", "DBT_PROFILES_DIR", "the folder of profiles.yml (default: this folder, the project's, ~/.dbt)")
	text(&g.profile, "profile", "", "DBT_PROFILE", "the profile to use instead of the project's")
	text(&g.target, "target", "t", "DBT_TARGET", "the profile's target to use")
	text(&g.targetPath, "target-path", "", "DBT_TARGET_PATH", "the folder for artifacts (default: target)")
	text(&g.vars, "vars", "", "", "variables as YAML: '{name: value}'")
	fs.IntVar(&g.threads, "threads", 0, "nodes to run side by side (default: the profile's)")
	pair(fs, &g.failFast, "fail-fast", "x", false, "DBT_FAIL_FAST", "stop at the first failure")
	pair(fs, &g.warnError, "warn-error", "", false, "DBT_WARN_ERROR", "treat warnings as errors")
	text(&g.warnErrorOptions, "warn-error-options", "", "DBT_WARN_ERROR_OPTIONS", "which warnings are errors, as YAML: '{error: all, warn: [NAME], silence: [NAME]}'")
	text(&g.indirect, "indirect-selection", "", "DBT_INDIRECT_SELECTION", "which tests come along: eager, cautious, buildable or empty (default: eager)")
	pair(fs, &g.quiet, "quiet", "q", false, "DBT_QUIET", "say nothing but errors and what was asked for")
	pair(fs, &g.debug, "debug", "d", false, "DBT_DEBUG", "say everything, each SQL statement too")
	text(&g.logFormat, "log-format", "", "DBT_LOG_FORMAT", "text, debug or json (default: text)")
	text(&g.logLevel, "log-level", "", "DBT_LOG_LEVEL", "debug, info, warn, error or none (default: info)")
	pair(fs, &g.useColors, "use-colors", "", true, "DBT_USE_COLORS", "print without colours")
	pair(fs, &g.print, "print", "", true, "DBT_PRINT", "drop what templates print()")
	pair(fs, &g.writeJSON, "write-json", "", true, "DBT_WRITE_JSON", "write no manifest.json and run_results.json")
	pair(fs, &g.versionCheck, "version-check", "", true, "DBT_VERSION_CHECK", "run whatever require-dbt-version says")
	pair(fs, &g.singleThreaded, "single-threaded", "", false, "DBT_SINGLE_THREADED", "run one node at a time")
	fs.Lookup("single-threaded").Hidden = true
	acceptIdle(fs)
}

// acceptIdle takes dbt's flags that have nothing to switch here, so that scripts
// written for dbt run unchanged: there is no partial parsing to turn off, no
// usage statistics are sent, no log file is kept.
func acceptIdle(fs *pflag.FlagSet) {
	for _, name := range []string{
		"partial-parse", "populate-cache", "cache-selected-only", "static-parser", "use-experimental-parser",
		"send-anonymous-usage-stats", "log-cache-events", "macro-debugging", "use-colors-file", "hints-enabled", "show-all-deprecations",
		"use-fast-test-edges", "upload-to-artifacts-ingest-api", "partial-parse-file-diff", "show-resource-report",
	} {
		pair(fs, new(bool), name, "", false, "", "")
		fs.Lookup(name).Hidden, fs.Lookup("no-"+name).Hidden = true, true
	}
	for _, name := range []string{"log-path", "log-level-file", "log-format-file", "log-file-max-bytes", "printer-width", "record-timing-info", "partial-parse-file-path"} {
		fs.String(name, "", "")
		fs.Lookup(name).Hidden = true
	}
}

// session is one command at work: the app, and the console that shows its events.
type session struct {
	*app.App

	g        *global
	console  *console.Printer
	terminal terminal.Terminal
	stop     func()
}

// start makes the app of a command. The flags that only some commands have come
// in flags.
func (g *global) start(cmd *cobra.Command, flags app.Flags) (*session, error) {
	format, ok := console.ParseFormat(g.logFormat)
	if !ok {
		return nil, fault.New(fault.Usage, "--log-format: there is no format %q", g.logFormat).WithHint("use text, debug or json")
	}
	level := event.Info
	if g.logLevel != "" {
		if level, ok = event.ParseLevel(g.logLevel); !ok {
			return nil, fault.New(fault.Usage, "--log-level: there is no level %q", g.logLevel).WithHint("use debug, info, warn, error or none")
		}
	}
	if g.debug {
		level = event.Debug
		if g.logFormat == "" {
			format = console.DebugText
		}
	}
	if g.threads < 0 || cmd.Flags().Changed("threads") && g.threads == 0 {
		return nil, fault.New(fault.Usage, "--threads is %d", g.threads).WithHint("give a number from 1 on")
	}
	if g.singleThreaded {
		g.threads = 1
	}
	s := &session{g: g, terminal: terminal.Detect(g.env.Stdout, g.env.getenv), stop: func() {}}
	s.terminal.Color = s.terminal.Color && g.useColors
	status := s.terminal.Interactive && format == console.Text && !g.quiet
	var ticks <-chan time.Time
	if status {
		ticks, s.stop = g.env.Ticks()
	}
	id := g.env.NewID()
	s.console = console.New(console.Options{
		Out: g.env.Stdout, Format: format, Level: level, Quiet: g.quiet, Colour: s.terminal.Color, NoPrint: !g.print,
		Status: status, Width: func() int { return s.terminal.Width }, Tick: ticks,
		Buffered: g.buffered, Secrets: g.env.secrets(), InvocationID: id, PID: os.Getpid(), Now: g.env.Now,
	})
	s.App = app.New(g.config(cmd, flags, s.console, id))
	return s, nil
}

func (g *global) config(cmd *cobra.Command, flags app.Flags, sink event.Sink, id string) app.Config {
	fs := cmd.Flags()
	flags.FailFast = given(fs, "fail-fast", g.failFast)
	flags.WarnError = given(fs, "warn-error", g.warnError)
	flags.WarnErrorOptions = g.warnErrorOptions
	flags.VersionCheck = given(fs, "version-check", g.versionCheck)
	flags.WriteJSON = given(fs, "write-json", g.writeJSON)
	flags.Indirect = g.indirect
	flags.Again = g.again
	flags.State = app.StateFlags{
		Dir: g.state, DeferDir: g.deferState, Defer: given(fs, "defer", g.deferRefs), Favor: given(fs, "favor-state", g.favorState),
	}
	flags.Args = arguments(fs)
	logger := slog.New(slog.DiscardHandler)
	if g.debug {
		logger = slog.New(slog.NewTextHandler(g.env.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	return app.Config{
		Version: g.env.Version, Command: cmd.Name(), WorkDir: g.env.WorkDir, HomeDir: g.env.HomeDir,
		ProjectDir: g.projectDir, ProfilesDir: g.profilesDir, Profile: g.profile, Target: g.target, Threads: g.threads,
		Vars: g.vars, TargetPath: g.targetPath, Flags: flags, Env: g.env.lookup, EnvNames: g.env.names(),
		Now: g.env.Now, NewID: func() string { return id }, FreshID: g.env.NewID, Events: sink, Logger: logger, Host: g.env.Host,
	}
}

// end closes the app and the console, and joins what went wrong.
func (s *session) end(err error) error {
	s.stop()
	return errors.Join(err, s.Close(), s.console.Close())
}

// arguments gives the flags that were set, by dbt's names, for run_results.json
// and templates.
func arguments(fs *pflag.FlagSet) map[string]any {
	out := map[string]any{}
	fs.VisitAll(func(f *pflag.Flag) {
		name := argName(f.Name)
		if name == "" {
			return
		}
		switch f.Value.Type() {
		case "bool":
			out[name] = f.Value.String() == "true"
		case "int":
			if n, err := fs.GetInt(f.Name); err == nil && f.Changed {
				out[name] = n
			}
		case "stringArray":
			if list, err := fs.GetStringArray(f.Name); err == nil {
				out[name] = list
			}
		default:
			if f.Changed {
				out[name] = f.Value.String()
			}
		}
	})
	return out
}
