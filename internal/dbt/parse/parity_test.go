package parse_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/globals"
	"github.com/kith-analytics/kith/internal/dbt/parse"
	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/jinja"
)

// read parses a project folder with nothing in the environment.
func read(t testing.TB, dir string) (*parse.Result, error) {
	t.Helper()
	inv := &globals.Invocation{
		ID: "test", StartedAt: time.Date(2024, 2, 1, 0, 0, 0, 0, time.UTC), Version: "1.12.0",
		Env: func(string) (string, bool) { return "", false }, Flags: jinja.NewDict(), Now: time.Now,
	}
	vars := project.CommandLineVars(nil)
	r := &project.Renderer{Scope: inv.Scope(vars, nil, true)}
	p, err := project.Load(t.Context(), dir, r)
	if err != nil {
		return nil, err
	}
	target, err := project.LoadTarget(t.Context(), project.ProfileRequest{ProjectDir: dir, Dirs: []string{dir}, Profile: p.ProfileName}, r)
	if err != nil {
		return nil, err
	}
	return parse.Parse(t.Context(), parse.Request{Project: p, Target: target, Invocation: inv})
}

// facts are what dbt's manifest said of the project in test/projects/basics.
type facts struct {
	Nodes, Sources, Exposures map[string]map[string]any
	Disabled                  []string
	Macros                    map[string][]string
}

func TestManifestIsDbts(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/basics.json")
	if err != nil {
		t.Fatal(err)
	}
	var want facts
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	res, err := read(t, filepath.Join("..", "..", "..", "test", "projects", "basics"))
	if err != nil {
		t.Fatal(err)
	}
	m := res.Manifest
	got := facts{Nodes: map[string]map[string]any{}, Sources: map[string]map[string]any{}, Exposures: map[string]map[string]any{}, Macros: map[string][]string{}}
	for id, n := range m.Nodes {
		got.Nodes[id] = plain(t, artifact.NodeDict(n), want.Nodes[id])
	}
	for id, s := range m.Sources {
		got.Sources[id] = plain(t, artifact.SourceDict(s), want.Sources[id])
	}
	for id, x := range m.Exposures {
		got.Exposures[id] = plain(t, artifact.ExposureDict(x), want.Exposures[id])
	}
	for id := range m.Disabled {
		got.Disabled = append(got.Disabled, id)
	}
	sort.Strings(got.Disabled)
	for id, macro := range m.Macros {
		if macro.Package == "basics" {
			got.Macros[id] = append([]string{}, macro.DependsOn...)
		}
	}
	drop(want.Nodes)
	for _, s := range want.Sources {
		// dbt adds the defaults of some keys here; they say nothing.
		delete(s, "unrendered_config")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("manifest (-dbt +ours):\n%s", diff)
	}
}

// drop takes out what is not the parser's: compiled SQL, and the macros of
// materializations that dbt lists for tests.
func drop(nodes map[string]map[string]any) {
	for _, n := range nodes {
		delete(n, "compiled_code")
		if d, ok := n["depends_on"].(map[string]any); ok && n["resource_type"] == "test" {
			delete(d, "macros")
		}
	}
}

// plain gives the keys that dbt's facts have, as JSON has them.
func plain(t *testing.T, d *jinja.Dict, want map[string]any) map[string]any {
	t.Helper()
	raw, err := jinja.ToJSON(d)
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	out := map[string]any{}
	for key := range want {
		if key == "compiled_code" || key == "unrendered_config" && all["resource_type"] == "source" {
			continue
		}
		if v, ok := all[key]; ok {
			out[key] = v
		}
	}
	if depends, ok := out["depends_on"].(map[string]any); ok && strings.HasPrefix(all["unique_id"].(string), "test.") {
		delete(depends, "macros")
	}
	return out
}
