package graph

import (
	"container/heap"
	"slices"

	"github.com/kith-analytics/kith/internal/fault"
)

// Order says what a queue makes a node wait for.
type Order int

// The orders.
const (
	// ByDependency makes each node wait for its ancestors: run, seed, snapshot, compile.
	ByDependency Order = iota
	// WithTests also makes a node wait for the tests of its ancestors, and for
	// its own unit tests: build.
	WithTests
	// Independent gives every node at once: test, source freshness, ls.
	Independent
)

// Item is a node to run.
type Item struct {
	ID string
	// BlockedBy is the ancestor that failed, "" when none did. A blocked node is
	// to be reported as skipped and given to Fail in its turn. When several
	// ancestors failed it is the one with the smallest id.
	BlockedBy string
}

// Queue gives out selected nodes in an order that respects the graph. A node
// that isn't selected passes on what it waits for: with a --> b --> c and only a
// and c selected, c waits for a.
//
// A Queue isn't safe for concurrent use; a scheduler owns it.
type Queue struct {
	g        *Graph
	selected set
	children [][]int
	missing  []int // parents still to finish
	depth    []int
	blocker  []int // 1 + the number of the node that failed
	ready    readyHeap
	left     int // nodes not yet given out
	running  set
}

// Queue makes the queue of the selected ids. It fails with fault.NotFound for an
// id that isn't in the graph.
func (g *Graph) Queue(ids []string, order Order) (*Queue, error) {
	for _, id := range ids {
		if !g.Has(id) {
			return nil, fault.New(fault.NotFound, "%s is not in the project", id)
		}
	}
	q := &Queue{g: g, selected: g.setOf(ids), running: newSet(len(g.ids)), blocker: make([]int, len(g.ids))}
	var parents [][]int
	switch order {
	case Independent:
		parents, q.children = make([][]int, len(g.ids)), make([][]int, len(g.ids))
	case WithTests:
		parents, q.children = g.buildEdges(q.selected)
	default:
		parents, q.children = g.parents, g.children
	}
	q.left = q.selected.len()
	q.depth = depthsOf(parents, q.children, q.selected)
	q.missing = make([]int, len(g.ids))
	q.ready.depth = q.depth
	for i := range g.ids {
		q.missing[i] = len(parents[i])
	}
	for i := range g.ids {
		if len(parents[i]) == 0 {
			q.arrive(i)
		}
	}
	return q, nil
}

// buildEdges gives the edges of a build: those of the graph, those from tests to
// what they guard, and selected unit tests turned round. A unit test reads the
// model's SQL, not its table, so it runs once the model's inputs are there and
// before the model itself. The model is the unit test's first dependency.
func (g *Graph) buildEdges(selected set) (parents, children [][]int) {
	parents, children = g.withEdges(g.testEdges())
	byModel := map[int][]int{}
	for id, unit := range g.m.UnitTests {
		u := g.index[id]
		if !selected.has(u) || len(unit.DependsOn.Nodes) == 0 {
			continue
		}
		for _, p := range parents[u] {
			children[p] = slices.DeleteFunc(slices.Clone(children[p]), func(c int) bool { return c == u })
		}
		model := g.index[unit.DependsOn.Nodes[0]]
		byModel[model] = append(byModel[model], u)
	}
	for model, units := range byModel {
		for _, u := range units {
			parents[u] = parents[model]
			children[u] = []int{model}
		}
		for _, p := range parents[model] {
			children[p] = sortedUnique(slices.Concat(children[p], units))
		}
		parents[model] = sortedUnique(slices.Concat(parents[model], units))
	}
	return parents, children
}

// Next gives the node to run next among those whose ancestors have finished:
// the one with the shortest way from the start, then the smallest id. It answers
// false when none is ready now; more may become so after Done or Fail.
func (q *Queue) Next() (Item, bool) {
	if q.ready.Len() == 0 {
		return Item{}, false
	}
	i, ok := heap.Pop(&q.ready).(int)
	if !ok {
		return Item{}, false
	}
	q.left--
	q.running.add(i)
	item := Item{ID: q.g.ids[i]}
	if b := q.blocker[i]; b != 0 {
		item.BlockedBy = q.g.ids[b-1]
	}
	return item, true
}

// Done says that id has finished and its descendants may run.
func (q *Queue) Done(id string) { q.finish(id, false) }

// Fail says that id has failed, or was skipped: all its descendants will come
// out of the queue blocked.
func (q *Queue) Fail(id string) { q.finish(id, true) }

// Left gives the number of nodes that Next has still to give.
func (q *Queue) Left() int { return q.left }

// Finished says whether every node was given out and has ended.
func (q *Queue) Finished() bool { return q.left == 0 && q.running.empty() }

// finish is a no-op for a node that isn't running, so that saying it twice is harmless.
func (q *Queue) finish(id string, failed bool) {
	i, ok := q.g.index[id]
	if !ok || !q.running.has(i) {
		return
	}
	q.running[i/wordBits] &^= 1 << (i % wordBits)
	if failed && q.blocker[i] == 0 {
		q.blocker[i] = i + 1
	}
	q.release(i)
}

// arrive takes a node whose parents have all finished: a selected one becomes
// ready, another passes straight on.
func (q *Queue) arrive(i int) {
	if q.selected.has(i) {
		heap.Push(&q.ready, i)
		return
	}
	q.release(i)
}

// release tells the children of from that it has ended, and those of every
// unselected node that ends by it.
func (q *Queue) release(from int) {
	open := []int{from}
	for len(open) > 0 {
		i := open[len(open)-1]
		open = open[:len(open)-1]
		for _, c := range q.children[i] {
			if b := q.blocker[i]; b != 0 && (q.blocker[c] == 0 || b < q.blocker[c]) {
				q.blocker[c] = b
			}
			q.missing[c]--
			switch {
			case q.missing[c] > 0:
			case q.selected.has(c):
				heap.Push(&q.ready, c)
			default:
				open = append(open, c)
			}
		}
	}
}

// readyHeap orders ready nodes by depth, then by number.
type readyHeap struct {
	nodes []int
	depth []int
}

func (h *readyHeap) Len() int { return len(h.nodes) }

func (h *readyHeap) Less(a, b int) bool {
	x, y := h.nodes[a], h.nodes[b]
	if h.depth[x] != h.depth[y] {
		return h.depth[x] < h.depth[y]
	}
	return x < y
}

func (h *readyHeap) Swap(a, b int) { h.nodes[a], h.nodes[b] = h.nodes[b], h.nodes[a] }

// Push is for container/heap.
func (h *readyHeap) Push(x any) {
	if i, ok := x.(int); ok {
		h.nodes = append(h.nodes, i)
	}
}

// Pop is for container/heap.
func (h *readyHeap) Pop() any {
	last := h.nodes[len(h.nodes)-1]
	h.nodes = h.nodes[:len(h.nodes)-1]
	return last
}
