package parse

import (
	"github.com/kith-analytics/kith/internal/dbt/compile"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// provisionalNames lets this and model work during the first pass.
func (p *parser) provisionalNames(n *manifest.Node) {
	n.Database, n.Schema = p.Target.Database, p.Target.Schema
	if n.Alias == "" {
		n.Alias = n.Name
	}
}

// names asks the macros generate_database_name, generate_schema_name and
// generate_alias_name for where the node's relation goes. Old snapshots say it
// themselves with target_schema and target_database.
func (p *parser) names(n *manifest.Node, c *compile.Pass, shown string) error {
	view := compile.NewNodeView(n)
	for _, part := range []struct {
		macro, key string
		target     *string
	}{
		{"generate_database_name", "database", &n.Database},
		{"generate_schema_name", "schema", &n.Schema},
		{"generate_alias_name", "alias", &n.Alias},
	} {
		m := p.env.Library.Find(p.Project.Name, part.macro)
		if m == nil {
			return fault.New(fault.Internal, "the macro %s is missing", part.macro)
		}
		custom, _ := n.Config.Get(part.key)
		v, err := c.Call(m, jinja.Pos(custom, view))
		if err != nil {
			return place(err, shown, 1)
		}
		name := trimmed(v)
		if name == "" {
			return fault.New(fault.Parse, "the macro %s gave no name for %s", part.macro, n.UniqueID).
				At(m.OriginalFilePath, m.Line).WithHint("let it end in a name, also without a custom one")
		}
		*part.target = name
	}
	if n.ResourceType == manifest.Snapshot {
		if s := n.Config.String("target_schema"); s != "" {
			n.Schema = s
		}
		if s := n.Config.String("target_database"); s != "" {
			n.Database = s
		}
	}
	return nil
}
