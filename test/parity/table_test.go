package parity

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestTableNamesWhatIsThere holds docs/dbt-compatibility.md to the projects: each
// is in the table, and what the table names is there.
func TestTableNamesWhatIsThere(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/dbt-compatibility.md")
	if err != nil {
		t.Fatal(err)
	}
	table, _, _ := strings.Cut(string(text), "## What differs")
	quoted := regexp.MustCompile("`([^`]+)`")
	var named []string
	for line := range strings.Lines(table) {
		cells := strings.Split(line, "|")
		if len(cells) != 4 {
			continue
		}
		for _, m := range quoted.FindAllStringSubmatch(cells[2], -1) {
			named = append(named, m[1])
		}
	}
	for _, name := range named {
		path := filepath.Join("..", "..", name)
		if !strings.Contains(name, "/") {
			path = filepath.Join(projects, name)
		}
		if strings.HasPrefix(name, "Test") {
			continue // found by whoever runs it
		}
		if _, err := os.Stat(path); err != nil {
			t.Errorf("the table names %q: %v", name, err)
		}
	}
	entries, err := os.ReadDir(projects)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !slices.Contains(named, entry.Name()) {
			t.Errorf("the table does not name the project %q", entry.Name())
		}
	}
}
