package graph

// Unlimited is the depth of a walk that goes as far as it can.
const Unlimited = -1

// Descendants gives everything that depends on ids within depth steps, sorted.
// One of ids is part of the answer only when it descends from another. Unknown
// ids count for nothing.
func (g *Graph) Descendants(ids []string, depth int) []string {
	return g.names(g.walk(g.children, g.setOf(ids), depth))
}

// Ancestors gives everything that ids depend on within depth steps, sorted. One
// of ids is part of the answer only when it is an ancestor of another. Unknown
// ids count for nothing.
func (g *Graph) Ancestors(ids []string, depth int) []string {
	return g.names(g.walk(g.parents, g.setOf(ids), depth))
}

// ChildrensParents gives ids, all that descends from them, and all the ancestors
// of those: what "@" selects.
func (g *Graph) ChildrensParents(ids []string) []string {
	return g.names(g.childrensParents(g.setOf(ids)))
}

func (g *Graph) childrensParents(from set) set {
	out := g.walk(g.children, from, Unlimited)
	out.union(from)
	out.union(g.walk(g.parents, out, Unlimited))
	return out
}

// walk gives what is reached from the members of from by one to depth edges.
func (g *Graph) walk(edges [][]int, from set, depth int) set {
	reached := newSet(len(g.ids))
	var layer []int
	from.each(func(i int) { layer = append(layer, i) })
	for len(layer) > 0 && depth != 0 {
		var next []int
		for _, i := range layer {
			for _, j := range edges[i] {
				if !reached.has(j) {
					reached.add(j)
					next = append(next, j)
				}
			}
		}
		layer = next
		depth--
	}
	return reached
}

func (g *Graph) setOf(ids []string) set {
	s := newSet(len(g.ids))
	for _, id := range ids {
		if i, ok := g.index[id]; ok {
			s.add(i)
		}
	}
	return s
}

func (g *Graph) names(s set) []string {
	out := make([]string, 0, s.len())
	s.each(func(i int) { out = append(out, g.ids[i]) })
	return out
}
