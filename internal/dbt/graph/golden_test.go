package graph_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/graph"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
)

// answer is what dbt ls said to its arguments.
type answer struct {
	Args     []string `json:"args"`
	IDs      []string `json:"ids"`
	Error    []string `json:"error"`
	Warnings []string `json:"warnings"`
}

func readAnswers(t *testing.T, name string) []answer {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var out []answer
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func readManifest(t testing.TB, name string) *manifest.Manifest {
	t.Helper()
	m, _, err := artifact.ReadManifest(filepath.Join("..", "artifact", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func build(t testing.TB, m *manifest.Manifest) *graph.Graph {
	t.Helper()
	g, err := graph.Build(m)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// request reads the arguments of ls.
func request(t *testing.T, args []string) graph.Request {
	t.Helper()
	r := graph.Request{KeepEmpty: true, Types: []manifest.ResourceType{
		manifest.Model, manifest.Snapshot, manifest.Seed, manifest.Test, manifest.SourceType, manifest.ExposureType, manifest.UnitTestType,
	}}
	defaults := true
	flag := ""
	for _, a := range args {
		if strings.HasPrefix(a, "--") {
			flag = a
			continue
		}
		switch flag {
		case "--select":
			r.Select = append(r.Select, a)
		case "--exclude":
			r.Exclude = append(r.Exclude, a)
		case "--selector":
			r.Selector = a
		case "--indirect-selection":
			r.Indirect = graph.Indirect(a)
		case "--exclude-resource-type":
			r.ExcludeTypes = append(r.ExcludeTypes, manifest.ResourceType(a))
		case "--resource-type":
			if defaults {
				r.Types, defaults = nil, false
			}
			if a == "all" {
				continue
			}
			r.Types = append(r.Types, manifest.ResourceType(a))
		default:
			t.Fatalf("unknown argument %s", flag)
		}
	}
	return r
}

// TestSelectionsAsDbt puts to a project the selections that were put to dbt.
func TestSelectionsAsDbt(t *testing.T) {
	t.Parallel()
	now := readManifest(t, "shop.json")
	changed := readManifest(t, "shop_changed.json")
	data := func(name string) string { return filepath.Join("..", "artifact", "testdata", name) }
	results, err := artifact.ReadRunResults(data("run_results.json"))
	if err != nil {
		t.Fatal(err)
	}
	before, err := artifact.ReadSources(data("sources.json"))
	if err != nil {
		t.Fatal(err)
	}
	after, err := artifact.ReadSources(data("sources_now.json"))
	if err != nil {
		t.Fatal(err)
	}
	state := &graph.State{Manifest: now, Results: results.Ended(), Sources: before.Loaded(), SourcesNow: after.Loaded()}
	check(t, graph.NewSelector(build(t, now), nil), readAnswers(t, "selections.json"))
	check(t, graph.NewSelector(build(t, changed), state), readAnswers(t, "selections_state.json"))
}

func check(t *testing.T, s *graph.Selector, answers []answer) {
	t.Helper()
	for _, a := range answers {
		name := strings.Join(a.Args, " ")
		got, err := s.Select(request(t, a.Args))
		if len(a.Error) > 0 {
			if err == nil {
				t.Errorf("%s: selected %d nodes, dbt fails with %q", name, len(got.IDs), a.Error)
			} else if strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: the message is not one line: %s", name, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(a.IDs, got.IDs); diff != "" && len(a.IDs)+len(got.IDs) > 0 {
			t.Errorf("%s: (-dbt +ours)\n%s", name, diff)
		}
		if diff := cmp.Diff(a.Warnings, got.Warnings); diff != "" {
			t.Errorf("%s: warnings (-dbt +ours)\n%s", name, diff)
		}
	}
}
