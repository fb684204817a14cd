package parse

import (
	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
)

func (p *parser) readGroups() error {
	for _, e := range p.props.lists["groups"] {
		owner := e.get("owner")
		g := &manifest.Group{
			UniqueID: "group." + e.proj.Name + "." + e.name, Name: e.name, Package: e.proj.Name,
			Path: e.file.Relative, OriginalFilePath: e.file.Original,
			OwnerName: yamlvalue.Text(yamlvalue.Get(owner, "name")), OwnerEmail: yamlvalue.Text(yamlvalue.Get(owner, "email")),
		}
		var err error
		if g.Description, _, err = p.entryDescription(e, e.node); err != nil {
			return err
		}
		if g.OwnerName == "" && g.OwnerEmail == "" {
			return e.at("the group %q has no owner", e.name).WithHint("add owner: with a name or an email")
		}
		if old, ok := p.out.Groups[g.UniqueID]; ok {
			return e.at("the group %q is declared twice, first in %s", e.name, old.OriginalFilePath)
		}
		p.out.Groups[g.UniqueID] = g
	}
	return nil
}

func (p *parser) readExposures() error {
	for _, e := range p.props.lists["exposures"] {
		if err := p.readExposure(e); err != nil {
			return err
		}
	}
	return nil
}

func (p *parser) readExposure(e *entry) error {
	v, err := p.renderer(e.proj.Name).Node(p.ctx, e.shown, e.node, func(path []string) bool {
		return path[0] == "depends_on" || path[0] == "description"
	})
	if err != nil {
		return err
	}
	c := manifest.NewConfig(dictOf(v))
	x := &manifest.Exposure{
		UniqueID: "exposure." + e.proj.Name + "." + e.name, Name: e.name, Package: e.proj.Name,
		Path: e.file.Relative, OriginalFilePath: e.file.Original, FQN: fqn(e.proj.Name, e.file.Relative, e.name),
		Type: c.String("type"), Label: c.String("label"), Maturity: c.String("maturity"), URL: c.String("url"), CreatedAt: p.created,
	}
	switch x.Type {
	case "dashboard", "notebook", "analysis", "ml", "application":
	default:
		return e.at("the type of the exposure %q is %q", e.name, x.Type).
			WithHint("use dashboard, notebook, analysis, ml or application")
	}
	owner := manifest.NewConfig(dictOf(first(c.Values, "owner")))
	if x.OwnerName, x.OwnerEmail = owner.String("name"), owner.String("email"); x.OwnerName == "" && x.OwnerEmail == "" {
		return e.at("the exposure %q has no owner", e.name).WithHint("add owner: with a name or an email")
	}
	if x.Description, _, err = p.entryDescription(e, e.node); err != nil {
		return err
	}
	l, err := p.patchConfig(e, manifest.ExposureType, "meta", "tags")
	if err != nil {
		return err
	}
	for _, label := range []string{"meta", "tags"} {
		// As in dbt, what stands beside config: is no setting that a comparison looks at.
		if yamlvalue.Get(e.get("config"), label) == nil {
			_, _, _ = l.rawPatch.Delete(label)
		}
	}
	x.Config, x.UnrenderedConfig = p.resolve(manifest.ExposureType, e.proj.Name, x.FQN, l)
	x.Meta, x.Tags = dictOf(first(x.Config.Values, "meta")), x.Config.Strings("tags")
	if err := p.exposureRefs(e, x); err != nil {
		return err
	}
	if old, ok := p.out.Exposures[x.UniqueID]; ok {
		return e.at("the exposure %q is declared twice, first in %s", e.name, old.OriginalFilePath)
	}
	if x.Config.Enabled() {
		p.out.Exposures[x.UniqueID] = x
	}
	return nil
}

func (p *parser) exposureRefs(e *entry, x *manifest.Exposure) error {
	list := e.get("depends_on")
	if !yamlvalue.IsNull(list) && list.Kind != yaml.SequenceNode {
		return e.at("depends_on: takes a list such as - ref('customers')")
	}
	for _, item := range yamlvalue.Items(list) {
		probe := p.newNode(e.proj, e.file, manifest.Analysis, x.Name)
		probe.Config = p.defaults(manifest.Analysis)
		c := p.env.Pass(p.ctx, probe)
		if err := c.Text(e.shown, item.Line, "{{ "+item.Value+" }}"); err != nil {
			return err
		}
		if len(c.Refs)+len(c.Sources)+len(c.Metrics) == 0 {
			return fault.New(fault.Parse, "%q is neither a ref nor a source", item.Value).At(e.shown, item.Line)
		}
		x.Refs, x.RefSites = append(x.Refs, c.Refs...), append(x.RefSites, c.RefSites...)
		x.Sources, x.SourceSites = append(x.Sources, c.Sources...), append(x.SourceSites, c.SourceSites...)
	}
	return nil
}
