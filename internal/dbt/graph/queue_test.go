package graph_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kith-analytics/kith/internal/dbt/graph"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
)

// drain runs a queue on one worker; fails names the nodes that fail.
func drain(t interface {
	Fatalf(format string, args ...any)
}, q *graph.Queue, fails map[string]bool,
) (order []string, blocked map[string]string) {
	blocked = map[string]string{}
	for {
		item, ok := q.Next()
		if !ok {
			break
		}
		order = append(order, item.ID)
		if item.BlockedBy != "" {
			blocked[item.ID] = item.BlockedBy
		}
		if item.BlockedBy != "" || fails[item.ID] {
			q.Fail(item.ID)
		} else {
			q.Done(item.ID)
		}
	}
	if !q.Finished() {
		t.Fatalf("the queue stopped with %d nodes left", q.Left())
	}
	return order, blocked
}

func queue(t interface {
	Fatalf(format string, args ...any)
}, g *graph.Graph, ids []string, order graph.Order,
) *graph.Queue {
	q, err := g.Queue(ids, order)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return q
}

// TestQueueOrderAsDbt compares the order on one worker with dbt's, and what
// waits for which test.
func TestQueueOrderAsDbt(t *testing.T) {
	t.Parallel()
	var golden []struct {
		IDs     []string    `json:"ids"`
		Build   []string    `json:"build"`
		Run     []string    `json:"run"`
		Closure [][2]string `json:"closure"`
	}
	data, err := os.ReadFile("testdata/queues.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &golden); err != nil {
		t.Fatal(err)
	}
	m := readManifest(t, "shop.json")
	g := build(t, m)
	for _, c := range golden {
		if c.Closure != nil {
			checkTestEdges(t, g, c.Closure)
			continue
		}
		got, _ := drain(t, queue(t, g, c.IDs, graph.WithTests), nil)
		if diff := cmp.Diff(c.Build, got); diff != "" {
			t.Errorf("build of %d nodes (-dbt +ours)\n%s", len(c.IDs), diff)
		}
		got, _ = drain(t, queue(t, g, c.IDs, graph.ByDependency), nil)
		if diff := cmp.Diff(c.Run, got); diff != "" {
			t.Errorf("run of %d nodes (-dbt +ours)\n%s", len(c.IDs), diff)
		}
	}
}

// checkTestEdges fails each test alone and compares what is blocked with what
// dbt's graph holds back.
func checkTestEdges(t *testing.T, g *graph.Graph, closure [][2]string) {
	t.Helper()
	want := map[string][]string{}
	for _, e := range closure {
		want[e[0]] = append(want[e[0]], e[1])
	}
	var all []string
	for _, id := range g.IDs() {
		if id[:5] != "unit_" {
			all = append(all, id)
		}
	}
	for _, id := range all {
		if id[:5] != "test." {
			continue
		}
		_, blocked := drain(t, queue(t, g, all, graph.WithTests), map[string]bool{id: true})
		got := make([]string, 0, len(blocked))
		for b := range blocked {
			got = append(got, b)
		}
		slices.Sort(got)
		wanted := slices.DeleteFunc(slices.Clone(want[id]), func(b string) bool { return b[:5] == "unit_" })
		if diff := cmp.Diff(wanted, got); diff != "" && len(wanted)+len(got) > 0 {
			t.Errorf("%s holds back (-dbt +ours)\n%s", id, diff)
		}
	}
}

// chain makes models named by ids, each depending on those given for it.
func chain(edges map[string][]string) *manifest.Manifest {
	m := manifest.New("p", "duckdb")
	for id, parents := range edges {
		n := &manifest.Node{UniqueID: id, Name: id, ResourceType: manifest.Model, RawCode: "select 1", FQN: []string{"p", id}}
		n.DependsOn.Nodes = parents
		m.Nodes[id] = n
	}
	return m
}

