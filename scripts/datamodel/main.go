// Command datamodel writes the tables of docs/data-model.md: from the contract in
// analytics/models/sources, the presets of kith load and the example files of its
// tests. What stands between <!-- begin NAME --> and <!-- end NAME --> is its; the
// rest of the page is written by hand.
//
//	go generate ./scripts/datamodel
package main

//go:generate go run .

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/kith-analytics/kith/analytics"
	"github.com/kith-analytics/kith/internal/load"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "datamodel:", err)
		os.Exit(1)
	}
}

// root is the repository's folder, as seen from this one.
const root = "../.."

func run() error {
	path := filepath.Join(root, "docs", "data-model.md")
	before, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read the page: %w", err)
	}
	after, err := page(string(before))
	if err != nil {
		return err
	}
	if after == string(before) {
		return nil
	}
	if err := os.WriteFile(path, []byte(after), 0o644); err != nil { //nolint:gosec // a page of the documentation is for its readers
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

// page writes the parts of the page that are made anew.
func page(text string) (string, error) {
	tables, err := readContract(analytics.Project)
	if err != nil {
		return "", err
	}
	presets, err := load.Presets()
	if err != nil {
		return "", fmt.Errorf("read the presets: %w", err)
	}
	parts := map[string]string{"sources": overview(presets)}
	for _, p := range presets {
		example, err := os.ReadFile(filepath.Join(root, "internal", "load", "testdata", "sources", p.Source, "example.csv"))
		if err != nil {
			return "", fmt.Errorf("read the example of %s: %w", p.Source, err)
		}
		table, ok := tables[p.Source]
		if !ok {
			return "", fmt.Errorf("%s: %w", p.Source, errNoTable)
		}
		parts[p.Source] = section(p, table, string(example))
	}
	return fill(text, parts)
}

var (
	errNoTable = errors.New("the contract has no such table")
	errNoPart  = errors.New("the page has no such part, or not its end")
	errPart    = errors.New("the page has a part that nobody writes")
)

// fill puts the parts between their marks. Each part must be there once.
func fill(text string, parts map[string]string) (string, error) {
	var out strings.Builder
	done := map[string]bool{}
	for {
		before, rest, found := strings.Cut(text, "<!-- begin ")
		out.WriteString(before)
		if !found {
			break
		}
		name, rest, _ := strings.Cut(rest, " -->\n")
		part, ok := parts[name]
		if !ok {
			return "", fmt.Errorf("%s: %w", name, errPart)
		}
		end := "<!-- end " + name + " -->"
		_, rest, found = strings.Cut(rest, end)
		if !found {
			return "", fmt.Errorf("%s: %w", name, errNoPart)
		}
		out.WriteString("<!-- begin " + name + " -->\n" + part + end)
		done[name], text = true, rest
	}
	for name := range parts {
		if !done[name] {
			return "", fmt.Errorf("%s: %w", name, errNoPart)
		}
	}
	return out.String(), nil
}

// overview lists the sources with what a file needs.
func overview(presets []*load.Mapping) string {
	var b strings.Builder
	b.WriteString("| source | what it is | a file needs |\n|---|---|---|\n")
	for _, p := range presets {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s |\n", p.Source, p.Source, cell(p.About), needs(p))
	}
	return b.String()
}

func needs(p *load.Mapping) string {
	out := make([]string, 0, len(p.Columns))
	for _, part := range p.Required() {
		for _, link := range []string{" or ", " and "} {
			part = strings.ReplaceAll(part, link, "`"+link+"`")
		}
		out = append(out, "`"+part+"`")
	}
	return strings.Join(out, ", ")
}

// section is the table of a source's columns, and an example.
func section(p *load.Mapping, table contractTable, example string) string {
	described := map[string]contractColumn{}
	for _, c := range table.Columns {
		described[c.Name] = c
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s Grain: %s. A file needs %s.\n\n", table.Description, table.Config.Meta.Grain, needs(p))
	b.WriteString("| column | type | meaning | also read from |\n|---|---|---|---|\n")
	for i := range p.Columns {
		c := &p.Columns[i]
		meaning := described[c.To].Description
		if described[c.To].Config.Meta.PII && !strings.Contains(meaning, "ersonal data") {
			meaning += " Personal data."
		}
		if c.Numbered {
			meaning += " Numbered where the file has none."
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", c.To, described[c.To].Type, cell(meaning), names(c))
	}
	b.WriteString("\n```csv\n" + strings.TrimSuffix(example, "\n") + "\n```\n")
	return b.String()
}

// names lists what the column may be called in a file, generic names in italics.
func names(c *load.MappingColumn) string {
	var out []string
	for _, name := range c.From {
		if plain(name) != plain(c.To) {
			out = append(out, cell(name))
		}
	}
	for _, name := range c.Generic {
		out = append(out, "*"+cell(name)+"*")
	}
	return strings.Join(out, ", ")
}

func plain(name string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "_", "", "-", "").Replace(name))
}

// cell makes a text fit into a table.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
