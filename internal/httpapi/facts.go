package httpapi

import (
	"context"
	"slices"

	"github.com/kith-analytics/kith/internal/control"
	"github.com/kith-analytics/kith/internal/metric"
)

var _ metric.Facts = (*facts)(nil)

// facts tells what the project and its last runs know of models.
type facts struct {
	project *Project
	results map[string]control.Node
	byTest  map[string][]Test // by the id of what is tested
	byID    map[string]*Node
}

func (s *server) facts(ctx context.Context, p *Project) (*facts, error) {
	results, err := s.Control.Results(ctx)
	f := &facts{project: p, results: results, byTest: map[string][]Test{}, byID: map[string]*Node{}}
	for _, t := range p.Tests {
		for _, id := range t.Nodes {
			f.byTest[id] = append(f.byTest[id], t)
		}
	}
	for i := range p.Nodes {
		f.byID[p.Nodes[i].UniqueID] = &p.Nodes[i]
	}
	return f, err
}

// Fact gives a model and its tests.
func (f *facts) Fact(model string) (metric.ModelFact, []metric.TestFact, bool) {
	n, ok := f.project.node(model)
	if !ok {
		return metric.ModelFact{}, nil, false
	}
	fact := metric.ModelFact{Name: n.Name, Description: n.Description, UniqueID: n.UniqueID}
	if r, ok := f.results[n.UniqueID]; ok && r.Status == "success" {
		fact.BuiltAt = r.Ended
	}
	tests := []metric.TestFact{}
	for _, t := range f.byTest[n.UniqueID] {
		status := f.status(t.UniqueID)
		switch status {
		case "pass", "warn":
			fact.TestsPassed++
		case "unknown":
		default:
			fact.TestsFailed++
		}
		tests = append(tests, metric.TestFact{Name: t.Name, Model: n.Name, Status: status})
	}
	return fact, tests, true
}

// status is the last result of a node.
func (f *facts) status(id string) string {
	if r, ok := f.results[id]; ok {
		return r.Status
	}
	return "unknown"
}

// Ancestors gives the names of all that models are made from, the farthest first.
func (f *facts) Ancestors(models []string) []string {
	seen := map[string]bool{}
	var order []string
	var visit func(id string)
	visit = func(id string) {
		n, ok := f.byID[id]
		if !ok || seen[id] {
			return
		}
		seen[id] = true
		for _, parent := range n.Parents {
			visit(parent)
		}
		order = append(order, n.Name)
	}
	for _, name := range models {
		if n, ok := f.project.node(name); ok {
			visit(n.UniqueID)
		}
	}
	return slices.DeleteFunc(order, func(name string) bool { return slices.Contains(models, name) })
}