func TestQueuePassesThroughUnselected(t *testing.T) {
	t.Parallel()
	g := build(t, chain(map[string][]string{"a": nil, "b": {"a"}, "c": {"b"}}))
	q := queue(t, g, []string{"c", "a"}, graph.ByDependency)
	first, _ := q.Next()
	if _, early := q.Next(); first.ID != "a" || early {
		t.Fatalf("got %s first, another at once: %v", first.ID, early)
	}
	q.Fail("a")
	q.Fail("a") // said twice, counted once
	if got, ok := q.Next(); !ok || got != (graph.Item{ID: "c", BlockedBy: "a"}) {
		t.Fatalf("got %+v", got)
	}
}

func TestQueueIndependentGivesAllAtOnce(t *testing.T) {
	t.Parallel()
	g := build(t, chain(map[string][]string{"a": nil, "b": {"a"}, "c": {"b"}}))
	q := queue(t, g, g.IDs(), graph.Independent)
	for _, want := range []string{"a", "b", "c"} {
		if got, ok := q.Next(); !ok || got.ID != want {
			t.Fatalf("got %+v, want %s", got, want)
		}
	}
}

func TestQueueRunsUnitTestsBeforeTheirModel(t *testing.T) {
	t.Parallel()
	m := chain(map[string][]string{"model.a": nil, "model.b": {"model.a"}, "model.c": {"model.b"}})
	u := &manifest.UnitTest{UniqueID: "unit_test.b"}
	u.DependsOn.Nodes = []string{"model.b"}
	m.UnitTests[u.UniqueID] = u
	g := build(t, m)
	order, blocked := drain(t, queue(t, g, g.IDs(), graph.WithTests), map[string]bool{u.UniqueID: true})
	if want := []string{"model.a", "unit_test.b", "model.b", "model.c"}; !slices.Equal(order, want) {
		t.Errorf("got %v, want %v", order, want)
	}
	if diff := cmp.Diff(map[string]string{"model.b": "unit_test.b", "model.c": "unit_test.b"}, blocked); diff != "" {
		t.Error(diff)
	}
}

func TestQueueRefusesUnknownNodes(t *testing.T) {
	t.Parallel()
	g := build(t, chain(map[string][]string{"a": nil}))
	if _, err := g.Queue([]string{"z"}, graph.ByDependency); !fault.Is(err, fault.NotFound) {
		t.Fatalf("got %v", err)
	}
}

// TestQueueProperty runs random projects with random failures on a random number
// of workers: no node starts before its selected ancestors have ended, every
// selected node comes once, and exactly what descends from a failure is blocked.
func TestQueueProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := randomProject(t)
		g, err := graph.Build(m)
		if err != nil {
			t.Fatal(err)
		}
		order := rapid.SampledFrom([]graph.Order{graph.ByDependency, graph.WithTests}).Draw(t, "order")
		reach := bruteForce(m, order == graph.WithTests)
		selected := rapid.SliceOfNDistinct(rapid.SampledFrom(g.IDs()), 0, g.Len(), rapid.ID[string]).Draw(t, "selected")
		fails := rapid.SampledFrom(append([]string{""}, selected...)).Draw(t, "fails")
		workers := rapid.IntRange(1, 4).Draw(t, "workers")
		q := queue(t, g, selected, order)
		ended, running := map[string]bool{}, []string{}
		for {
			for len(running) < workers {
				item, ok := q.Next()
				if !ok {
					break
				}
				if slices.Contains(running, item.ID) || ended[item.ID] {
					t.Fatalf("%s came twice", item.ID)
				}
				for _, other := range selected {
					if reach[other][item.ID] && !ended[other] {
						t.Fatalf("%s came before %s had ended", item.ID, other)
					}
				}
				if blocked := item.BlockedBy != ""; blocked != reach[fails][item.ID] {
					t.Fatalf("%s blocked: %v, with %s failed", item.ID, blocked, fails)
				}
				running = append(running, item.ID)
			}
			if len(running) == 0 {
				break
			}
			at := rapid.IntRange(0, len(running)-1).Draw(t, "ends")
			id := running[at]
			running = slices.Delete(running, at, at+1)
			ended[id] = true
			if id == fails || reach[fails][id] {
				q.Fail(id)
			} else {
				q.Done(id)
			}
		}
		if len(ended) != len(selected) || !q.Finished() {
			t.Fatalf("%d of %d nodes ran", len(ended), len(selected))
		}
	})
}
