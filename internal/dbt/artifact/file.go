package artifact

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/kith-analytics/kith/internal/fault"
)

// Names of the files in the target folder.
const (
	ManifestFile   = "manifest.json"
	RunResultsFile = "run_results.json"
	SourcesFile    = "sources.json"
	CatalogFile    = "catalog.json"
)

// write puts data into dir/name, making dir where it isn't there. The file is
// written beside its place and renamed, so that readers see the old file or the
// new one, whole. Trouble is a fault.Disk.
func write(dir, name string, data []byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // like the project's other folders, others may read it
		return diskError(err, dir)
	}
	f, err := os.CreateTemp(dir, "."+name+".*")
	if err != nil {
		return diskError(err, dir)
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(dir, name))
	}
	if err != nil {
		return diskError(errors.Join(err, os.Remove(f.Name())), filepath.Join(dir, name))
	}
	return nil
}

func diskError(err error, path string) error {
	e := fault.Wrap(err, fault.Disk, "cannot write")
	e.File = path
	return e.WithHint("check the disk and the rights on the folder")
}

// read gives a file's text. A missing file is fault.NotFound.
func read(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if err == nil {
		return data, nil
	}
	code := fault.Disk
	if errors.Is(err, fs.ErrNotExist) {
		code = fault.NotFound
	}
	e := fault.Wrap(err, code, "cannot read")
	e.File = path
	return nil, e
}
