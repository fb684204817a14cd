package graph

import (
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
)

// Colours of the depth-first search.
const (
	unseen = iota
	onPath
	finished
)

// cycle gives the ids of one cycle, each followed by one that depends on it,
// starting with the smallest; nil when there is none. The search keeps its own
// stack, since chains may be longer than a goroutine's stack is worth.
func (g *Graph) cycle() []string {
	colour := make([]uint8, len(g.ids))
	next := make([]int, len(g.ids)) // the child to look at next
	for root := range g.ids {
		if colour[root] != unseen {
			continue
		}
		path := []int{root}
		colour[root] = onPath
		for len(path) > 0 {
			i := path[len(path)-1]
			if next[i] == len(g.children[i]) {
				colour[i] = finished
				path = path[:len(path)-1]
				continue
			}
			c := g.children[i][next[i]]
			next[i]++
			switch colour[c] {
			case unseen:
				colour[c] = onPath
				path = append(path, c)
			case onPath:
				return g.rotated(path, c)
			}
		}
	}
	return nil
}

// rotated gives the part of path from start on, turned so that the smallest id leads.
func (g *Graph) rotated(path []int, start int) []string {
	at := len(path) - 1
	for path[at] != start {
		at--
	}
	loop := path[at:]
	lead := 0
	for k, i := range loop {
		if i < loop[lead] {
			lead = k
		}
	}
	out := make([]string, 0, len(loop))
	for k := range loop {
		out = append(out, g.ids[loop[(lead+k)%len(loop)]])
	}
	return out
}

// cycleError names the cycle, and shows the place where it closes: where the
// first node refers to the last.
func cycleError(m *manifest.Manifest, ids []string) error {
	err := fault.New(fault.Compile, "Found a cycle: %s", strings.Join(ids, " --> ")).
		WithHint("let one of them not refer to the other")
	if n, ok := m.Nodes[ids[0]]; ok {
		at := n.ParentSites[ids[len(ids)-1]]
		if at.File == "" {
			at.File = n.OriginalFilePath
		}
		err.File, err.Line = at.File, at.Line
	}
	return err
}
