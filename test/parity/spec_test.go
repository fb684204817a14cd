package parity

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// step is one command, and the folder within the project that is copied over it before.
type step struct {
	Overlay string   `json:"overlay"`
	Args    []string `json:"args"`
}

// spec is a project's parity.json. Without one a project is built twice, the
// second time with the folder `changed` copied over it if there is one.
type spec struct {
	Steps []step `json:"steps"`
	// Env is added to the environment of both.
	Env map[string]string `json:"env"`
	// Volatile names columns that hold the moment of the run, as
	// "schema.relation.column" or "*.column"; "schema.relation" alone leaves the rows out.
	Volatile []string `json:"volatile"`
	// Select lists more selections for ls, beside those derived from the project.
	Select [][]string `json:"select"`
	// Database is the warehouse's file; the folder's name + .duckdb without one.
	Database string `json:"database"`
	// Package is the folder within the project where the commands run.
	Package string `json:"package"`
	// NoCompiled names nodes whose SQL differs on purpose.
	NoCompiled []string `json:"no_compiled"`
}

func readSpec(t *testing.T, dir string) spec {
	t.Helper()
	var s spec
	data, err := os.ReadFile(filepath.Join(dir, "parity.json"))
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		t.Fatal(err)
	default:
		if err := json.Unmarshal(data, &s); err != nil {
			t.Fatalf("%s/parity.json: %v", dir, err)
		}
	}
	if s.Database == "" {
		s.Database = filepath.Base(dir) + ".duckdb"
	}
	if len(s.Steps) == 0 {
		s.Steps = []step{{Args: []string{"build"}}, {Args: []string{"build"}}}
		if _, err := os.Stat(filepath.Join(dir, s.Package, "changed")); err == nil {
			s.Steps[1].Overlay = "changed"
		}
	}
	return s
}
