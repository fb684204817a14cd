package parse

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
)

// version is one version of a model, and the YAML that describes it.
type version struct {
	entry  *entry
	node   *yaml.Node
	v      string
	latest string
}

func (p *parser) readModels() error {
	versions, err := p.modelVersions()
	if err != nil {
		return err
	}
	type modelFile struct {
		proj  *project.Project
		file  project.File
		shown string
	}
	var files []modelFile
	err = p.eachFile(func(q *project.Project) []string { return q.ModelPaths }, []string{".sql", ".py"},
		func(proj *project.Project, f project.File, shown string) error {
			files = append(files, modelFile{proj, f, shown})
			return nil
		})
	if err != nil {
		return err
	}
	return p.each(len(files), func(i int) (draft, error) {
		f := files[i]
		if v, ok := versions[f.proj.Name+"/"+f.file.Stem()]; ok {
			return p.versionNode(f.proj, f.file, f.shown, v)
		}
		d, err := p.sqlNode(f.proj, f.file, f.shown, manifest.Model, f.file.Stem(), p.patch("models", f.proj.Name, f.file.Stem()))
		if err == nil {
			pythonModel(d.node, f.file)
		}
		return d, err
	})
}

// pythonModel marks Python models, which take part in the graph but cannot run.
func pythonModel(n *manifest.Node, f project.File) {
	if len(f.Relative) > 3 && f.Relative[len(f.Relative)-3:] == ".py" {
		n.Language = "python"
	}
}

// modelVersions lists the versions that YAML declares, by package and file stem:
// defined_in where it is given, else name_vN, and for the latest also name.
func (p *parser) modelVersions() (map[string]version, error) {
	out := map[string]version{}
	for _, e := range p.props.lists["models"] {
		list := yamlvalue.Items(e.get("versions"))
		if len(list) == 0 {
			continue
		}
		latest, err := p.text(e, "latest_version")
		if err != nil {
			return nil, err
		}
		names, err := versionNames(e, list)
		if err != nil {
			return nil, err
		}
		if latest == "" {
			latest = slices.MaxFunc(names, compareVersions)
		} else if !slices.Contains(names, latest) {
			return nil, fault.New(fault.Parse, "latest_version of %q is %s, which is none of its versions: %s", e.name, latest, strings.Join(names, ", ")).
				At(e.shown, e.get("latest_version").Line)
		}
		for _, item := range list {
			v := version{entry: e, node: item, v: yamlvalue.Text(yamlvalue.Get(item, "v")), latest: latest}
			stem := yamlvalue.Text(yamlvalue.Get(item, "defined_in"))
			if stem == "" {
				stem = e.name + "_v" + v.v
				if v.v == latest {
					out[e.proj.Name+"/"+e.name] = v
				}
			}
			out[e.proj.Name+"/"+stem] = v
		}
	}
	return out, nil
}

// versionNames gives the v of each version, which stands once.
func versionNames(e *entry, list []*yaml.Node) ([]string, error) {
	var names []string
	for _, item := range list {
		v := yamlvalue.Text(yamlvalue.Get(item, "v"))
		switch {
		case v == "":
			return nil, e.at("a version of %q has no v", e.name)
		case slices.Contains(names, v):
			return nil, fault.New(fault.Parse, "version %s of %q is there twice", v, e.name).At(e.shown, item.Line).
				WithHint("join the two, or give one another v")
		}
		names = append(names, v)
	}
	return names, nil
}

func compareVersions(a, b string) int {
	switch {
	case versionLess(a, b):
		return -1
	case versionLess(b, a):
		return 1
	}
	return 0
}

// versionLess orders versions: numbers by size, and before texts.
func versionLess(a, b string) bool {
	x, aIsNumber := number(a)
	y, bIsNumber := number(b)
	switch {
	case aIsNumber && bIsNumber:
		return x < y
	case aIsNumber != bIsNumber:
		return aIsNumber
	}
	return a < b
}

