package run

import (
	"slices"
	"sort"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
)

// Found counts what a project holds, in dbt's order and words: "2 models, 6 data
// tests, 1 seed, 1 source, 511 macros".
func Found(m *manifest.Manifest) string {
	byType := map[manifest.ResourceType]int{}
	for _, n := range m.Nodes {
		byType[n.ResourceType]++
	}
	parts := make([]string, 0, 12)
	add := func(n int, t manifest.ResourceType) {
		if n > 0 {
			parts = append(parts, plural(n, string(t)))
		}
	}
	for _, t := range []manifest.ResourceType{
		manifest.Model, manifest.Snapshot, manifest.Analysis, manifest.Test, manifest.Seed, manifest.Operation, manifest.SQLOperation,
	} {
		add(byType[t], t)
	}
	add(len(m.Sources), manifest.SourceType)
	add(len(m.Exposures), manifest.ExposureType)
	add(len(m.Macros), manifest.MacroType)
	add(len(m.Groups), manifest.GroupType)
	add(len(m.UnitTests), manifest.UnitTestType)
	return strings.Join(parts, ", ")
}

// plural gives "1 model", "2 data tests", "3 analyses".
func plural(n int, noun string) string {
	noun = strings.ReplaceAll(noun, "_", " ")
	if n == 1 {
		return "1 " + noun
	}
	switch noun {
	case "test":
		noun = "data test"
	case "analysis":
		noun = "analyse"
	}
	return event.Plural(n, noun)
}

// ran counts results by kind: "1 incremental model, 3 project hooks, 8 data tests".
func ran(results []Result) string {
	counts := map[string]int{}
	for i := range results {
		counts[kindOf(&results[i])]++
	}
	kinds := make([]string, 0, len(counts))
	for k := range counts {
		kinds = append(kinds, k)
	}
	sort.Strings(kinds)
	parts := make([]string, 0, len(kinds))
	for _, k := range kinds {
		parts = append(parts, plural(counts[k], k))
	}
	return strings.Join(parts, ", ")
}

func kindOf(r *Result) string {
	switch r.ResourceType() {
	case manifest.Model:
		return r.Node.Config.Materialized() + " model"
	case manifest.Operation:
		return "project hook"
	default:
		return string(r.ResourceType())
	}
}

// tally counts how results ended, for the last line.
func tally(results []Result) event.Stats {
	var s event.Stats
	for i := range results {
		s.Total++
		switch results[i].Status {
		case artifact.Error, artifact.Fail, artifact.PartialSuccess, artifact.RuntimeError:
			s.Error++
		case artifact.Skipped:
			s.Skip++
		case artifact.Warn:
			s.Warn++
		case artifact.NoOp:
			s.NoOp++
		case artifact.Pass, artifact.Success:
			s.Pass++
		}
	}
	return s
}

// Failed says whether any result makes the command fail.
func Failed(results []Result) bool {
	return slices.ContainsFunc(results, func(r Result) bool { return r.failed() })
}
