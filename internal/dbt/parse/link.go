package parse

import (
	"errors"
	"sort"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// link turns refs and sources into edges. A test about a node that is switched
// off is switched off with it; anything else that refers to one is an error.
func (p *parser) link() error {
	for _, id := range sortedIDs(p.out.Nodes) {
		n := p.out.Nodes[id]
		parents, sites, err := p.resolveAll(references{n.Package, n.Refs, n.Sources, n.RefSites, n.SourceSites})
		if err != nil {
			if n.ResourceType == manifest.Test && (p.onDisabled(n) || p.missing(n, err)) {
				delete(p.out.Nodes, id)
				p.out.Disabled[id] = n
				continue
			}
			return place(err, p.shown(n), lineOf(n))
		}
		n.DependsOn.Nodes, n.ParentSites = parents, sites
		if err := p.checkAccess(n); err != nil {
			return err
		}
	}
	for _, id := range sortedIDs(p.out.Exposures) {
		x := p.out.Exposures[id]
		parents, _, err := p.resolveAll(references{x.Package, x.Refs, x.Sources, x.RefSites, x.SourceSites})
		if err != nil {
			return place(err, x.OriginalFilePath, 1)
		}
		x.DependsOn.Nodes = parents
	}
	for _, id := range sortedIDs(p.out.UnitTests) {
		if err := p.linkUnitTest(p.out.UnitTests[id]); err != nil {
			return err
		}
	}
	p.primaryKeys()
	return nil
}

func sortedIDs[T any](m map[string]T) []string {
	ids := make([]string, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	return ids
}

// references is what a node or an exposure refers to, and where it does.
type references struct {
	pkg         string
	refs        []manifest.Ref
	sources     []manifest.SourceRef
	refSites    []manifest.Site
	sourceSites []manifest.Site
}

// resolveAll finds the parents that references mean, without repeats, and where each
// is written first.
func (p *parser) resolveAll(r references) (ids []string, sites map[string]manifest.Site, err error) {
	sites = map[string]manifest.Site{}
	add := func(id string, at manifest.Site) {
		if _, ok := sites[id]; !ok {
			ids = append(ids, id)
			sites[id] = at
		}
	}
	for i, ref := range r.sources {
		s, err := p.env.ResolveSource(ref, r.pkg)
		if err != nil {
			return nil, nil, atSite(err, r.sourceSites[i])
		}
		add(s.UniqueID, r.sourceSites[i])
	}
	for i, ref := range r.refs {
		n, err := p.env.ResolveRef(ref, r.pkg)
		if err != nil {
			return nil, nil, atSite(err, r.refSites[i])
		}
		add(n.UniqueID, r.refSites[i])
	}
	return ids, sites, nil
}

// atSite gives an error the place of the reference that it is about.
func atSite(err error, at manifest.Site) error {
	if at.File == "" {
		return err
	}
	return place(err, at.File, at.Line)
}

// missing says whether a test refers to something that is not there, and warns:
// a test that cannot be run says nothing of the rest of the project.
func (p *parser) missing(n *manifest.Node, err error) bool {
	err = place(err, p.shown(n), lineOf(n))
	var f *fault.Error
	if !errors.As(err, &f) || f.Code != fault.Parse && f.Code != fault.Compile && f.Code != fault.NotFound {
		return false
	}
	p.warn(missingNode, f.Error()+": the test is left out")
	return true
}

// onDisabled says whether a test refers to something that is switched off.
func (p *parser) onDisabled(n *manifest.Node) bool {
	for _, ref := range n.Refs {
		for _, d := range p.out.Disabled {
			if d.Name == ref.Name && d.ResourceType != manifest.Test {
				return true
			}
		}
	}
	for _, ref := range n.Sources {
		for _, s := range p.out.DisabledSources {
			if s.SourceName == ref.Source && s.Name == ref.Table {
				return true
			}
		}
	}
	return false
}

func lineOf(n *manifest.Node) int {
	if n.PatchLine > 0 && n.TestMetadata != nil {
		return n.PatchLine
	}
	return n.RawLine
}

// shown is a node's file as errors show it.
func (p *parser) shown(n *manifest.Node) string {
	proj, ok := p.Project.Package(n.Package)
	if !ok {
		return n.OriginalFilePath
	}
	return shownPath(p.Project, proj, n.OriginalFilePath)
}

// checkAccess refuses refs to private models from outside their group.
func (p *parser) checkAccess(n *manifest.Node) error {
	if n.Group != "" && p.out.Groups["group."+n.Package+"."+n.Group] == nil {
		return fault.New(fault.Parse, "%s is in the group %q, which is not declared", n.Name, n.Group).At(p.shown(n), 1).
			WithHint("declare it under groups: with an owner")
	}
	if n.ResourceType == manifest.Test && n.TestMetadata != nil {
		return nil
	}
	for _, id := range n.DependsOn.Nodes {
		parent := p.out.Nodes[id]
		if parent != nil && parent.Access == "private" && (parent.Group == "" || parent.Group != n.Group) {
			return fault.New(fault.Parse, "%s refers to %s, which is private to the group %q", n.Name, parent.Name, parent.Group).
				At(p.shown(n), n.RawLine).WithHint("put both in one group, or make %s protected", parent.Name)
		}
	}
	return nil
}

// primaryKeys infers each model's key as dbt does: a declared constraint, else
// columns tested unique and not null, else columns tested unique.
func (p *parser) primaryKeys() {
	tested := map[string]map[string]map[string]bool{} // model, test, column
	for _, n := range p.out.Nodes {
		if n.TestMetadata == nil || n.AttachedNode == "" || n.ColumnName == "" {
			continue
		}
		if name := n.TestMetadata.Name; name == "unique" || name == "not_null" {
			model := tested[n.AttachedNode]
			if model == nil {
				model = map[string]map[string]bool{"unique": {}, "not_null": {}}
				tested[n.AttachedNode] = model
			}
			model[name][n.ColumnName] = true
		}
	}
	for _, n := range p.out.Nodes {
		if n.ResourceType == manifest.Model {
			n.PrimaryKey = primaryKey(n, tested[n.UniqueID])
		}
	}
}

func primaryKey(n *manifest.Node, tests map[string]map[string]bool) []string {
	for _, c := range n.Constraints {
		if c.Type == "primary_key" {
			return c.Columns
		}
	}
	for _, column := range n.Columns {
		for _, c := range column.Constraints {
			if c.Type == "primary_key" {
				return []string{column.Name}
			}
		}
	}
	var both, unique []string
	for column := range tests["unique"] {
		unique = append(unique, column)
		if tests["not_null"][column] {
			both = append(both, column)
		}
	}
	sort.Strings(both)
	sort.Strings(unique)
	if len(both) > 0 {
		return both
	}
	return unique
}

// checkNames refuses two resources of one name in a package, which ref could not tell apart.
func (p *parser) checkNames() error {
	seen := map[string]*manifest.Node{}
	for _, id := range sortedIDs(p.out.Nodes) {
		n := p.out.Nodes[id]
		switch n.ResourceType {
		case manifest.Model, manifest.Seed, manifest.Snapshot:
		default:
			continue
		}
		key := n.Package + "." + n.Name + "." + n.Version
		if old, ok := seen[key]; ok {
			return fault.New(fault.Parse, "two resources are named %q: the %s here and the %s in %s", n.Name, n.ResourceType, old.ResourceType, old.OriginalFilePath).
				At(p.shown(n), 1).WithHint("rename one of them; ref('%s') would be ambiguous", n.Name)
		}
		seen[key] = n
	}
	return nil
}

// checkRelations refuses two nodes that would write one relation.
func (p *parser) checkRelations() error {
	seen := map[string]*manifest.Node{}
	for _, id := range sortedIDs(p.out.Nodes) {
		n := p.out.Nodes[id]
		if !n.Relational() || n.ResourceType == manifest.Test {
			continue
		}
		if old, ok := seen[n.RelationName]; ok {
			return fault.New(fault.Parse, "%s and %s would both be the relation %s", old.UniqueID, n.UniqueID, n.RelationName).
				At(p.shown(n), 1).WithHint("give one of them another alias or schema")
		}
		seen[n.RelationName] = n
	}
	return nil
}

// patchMacros takes over what YAML says of macros.
func (p *parser) patchMacros() error {
	for _, e := range p.props.lists["macros"] {
		m := p.out.Macros["macro."+e.proj.Name+"."+e.name]
		if m == nil {
			m = p.out.Macros["macro."+e.proj.Name+".test_"+e.name]
		}
		if m == nil {
			continue
		}
		e.used = true
		m.PatchPath = e.patchPath()
		var err error
		if m.Description, _, err = p.entryDescription(e, e.node); err != nil {
			return err
		}
		if v := e.get("meta"); v != nil {
			m.Meta = dictOf(valueOf(v))
		}
		args, _ := valueOf(e.get("arguments")).(*jinja.List)
		if args == nil {
			continue
		}
		for _, item := range args.Items {
			d := dictOf(item)
			m.Arguments = append(m.Arguments, manifest.MacroArgument{
				Name: str(first(d, "name")), Type: str(first(d, "type")), Description: str(first(d, "description")),
			})
		}
	}
	return nil
}
