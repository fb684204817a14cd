package graph

import (
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// item is one node of the graph as methods see it. Exactly one of node, source,
// exposure and unit is set.
type item struct {
	id       string
	kind     manifest.ResourceType
	name     string
	pkg      string
	file     string // original file path
	fqn      []string
	tags     []string
	config   *manifest.Config
	node     *manifest.Node
	source   *manifest.Source
	exposure *manifest.Exposure
	unit     *manifest.UnitTest
}

func itemsOf(g *Graph) []item {
	out := make([]item, len(g.ids))
	for i, id := range g.ids {
		out[i] = newItem(g.m, id)
	}
	return out
}

func newItem(m *manifest.Manifest, id string) item {
	if n, ok := m.Nodes[id]; ok {
		return item{
			id: id, kind: n.ResourceType, name: n.Name, pkg: n.Package, file: n.OriginalFilePath,
			fqn: n.FQN, tags: n.Tags, config: n.Config, node: n,
		}
	}
	if s, ok := m.Sources[id]; ok {
		return item{
			id: id, kind: manifest.SourceType, name: s.Name, pkg: s.Package, file: s.OriginalFilePath,
			fqn: s.FQN, tags: s.Tags, config: s.Config, source: s,
		}
	}
	if e, ok := m.Exposures[id]; ok {
		return item{
			id: id, kind: manifest.ExposureType, name: e.Name, pkg: e.Package, file: e.OriginalFilePath,
			fqn: e.FQN, tags: e.Tags, config: e.Config, exposure: e,
		}
	}
	u, ok := m.UnitTests[id]
	if !ok {
		return item{id: id}
	}
	return item{
		id: id, kind: manifest.UnitTestType, name: u.Name, pkg: u.Package, file: u.OriginalFilePath,
		fqn: u.FQN, tags: u.Config.Strings("tags"), config: u.Config, unit: u,
	}
}

// isTest says whether the item comes along with what it tests.
func (it *item) isTest() bool {
	return it.kind == manifest.Test || it.kind == manifest.UnitTestType
}

// isModel says whether the item is a model.
func (it *item) isModel() bool { return it.kind == manifest.Model }

// blank says whether there is nothing in the node's file to run.
func (it *item) blank() bool {
	return it.node != nil && it.kind != manifest.Seed && strings.TrimSpace(it.node.RawCode) == ""
}

// version gives a model's version, or "".
func (it *item) version() string {
	if it.node == nil {
		return ""
	}
	return it.node.Version
}

// patchFile gives the path of the YAML file that describes the item, or "".
func (it *item) patchFile() string {
	patch := ""
	switch {
	case it.node != nil:
		patch = it.node.PatchPath
	case it.source != nil:
		patch = it.source.PatchPath
	}
	_, path, _ := strings.Cut(patch, "://")
	return path
}

// setting gives a configuration value by its path: docs, show.
func (it *item) setting(path []string) (jinja.Value, bool) {
	if it.config == nil || it.config.Values == nil {
		return nil, false
	}
	var v jinja.Value = it.config.Values
	for k, key := range path {
		d, ok := v.(*jinja.Dict)
		if !ok {
			return nil, false
		}
		v, ok = d.GetStr(key)
		if !ok && k == 0 {
			// Templates write pre_hook for what files call pre-hook.
			v, ok = d.GetStr(strings.ReplaceAll(key, "_hook", "-hook"))
		}
		if !ok {
			return nil, false
		}
	}
	return v, true
}
