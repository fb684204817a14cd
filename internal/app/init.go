package app

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/kith-analytics/kith/analytics"
	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/fault"
)

// ignored is the .gitignore of a new project.
const ignored = "target/\nlogs/\ndbt_packages/\n*.duckdb\n*.duckdb.wal\n*.duckdb.server\n*.duckdb.state*\n"

// InitOptions says where a project is started.
type InitOptions struct {
	Dir string
	// Force writes into a folder that is not empty. Files of the same name are
	// replaced, others stay.
	Force bool
	// Currency is the ISO 4217 code of the shop's own money; "" leaves it open.
	Currency string
}

// Init writes the shipped project. The folder appears whole or not at all: it is
// written beside its place and renamed. It gives the absolute folder.
func (a *App) Init(o InitOptions) (dir string, err error) {
	if o.Currency != "" && !isoCurrency.MatchString(o.Currency) {
		return "", fault.New(fault.Usage, "%q is no currency", o.Currency).WithHint("give its three letters, such as EUR")
	}
	dir = a.abs(o.Dir)
	empty, err := emptyDir(dir)
	if err != nil {
		return "", err
	}
	if !empty && !o.Force {
		return "", fault.New(fault.Usage, "%s is not empty", o.Dir).WithHint("name another folder, or add --force to write into it")
	}
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o755); err != nil { //nolint:gosec // a project folder is for its readers
		return "", fault.Wrap(err, fault.Disk, "the folder cannot be made")
	}
	fresh, err := os.MkdirTemp(parent, ".kith-init-*")
	if err != nil {
		return "", fault.Wrap(err, fault.Disk, "the project cannot be written")
	}
	defer func() {
		if gone := os.RemoveAll(fresh); err == nil && gone != nil {
			err = fault.Wrap(gone, fault.Disk, "the temporary folder cannot be removed")
		}
	}()
	if err := errors.Join(writeProject(fresh), setCurrency(fresh, o.Currency)); err != nil {
		return "", err
	}
	if empty {
		return dir, place(fresh, dir)
	}
	return dir, merge(fresh, dir)
}

// emptyDir says whether dir is missing or holds nothing.
func emptyDir(dir string) (bool, error) {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, nil
	case err != nil:
		return false, fault.Wrap(err, fault.Usage, "the folder cannot be used")
	}
	return len(entries) == 0, nil
}

// writeProject writes the shipped files into an empty folder.
func writeProject(dir string) error {
	if err := os.Chmod(dir, 0o755); err != nil { //nolint:gosec // a project folder is for its readers
		return fault.Wrap(err, fault.Disk, "the project cannot be written")
	}
	if err := os.CopyFS(dir, analytics.Project); err != nil {
		return fault.Wrap(err, fault.Disk, "the project cannot be written")
	}
	// Embedded files are read-only; these are for people to change.
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return os.Chmod(path, 0o644) //nolint:gosec // a project's files are for its readers
	})
	if err != nil {
		return fault.Wrap(err, fault.Disk, "the project cannot be written")
	}
	if err := os.WriteFile(filepath.Join(dir, ".gitignore"), []byte(ignored), 0o644); err != nil { //nolint:gosec // a project is for its readers
		return fault.Wrap(err, fault.Disk, "the project cannot be written")
	}
	return nil
}

// isoCurrency is the form of ISO 4217 codes.
var isoCurrency = regexp.MustCompile(`^[A-Z]{3}$`)

// setCurrency writes the variable into the project's file, whose comments stay.
func setCurrency(dir, currency string) error {
	if currency == "" {
		return nil
	}
	file := filepath.Join(dir, project.FileName)
	text, err := os.ReadFile(file)
	if err == nil {
		text = bytes.Replace(text, []byte("\n  currency: null\n"), []byte("\n  currency: "+currency+"\n"), 1)
		err = os.WriteFile(file, text, 0o644) //nolint:gosec // a project is for its readers
	}
	if err != nil {
		return fault.Wrap(err, fault.Disk, "the currency cannot be written into the project")
	}
	return nil
}

// place renames fresh to dir, which is missing or an empty folder.
func place(fresh, dir string) error {
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fault.Wrap(err, fault.Disk, "the folder cannot be replaced")
	}
	if err := os.Rename(fresh, dir); err != nil {
		return fault.Wrap(err, fault.Disk, "the project cannot be put in its place")
	}
	return nil
}

// merge moves each file of fresh into dir, file by file.
func merge(fresh, dir string) error {
	err := filepath.WalkDir(fresh, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(fresh, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(dir, rel), 0o755) //nolint:gosec // a project folder is for its readers
		}
		return os.Rename(path, filepath.Join(dir, rel)) //nolint:gosec // the walk is over a folder that this process just made
	})
	if err != nil {
		return fault.Wrap(err, fault.Disk, "the project cannot be put in its place")
	}
	return nil
}
