// Package macros holds the macros that every project can call: dbt's own, seen
// as package `dbt`, and DuckDB's, seen as `dbt_duckdb`. Their names, parameters
// and dispatch are the interface that projects and packages build on; what they
// render is ours.
//
// Every statement of a materialization runs in one transaction that ends with
// adapter.commit(): a build that is stopped at any point leaves the relation as
// it was.
package macros

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed dbt dbt_duckdb
var content embed.FS

// The packages, in the order in which a later one overrides an earlier one.
const (
	Core   = "dbt"
	DuckDB = "dbt_duckdb"
)

// File is one file of macros.
type File struct {
	Package string
	// Path is relative to the package, with slashes: macros/relations/drop.sql.
	Path   string
	Source string
}

// Files gives all files, sorted by package and path.
func Files() ([]File, error) {
	var out []File
	for _, pkg := range []string{Core, DuckDB} {
		err := fs.WalkDir(content, pkg, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || path.Ext(name) != ".sql" {
				return err
			}
			text, err := content.ReadFile(name)
			if err != nil {
				return err
			}
			out = append(out, File{Package: pkg, Path: strings.TrimPrefix(name, pkg+"/"), Source: string(text)})
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("built-in macros: %w", err)
		}
	}
	return out, nil
}
