package docs

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

// LineageFile is the artifact that holds the lineage of columns. dbt has none.
const LineageFile = "column_lineage.json"

// lineageVersion is raised when the file's shape changes.
const lineageVersion = 1

// Lineage is column_lineage.json.
type Lineage struct {
	Version      int       `json:"version"`
	GeneratedAt  time.Time `json:"generated_at"`
	InvocationID string    `json:"invocation_id"`
	// Nodes are models and snapshots by unique id.
	Nodes map[string]NodeLineage `json:"nodes"`
}

// NodeLineage is where a node's columns come from.
type NodeLineage struct {
	Columns []ColumnLineage `json:"columns,omitempty"`
	// Rows are the parent columns that decide which rows there are; Kind is filter,
	// join, group, distinct or sort.
	Rows []Origin `json:"rows,omitempty"`
	// Unknown says why the lineage cannot be told; "" when it can.
	Unknown string `json:"unknown,omitempty"`
}

// ColumnLineage is where one column comes from.
type ColumnLineage struct {
	Name string `json:"name"`
	// From are parent columns; Kind is identity, transformed, windowed or aggregated.
	From []Origin `json:"from,omitempty"`
	// Outside names table functions that values come from.
	Outside []string `json:"outside,omitempty"`
}

// Origin is one parent column. Parent is a unique id, or the name of a relation
// that is not part of the project.
type Origin struct {
	Parent string `json:"parent"`
	Column string `json:"column"`
	Kind   string `json:"kind"`
}

// Coverage counts columns of all nodes, and those whose origin is known.
func (l *Lineage) Coverage() (known, all int) {
	for _, n := range l.Nodes {
		all += max(len(n.Columns), 1)
		if n.Unknown == "" {
			known += max(len(n.Columns), 1)
		}
	}
	return known, all
}

// WriteLineage writes dir/column_lineage.json, whole or not at all.
func WriteLineage(dir string, l *Lineage) error {
	l.Version = lineageVersion
	data, err := json.Marshal(l)
	if err != nil {
		return fault.Wrap(err, fault.Internal, "the lineage cannot be written")
	}
	return replaceFile(filepath.Join(dir, LineageFile), data)
}

// readLineage reads the lineage; none, or one of another version, is empty.
func readLineage(dir string) (*Lineage, error) {
	out := &Lineage{}
	data, err := os.ReadFile(filepath.Join(dir, LineageFile))
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	if err == nil {
		err = json.Unmarshal(data, out)
	}
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "cannot read %s", LineageFile).WithHint("run `kith docs generate` again")
	}
	if out.Version != lineageVersion {
		return &Lineage{}, nil
	}
	return out, nil
}

// replaceFile puts data in a file's place in one step.
func replaceFile(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil { //nolint:gosec // like the project's other folders, others may read it
		return diskError(err, path)
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return diskError(err, path)
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return diskError(errors.Join(err, os.Remove(f.Name())), path)
	}
	return nil
}

func diskError(err error, path string) error {
	e := fault.Wrap(err, fault.Disk, "cannot write")
	e.File = path
	return e.WithHint("check the disk and the rights on the folder")
}
