package graph_test

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
)

// randomProject draws up to 12 models and up to 8 tests that read one to three of them.
func randomProject(t *rapid.T) *manifest.Manifest {
	edges := map[string][]string{}
	models := rapid.IntRange(1, 12).Draw(t, "models")
	name := func(k int) string {
		// Names in another order than the edges.
		return fmt.Sprintf("model.p.m%02d", (k*7)%13)
	}
	for k := range models {
		var parents []string
		for p := range k {
			if rapid.IntRange(0, 3).Draw(t, "edge") == 0 {
				parents = append(parents, name(p))
			}
		}
		edges[name(k)] = parents
	}
	m := chain(edges)
	for k := range rapid.IntRange(0, 8).Draw(t, "tests") {
		id := fmt.Sprintf("test.p.t%d", k)
		n := &manifest.Node{UniqueID: id, Name: id, ResourceType: manifest.Test, RawCode: "select 1", FQN: []string{"p", id}}
		for range rapid.IntRange(1, 3).Draw(t, "inputs") {
			n.DependsOn.Nodes = append(n.DependsOn.Nodes, name(rapid.IntRange(0, models-1).Draw(t, "input")))
		}
		m.Nodes[id] = n
	}
	return m
}

// bruteForce gives which node reaches which, by walking from each. With tests, a
// test also reaches every model that descends from all that it reads.
func bruteForce(m *manifest.Manifest, tests bool) map[string]map[string]bool {
	children := map[string][]string{}
	for id, n := range m.Nodes {
		for _, p := range n.DependsOn.Nodes {
			children[p] = append(children[p], id)
		}
	}
	reach := closure(m, children)
	if !tests {
		return reach
	}
	for id, n := range m.Nodes {
		if n.ResourceType != manifest.Test {
			continue
		}
		for other, o := range m.Nodes {
			guarded := o.ResourceType != manifest.Test
			for _, p := range n.DependsOn.Nodes {
				guarded = guarded && reach[p][other]
			}
			if guarded {
				children[id] = append(children[id], other)
			}
		}
	}
	return closure(m, children)
}

func closure(m *manifest.Manifest, children map[string][]string) map[string]map[string]bool {
	reach := map[string]map[string]bool{}
	for id := range m.Nodes {
		reach[id] = map[string]bool{}
		open := []string{id}
		for len(open) > 0 {
			next := open[len(open)-1]
			open = open[:len(open)-1]
			for _, c := range children[next] {
				if !reach[id][c] {
					reach[id][c] = true
					open = append(open, c)
				}
			}
		}
	}
	return reach
}
