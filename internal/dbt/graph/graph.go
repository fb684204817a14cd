package graph

import (
	"slices"
	"sort"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
)

// Graph is the project's nodes, sources, exposures and unit tests with the edges
// from each to what depends on it.
type Graph struct {
	m        *manifest.Manifest
	ids      []string
	index    map[string]int
	parents  [][]int // ascending, without repeats
	children [][]int // ascending, without repeats
}

// Build makes the graph of m. It fails with fault.Compile when nodes depend on
// each other in a circle, and when one depends on something that m doesn't have.
func Build(m *manifest.Manifest) (*Graph, error) {
	ids := m.IDs()
	g := &Graph{
		m: m, ids: ids, index: make(map[string]int, len(ids)),
		parents: make([][]int, len(ids)), children: make([][]int, len(ids)),
	}
	for i, id := range ids {
		g.index[id] = i
	}
	for i, id := range ids {
		for _, parent := range m.Parents(id) {
			p, ok := g.index[parent]
			if !ok {
				return nil, fault.New(fault.Compile, "%s depends on %s, which is not in the project", id, parent).
					WithHint("check its name, and that it is enabled")
			}
			g.parents[i] = append(g.parents[i], p)
		}
		g.parents[i] = sortedUnique(g.parents[i])
		for _, p := range g.parents[i] {
			g.children[p] = append(g.children[p], i)
		}
	}
	if cycle := g.cycle(); cycle != nil {
		return nil, cycleError(m, cycle)
	}
	return g, nil
}

func sortedUnique(s []int) []int {
	slices.Sort(s)
	return slices.Compact(s)
}

// Len gives the number of nodes.
func (g *Graph) Len() int { return len(g.ids) }

// IDs gives every unique id, sorted.
func (g *Graph) IDs() []string { return slices.Clone(g.ids) }

// Has says whether id is in the graph.
func (g *Graph) Has(id string) bool {
	_, ok := g.index[id]
	return ok
}

// Parents gives what id depends on directly, sorted; nothing for an unknown id.
func (g *Graph) Parents(id string) []string { return g.neighbours(g.parents, id) }

// Children gives what depends on id directly, sorted; nothing for an unknown id.
func (g *Graph) Children(id string) []string { return g.neighbours(g.children, id) }

func (g *Graph) neighbours(edges [][]int, id string) []string {
	i, ok := g.index[id]
	if !ok {
		return nil
	}
	out := make([]string, 0, len(edges[i]))
	for _, j := range edges[i] {
		out = append(out, g.ids[j])
	}
	return out
}

// Order gives every id so that each comes after all its parents: by the length
// of the longest path that leads to it, then by id.
func (g *Graph) Order() []string {
	depth := g.depths(nil)
	order := make([]int, len(g.ids))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return depth[order[a]] < depth[order[b]] })
	out := make([]string, len(order))
	for k, i := range order {
		out[k] = g.ids[i]
	}
	return out
}

// depths gives the longest path to each node, counting only nodes of counted;
// nil counts all.
func (g *Graph) depths(counted set) []int {
	return depthsOf(g.parents, g.children, counted)
}

func depthsOf(parents, children [][]int, counted set) []int {
	depth := make([]int, len(parents))
	for _, i := range topological(parents, children) {
		step := 1
		if counted != nil && !counted.has(i) {
			step = 0
		}
		for _, c := range children[i] {
			depth[c] = max(depth[c], depth[i]+step)
		}
	}
	return depth
}

// topological gives node numbers with parents first. Nodes on a cycle, and below one, are left out.
func topological(parents, children [][]int) []int {
	missing := make([]int, len(parents))
	order := make([]int, 0, len(parents))
	for i := range parents {
		missing[i] = len(parents[i])
		if missing[i] == 0 {
			order = append(order, i)
		}
	}
	for k := 0; k < len(order); k++ {
		for _, c := range children[order[k]] {
			missing[c]--
			if missing[c] == 0 {
				order = append(order, c)
			}
		}
	}
	return order
}
