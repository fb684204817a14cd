package compile

import (
	"path/filepath"

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
	return seed.Load(filepath.Join(n.RootPath, filepath.FromSlash(n.OriginalFilePath)), n)
}
