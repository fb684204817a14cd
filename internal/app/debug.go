package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
)

// DebugOptions say what to check.
type DebugOptions struct {
	// ConfigDir only tells where profiles.yml is.
	ConfigDir bool
	// Connection checks the warehouse alone.
	Connection bool
	// Colour paints the verdicts.
	Colour bool
}

// Debug checks the project, the profile and the warehouse, and says what it
// finds. It gives false when a check failed. The warehouse is opened to read,
// and not created.
func (a *App) Debug(ctx context.Context, o DebugOptions) (bool, error) {
	root, rootErr := a.projectRoot()
	file, fileErr := a.profilesFile(root)
	if o.ConfigDir {
		if fileErr != nil {
			return false, fileErr
		}
		a.emit(event.Print{Msg: filepath.Dir(file)})
		return true, nil
	}
	d := &checkup{app: a, paint: event.Paint(o.Colour)}
	d.sayf("kith version: %s", a.cfg.Version)
	d.sayf("dbt version: %s", DbtVersion)
	d.sayf("os info: %s/%s", runtime.GOOS, runtime.GOARCH)
	l, err := a.configured(ctx)
	if rootErr == nil {
		d.sayf("Using dbt_project.yml file at %s", filepath.Join(root, project.FileName))
	}
	if fileErr == nil {
		d.sayf("Using profiles.yml file at %s", file)
	}
	if o.Connection {
		d.sayf("Skipping steps before connection verification")
	} else {
		d.configuration(rootErr, fileErr, err)
	}
	if l != nil {
		d.connection(ctx, l.target)
	} else {
		d.sayf("Connection test skipped since the project cannot be read")
		d.failed = append(d.failed, err)
	}
	return d.conclude(), nil
}

// profilesFile finds profiles.yml.
func (a *App) profilesFile(root string) (string, error) {
	if root == "" {
		root = a.cfg.WorkDir
	}
	for _, dir := range a.profileDirs(root) {
		file := filepath.Join(dir, project.ProfilesName)
		if _, err := os.Stat(file); err == nil {
			return file, nil
		}
	}
	return "", fault.New(fault.NotFound, "there is no %s", project.ProfilesName).WithHint("name its folder with --profiles-dir")
}

// checkup collects what failed.
type checkup struct {
	app    *App
	paint  event.Paint
	failed []error
}

func (d *checkup) sayf(format string, args ...any) {
	d.app.emit(event.Text{Lvl: event.Info, Msg: fmt.Sprintf(format, args...)})
}

func (d *checkup) verdict(what string, err error, good, bad string) {
	if err == nil {
		d.sayf("  %s [%s]", what, d.paint.Green(good))
		return
	}
	d.sayf("  %s [%s]", what, d.paint.Red(bad))
}

func (d *checkup) configuration(rootErr, fileErr, err error) {
	d.sayf("Configuration:")
	if fileErr != nil {
		d.verdict("profiles.yml file", fileErr, "", "ERROR not found")
	} else {
		d.verdict("profiles.yml file", about(err, project.ProfilesName), "OK found and valid", "ERROR invalid")
	}
	if rootErr != nil {
		d.verdict("dbt_project.yml file", rootErr, "", "ERROR not found")
	} else {
		d.verdict("dbt_project.yml file", about(err, project.FileName), "OK found and valid", "ERROR invalid")
	}
}

// about gives err when it is about a file of that name.
func about(err error, name string) error {
	var f *fault.Error
	if errors.As(err, &f) && filepath.Base(f.File) == name {
		return err
	}
	return nil
}

func (d *checkup) connection(ctx context.Context, t *project.Target) {
	d.sayf("Connection:")
	d.sayf("  adapter type: %s", t.Type)
	d.sayf("  profile: %s", t.Profile)
	d.sayf("  target: %s", t.Name)
	d.sayf("  database: %s", t.Database)
	d.sayf("  schema: %s", t.Schema)
	d.sayf("  path: %s", t.Path)
	d.sayf("  threads: %d", t.Threads)
	if !exists(t) {
		err := writable(filepath.Dir(t.Path))
		d.verdict("Connection test:", err, "OK the first build makes the warehouse", "ERROR")
		d.note(err)
		return
	}
	err := d.app.ask(ctx, t)
	d.verdict("Connection test:", err, "OK connection ok", "ERROR")
	d.note(err)
}

func (d *checkup) note(err error) {
	if err != nil {
		d.failed = append(d.failed, err)
	}
}

// ask runs a query that every warehouse can answer.
func (a *App) ask(ctx context.Context, t *project.Target) (err error) {
	lanes, err := a.openToRead(ctx, t)
	if err != nil {
		return err
	}
	session, err := lanes.Read(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, session.Close()) }()
	_, err = session.Exec(ctx, "select 1")
	return err
}

// writable says whether a file can be made in a folder.
func writable(dir string) error {
	f, err := os.CreateTemp(dir, ".kith-debug-*")
	if err != nil {
		return fault.Wrap(err, fault.Disk, "the warehouse's folder cannot be written")
	}
	if err := errors.Join(f.Close(), os.Remove(f.Name())); err != nil {
		return fault.Wrap(err, fault.Disk, "the warehouse's folder cannot be written")
	}
	return nil
}

func (d *checkup) conclude() bool {
	if len(d.failed) == 0 {
		d.sayf("%s", d.paint.Green("All checks passed!"))
		return true
	}
	d.app.emit(event.Text{Lvl: event.Error, Msg: d.paint.Red(event.Plural(len(d.failed), "check") + " failed:")})
	for _, err := range d.failed {
		d.app.emit(event.Text{Lvl: event.Error, Msg: err.Error()})
	}
	return false
}
