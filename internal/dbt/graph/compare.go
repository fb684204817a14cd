package graph

import (
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// comparison says what of a project differs from an earlier manifest. Settings
// are compared as they were written, not as they came out, so that another
// target or environment is no change by itself.
type comparison struct {
	now, before *manifest.Manifest
	// macros holds each macro that has changed, or calls one that has.
	macros map[string]bool
}

func newComparison(now, before *manifest.Manifest) *comparison {
	return &comparison{now: now, before: before, macros: changedMacros(now, before)}
}

// modified says whether anything that matters to running a node has changed. A
// new source or exposure is not modified; a new node is.
func (c *comparison) modified(old, now *item) bool {
	return !c.sameContents(old, now) || c.macrosModified(now) ||
		old != nil && old.isModel() && c.contractModified(old, now)
}

func (c *comparison) sameContents(old, now *item) bool {
	if old == nil {
		return now.source != nil || now.exposure != nil
	}
	switch {
	case now.source != nil:
		return sameSource(old.source, now.source)
	case now.exposure != nil:
		return sameExposure(old.exposure, now.exposure)
	case now.unit != nil:
		return sameUnit(old.unit, now.unit)
	}
	return sameNode(old, now)
}

func sameNode(old, now *item) bool {
	o, n := old.node, now.node
	if !sameConfig(old, now) || !slices.Equal(o.FQN, n.FQN) {
		return false
	}
	if n.TestMetadata != nil {
		return true
	}
	if !sameBody(o, n) || !sameDescriptions(o, n) || !sameRelation(old, now) {
		return false
	}
	return n.ResourceType != manifest.Model ||
		o.LatestVersion == n.LatestVersion && o.Access == n.Access && day(o.DeprecationDate) == day(n.DeprecationDate)
}

// day takes the midnight from a date that an artifact has written in full.
func day(date string) string { return strings.TrimSuffix(date, "T00:00:00+00:00") }

func (c *comparison) bodyModified(old, now *item) bool {
	return now.node != nil && (old == nil || !sameBody(old.node, now.node))
}

func (c *comparison) configModified(old, now *item) bool {
	return now.unit == nil && (old == nil || !sameConfig(old, now))
}

func (c *comparison) descriptionsModified(old, now *item) bool {
	return now.node != nil && (old == nil || !sameDescriptions(old.node, now.node))
}

func (c *comparison) relationModified(old, now *item) bool {
	return (now.node != nil || now.source != nil) && (old == nil || !sameRelation(old, now))
}

func (c *comparison) contractModified(old, now *item) bool {
	return now.node != nil && (old == nil || now.isModel() && !sameContract(old.node, now.node))
}

// sameBody compares seeds by checksum, since their rows aren't in the manifest.
func sameBody(o, n *manifest.Node) bool {
	if n.ResourceType == manifest.Seed {
		return n.Checksum.Name != "none" && o.Checksum == n.Checksum
	}
	return o.RawCode == n.RawCode
}

// sameContract says whether an enforced contract stayed what it was.
func sameContract(o, n *manifest.Node) bool {
	was, is := contractEnforced(o), contractEnforced(n)
	return was == is && (!is || o.ContractSum() == n.ContractSum())
}

func contractEnforced(n *manifest.Node) bool {
	v, _ := n.Config.Get("contract")
	d, ok := v.(*jinja.Dict)
	if !ok {
		return false
	}
	enforced, _ := d.GetStr("enforced")
	return enforced == true
}

// sameDescriptions compares the descriptions that are written to the database.
func sameDescriptions(o, n *manifest.Node) bool {
	v, _ := n.Config.Get("persist_docs")
	persisted, ok := v.(*jinja.Dict)
	if !ok {
		return true
	}
	if relation, _ := persisted.GetStr("relation"); jinja.Truth(relation) && o.Description != n.Description {
		return false
	}
	if columns, _ := persisted.GetStr("columns"); !jinja.Truth(columns) {
		return true
	}
	if len(o.Columns) != len(n.Columns) {
		return false
	}
	for _, col := range n.Columns {
		before, known := o.Column(col.Name)
		if !known || before.Description != col.Description {
			return false
		}
	}
	return true
}

// sameRelation compares where the node is put, as far as the project says so.
func sameRelation(old, now *item) bool {
	if now.source != nil {
		o, n := old.source, now.source
		return o.UnrenderedDatabase == n.UnrenderedDatabase && o.UnrenderedSchema == n.UnrenderedSchema &&
			o.Identifier == n.Identifier
	}
	for _, key := range []string{"database", "schema", "alias"} {
		if !jinja.Equal(get(old.node.UnrenderedConfig, key), get(now.node.UnrenderedConfig, key)) {
			return false
		}
	}
	return true
}

// sameConfig compares settings as written. What places a node or labels it
// doesn't count for nodes; of a test only what changes its answer counts.
func sameConfig(old, now *item) bool {
	a, b := unrendered(old), unrendered(now)
	if now.kind == manifest.Test {
		for _, key := range []string{
			"severity", "where", "limit", "fail_calc", "warn_if", "error_if", "store_failures", "store_failures_as", "sql_header",
		} {
			if !sameKey(a, b, key) {
				return false
			}
		}
		return true
	}
	for _, key := range append(dictKeys(a), dictKeys(b)...) {
		if now.node != nil && slices.Contains([]string{"alias", "schema", "database", "tags", "group"}, key) {
			continue
		}
		if !sameKey(a, b, key) {
			return false
		}
	}
	return true
}

func unrendered(it *item) *jinja.Dict {
	switch {
	case it.node != nil:
		return it.node.UnrenderedConfig
	case it.source != nil:
		return it.source.UnrenderedConfig
	case it.exposure != nil:
		return it.exposure.UnrenderedConfig
	}
	return nil
}

func sameKey(a, b *jinja.Dict, key string) bool {
	if key == "tags" { // of a source's and its table's, in an order of dbt's own
		return slices.Equal(sortedTags(a), sortedTags(b))
	}
	return sameWritten(get(a, key), get(b, key))
}

func sortedTags(d *jinja.Dict) []string {
	if d == nil {
		return nil
	}
	return slices.Sorted(slices.Values(manifest.NewConfig(d).Strings("tags")))
}

func get(d *jinja.Dict, key string) jinja.Value {
	if d == nil {
		return nil
	}
	v, _ := d.GetStr(key)
	return v
}

func dictKeys(d *jinja.Dict) []string {
	if d == nil {
		return nil
	}
	return keysOf(d)
}

func sameSource(o, n *manifest.Source) bool {
	return o.UnrenderedDatabase == n.UnrenderedDatabase && o.UnrenderedSchema == n.UnrenderedSchema &&
		o.Identifier == n.Identifier && slices.Equal(o.FQN, n.FQN) &&
		sameConfig(&item{source: o}, &item{source: n, kind: manifest.SourceType}) &&
		sameWritten(o.Quoting, n.Quoting) && sameFreshness(o.Freshness, n.Freshness) &&
		o.LoadedAtField == n.LoadedAtField && sameExternal(o.External, n.External)
}

func sameFreshness(a, b *manifest.Freshness) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

func sameExternal(a, b jinja.Value) bool { return jinja.Equal(a, b) }

func sameExposure(o, n *manifest.Exposure) bool {
	deps := func(e *manifest.Exposure) []string {
		ids := slices.Clone(e.DependsOn.Nodes)
		slices.Sort(ids)
		return slices.Compact(ids)
	}
	return slices.Equal(o.FQN, n.FQN) && o.Type == n.Type && o.OwnerName == n.OwnerName && o.OwnerEmail == n.OwnerEmail &&
		sameWritten(o.Owner, n.Owner) && o.Maturity == n.Maturity && o.URL == n.URL && o.Description == n.Description &&
		o.Label == n.Label && slices.Equal(deps(o), deps(n)) &&
		sameConfig(&item{exposure: o}, &item{exposure: n, kind: manifest.ExposureType})
}

// macrosModified says whether a macro that the item uses has changed, directly
// or through other macros. A macro that is gone has changed.
func (c *comparison) macrosModified(it *item) bool {
	var uses []string
	switch {
	case it.node != nil:
		uses = it.node.DependsOn.Macros
	case it.exposure != nil:
		uses = it.exposure.DependsOn.Macros
	case it.unit != nil:
		uses = it.unit.DependsOn.Macros
	}
	return slices.ContainsFunc(uses, func(id string) bool {
		_, exists := c.now.Macros[id]
		return !exists || c.macros[id]
	})
}

// changedMacros starts from the macros that differ and goes up to their callers.
// Those that ship with Kith are no part of the project: dbt, whose manifest the
// earlier one may be, has other texts for them.
func changedMacros(now, before *manifest.Manifest) map[string]bool {
	changed, callers := map[string]bool{}, map[string][]string{}
	var open []string
	for id, m := range now.Macros {
		differs := false
		for _, called := range m.DependsOn {
			callers[called] = append(callers[called], id)
			differs = differs || now.Macros[called] == nil
		}
		if old, existed := before.Macros[id]; differs || !manifest.IsBuiltin(m.Package) && (!existed || old.SQL != m.SQL) {
			changed[id] = true
			open = append(open, id)
		}
	}
	for len(open) > 0 {
		id := open[len(open)-1]
		open = open[:len(open)-1]
		for _, caller := range callers[id] {
			if !changed[caller] {
				changed[caller] = true
				open = append(open, caller)
			}
		}
	}
	return changed
}
