// Command metricdocs writes docs/metrics.md from the shipped metric files.
package main

//go:generate go run .

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/analytics"
	"github.com/kith-analytics/kith/internal/metric"
)

const target = "../../docs/metrics.md"

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	models, err := shippedModels()
	if err != nil {
		return err
	}
	catalog, err := metric.Load(analytics.Project, models)
	if err != nil {
		return err
	}
	return os.WriteFile(target, []byte(page(catalog)), 0o644) //nolint:gosec // a page for everybody
}

// shippedModels gives the models that the project's files name. Their columns are
// those of the build's tests to check.
func shippedModels() (metric.Models, error) {
	models := metric.Models{}
	err := fs.WalkDir(analytics.Project, "models", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch path.Ext(name) {
		case ".sql":
			model := strings.TrimSuffix(path.Base(name), ".sql")
			m := models[model]
			m.Name, m.Table = model, model
			models[model] = m
		case ".yml":
			return describe(name, models)
		}
		return nil
	})
	return models, err
}

// describe notes the columns that a file of descriptions names.
func describe(name string, models metric.Models) error {
	text, err := fs.ReadFile(analytics.Project, name)
	if err != nil {
		return err
	}
	var file struct {
		Models []struct {
			Name    string
			Columns []struct{ Name string }
		}
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for _, described := range file.Models {
		m := models[described.Name]
		m.Name, m.Table = described.Name, described.Name
		for _, c := range described.Columns {
			m.Columns = append(m.Columns, metric.ModelColumn{Name: c.Name})
		}
		models[described.Name] = m
	}
	return nil
}

// page writes the metrics by the file that defines them, and the dimensions.
func page(c *metric.Catalog) string {
	var b strings.Builder
	b.WriteString(`# Metrics

Written by ` + "`go generate`" + ` from the files in ` + "`analytics/metrics`" + `; change those. ` + "`kith metrics explain METRIC`" + ` has the SQL, models and rows.
A share has its 95 % interval where the table says so; by which dimensions a metric can be grouped and filtered stands below.
`)
	file := ""
	for _, m := range c.Metrics() {
		if m.Place.File != file {
			file = m.Place.File
			title := strings.TrimSuffix(path.Base(file), ".yml")
			fmt.Fprintf(&b, "\n## %s\n\n| metric | name | what it is | formula | format | better |\n|---|---|---|---|---|---|\n", strings.ToUpper(title[:1])+title[1:])
		}
		form := string(m.Format)
		if m.Unit != "" {
			form += ", " + m.Unit
		}
		if m.HasInterval() {
			form += ", interval"
		}
		fmt.Fprintf(&b, "| %s | `%s` | %s | %s | %s | %s |\n", m.Label, m.Name, cell(m.Description), cell(c.Formula(m)), form, m.Direction)
	}
	b.WriteString("\n## Dimensions\n\n| dimension | name | what it is | metrics |\n|---|---|---|---:|\n")
	for _, d := range c.Dimensions() {
		n := 0
		for _, m := range c.Metrics() {
			for _, name := range m.Dimensions() {
				if name == d.Name {
					n++
				}
			}
		}
		fmt.Fprintf(&b, "| %s | `%s` | %s | %d |\n", d.Label, d.Name, cell(d.Description), n)
	}
	return b.String()
}

// cell keeps text inside a cell of a table.
func cell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }
