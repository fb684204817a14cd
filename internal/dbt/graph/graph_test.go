package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kith-analytics/kith/internal/dbt/graph"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
)

func TestBuildNamesTheCycle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		edges map[string][]string
		want  string
	}{
		{"of two", map[string][]string{"a": {"b"}, "b": {"a"}}, "Found a cycle: a --> b"},
		{"of itself", map[string][]string{"a": {"a"}}, "Found a cycle: a"},
		{
			"far from the start, smallest first",
			map[string][]string{"a": nil, "b": {"a", "d"}, "c": {"b"}, "d": {"c"}, "e": {"d"}},
			"Found a cycle: b --> c --> d",
		},
		{"in a part of its own", map[string][]string{"a": nil, "x": {"z"}, "z": {"y"}, "y": {"x"}}, "Found a cycle: x --> y --> z"},
	} {
		_, err := graph.Build(chain(c.edges))
		if err == nil || err.Error() != c.want+"; let one of them not refer to the other" || !fault.Is(err, fault.Compile) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
}

func TestBuildNamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	_, err := graph.Build(chain(map[string][]string{"a": {"gone"}}))
	if err == nil || !strings.Contains(err.Error(), "a depends on gone") {
		t.Fatalf("got %v", err)
	}
}

func TestNeighbours(t *testing.T) {
	t.Parallel()
	g := build(t, chain(map[string][]string{"a": nil, "b": {"a", "a"}, "c": {"b"}, "d": {"b", "x"}, "x": nil}))
	for _, c := range []struct {
		name string
		got  []string
		want []string
	}{
		{"parents once", g.Parents("b"), []string{"a"}},
		{"children", g.Children("b"), []string{"c", "d"}},
		{"of nothing", g.Children("nowhere"), nil},
		{"descendants", g.Descendants([]string{"a"}, graph.Unlimited), []string{"b", "c", "d"}},
		{"descendants to a depth", g.Descendants([]string{"a"}, 1), []string{"b"}},
		{"depth zero", g.Descendants([]string{"a"}, 0), []string{}},
		{"one of the start below another", g.Descendants([]string{"a", "b"}, 1), []string{"b", "c", "d"}},
		{"ancestors", g.Ancestors([]string{"d"}, graph.Unlimited), []string{"a", "b", "x"}},
		{"children's parents", g.ChildrensParents([]string{"x"}), []string{"a", "b", "d", "x"}},
		{"order", g.Order(), []string{"a", "x", "b", "c", "d"}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// TestWalkProperty compares ancestors and descendants with walking from each node.
func TestWalkProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := randomProject(t)
		g, err := graph.Build(m)
		if err != nil {
			t.Fatal(err)
		}
		reach := bruteForce(m, false)
		place := map[string]int{}
		for k, id := range g.Order() {
			place[id] = k
		}
		for _, a := range g.IDs() {
			below := g.Descendants([]string{a}, graph.Unlimited)
			for _, b := range g.IDs() {
				if slices.Contains(below, b) != reach[a][b] {
					t.Fatalf("%s reaches %s: %v", a, b, reach[a][b])
				}
				if slices.Contains(g.Ancestors([]string{b}, graph.Unlimited), a) != reach[a][b] {
					t.Fatalf("%s is above %s: %v", a, b, reach[a][b])
				}
				if reach[a][b] && place[a] >= place[b] {
					t.Fatalf("%s is ordered after %s", a, b)
				}
			}
		}
	})
}

// large makes a project of layers: each of n models reads three of the layer
// before, and has a test of its own and one with a neighbour.
func large(n int) *manifest.Manifest {
	const width = 100
	edges := make(map[string][]string, n)
	name := func(k int) string { return fmt.Sprintf("model.p.m%05d", k) }
	for k := range n {
		var parents []string
		for j := 0; j < 3 && k >= width; j++ {
			parents = append(parents, name((k/width-1)*width+(k*7+j*13)%width))
		}
		edges[name(k)] = parents
	}
	m := chain(edges)
	for k := range n {
		for j, reads := range [][]string{{name(k)}, {name(k), name(max(0, k-width))}} {
			id := fmt.Sprintf("test.p.t%05d_%d", k, j)
			t := &manifest.Node{UniqueID: id, Name: id, ResourceType: manifest.Test, RawCode: "select 1", FQN: []string{"p", id}}
			t.DependsOn.Nodes = reads
			m.Nodes[id] = t
		}
	}
	return m
}

// TestLargeGraphs guards against anything quadratic: 5,000 nodes are built,
// selected from and drained in well under a second even on a slow machine.
func TestLargeGraphs(t *testing.T) {
	t.Parallel()
	m := large(1667)
	start := time.Now()
	g := build(t, m)
	s := graph.NewSelector(g, nil)
	got, err := s.Select(graph.Request{Select: []string{"@model.p.m00005 tag:x+ model.p.m000*,+model.p.m016*"}, Indirect: graph.Buildable})
	if err != nil || len(got.IDs) == 0 {
		t.Fatalf("%d nodes, %v", len(got.IDs), err)
	}
	order, _ := drain(t, queue(t, g, g.IDs(), graph.WithTests), nil)
	if took := time.Since(start); len(order) != 5001 || took > 5*time.Second {
		t.Fatalf("%d nodes in %v", len(order), took)
	}
}

func BenchmarkGraph(b *testing.B) {
	m := large(1667)
	g := build(b, m)
	b.Run("Build5000", func(b *testing.B) {
		for b.Loop() {
			build(b, m)
		}
	})
	b.Run("Select5000", func(b *testing.B) {
		s := graph.NewSelector(g, nil)
		for b.Loop() {
			if _, err := s.Select(graph.Request{Select: []string{"@model.p.m00005 model.p.m000*,+model.p.m016*"}}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("QueueWithTests5000", func(b *testing.B) {
		ids := g.IDs()
		for b.Loop() {
			drain(b, queue(b, g, ids, graph.WithTests), nil)
		}
	})
}
