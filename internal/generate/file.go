package generate

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/kith-analytics/kith/internal/fault"
)

// SalesLogFile writes a synthetic sales log to path, whose folder must exist.
// The file appears whole or not at all; one that is there already is replaced.
func SalesLogFile(ctx context.Context, path string, cfg Config) (summary Summary, err error) {
	part, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return Summary{}, fault.Wrap(err, fault.Disk, "create %s", path)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, part.Close(), os.Remove(part.Name()))
		}
	}()
	summary, err = SalesLog(ctx, part, cfg)
	if err != nil {
		return Summary{}, err
	}
	if err := part.Chmod(0o644); err != nil {
		return Summary{}, fault.Wrap(err, fault.Disk, "write %s", path)
	}
	if err := part.Sync(); err != nil {
		return Summary{}, fault.Wrap(err, fault.Disk, "write %s", path)
	}
	if err := part.Close(); err != nil {
		return Summary{}, fault.Wrap(err, fault.Disk, "write %s", path)
	}
	if err := os.Rename(part.Name(), path); err != nil {
		return Summary{}, fault.Wrap(err, fault.Disk, "write %s", path)
	}
	return summary, nil
}
