package seed

import (
	"path/filepath"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Load reads the file of a seed node with the delimiter and column_types of its
// config. Messages name the file as the project does; the first of warn takes
// what is odd but not wrong.
func Load(path string, node *manifest.Node, warn ...func(message string)) (*adapter.Table, error) {
	opt := Options{
		Name: filepath.ToSlash(node.OriginalFilePath), Delimiter: node.Config.String("delimiter"),
	}
	if len(warn) > 0 {
		opt.Warn = warn[0]
	}
	if v, ok := node.Config.Get("column_types"); ok {
		if types, ok := v.(*jinja.Dict); ok {
			for _, name := range types.Keys() {
				opt.ColumnTypes = append(opt.ColumnTypes, jinja.Str(name))
			}
		}
	}
	return Read(path, opt)
}
