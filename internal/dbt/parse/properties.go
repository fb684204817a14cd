package parse

import (
	"maps"
	"os"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
)

// entry is one element of a list in a property file: a model, a source, a test.
type entry struct {
	proj *project.Project
	file project.File
	// shown is the file's path as errors show it.
	shown string
	node  *yaml.Node
	name  string
	used  bool
}

// at gives an error at the entry.
func (e *entry) at(format string, args ...any) *fault.Error {
	return fault.New(fault.Parse, format, args...).At(e.shown, e.node.Line)
}

func (e *entry) get(key string) *yaml.Node { return yamlvalue.Get(e.node, key) }

// patchPath is the file as dbt's patch_path has it.
func (e *entry) patchPath() string { return e.proj.Name + "://" + e.file.Original }

// properties holds the entries of all property files by section, and those that
// patch something by section, package and name.
type properties struct {
	lists   map[string][]*entry
	patches map[patchKey]*entry
}

type patchKey struct{ section, pkg, name string }

func newProperties() *properties {
	return &properties{lists: map[string][]*entry{}, patches: map[patchKey]*entry{}}
}

// sections gives the lists that a property file may have, and whether they patch
// files of their own: then each name stands once.
func sections() map[string]bool {
	return map[string]bool{
		"models": true, "seeds": true, "snapshots": true, "analyses": true, "macros": true, "data_tests": true, "tests": true,
		"sources": false, "exposures": false, "groups": false, "unit_tests": false,
		"metrics": false, "semantic_models": false, "saved_queries": false, "functions": false,
	}
}

// propertyFile is a YAML file in one of a package's resource folders.
type propertyFile struct {
	proj  *project.Project
	file  project.File
	shown string
}

// readProperties reads all YAML files of the resource folders.
func (p *parser) readProperties() error {
	list, err := p.propertyFiles()
	if err != nil {
		return err
	}
	roots, errs := makeAll(len(list), func(i int) (*yaml.Node, error) { return list[i].read() })
	for i, f := range list {
		if errs[i] != nil {
			return errs[i]
		}
		if err := p.addProperties(f.proj, f.file, f.shown, roots[i]); err != nil {
			return err
		}
	}
	return nil
}

func (p *parser) propertyFiles() ([]propertyFile, error) {
	var list []propertyFile
	for _, proj := range p.projects() {
		folders := [][]string{proj.ModelPaths, proj.SeedPaths, proj.SnapshotPaths, proj.AnalysisPaths, proj.MacroPaths, proj.TestPaths}
		seen := map[string]bool{}
		for _, paths := range folders {
			files, err := proj.Files(paths, ".yml", ".yaml")
			if err != nil {
				return nil, err
			}
			for _, f := range files {
				if !seen[f.Original] {
					seen[f.Original] = true
					list = append(list, propertyFile{proj: proj, file: f, shown: shownPath(p.Project, proj, f.Original)})
				}
			}
		}
	}
	return list, nil
}

// read gives the file's mapping, nil when it is empty.
func (f propertyFile) read() (*yaml.Node, error) {
	data, err := os.ReadFile(f.file.Absolute)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "the property file cannot be read").At(f.shown, 0)
	}
	return yamlvalue.Read(f.shown, data)
}

func (p *parser) addProperties(proj *project.Project, f project.File, shown string, root *yaml.Node) error {
	if root == nil {
		return nil
	}
	if root.Kind != yaml.MappingNode {
		return fault.New(fault.Parse, "a property file is a mapping with lists such as models: and sources:").At(shown, root.Line)
	}
	for _, pair := range yamlvalue.Pairs(root) {
		patches, known := sections()[pair.Key]
		switch {
		case pair.Key == "version" || pair.Key == "anchors":
			continue
		case !known:
			p.warnf(unknownKey, shown, pair.Line, "the key %q means nothing here%s", pair.Key, didYouMean(pair.Key, sortedSections()))
			continue
		}
		section := pair.Key
		if section == "tests" {
			section = "data_tests"
		}
		if err := p.addEntries(section, patches, proj, f, shown, pair.Value); err != nil {
			return err
		}
	}
	return nil
}

func sortedSections() []string { return slices.Sorted(maps.Keys(sections())) }

func (p *parser) addEntries(section string, patches bool, proj *project.Project, f project.File, shown string, list *yaml.Node) error {
	list = yamlvalue.Resolve(list)
	if yamlvalue.IsNull(list) {
		return nil
	}
	if list.Kind != yaml.SequenceNode {
		return fault.New(fault.Parse, "%s: takes a list, each with a name", section).At(shown, list.Line).
			WithHint("begin each element with `- name:`")
	}
	for _, item := range yamlvalue.Items(list) {
		if item.Kind != yaml.MappingNode {
			return fault.New(fault.Parse, "an element of %s: is a mapping with a name", section).At(shown, item.Line)
		}
		e := &entry{proj: proj, file: f, shown: shown, node: item}
		name, err := p.text(e, "name")
		if err != nil {
			return err
		}
		if e.name = name; e.name == "" {
			return e.at("this element of %s: has no name", section).WithHint("begin it with `- name:`")
		}
		if patches {
			key := patchKey{section, proj.Name, e.name}
			if old, ok := p.props.patches[key]; ok {
				return e.at("%q is described twice under %s:, first in %s:%d", e.name, section, old.shown, old.node.Line).
					WithHint("join the two, or remove one")
			}
			p.props.patches[key] = e
		}
		p.props.lists[section] = append(p.props.lists[section], e)
	}
	return nil
}

// text gives a scalar key of an entry, rendered.
func (p *parser) text(e *entry, key string) (string, error) {
	n := e.get(key)
	if yamlvalue.IsNull(n) {
		return "", nil
	}
	v, err := p.renderer(e.proj.Name).Node(p.ctx, e.shown, n, nil)
	if err != nil {
		return "", err
	}
	return str(v), nil
}

// patch gives the entry that describes a node, and marks it as used.
func (p *parser) patch(section, pkg, name string) *entry {
	e := p.props.patches[patchKey{section, pkg, name}]
	if e != nil {
		p.use(e)
	}
	return e
}

func (p *parser) use(e *entry) {
	p.mu.Lock()
	defer p.mu.Unlock()
	e.used = true
}

// unusedPatches warns of YAML about nodes that are not there.
func (p *parser) unusedPatches() {
	for _, section := range []string{"models", "seeds", "snapshots", "analyses", "macros"} {
		for _, e := range p.props.lists[section] {
			if !e.used {
				p.warnf(unusedPatch, e.shown, e.node.Line, "%q is described under %s:, but there is none of that name", e.name, section)
			}
		}
	}
}
