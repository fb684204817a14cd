package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/host"
)

// The exit codes.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// Environment is what a process brings to a command. All fields but Now, NewID
// and Ticks must be set; those default to the real ones.
type Environment struct {
	// Version is the one of the build.
	Version string
	// Args are the arguments without the program's name.
	Args   []string
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	// Env lists the environment as "NAME=value".
	Env []string
	// WorkDir and HomeDir are absolute; HomeDir may be "".
	WorkDir, HomeDir string
	// Now is the clock.
	Now func() time.Time
	// NewID makes random ids.
	NewID func() string
	// Host is set where the process owns a warehouse already and runs the command for
	// somebody else.
	Host *host.Host
	// Ticks gives the beat by which progress is redrawn, and how to stop it.
	Ticks func() (<-chan time.Time, func())
}

// errFailed ends a command whose trouble has been told already.
var errFailed = errors.New("failed")

// Main runs one command and gives the exit code.
func Main(ctx context.Context, env Environment) (code int) {
	env.setDefaults()
	root := newRoot(&env) //nolint:contextcheck // commands get the context from cobra
	defer func() {
		// Nothing below is meant to panic; when it does, one line says so.
		if v := recover(); v != nil {
			tell(env.Stderr, fault.New(fault.Internal, "defect in Kith: %v", v).WithHint("run again with --debug and report what it prints"))
			if slices.Contains(env.Args, "--debug") || slices.Contains(env.Args, "-d") {
				env.Stderr.Write(debug.Stack()) //nolint:errcheck,gosec // there is nobody left to tell
			}
			code = exitUsage
		}
	}()
	root.SetArgs(spread(env.Args))
	root.SetIn(env.Stdin)
	root.SetOut(env.Stdout)
	root.SetErr(env.Stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	if passed, ok := errors.AsType[*passedError](err); ok {
		return passed.code
	}
	if !errors.Is(err, errFailed) {
		tell(env.Stderr, err)
	}
	return exitCode(err)
}

// exitCode maps errors to exit codes. What cobra itself finds wrong is a plain
// error that newRoot's commands turn into faults of code Usage.
func exitCode(err error) int {
	if errors.Is(err, errFailed) {
		return exitFailed
	}
	switch fault.CodeOf(err) {
	case fault.Usage, fault.Parse, fault.Compile, fault.Internal:
		return exitUsage
	case fault.Invalid, fault.NotFound, fault.Held, fault.Database, fault.Disk, fault.Cancelled, fault.Unavailable, fault.Denied, fault.Forbidden:
		return exitFailed
	}
	return exitUsage
}

// tell writes an error as one line, and the macros that led to it below.
func tell(w io.Writer, err error) {
	var f *fault.Error
	if !errors.As(err, &f) {
		fmt.Fprintf(w, "kith: %s\n", oneLine(err.Error()))
		return
	}
	fmt.Fprintf(w, "kith: %s\n", oneLine(prefixed(err, f)))
	for _, frame := range f.Stack {
		fmt.Fprintf(w, "  in macro %s\n", frame)
	}
}

// prefixed is the fault's own line: what wraps it says in which node it was,
// which the place in it says better.
func prefixed(err error, f *fault.Error) string {
	if f.File != "" {
		return f.Error()
	}
	return err.Error()
}

// oneLine joins the lines of a message.
func oneLine(text string) string {
	lines := strings.Split(text, "\n")
	kept := lines[:0]
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, " ")
}

// newRoot makes the command tree.
func newRoot(env *Environment) *cobra.Command {
	g := &global{env: env}
	root := &cobra.Command{
		Use:   "kith",
		Short: "Customer analytics in one binary: load transactions, build customer metrics, look at them",
		Long: `Kith turns transactions into customer metrics, segments, lifetime value and churn risk.

A project folder is a dbt project; Kith runs it on an embedded warehouse. To start:

  kith demo             make a project with synthetic data and build it
  kith init DIR         start a project of your own`,
		SilenceUsage: true, SilenceErrors: true, SuggestionsMinimumDistance: 2,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		Args:              knownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if g.showVersion {
				return printVersion(cmd.OutOrStdout(), env.Version)
			}
			return cmd.Help()
		},
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fault.New(fault.Usage, "%s", err).WithHint("see `%s --help`", cmd.CommandPath())
	})
	root.Flags().BoolVarP(&g.showVersion, "version", "v", false, "print the version")
	g.register(root.PersistentFlags())
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		if err := g.fromEnvironment(cmd.Flags()); err != nil {
			return err
		}
		return g.pass(cmd)
	}
	root.AddGroup(
		&cobra.Group{ID: groupStart, Title: "Start:"},
		&cobra.Group{ID: groupData, Title: "Data:"},
		&cobra.Group{ID: groupProject, Title: "Project:"},
	)
	root.AddCommand(
		newDemo(g), newInit(g), newServe(g), newLink(g), newPublish(g),
		newLoad(g), newGenerate(g), newProfile(g), newQuery(g), newMetrics(g), newAudit(g),
		newBuild(g), newRun(g), newTest(g), newSeed(g), newSnapshot(g), newSource(g), newOperation(g), newRetry(g), newClone(g), newDeps(g), newCompile(g), newParse(g), newList(g), newShow(g), newDocs(g), newDebug(g), newClean(g),
		newVersion(g), newCompletion(g),
	)
	markPassed(root)
	return root
}

// Groups of commands in the help.
const (
	groupStart   = "start"
	groupData    = "data"
	groupProject = "project"
)

// knownCommand refuses a first word that is no command, with the one that was
// meant when it is near.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	err := fault.New(fault.Usage, "there is no command %q", args[0])
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return err.WithHint("did you mean `%s %s`?", cmd.CommandPath(), near[0])
	}
	return err.WithHint("see `%s --help`", cmd.CommandPath())
}

// noArgs refuses arguments in one line.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fault.New(fault.Usage, "%s takes no argument %q", cmd.CommandPath(), args[0]).WithHint("see `%s --help`", cmd.CommandPath())
}

// exactly refuses any other number of arguments than the names say.
func exactly(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == len(names) {
			return nil
		}
		return fault.New(fault.Usage, "%s takes %s (%d given)", cmd.CommandPath(), strings.Join(names, " and "), len(args)).
			WithHint("see `%s --help`", cmd.CommandPath())
	}
}

// done ends a command that told its trouble itself.
func done(ok bool, err error) error {
	if err != nil {
		return err
	}
	if !ok {
		return errFailed
	}
	return nil
}
