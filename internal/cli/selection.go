package cli

import (
	"slices"

	"github.com/spf13/pflag"

	"github.com/kith-analytics/kith/internal/app"
)

// selection are dbt's flags that name nodes.
type selection struct {
	choose, models, exclude []string
	selector                string
	types, without          []string
}

func (s *selection) register(fs *pflag.FlagSet) {
	fs.StringArrayVarP(&s.choose, "select", "s", nil, "nodes to take: names, tag:x, path:models/x, +x, x+ ...")
	fs.StringArrayVarP(&s.models, "models", "m", nil, "the same as --select")
	fs.Lookup("models").Hidden = true
	fs.StringArrayVar(&s.exclude, "exclude", nil, "nodes to leave out")
	fs.StringVar(&s.selector, "selector", "", "a selection of selectors.yml by name")
}

// registerState adds the flags about earlier artifacts.
func (g *global) registerState(fs *pflag.FlagSet) {
	fs.StringVar(&g.state, "state", "", "the folder of earlier artifacts, for state:modified and its like, and for --defer")
	withEnv(fs, "state", "DBT_STATE")
	fs.StringVar(&g.deferState, "defer-state", "", "the folder of the manifest.json to defer to (default: that of --state)")
	withEnv(fs, "defer-state", "DBT_DEFER_STATE")
	pair(fs, &g.deferRefs, "defer", "", false, "DBT_DEFER", "read unselected nodes that are not here from the environment of --state")
	pair(fs, &g.favorState, "favor-state", "", false, "DBT_FAVOR_STATE", "with --defer, read all unselected nodes from there")
}

func (s *selection) registerTypes(fs *pflag.FlagSet) {
	fs.StringArrayVar(&s.types, "resource-type", nil, "kinds of nodes to take: model, seed, snapshot, test ...")
	withEnv(fs, "resource-type", "DBT_RESOURCE_TYPES")
	fs.StringArrayVar(&s.without, "exclude-resource-type", nil, "kinds of nodes to leave out")
	withEnv(fs, "exclude-resource-type", "DBT_EXCLUDE_RESOURCE_TYPES")
}

func (s *selection) request() app.Selection {
	return app.Selection{
		Select: slices.Concat(s.choose, s.models), Exclude: s.exclude, Selector: s.selector,
		Types: s.types, ExcludeTypes: s.without,
	}
}

// building are the flags of commands that build tables.
type building struct {
	fullRefresh, empty, storeFailures bool
}

func (b *building) registerRefresh(fs *pflag.FlagSet) {
	fs.BoolVarP(&b.fullRefresh, "full-refresh", "f", false, "build incremental models and seeds anew")
	withEnv(fs, "full-refresh", "DBT_FULL_REFRESH")
}

func (b *building) registerEmpty(fs *pflag.FlagSet) {
	pair(fs, &b.empty, "empty", "", false, "DBT_EMPTY", "read no rows: check that the SQL runs")
}

func (b *building) registerStore(fs *pflag.FlagSet) {
	fs.BoolVar(&b.storeFailures, "store-failures", false, "keep the failing rows of tests in tables")
	withEnv(fs, "store-failures", "DBT_STORE_FAILURES")
}

func (b *building) flags(fs *pflag.FlagSet) app.Flags {
	return app.Flags{FullRefresh: b.fullRefresh, Empty: b.empty, StoreFailures: given(fs, "store-failures", b.storeFailures)}
}
