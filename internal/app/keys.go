package app

import (
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
	"github.com/kith-analytics/kith/internal/load"
)

// keysOf gives what must be different in every row of each node, by its unique id: what
// tests of uniqueness ask for, and the keys of the sources that `kith load` knows.
func keysOf(m *manifest.Manifest) (map[string][][]string, error) {
	out := map[string][][]string{}
	add := func(id string, key []string) {
		known := slices.ContainsFunc(out[id], func(k []string) bool { return slices.Equal(k, key) })
		if len(key) > 0 && !known {
			out[id] = append(out[id], key)
		}
	}
	for _, n := range m.Nodes {
		if n.ResourceType != manifest.Test || n.TestMetadata == nil {
			continue
		}
		id := n.AttachedNode
		if id == "" && len(n.DependsOn.Nodes) == 1 {
			id = n.DependsOn.Nodes[0] // of a source
		}
		add(id, testedKey(n))
	}
	presets, err := load.Presets()
	if err != nil {
		return nil, err
	}
	for id, s := range m.Sources {
		for _, p := range presets {
			if strings.EqualFold(p.Table, s.Schema+"."+s.Identifier) {
				add(id, p.Key)
			}
		}
	}
	for id := range out {
		slices.SortFunc(out[id], slices.Compare)
	}
	return out, nil
}

// testedKey gives the columns that a test wants to be different in every row; nil for
// tests of something else, and of expressions. A test with a condition says nothing of all rows.
func testedKey(n *manifest.Node) []string {
	if where := n.Config.String("where"); where != "" {
		return nil
	}
	switch n.TestMetadata.Name {
	case "unique":
		if n.ColumnName != "" {
			return []string{n.ColumnName}
		}
	case "unique_combination", "unique_combination_of_columns":
		for _, argument := range []string{"columns", "combination_of_columns"} {
			v, _ := n.TestMetadata.Kwargs.GetStr(argument)
			list, ok := v.(*jinja.List)
			if !ok {
				continue
			}
			var key []string
			for _, item := range list.Items {
				name, ok := item.(string)
				if !ok {
					return nil
				}
				key = append(key, name)
			}
			return key
		}
	}
	return nil
}
