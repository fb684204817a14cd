package app

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/demo"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/generate"
	"github.com/kith-analytics/kith/internal/load"
)

// DemoDir is the demo's folder where none is named.
const DemoDir = "kith-demo"

// demoPreset maps the columns of the synthetic log, demoTable is where it goes.
const (
	demoPreset = "online-retail"
	demoTable  = "bronze.transaction_logs"
)

// DemoOptions say what to demonstrate.
type DemoOptions struct {
	Dir  string // "" is DemoDir
	Rows int    // 0 is the generator's default
	Seed uint64 // 0 is the generator's default
	// Out takes the summary; Colour and Width are those of the terminal.
	Out    io.Writer
	Colour bool
	Width  int
	// Progress hears of the load; nil for nobody.
	Progress load.Progress
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
	log := filepath.Join(dir, "data", generate.SalesLogName)
	changed, err := a.demoData(ctx, log, o)
	if err != nil {
		return false, err
	}
	inner := New(a.demoConfig(dir, changed))
	defer func() { err = errors.Join(err, inner.Close()) }()
	if err := inner.demoLoad(ctx, log, changed, o.Progress); err != nil {
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

// stepf tells how far the demo is.
func (a *App) stepf(format string, args ...any) {
	a.emit(event.Print{Msg: fmt.Sprintf(format, args...)})
}

// demoConfig is the configuration for the demo's own project. The environment
// cannot lead it to another warehouse.
func (a *App) demoConfig(dir string, fullRefresh bool) Config {
	c := a.cfg
	c.Command = "build"
	c.ProjectDir, c.ProfilesDir, c.Profile, c.Target, c.TargetPath, c.Vars = dir, dir, "", "", "", ""
	c.Flags.FullRefresh = fullRefresh
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
	if _, err := a.Init(InitOptions{Dir: dir}); err != nil {
		if fault.Is(err, fault.Usage) {
			return fault.New(fault.Usage, "%s holds something else than a Kith project", shown).WithHint("name another folder with --dir")
		}
		return err
	}
	a.stepf("Project  %s", shown)
	return nil
}

// demoData writes the synthetic log, and says whether its content is new.
func (a *App) demoData(ctx context.Context, log string, o DemoOptions) (changed bool, err error) {
	before, err := contentHash(log)
	if err != nil {
		return false, err
	}
	if err := os.MkdirAll(filepath.Dir(log), 0o755); err != nil { //nolint:gosec // a project's files are for its readers
		return false, fault.Wrap(err, fault.Disk, "the data folder cannot be made")
	}
	made, err := generate.SalesLogFile(ctx, log, generate.Config{Rows: o.Rows, Seed: o.Seed})
	if err != nil {
		return false, err
	}
	after, err := contentHash(log)
	if err != nil {
		return false, err
	}
	a.stepf("Data     %d synthetic lines of %d customers, %s to %s", made.Rows, made.Customers,
		made.From.Format("2 January 2006"), made.To.Format("2 January 2006"))
	return before != "" && before != after, nil
}

// contentHash gives a fingerprint of a file's content; "" when it is not there.
func contentHash(path string) (hash string, err error) {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fault.Wrap(err, fault.Disk, "the demo's data cannot be read")
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", fault.Wrap(err, fault.Disk, "the demo's data cannot be read")
	}
	return string(h.Sum(nil)), nil
}

// demoLoad loads the log, in the place of an earlier one when it has changed.
func (a *App) demoLoad(ctx context.Context, log string, changed bool, progress load.Progress) error {
	if changed {
		if err := a.demoForget(ctx); err != nil {
			return err
		}
	}
	sum, err := a.Load(ctx, load.Request{Source: demoPreset, Paths: []string{log}}, progress)
	if err != nil {
		return err
	}
	for _, f := range sum.Files {
		if f.Skipped != "" {
			a.stepf("Load     %s has these lines already", f.Table)
			continue
		}
		a.stepf("Load     %d rows into %s, %d rejected", f.Rows, f.Table, f.Rejected)
	}
	return nil
}

// demoForget removes what earlier demos loaded, and nothing else.
func (a *App) demoForget(ctx context.Context) (err error) {
	l, err := a.configured(ctx)
	if err != nil {
		return err
	}
	if !exists(l.target) {
		return nil
	}
	lanes, err := a.open(ctx, l.target)
	if err != nil {
		return err
	}
	lane, err := lanes.Write(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lane.Release()) }()
	session, err := lane.Session(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, session.Close()) }()
	if err := session.Begin(ctx); err != nil {
		return err
	}
	for _, sql := range []string{
		"delete from " + demoTable + " where _load_id in (select load_id from bronze.loads where contains(file, ?))",
		"delete from bronze.rejects where load_id in (select load_id from bronze.loads where contains(file, ?))",
		"delete from bronze.loads where contains(file, ?)",
	} {
		if _, err := session.Exec(ctx, sql, generate.SalesLogName); err != nil {
			return errors.Join(err, session.Rollback(context.WithoutCancel(ctx)))
		}
	}
	return session.Commit(ctx)
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
