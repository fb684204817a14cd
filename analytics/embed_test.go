package analytics_test

import (
	"encoding/csv"
	"io/fs"
	"path"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/analytics"
)

// What `kith init` writes must be the project and nothing that a build left behind.
func TestProjectHoldsOnlyTheProject(t *testing.T) {
	t.Parallel()

	known := map[string]bool{".sql": true, ".yml": true, ".csv": true, ".md": true}

	err := fs.WalkDir(analytics.Project, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}

		if name != "." && strings.HasPrefix(entry.Name(), ".") {
			t.Errorf("%s is hidden", name)
		}

		if !entry.IsDir() && !known[path.Ext(name)] {
			t.Errorf("%s is no file of a dbt project", name)
		}

		return nil
	})
	if err != nil {
		t.Fatal(err)
	}

	for _, name := range []string{"dbt_project.yml", "profiles.yml", "README.md"} {
		if _, err := fs.Stat(analytics.Project, name); err != nil {
			t.Errorf("the project lacks %s: %v", name, err)
		}
	}
}

// A model without an entry in a schema file would have no grain, no key test and no docs.
func TestEveryModelIsDescribed(t *testing.T) {
	t.Parallel()

	var models []string

	described := map[string]bool{}

	err := fs.WalkDir(analytics.Project, "models", func(name string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}

		switch path.Ext(name) {
		case ".sql":
			models = append(models, strings.TrimSuffix(path.Base(name), ".sql"))
		case ".yml":
			text, err := fs.ReadFile(analytics.Project, name)
			if err != nil {
				return err
			}

			for line := range strings.Lines(string(text)) {
				if model, found := strings.CutPrefix(line, "  - name: "); found {
					described[strings.TrimSpace(model)] = true
				}
			}
		}

		return nil
	})
	if err != nil {
		t.Fatal(err)
	}

	if len(models) == 0 {
		t.Fatal("the project has no models")
	}

	for _, model := range models {
		if !described[model] {
			t.Errorf("model %s is in no schema file", model)
		}
	}
}

// The dbt test proves the same on the warehouse; this one tells before a build.
func TestEveryScoreCellHasOneSegment(t *testing.T) {
	t.Parallel()

	file, err := analytics.Project.Open("seeds/rfm_segment_mapping.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()

	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}

	names := map[string]string{}

	for _, row := range rows[1:] {
		cell := row[0] + row[1] + row[2]
		if name, found := names[cell]; found {
			t.Errorf("cell %s is named twice: %s and %s", cell, name, row[3])
		}

		names[cell] = row[3]
	}

	for _, r := range "12345" {
		for _, f := range "12345" {
			for _, m := range "12345" {
				if cell := string([]rune{r, f, m}); names[cell] == "" {
					t.Errorf("cell %s has no name", cell)
				}
			}
		}
	}

	if len(names) != 125 {
		t.Errorf("%d cells are named, want 125", len(names))
	}
}
