package parse

import (
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/compile"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/project"
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
	normalize(config)
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

// normalize brings values into the form that the rest relies on.
func normalize(c *manifest.Config) {
	for _, key := range []string{"pre-hook", "post-hook"} {
		if v, ok := c.Get(key); ok {
			c.Set(key, compile.HookValues(v))
		}
	}
	if v, ok := c.Get("snapshot_meta_column_names"); ok {
		d := snapshotNames()
		d.Update(dictOf(v))
		c.Set("snapshot_meta_column_names", d)
	}
	if v, ok := c.Get("docs"); ok {
		d := jinja.NewDict()
		d.SetStr("show", true)
		d.SetStr("node_color", nil)
		d.Update(dictOf(v))
		c.Set("docs", d)
	}
	if v, ok := c.Get("severity"); ok && v != nil {
		c.Set("severity", jinja.Str(v))
	}
}

// defaults gives a configuration of its own to each node. What lies in it is
// shared: merging replaces lists and dicts and never changes them.
func (p *parser) defaults(t manifest.ResourceType) *manifest.Config {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.prototypes == nil {
		p.prototypes = map[manifest.ResourceType]*manifest.Config{}
	}
	proto, ok := p.prototypes[t]
	if !ok {
		proto = defaults(t)
		p.prototypes[t] = proto
	}
	return manifest.NewConfig(proto.Values.Copy())
}

// defaults gives a resource type's configuration when nothing is said, with
// dbt's keys in dbt's order.
func defaults(t manifest.ResourceType) *manifest.Config {
	d := jinja.NewDict()
	set := func(keysAndValues ...jinja.Value) {
		for i := 0; i < len(keysAndValues); i += 2 {
			key, _ := keysAndValues[i].(string)
			d.SetStr(key, keysAndValues[i+1])
		}
	}
	set("enabled", true)
	switch t {
	case manifest.SourceType:
		set("event_time", nil, "loaded_at_field", nil, "loaded_at_query", nil,
			"meta", jinja.NewDict(), "tags", jinja.NewList(), "static_analysis", nil)
		return manifest.NewConfig(d)
	case manifest.ExposureType, manifest.UnitTestType:
		set("tags", jinja.NewList(), "meta", jinja.NewDict())
		return manifest.NewConfig(d)
	default:
	}
	set("alias", nil, "schema", nil, "database", nil, "tags", jinja.NewList(), "meta", jinja.NewDict(),
		"group", nil, "static_analysis", nil, "materialized", "view")
	if t == manifest.Test {
		set("schema", "dbt_test__audit", "materialized", "test", "severity", "ERROR", "store_failures", nil,
			"store_failures_as", nil, "sql_header", nil, "where", nil, "limit", nil, "fail_calc", "count(*)",
			"warn_if", "!= 0", "error_if", "!= 0")
		return manifest.NewConfig(d)
	}
	set("incremental_strategy", nil, "batch_size", nil, "lookback", int64(1), "begin", nil, "persist_docs", jinja.NewDict(),
		"post-hook", jinja.NewList(), "pre-hook", jinja.NewList(), "quoting", jinja.NewDict(), "column_types", jinja.NewDict(),
		"full_refresh", nil, "unique_key", nil, "on_schema_change", "ignore", "on_configuration_change", "apply",
		"grants", jinja.NewDict(), "packages", jinja.NewList(), "docs", docsDefault(), "contract", contractDefault(),
		"event_time", nil, "concurrent_batches", nil)
	switch t {
	case manifest.Seed:
		set("materialized", "seed", "delimiter", ",", "quote_columns", nil)
	case manifest.Snapshot:
		set("materialized", "snapshot", "strategy", nil, "target_schema", nil, "target_database", nil, "updated_at", nil,
			"check_cols", nil, "snapshot_meta_column_names", snapshotNames(), "dbt_valid_to_current", nil)
	case manifest.Model:
		set("access", "protected", "freshness", nil, "on_error", nil, "latest_version_pointer", pointerDefault())
	default:
	}
	return manifest.NewConfig(d)
}

func docsDefault() *jinja.Dict {
	d := jinja.NewDict()
	d.SetStr("show", true)
	d.SetStr("node_color", nil)
	return d
}

func pointerDefault() *jinja.Dict {
	d := jinja.NewDict()
	d.SetStr("enabled", nil)
	d.SetStr("alias", nil)
	return d
}

// snapshotNames are the columns of a snapshot that may get other names.
func snapshotNames() *jinja.Dict {
	d := jinja.NewDict()
	for _, name := range []string{"dbt_valid_to", "dbt_valid_from", "dbt_scd_id", "dbt_updated_at", "dbt_is_deleted"} {
		d.SetStr(name, nil)
	}
	return d
}

func contractDefault() *jinja.Dict {
	d := jinja.NewDict()
	d.SetStr("enforced", false)
	d.SetStr("alias_types", true)
	return d
}

// patchConfig renders the config block of an entry. Hooks stay as written, for
// they are rendered when they run. keys are further keys of the entry that dbt
// takes as configuration when they stand beside the block.
func (p *parser) patchConfig(e *entry, keys ...string) (l layers, err error) {
	l.patch, l.rawPatch = jinja.NewDict(), jinja.NewDict()
	if e == nil {
		return l, nil
	}
	r := p.renderer(e.proj.Name)
	add := func(key string, unrendered, rendered jinja.Value) {
		l.rawPatch.SetStr(key, unrendered)
		l.patch.SetStr(key, rendered)
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
		add(key, valueOf(n), v)
	}
	block := e.get("config")
	if block == nil {
		return l, nil
	}
	v, err := r.Node(p.ctx, e.shown, block, keepHooks)
	if err != nil {
		return l, err
	}
	raw := dictOf(valueOf(block))
	for k, value := range dictOf(v).All() {
		key := strings.TrimPrefix(jinja.Str(k), "+")
		unrendered, _ := raw.GetStr(jinja.Str(k))
		add(key, unrendered, value)
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
