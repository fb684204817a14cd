package parse

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// section gives the part of dbt_project.yml that configures a resource type.
func section(t manifest.ResourceType) project.Section {
	switch t {
	case manifest.Seed:
		return project.Seeds
	case manifest.Snapshot:
		return project.Snapshots
	case manifest.Test:
		return project.DataTests
	case manifest.UnitTestType:
		return project.UnitTests
	case manifest.SourceType:
		return project.Sources
	case manifest.ExposureType:
		return project.Exposures
	default:
		return project.Models
	}
}

// layers are the configurations of one node besides dbt_project.yml, as dbt
// orders them: the property file's, then the node's own config() calls.
type layers struct {
	patch *jinja.Dict
	own   *jinja.Dict
	// rawPatch and rawOwn are the same as written.
	rawPatch, rawOwn *jinja.Dict
}

// resolve gives a node's configuration: defaults, the project file of the
// node's package by fqn from shallow to deep, the property file, config(), and
// for nodes of packages the root project's file last.
func (p *parser) resolve(t manifest.ResourceType, pkg string, fqn []string, l layers) (config *manifest.Config, unrendered *jinja.Dict) {
	config = p.defaults(t)
	raw := manifest.NewConfig(jinja.NewDict())
	own, _ := p.Project.Package(pkg)
	apply := func(proj *project.Project) {
		tree := proj.Configs[section(t)]
		for _, level := range levels(tree.Rendered, fqn) {
			config.Merge(level)
		}
		for _, level := range levels(tree.Unrendered, fqn) {
			raw.Values.Update(level)
		}
	}
	apply(own)
	config.Merge(l.patch)
	config.Merge(l.own)
	for _, d := range []*jinja.Dict{l.rawPatch, l.rawOwn} {
		if d != nil {
			raw.Values.Update(d)
		}
	}
	if own != p.Project {
		apply(p.Project)
	}
	config.Complete()
	return config, raw.Values
}

// levels gives the settings of each level of a tree that leads to fqn: keys with
// a plus, and keys whose value is no mapping.
func levels(tree *jinja.Dict, fqn []string) []*jinja.Dict {
	var out []*jinja.Dict
	at := tree
	for i := 0; at != nil; i++ {
		level := jinja.NewDict()
		for k, v := range at.All() {
			key := jinja.Str(k)
			if plain, plus := strings.CutPrefix(key, "+"); plus {
				level.SetStr(strings.TrimSpace(plain), v)
			} else if _, nested := v.(*jinja.Dict); !nested {
				level.SetStr(key, v)
			}
		}
		out = append(out, level)
		if i >= len(fqn) {
			break
		}
		next, _ := at.GetStr(fqn[i])
		at, _ = next.(*jinja.Dict)
	}
	return out
}

// defaults gives a configuration of its own to each node. What lies in it is
// shared: merging replaces lists and dicts and never changes them.
func (p *parser) defaults(t manifest.ResourceType) *manifest.Config {
	return manifest.NewConfig(p.prototype(t).Values.Copy())
}

// prototype gives the defaults of a type, which nobody changes.
func (p *parser) prototype(t manifest.ResourceType) *manifest.Config {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.prototypes == nil {
		p.prototypes = map[manifest.ResourceType]*manifest.Config{}
	}
	proto, ok := p.prototypes[t]
	if !ok {
		proto = manifest.DefaultConfig(t)
		p.prototypes[t] = proto
	}
	return proto
}

// patchConfig renders the config block of an entry. Hooks stay as written, for
// they are rendered when they run. keys are further keys of the entry that dbt
// takes as configuration when they stand beside the block.
func (p *parser) patchConfig(e *entry, t manifest.ResourceType, keys ...string) (l layers, err error) {
	l.patch, l.rawPatch = jinja.NewDict(), jinja.NewDict()
	if e == nil {
		return l, nil
	}
	r := p.renderer(e.proj.Name)
	add := func(key string, n *yaml.Node, rendered jinja.Value) error {
		l.rawPatch.SetStr(key, valueOf(n))
		l.patch.SetStr(key, rendered)
		return place(manifest.CheckConfig(t, key, rendered), e.shown, n.Line)
	}
	for _, key := range keys {
		n := e.get(key)
		if n == nil {
			continue
		}
		v, err := r.Node(p.ctx, e.shown, n, nil)
		if err != nil {
			return l, err
		}
		if err := add(key, n, v); err != nil {
			return l, err
		}
	}
	block := e.get("config")
	if block == nil {
		return l, nil
	}
	v, err := r.Node(p.ctx, e.shown, block, keepHooks)
	if err != nil {
		return l, err
	}
	settings, ok := v.(*jinja.Dict)
	if v != nil && !ok {
		return l, fault.New(fault.Parse, "config: takes a mapping of settings, not %s", jinja.Repr(v)).At(e.shown, block.Line)
	}
	for _, pair := range yamlvalue.Pairs(block) {
		if err := add(strings.TrimPrefix(pair.Key, "+"), yamlvalue.Resolve(pair.Value), first(settings, pair.Key)); err != nil {
			return l, err
		}
	}
	return l, nil
}

func keepHooks(path []string) bool {
	switch path[0] {
	case "pre-hook", "post-hook", "pre_hook", "post_hook":
		return true
	}
	return false
}
