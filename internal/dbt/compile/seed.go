package compile

import (
	"path/filepath"

	"github.com/kith-analytics/kith/internal/dbt/globals"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/seed"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// loadSeed is load_agate_table(): the rows of the node's CSV file.
func (r *Run) loadSeed(*jinja.Runtime, jinja.Args) (jinja.Value, error) {
	n := r.node
	if n.ResourceType != manifest.Seed {
		return nil, fault.New(fault.Compile, "load_agate_table() is for seeds, and %s is a %s", n.Name, n.ResourceType)
	}
	opt := seed.Options{Name: n.OriginalFilePath, Delimiter: n.Config.String("delimiter")}
	if types, ok := n.Config.Get("column_types"); ok {
		if d, ok := types.(*jinja.Dict); ok {
			for _, column := range d.Keys() {
				opt.ColumnTypes = append(opt.ColumnTypes, jinja.Str(column))
			}
		}
	}
	var refused error // the first warning that is to be an error
	if log := r.env.Invocation.Log; log != nil {
		opt.Warn = func(msg string) {
			if err := log(globals.Warn, msg); refused == nil {
				refused = err
			}
		}
	}
	rows, err := seed.Read(filepath.Join(n.RootPath, filepath.FromSlash(n.OriginalFilePath)), opt)
	if err != nil {
		return nil, err
	}
	return rows, refused
}
