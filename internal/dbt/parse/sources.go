package parse

import (
	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

func (p *parser) readSources() error {
	for _, e := range p.props.lists["sources"] {
		tables := yamlvalue.Items(e.get("tables"))
		for _, t := range tables {
			if err := p.readSource(e, t); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *parser) readSource(e *entry, table *yaml.Node) error {
	r := p.renderer(e.proj.Name)
	nameValue, err := r.Node(p.ctx, e.shown, yamlvalue.Get(table, "name"), nil)
	if err != nil {
		return err
	}
	name := str(nameValue)
	if name == "" {
		return fault.New(fault.Parse, "a table of the source %q has no name", e.name).At(e.shown, table.Line)
	}
	s := &manifest.Source{
		UniqueID: "source." + e.proj.Name + "." + e.name + "." + name, Name: name, SourceName: e.name, Package: e.proj.Name,
		Path: e.file.Original, OriginalFilePath: e.file.Original,
		FQN:       append(fqn(e.proj.Name, e.file.Relative, e.name), name),
		CreatedAt: p.created, Quoting: jinja.NewDict(),
	}
	if old, ok := p.out.Sources[s.UniqueID]; ok {
		return fault.New(fault.Parse, "the source table %s.%s is declared twice, first in %s", e.name, name, old.OriginalFilePath).
			At(e.shown, table.Line).WithHint("join the two, or remove one")
	}
	texts := []struct {
		key      string
		target   *string
		fallback string
	}{
		{"database", &s.Database, p.Target.Database}, {"schema", &s.Schema, e.name}, {"identifier", &s.Identifier, name}, {"loader", &s.Loader, ""},
	}
	for _, t := range texts {
		var v jinja.Value
		if t.key == "identifier" {
			v, err = r.Node(p.ctx, e.shown, yamlvalue.Get(table, t.key), nil)
		} else {
			v, err = r.Node(p.ctx, e.shown, e.get(t.key), nil)
		}
		if err != nil {
			return err
		}
		if *t.target = str(v); *t.target == "" {
			*t.target = t.fallback
		}
	}
	s.UnrenderedSchema, s.UnrenderedDatabase = yamlvalue.Text(e.get("schema")), yamlvalue.Text(e.get("database"))
	if s.SourceDescription, _, err = p.entryDescription(e, e.node); err != nil {
		return err
	}
	if s.Description, s.DocBlocks, err = p.entryDescription(e, table); err != nil {
		return err
	}
	if s.Columns, err = p.columns(e, yamlvalue.Get(table, "columns")); err != nil {
		return err
	}
	if err := p.sourceConfig(e, table, s); err != nil {
		return err
	}
	relation, err := p.env.SourceRelation(s)
	if err != nil {
		return place(err, e.shown, table.Line)
	}
	s.RelationName = relation.Render()
	if !s.Config.Enabled() {
		p.out.DisabledSources[s.UniqueID] = s
		return nil
	}
	p.out.Sources[s.UniqueID] = s
	return nil
}

// sourceConfig resolves what source, table and project say of freshness, tags,
// meta and quoting.
func (p *parser) sourceConfig(e *entry, table *yaml.Node, s *manifest.Source) error {
	tableEntry := *e
	tableEntry.node = table
	l, err := p.patchConfig(e, manifest.SourceType, "meta", "tags", "freshness", "loaded_at_field", "loaded_at_query")
	if err != nil {
		return err
	}
	over, err := p.patchConfig(&tableEntry, manifest.SourceType, "meta", "tags", "freshness", "loaded_at_field", "loaded_at_query")
	if err != nil {
		return err
	}
	s.SourceMeta = dictOf(first(l.patch, "meta"))
	joined := manifest.NewConfig(jinja.NewDict())
	joined.Merge(l.patch)
	mergeFreshness(joined, over.patch)
	joined.Merge(over.patch)
	raw := manifest.NewConfig(jinja.NewDict())
	raw.Merge(l.rawPatch)
	mergeFreshness(raw, over.rawPatch)
	raw.Merge(over.rawPatch)
	s.Config, s.UnrenderedConfig = p.resolve(manifest.SourceType, e.proj.Name, s.FQN, layers{patch: joined.Values, rawPatch: raw.Values})
	s.Meta, s.Tags = dictOf(first(s.Config.Values, "meta")), s.Config.Strings("tags")
	s.LoadedAtField, s.LoadedAtQuery = s.Config.String("loaded_at_field"), s.Config.String("loaded_at_query")
	if s.External, err = p.renderer(e.proj.Name).Node(p.ctx, e.shown, yamlvalue.Get(table, "external"), nil); err != nil {
		return err
	}
	for _, n := range []*yaml.Node{e.get("quoting"), yamlvalue.Get(table, "quoting")} {
		s.Quoting.Update(dictOf(valueOf(n)))
	}
	if s.Freshness, err = freshness(first(s.Config.Values, "freshness")); err != nil {
		return fault.Wrap(err, fault.Parse, "the freshness of %s.%s", s.SourceName, s.Name).At(e.shown, table.Line)
	}
	return nil
}

func first(d *jinja.Dict, key string) jinja.Value {
	if d == nil {
		return nil
	}
	v, _ := d.GetStr(key)
	return v
}

// mergeFreshness lets a table change one threshold of its source's freshness;
// an explicit null switches it off.
func mergeFreshness(base *manifest.Config, over *jinja.Dict) {
	v, ok := over.GetStr("freshness")
	old, had := base.Get("freshness")
	d, isDict := v.(*jinja.Dict)
	before, wasDict := old.(*jinja.Dict)
	if !ok || !had || !isDict || !wasDict {
		return
	}
	joined := jinja.NewDict()
	joined.Update(before)
	joined.Update(d)
	over.SetStr("freshness", joined)
}

func freshness(v jinja.Value) (*manifest.Freshness, error) {
	d, ok := v.(*jinja.Dict)
	if !ok {
		return nil, nil //nolint:nilnil // no freshness is asked for
	}
	f := &manifest.Freshness{Filter: str(first(d, "filter"))}
	for key, target := range map[string]*manifest.Threshold{"warn_after": &f.WarnAfter, "error_after": &f.ErrorAfter} {
		t, ok := first(d, key).(*jinja.Dict)
		if !ok {
			continue
		}
		count, isInt := first(t, "count").(int64)
		period := str(first(t, "period"))
		if first(t, "count") == nil && period == "" {
			continue
		}
		if !isInt || period != "minute" && period != "hour" && period != "day" {
			return nil, fault.New(fault.Parse, "%s takes a count and a period of minute, hour or day", key)
		}
		*target = manifest.Threshold{Count: int(count), Period: period}
	}
	return f, nil
}
