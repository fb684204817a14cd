package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
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
		if !o.Connection {
			d.places("artifacts", nearest(l.artifacts()))
		}
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
	good := "OK connection ok"
	probe := *t
	if !exists(t) {
		// The settings are tried on a warehouse in memory, without attaching what that would create.
		good, probe.Path, probe.Attach = "OK the first build makes the warehouse", duckdb.Memory, nil
	}
	err := d.app.ask(ctx, &probe)
	d.verdict("Connection test:", err, good, "ERROR")
	d.note(err)
	if t.Path != duckdb.Memory {
		d.places("warehouse", filepath.Dir(t.Path), t.Path)
	}
}

// places checks that a folder, and what is there of the files in it, can be written.
func (d *checkup) places(what, dir string, files ...string) {
	err := writable(what, dir)
	for _, file := range files {
		if err != nil {
			break
		}
		f, open := os.OpenFile(file, os.O_WRONLY, 0)
		if open == nil {
			open = f.Close()
		}
		if open != nil && !errors.Is(open, fs.ErrNotExist) {
			err = fault.Wrap(open, fault.Disk, "the %s cannot be written", what).WithHint("change its rights, or name another place")
		}
	}
	if err != nil {
		d.verdict(what, err, "", "ERROR cannot be written")
		d.note(err)
	}
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

// writable says whether a file can be made in the folder of something.
func writable(what, dir string) error {
	f, err := os.CreateTemp(dir, ".kith-debug-*")
	if err == nil {
		err = errors.Join(f.Close(), os.Remove(f.Name()))
	}
	if err != nil {
		return fault.Wrap(err, fault.Disk, "the folder of the %s cannot be written", what).WithHint("change its rights, or name another place")
	}
	return nil
}

// nearest gives the folder itself, or the first one above it that is there.
func nearest(dir string) string {
	for filepath.Dir(dir) != dir {
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
			return dir
		}
		dir = filepath.Dir(dir)
	}
	return dir
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
