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

// The files and folders that the documentation names are there, and so are the tables.
func TestDocumentationNamesWhatIsThere(t *testing.T) {
	t.Parallel()
	link := regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)
	path := regexp.MustCompile("`((?:analytics|cmd|docs|internal|scripts|test|web)/[A-Za-z0-9_./-]+)`")
	table := regexp.MustCompile(`\b(?:silver|gold|ml)\.([a-z_0-9]+)\b(\(?)`)
	tables := map[string]bool{}
	for _, folder := range []string{"models", "snapshots", "macros"} {
		err := filepath.WalkDir("../analytics/"+folder, func(path string, d fs.DirEntry, err error) error {
			tables[strings.TrimSuffix(d.Name(), filepath.Ext(path))] = true
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob("../docs/*/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, pattern := range []string{"../*.md", "../docs/*.md", "../analytics/*.md"} {
		more, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, more...)
	}
	if len(files) < 20 {
		t.Fatalf("%d files", len(files))
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range link.FindAllStringSubmatch(string(text), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(file), found[1])); err != nil {
				t.Errorf("%s: a link to nowhere: %v", file, err)
			}
		}
		for _, found := range path.FindAllStringSubmatch(string(text), -1) {
			if _, err := os.Stat(filepath.Join("..", found[1])); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
		for _, found := range table.FindAllStringSubmatch(string(text), -1) {
			if isFunction := found[2] != ""; !isFunction && !tables[found[1]] {
				t.Errorf("%s: no table %s", file, found[0])
			}
		}
	}
}
