package parse

import (
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// configKeys gives the keys beside config: that count as configuration.
func configKeys(t manifest.ResourceType) []string {
	switch t {
	case manifest.Model:
		return []string{"docs", "access", "group", "meta", "tags"}
	case manifest.Seed:
		return []string{"docs", "group", "meta", "tags", "quote_columns"}
	case manifest.Test:
		return []string{"meta", "tags"}
	default:
		return []string{"docs", "group", "meta", "tags"}
	}
}

// describe takes over what YAML says of a node: text, columns, constraints. It
// gives the configuration that stands there.
func (p *parser) describe(d draft) (layers, error) {
	n, e := d.node, d.entry
	if e == nil {
		return layers{}, nil
	}
	n.PatchPath, n.PatchLine = e.patchPath(), e.node.Line
	var err error
	if n.Description, n.DocBlocks, err = p.entryDescription(e, e.node); err != nil {
		return layers{}, err
	}
	if n.Columns, err = p.columns(e, e.get("columns")); err != nil {
		return layers{}, err
	}
	if n.Constraints, err = p.constraints(e, e.get("constraints")); err != nil {
		return layers{}, err
	}
	if n.DeprecationDate, err = p.deprecationDate(e); err != nil {
		return layers{}, err
	}
	return p.patchConfig(e, n.ResourceType, configKeys(n.ResourceType)...)
}

// deprecationDate gives the day from which a model is not to be used, "" for none.
func (p *parser) deprecationDate(e *entry) (string, error) {
	text, err := p.text(e, "deprecation_date")
	if err != nil || text == "" {
		return "", err
	}
	for _, layout := range []string{time.DateOnly, time.DateTime, "2006-01-02T15:04:05", "2006-01-02 15:04:05Z07:00", time.RFC3339} {
		if _, err := time.Parse(layout, text); err == nil {
			return text, nil
		}
	}
	return "", fault.New(fault.Parse, "deprecation_date is %q, which is no date", text).At(e.shown, e.get("deprecation_date").Line).
		WithHint("write it as 2027-01-31")
}

func (p *parser) entryDescription(e *entry, n *yaml.Node) (string, []string, error) {
	d := yamlvalue.Get(n, "description")
	if yamlvalue.IsNull(d) {
		return "", nil, nil
	}
	return p.description(e.proj.Name, e.shown, d.Line, yamlvalue.Text(d))
}

// columns reads a list of columns.
func (p *parser) columns(e *entry, list *yaml.Node) ([]manifest.Column, error) {
	if !yamlvalue.IsNull(list) && list.Kind != yaml.SequenceNode {
		return nil, fault.New(fault.Parse, "columns: takes a list, each with a name").At(e.shown, list.Line)
	}
	var out []manifest.Column
	seen := map[string]bool{}
	for _, item := range yamlvalue.Items(list) {
		name := yamlvalue.Text(yamlvalue.Get(item, "name"))
		if name == "" {
			return nil, fault.New(fault.Parse, "a column of %q has no name", e.name).At(e.shown, item.Line)
		}
		if seen[name] {
			return nil, fault.New(fault.Parse, "the column %q of %q is described twice", name, e.name).At(e.shown, item.Line)
		}
		seen[name] = true
		c := manifest.Column{Name: name, DataType: yamlvalue.Text(yamlvalue.Get(item, "data_type")), Granularity: yamlvalue.Text(yamlvalue.Get(item, "granularity"))}
		var err error
		if c.Description, c.DocBlocks, err = p.entryDescription(e, item); err != nil {
			return nil, err
		}
		config, err := p.renderer(e.proj.Name).Node(p.ctx, e.shown, yamlvalue.Get(item, "config"), nil)
		if err != nil {
			return nil, err
		}
		settings := manifest.NewConfig(jinja.NewDict())
		for _, key := range []string{"meta", "tags"} {
			if v := yamlvalue.Get(item, key); v != nil {
				one := jinja.NewDict()
				one.SetStr(key, valueOf(v))
				settings.Merge(one)
			}
		}
		settings.Merge(dictOf(config))
		meta, _ := settings.Get("meta")
		c.Meta, c.Tags = dictOf(meta), settings.Strings("tags")
		if q, ok := valueOf(yamlvalue.Get(item, "quote")).(bool); ok {
			c.Quote = &q
		}
		if c.Constraints, err = p.constraints(e, yamlvalue.Get(item, "constraints")); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

func (p *parser) constraints(e *entry, list *yaml.Node) ([]manifest.Constraint, error) {
	var out []manifest.Constraint
	for _, item := range yamlvalue.Items(list) {
		v, err := p.renderer(e.proj.Name).Node(p.ctx, e.shown, item, nil)
		if err != nil {
			return nil, err
		}
		c := manifest.NewConfig(dictOf(v))
		switch kind := c.String("type"); kind {
		case "check", "not_null", "unique", "primary_key", "foreign_key", "custom":
		default:
			return nil, fault.New(fault.Parse, "the constraint type %q is not known", kind).At(e.shown, item.Line).
				WithHint("use check, not_null, unique, primary_key, foreign_key or custom")
		}
		out = append(out, manifest.Constraint{
			Type: c.String("type"), Name: c.String("name"), Expression: c.String("expression"), Columns: c.Strings("columns"),
			WarnUnenforced: c.Bool("warn_unenforced", true), WarnUnsupported: c.Bool("warn_unsupported", true),
			To: c.String("to"), ToColumns: c.Strings("to_columns"),
		})
	}
	return out, nil
}
