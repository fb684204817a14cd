package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/demo"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/generate/deliver"
	"github.com/kith-analytics/kith/internal/generate/world"
)

// DemoDir is the demo's folder where none is named.
const DemoDir = "kith-demo"

// DemoOptions say what to demonstrate.
type DemoOptions struct {
	Dir   string // "" is DemoDir
	World world.Config
	// Out takes the summary; Colour and Width are those of the terminal.
	Out    io.Writer
	Colour bool
	Width  int
	// Progress hears how many rows are made; nil for nobody.
	Progress func(done, total int64)
	// BeforeSummary is called when all is built, to put the console away.
	BeforeSummary func()
}

// Demo makes a project with synthetic data, builds it and shows what came of it.
// A demo that is there already is kept, and built again; when other data is
// asked for than it has, the synthetic data is replaced. It says whether
// everything went well.
func (a *App) Demo(ctx context.Context, o DemoOptions) (ok bool, err error) {
	if o.Dir == "" {
		o.Dir = DemoDir
	}
	dir := a.abs(o.Dir)
	if err := a.demoProject(o.Dir, dir); err != nil {
		return false, err
	}
	inner := New(a.demoConfig(dir))
	defer func() { err = errors.Join(err, inner.Close()) }()
	if err := inner.demoData(ctx, o); err != nil {
		return false, err
	}
	report, ok, err := inner.execute(ctx, buildVerb(), Selection{})
	if err != nil || !ok {
		return false, err
	}
	a.stepf("Build    %s", built(report))
	if o.BeforeSummary != nil {
		o.BeforeSummary()
	}
	return true, inner.demoSummary(ctx, o)
}

// DemoServe serves the demo's project until ctx ends; on any port that is free where
// the one that was asked for is not.
func (a *App) DemoServe(ctx context.Context, dir string, o ServerOptions) error {
	inner := New(a.demoConfig(a.abs(dir)))
	err := inner.Serve(ctx, o)
	if host, _, splitErr := net.SplitHostPort(o.Addr); splitErr == nil && fault.Is(err, fault.Held) {
		o.Addr = net.JoinHostPort(host, "0")
		err = inner.Serve(ctx, o)
	}
	return errors.Join(err, inner.Close())
}

// demoData generates the world, in the place of another one.
func (a *App) demoData(ctx context.Context, o DemoOptions) error {
	sum, err := a.Generate(ctx, deliver.Request{Config: o.World, Replace: true, Progress: o.Progress})
	if err != nil {
		return err
	}
	if sum.Skipped != "" {
		a.stepf("Data     the warehouse has these synthetic rows already")
		return nil
	}
	tables := 0
	for _, t := range sum.Tables {
		if t.Rows > 0 {
			tables++
		}
	}
	a.stepf("Data     %d synthetic rows in %d tables, %s to %s", sum.Rows(), tables,
		sum.From.Format("2 January 2006"), sum.To.Format("2 January 2006"))
	return nil
}

// stepf tells how far the demo is.
func (a *App) stepf(format string, args ...any) {
	a.emit(event.Print{Msg: fmt.Sprintf(format, args...)})
}

// demoConfig is the configuration for the demo's own project. The environment
// cannot lead it to another warehouse.
func (a *App) demoConfig(dir string) Config {
	c := a.cfg
	c.Command = "build"
	c.ProjectDir, c.ProfilesDir, c.Profile, c.Target, c.TargetPath, c.Vars = dir, dir, "", "", "", ""
	c.Env = func(name string) (string, bool) {
		if name == "KITH_WAREHOUSE" {
			return "", false
		}
		return a.cfg.Env(name)
	}
	return c
}

// demoProject makes the project unless it is there.
func (a *App) demoProject(shown, dir string) error {
	if _, err := os.Stat(filepath.Join(dir, project.FileName)); err == nil {
		a.stepf("Project  %s is there already and is kept", shown)
		return nil
	}
	if _, err := a.Init(InitOptions{Dir: dir, Currency: world.Currency}); err != nil {
		if fault.Is(err, fault.Usage) {
			return fault.New(fault.Usage, "%s holds something else than a Kith project", shown).WithHint("name another folder with --dir")
		}
		return err
	}
	a.stepf("Project  %s", shown)
	return nil
}

// built counts what a build made: "42 models, 8 seeds, 210 tests passed in 6.1s".
func built(r *run.Report) string {
	var models, seeds, tests int
	for i := range r.Results {
		switch {
		case r.Results[i].Status == artifact.Skipped:
		case r.Results[i].ResourceType() == manifest.Model:
			models++
		case r.Results[i].ResourceType() == manifest.Seed:
			seeds++
		case r.Results[i].ResourceType() == manifest.Test:
			tests++
		}
	}
	return fmt.Sprintf("%s and %s made, %s run in %.1fs", event.Plural(models, "model"), event.Plural(seeds, "seed"),
		event.Plural(tests, "test"), r.Elapsed.Seconds())
}

func (a *App) demoSummary(ctx context.Context, o DemoOptions) (err error) {
	session, err := a.lanes.Read(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, session.Close()) }()
	return demo.Summary(ctx, session, o.Out, demo.Options{Color: o.Colour, Width: o.Width, ProjectDir: o.Dir, Synthetic: true})
}
