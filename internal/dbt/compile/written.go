package compile

import (
	"os"
	"path/filepath"

	"github.com/kith-analytics/kith/internal/fault"
)

// WriteSQL puts SQL into a file of the target folder, which is made when it is not there. A file that holds the text already is left
// alone: most of the some thousand texts of a build are those of the build before, and reading one costs a tenth of writing it.
func WriteSQL(path, text string) error {
	if held, err := os.ReadFile(path); err == nil && string(held) == text {
		return nil
	}
	err := os.MkdirAll(filepath.Dir(path), 0o755) //nolint:gosec // build output, for its readers
	if err == nil {
		err = os.WriteFile(path, []byte(text), 0o644) //nolint:gosec // as above
	}
	if err != nil {
		return fault.Wrap(err, fault.Disk, "the SQL of a node cannot be written").At(path, 0)
	}
	return nil
}
