package httpapi

import (
	"context"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

// ModelItem is a node with how its tests and last run went.
type ModelItem struct {
	Node
	Status      string     `doc:"of the last run: success, error, skipped; unknown before the first" json:"status"`
	BuiltAt     *time.Time `json:"built_at"`
	Seconds     float64    `doc:"that the last run of it took"                                       json:"seconds"`
	TestsPassed int        `json:"tests_passed"`
	TestsFailed int        `json:"tests_failed"`
}

// TestItem is a test and its last result.
type TestItem struct {
	Test
	Status  string     `doc:"pass, warn, fail, error, skipped; unknown before the first run" json:"status"`
	Message string     `json:"message"`
	RanAt   *time.Time `json:"ran_at"`
	Models  []string   `doc:"names of what it tests"                                         json:"models"`
	Seconds float64    `json:"seconds"`
}

// ModelAnswer is a model's documentation.
type ModelAnswer struct {
	ModelItem
	Columns  []ColumnDoc `json:"columns"`
	SQL      string      `doc:"as it was compiled last; empty before" json:"sql"`
	RawSQL   string      `doc:"as its file has it"                    json:"raw_sql"`
	Tests    []TestItem  `json:"tests"`
	Children []string    `doc:"unique ids of what is made from it"    json:"children"`
}

// Edge leads from what something is made from to it.
type Edge struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// LineageAnswer is the graph of all nodes.
type LineageAnswer struct {
	Nodes []ModelItem `json:"nodes"`
	Edges []Edge      `json:"edges"`
}

func (s *server) addModels() {
	add(s, operation{
		id: "getLineage", method: http.MethodGet, path: "/lineage", tag: "Data", on: onState, summary: "What is made from what",
	}, s.lineage)
	add(s, operation{
		id: "listTests", method: http.MethodGet, path: "/tests", tag: "Data", on: onState, summary: "All tests and their last results, failed ones first",
	}, s.tests)
	add(s, operation{
		id: "listModels", method: http.MethodGet, path: "/models", tag: "Data", on: onState, summary: "All models, seeds, snapshots and sources",
	}, func(ctx context.Context, c *call, _ *struct{}) (Items[ModelItem], error) {
		graph, err := s.lineage(ctx, c, nil)
		return Items[ModelItem]{Items: graph.Nodes}, err
	})
	add(s, operation{
		id: "getModel", method: http.MethodGet, path: "/models/{name}", tag: "Data", on: onState, summary: "A model's documentation, SQL and tests",
	}, s.model)
}

func (f *facts) item(n *Node) ModelItem {
	out := ModelItem{Node: *n, Status: "unknown"}
	out.Tags, out.Parents = orEmpty(n.Tags), orEmpty(n.Parents)
	if r, ok := f.results[n.UniqueID]; ok {
		out.Status, out.BuiltAt, out.Seconds = r.Status, r.Ended, r.Seconds
	}
	for _, t := range f.byTest[n.UniqueID] {
		switch f.status(t.UniqueID) {
		case "pass", "warn":
			out.TestsPassed++
		case "unknown":
		default:
			out.TestsFailed++
		}
	}
	return out
}

func (f *facts) test(c *call, t Test) TestItem {
	out := TestItem{Test: t, Status: "unknown", Models: []string{}}
	out.Nodes = orEmpty(t.Nodes)
	for _, id := range t.Nodes {
		if n, ok := f.byID[id]; ok {
			out.Models = append(out.Models, n.Name)
		}
	}
	if r, ok := f.results[t.UniqueID]; ok {
		out.Status, out.Message, out.RanAt, out.Seconds = r.Status, c.message(r.Message), r.Ended, r.Seconds
	}
	return out
}

// compiled reads a node's compiled SQL; "" before it was compiled.
func compiled(n *Node) string {
	if n.CompiledFile == "" {
		return ""
	}
	text, err := os.ReadFile(n.CompiledFile)
	if err != nil {
		return ""
	}
	return string(text)
}

func (s *server) lineage(ctx context.Context, c *call, _ *struct{}) (LineageAnswer, error) {
	out := LineageAnswer{Nodes: []ModelItem{}, Edges: []Edge{}}
	f, err := s.facts(ctx, c.project)
	if err != nil {
		return out, err
	}
	for i := range c.project.Nodes {
		n := &c.project.Nodes[i]
		out.Nodes = append(out.Nodes, f.item(n))
		for _, parent := range n.Parents {
			out.Edges = append(out.Edges, Edge{From: parent, To: n.UniqueID})
		}
	}
	return out, nil
}

func (s *server) tests(ctx context.Context, c *call, _ *struct{}) (Items[TestItem], error) {
	out := Items[TestItem]{Items: []TestItem{}}
	f, err := s.facts(ctx, c.project)
	if err != nil {
		return out, err
	}
	var rest []TestItem
	for _, t := range c.project.Tests {
		item := f.test(c, t)
		if item.Status == "pass" || item.Status == "unknown" {
			rest = append(rest, item)
		} else {
			out.Items = append(out.Items, item)
		}
	}
	out.Items = append(out.Items, rest...)
	return out, nil
}

func (s *server) model(ctx context.Context, c *call, in *NameInput) (ModelAnswer, error) {
	var out ModelAnswer
	n, ok := c.project.node(in.Name)
	if !ok {
		return out, fault.New(fault.NotFound, "there is no model %q", in.Name)
	}
	f, err := s.facts(ctx, c.project)
	if err != nil {
		return out, err
	}
	out = ModelAnswer{ModelItem: f.item(n), Columns: orEmpty(n.Columns), SQL: compiled(n), RawSQL: n.RawSQL, Tests: []TestItem{}, Children: []string{}}
	for _, t := range f.byTest[n.UniqueID] {
		out.Tests = append(out.Tests, f.test(c, t))
	}
	for _, other := range c.project.Nodes {
		if slices.Contains(other.Parents, n.UniqueID) {
			out.Children = append(out.Children, other.UniqueID)
		}
	}
	return out, nil
}
