package app

import (
	"path/filepath"
	"slices"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
)

// metricFacts gives what the project and its last run know of the models under
// metrics. Without a run, tests are unknown and no model has a time.
func metricFacts(l *loaded) (*metric.Known, error) {
	results, err := artifact.ReadRunResults(filepath.Join(l.artifacts(), "run_results.json"))
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	ended := map[string]artifact.RunResult{}
	for _, r := range results.Results {
		ended[r.UniqueID] = r
	}
	known := &metric.Known{Models: map[string]metric.ModelFact{}, Tests: map[string][]metric.TestFact{}, Parents: map[string][]string{}}
	for id, n := range l.manifest.Nodes {
		if !n.Relational() || n.ResourceType == manifest.Test {
			continue
		}
		known.Models[n.Name] = metric.ModelFact{Name: n.Name, Description: n.Description, UniqueID: id}
		if r, ran := ended[id]; ran && r.Status == artifact.Success && len(r.Timing) > 0 {
			known.Built(n.Name, r.Timing[len(r.Timing)-1].CompletedAt)
		}
		for _, parent := range n.DependsOn.Nodes {
			known.Parents[n.Name] = append(known.Parents[n.Name], factName(l.manifest, parent))
		}
	}
	addTests(l.manifest, ended, known)
	return known, nil
}

// factName is the name of a node or of a source's table, as lineage shows it.
func factName(m *manifest.Manifest, id string) string {
	if s, ok := m.Sources[id]; ok {
		return s.SourceName + "." + s.Name
	}
	if n, ok := m.Nodes[id]; ok {
		return n.Name
	}
	return id
}

// addTests notes each test at the model that it belongs to, and how it last went.
func addTests(m *manifest.Manifest, ended map[string]artifact.RunResult, known *metric.Known) {
	for id, n := range m.Nodes {
		if n.ResourceType != manifest.Test {
			continue
		}
		status := "unknown"
		if r, ran := ended[id]; ran {
			status = string(r.Status)
		}
		for _, parent := range n.DependsOn.Nodes {
			if n.AttachedNode != "" && n.AttachedNode != parent {
				continue
			}
			model, ok := m.Nodes[parent]
			if !ok {
				continue
			}
			fact := known.Models[model.Name]
			switch artifact.Status(status) {
			case artifact.Pass:
				fact.TestsPassed++
			case artifact.Fail, artifact.Error:
				fact.TestsFailed++
			default:
			}
			known.Models[model.Name] = fact
			known.Tests[model.Name] = append(known.Tests[model.Name], metric.TestFact{Name: n.Name, Model: model.Name, Status: status})
		}
	}
	for _, tests := range known.Tests {
		slices.SortFunc(tests, func(a, b metric.TestFact) int {
			if a.Name < b.Name {
				return -1
			}
			if a.Name > b.Name {
				return 1
			}
			return 0
		})
	}
}
