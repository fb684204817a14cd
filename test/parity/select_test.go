package parity

import (
	"maps"
	"slices"
	"strings"
)

// selections derives arguments of ls from a manifest: methods, operators, set
// operations and globs over the project's own names.
func selections(manifest map[string]map[string]any, more [][]string) [][]string {
	out := [][]string{
		{},
		{"--resource-type", "model"},
		{"--resource-type", "test", "--output", "name"},
		{"--resource-type", "source", "--output", "path"},
		{"--select", "resource_type:model"},
		{"--select", "resource_type:seed+"},
		{"--select", "test_type:generic"},
		{"--select", "test_type:singular"},
		{"--select", "test_name:not_null"},
		{"--select", "test_name:unique", "--output", "path"},
		{"--select", "config.materialized:table"},
		{"--select", "config.materialized:view", "--indirect-selection", "cautious"},
		{"--select", "config.materialized:incremental+"},
		{"--select", "path:models"},
		{"--select", "path:seeds+1", "--indirect-selection", "empty"},
		{"--select", "source:*+"},
		{"--select", "exposure:*", "--output", "name"},
		{"--select", "+exposure:*"},
		{"--select", "package:this"},
		{"--select", "access:public"},
		{"--select", "nothing_of_this_name"},
		{"--exclude", "resource_type:test"},
		{"--exclude", "config.materialized:view"},
		{"--select", "*", "--exclude", "test_type:generic"},
	}
	models := named(manifest, "model.")
	add := func(args ...string) { out = append(out, args) }
	if n := len(models); n > 0 {
		first, mid, last := models[0], models[n/2], models[n-1]
		add("--select", first)
		add("--select", "+"+first)
		add("--select", first+"+")
		add("--select", "1+"+mid)
		add("--select", mid+"+1")
		add("--select", "@"+mid)
		add("--select", "+"+last+"+")
		add("--select", "+"+first+",+"+last)
		add("--select", "+"+mid, "+"+last)
		add("--select", "+"+last, "--exclude", first)
		add("--select", mid+".sql")
		add("--select", first[:min(3, len(first))]+"*")
		add("--select", "2+"+last, "--indirect-selection", "buildable")
		add("--select", "+"+mid, "--indirect-selection", "cautious")
		add("--select", last, "--output", "path")
	}
	if tags := tags(manifest); len(tags) > 0 {
		add("--select", "tag:"+tags[0])
		add("--select", "tag:"+tags[len(tags)-1]+"+")
		add("--select", "tag:"+tags[0]+",config.materialized:table")
		add("--exclude", "tag:"+tags[0]+"*")
	}
	return append(out, more...)
}

// named lists the names of a type's nodes.
func named(manifest map[string]map[string]any, prefix string) []string {
	var out []string
	for id, thing := range manifest {
		if name, ok := thing["name"].(string); ok && strings.HasPrefix(id, prefix) && thing["version"] == nil {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func tags(manifest map[string]map[string]any) []string {
	all := map[string]bool{}
	for _, thing := range manifest {
		list, _ := thing["tags"].([]any)
		for _, tag := range list {
			if text, ok := tag.(string); ok {
				all[text] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(all))
}
