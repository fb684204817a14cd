package e2e

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The table of coverage names models, tests and vars that are there: a renamed model
// or a deleted test would leave a promise behind.
func TestCoverageNamesWhatIsThere(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	words := regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_]*`)
	add := func(root string, exts ...string) {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			name, ext := d.Name(), filepath.Ext(d.Name())
			known[strings.TrimSuffix(name, ext)] = true
			for _, e := range exts {
				if ext != e {
					continue
				}
				text, err := os.ReadFile(path)
				if err != nil {
					return err
				}
				for _, w := range words.FindAllString(string(text), -1) {
					known[w] = true
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	add("../analytics", ".yml")
	add(".", ".go")
	text, err := os.ReadFile("../docs/coverage.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| object") {
			continue
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), " | ")
		if len(cells) != 4 {
			t.Errorf("not four cells: %s", line)
			continue
		}
		rows++
		for _, cell := range cells[2:] {
			if strings.TrimSpace(cell) == "" {
				t.Errorf("an empty cell: %s", line)
			}
			for _, quoted := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cell, -1) {
				name := quoted[1]
				if words.FindString(name) != name {
					continue // a command or a path
				}
				if !known[name] {
					t.Errorf("%s is not there: %s", name, line)
				}
			}
		}
	}
	if rows < 100 {
		t.Errorf("%d rows", rows)
	}
}