func (p *parser) versionNode(proj *project.Project, f project.File, shown string, v version) (draft, error) {
	p.use(v.entry)
	d, err := p.sqlNode(proj, f, shown, manifest.Model, v.entry.name, v.entry)
	if err != nil {
		return d, err
	}
	n := d.node
	n.UniqueID += ".v" + v.v
	n.Version, n.LatestVersion = v.v, v.latest
	n.FQN = append(n.FQN, "v"+v.v)
	n.Alias = n.Name + "_v" + v.v
	pythonModel(n, f)
	d.entry = p.versionEntry(v)
	return d, nil
}

// versionEntry joins what YAML says of the model with what it says of one
// version: the version's keys win, and its columns may include the model's.
func (p *parser) versionEntry(v version) *entry {
	joined := &yaml.Node{Kind: yaml.MappingNode, Line: v.node.Line}
	over := map[string]*yaml.Node{}
	for _, pair := range yamlvalue.Pairs(v.node) {
		over[pair.Key] = pair.Value
	}
	put := func(key string, n *yaml.Node) {
		joined.Content = append(joined.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: key, Tag: "!!str"}, n)
	}
	seen := map[string]bool{}
	for _, pair := range yamlvalue.Pairs(v.entry.node) {
		n := pair.Value
		if o, ok := over[pair.Key]; ok && pair.Key != "name" {
			n = o
			switch pair.Key {
			case "columns":
				n = joinColumns(pair.Value, o)
			case "config":
				n = joinMappings(pair.Value, o)
			}
		}
		seen[pair.Key] = true
		put(pair.Key, n)
	}
	for _, pair := range yamlvalue.Pairs(v.node) {
		if !seen[pair.Key] {
			n := pair.Value
			if pair.Key == "columns" {
				n = joinColumns(nil, n)
			}
			put(pair.Key, n)
		}
	}
	// Not a copy: used is written while versions are read side by side.
	e := v.entry
	return &entry{proj: e.proj, file: e.file, shown: e.shown, node: joined, name: e.name, used: true}
}

func joinMappings(base, over *yaml.Node) *yaml.Node {
	out := &yaml.Node{Kind: yaml.MappingNode, Line: over.Line}
	have := map[string]bool{}
	for _, pair := range yamlvalue.Pairs(over) {
		have[pair.Key] = true
		out.Content = append(out.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: pair.Key, Tag: "!!str", Line: pair.Line}, pair.Value)
	}
	for _, pair := range yamlvalue.Pairs(base) {
		if !have[pair.Key] {
			out.Content = append(out.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: pair.Key, Tag: "!!str", Line: pair.Line}, pair.Value)
		}
	}
	return out
}

// joinColumns gives a version's columns: its own, and with an element
// {include: all|[names], exclude: [names]} those of the model.
func joinColumns(base, over *yaml.Node) *yaml.Node {
	out := &yaml.Node{Kind: yaml.SequenceNode, Line: over.Line}
	own := map[string]bool{}
	var include *yaml.Node
	exclude := map[string]bool{}
	for _, item := range yamlvalue.Items(over) {
		if inc := yamlvalue.Get(item, "include"); inc != nil {
			include = inc
			for _, name := range yamlvalue.Items(yamlvalue.Get(item, "exclude")) {
				exclude[name.Value] = true
			}
			continue
		}
		own[yamlvalue.Text(yamlvalue.Get(item, "name"))] = true
	}
	all := include != nil && (include.Value == "all" || include.Value == "*")
	wanted := map[string]bool{}
	for _, name := range yamlvalue.Items(include) {
		wanted[name.Value] = true
	}
	for _, item := range yamlvalue.Items(base) {
		name := yamlvalue.Text(yamlvalue.Get(item, "name"))
		if (all || wanted[name]) && !exclude[name] && !own[name] {
			out.Content = append(out.Content, item)
		}
	}
	for _, item := range yamlvalue.Items(over) {
		if yamlvalue.Get(item, "include") == nil {
			out.Content = append(out.Content, item)
		}
	}
	return out
}
