package graph

import (
	"slices"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
)

// edge orders two nodes: from runs first.
type edge struct{ from, to int }

// testEdges gives the edges that make the tests of a node run before what
// descends from the node, which is how a failing test stops bad data. A test
// goes before a node when all that the test reads are ancestors of the node;
// then the new edges can't make a cycle. Edges that others imply are left out.
//
// Tests of one node go before the node's children. For tests of several nodes
// each node carries, as bits over those tests, which of their inputs are among
// its ancestors: one bit set for the first input, one for the second, and so on.
func (g *Graph) testEdges() []edge {
	var out []edge
	var joint []int // tests that read several nodes
	for i, id := range g.ids {
		n, ok := g.m.Nodes[id]
		if !ok || n.ResourceType != manifest.Test {
			continue
		}
		switch len(g.parents[i]) {
		case 0:
		case 1:
			for _, c := range g.children[g.parents[i][0]] {
				if g.waitsForTests(c) {
					out = append(out, edge{i, c})
				}
			}
		default:
			joint = append(joint, i)
		}
	}
	return append(out, g.jointTestEdges(joint)...)
}

// waitsForTests says whether a node is held back by tests: whatever is run, but
// neither tests themselves nor exposures.
func (g *Graph) waitsForTests(i int) bool {
	n, ok := g.m.Nodes[g.ids[i]]
	return ok && n.ResourceType != manifest.Test
}

func (g *Graph) jointTestEdges(tests []int) []edge {
	if len(tests) == 0 {
		return nil
	}
	inputs := 0
	for _, t := range tests {
		inputs = max(inputs, len(g.parents[t]))
	}
	// reads[k] tells for a node which tests have it as input k. A test with
	// fewer inputs repeats its last one.
	reads := make([]map[int][]int, inputs)
	for k := range reads {
		reads[k] = map[int][]int{}
	}
	for bit, t := range tests {
		for k := range inputs {
			p := g.parents[t][min(k, len(g.parents[t])-1)]
			reads[k][p] = append(reads[k][p], bit)
		}
	}
	order := topological(g.parents, g.children)
	satisfied := make([]set, len(g.ids))
	above := make([]set, len(g.ids)) // for one k at a time
	for k := range reads {
		for _, i := range order {
			above[i] = newSet(len(tests))
			for _, p := range g.parents[i] {
				above[i].union(above[p])
				for _, bit := range reads[k][p] {
					above[i].add(bit)
				}
			}
			if k == 0 {
				satisfied[i] = above[i].clone()
			} else {
				satisfied[i].intersect(above[i])
			}
		}
	}
	var out []edge
	for _, i := range order {
		if !g.waitsForTests(i) {
			continue
		}
		fresh := satisfied[i].clone()
		for _, p := range g.parents[i] {
			// What stands between must be held back itself to imply the edge.
			if g.waitsForTests(p) {
				fresh.subtract(satisfied[p])
			}
		}
		fresh.each(func(bit int) { out = append(out, edge{tests[bit], i}) })
	}
	return out
}

// withEdges gives parents and children with extra edges added.
func (g *Graph) withEdges(extra []edge) (parents, children [][]int) {
	parents, children = slices.Clone(g.parents), slices.Clone(g.children)
	touched := map[int]bool{}
	add := func(lists [][]int, at, item int, key int) {
		if !touched[key] {
			lists[at] = slices.Clone(lists[at])
			touched[key] = true
		}
		lists[at] = append(lists[at], item)
	}
	for _, e := range extra {
		add(parents, e.to, e.from, 2*e.to)
		add(children, e.from, e.to, 2*e.from+1)
	}
	for key := range touched {
		lists := parents
		if key%2 == 1 {
			lists = children
		}
		lists[key/2] = sortedUnique(lists[key/2])
	}
	return parents, children
}
