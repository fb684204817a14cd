package parity

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"slices"
	"testing"
)

// A golden holds a step's facts where they differ from the step before; what is
// gone is null.
type golden struct {
	Steps []goldenStep
	Ls    map[string][]string
}

type goldenStep struct {
	Args      []string
	Exit      int
	Manifest  map[string]*map[string]any
	Results   map[string]result
	Relations map[string]*relation
}

func writeGolden(t *testing.T, path string, f facts) {
	t.Helper()
	g := golden{Ls: f.Ls}
	before := stepFacts{}
	for _, s := range f.Steps {
		g.Steps = append(g.Steps, goldenStep{
			Args: s.Args, Exit: s.Exit, Results: s.Results,
			Manifest: changed(before.Manifest, s.Manifest), Relations: changed(before.Relations, s.Relations),
		})
		before = s
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(g); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, breakLines(t, out.Bytes()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// breakLines gives every fact a line of its own, so that changes can be read.
func breakLines(t *testing.T, data []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	depth, inText, escaped := 0, false, false
	for _, c := range data {
		switch {
		case escaped:
			escaped = false
		case inText && c == '\\':
			escaped = true
		case c == '"':
			inText = !inText
		case inText:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		}
		out.WriteByte(c)
		if c == ',' && !inText && depth <= 4 {
			out.WriteByte('\n')
		}
	}
	if !json.Valid(out.Bytes()) {
		t.Fatal("the golden is no JSON")
	}
	return out.Bytes()
}

func changed[T any](before, after map[string]T) map[string]*T {
	out := map[string]*T{}
	for key, v := range after {
		if old, ok := before[key]; !ok || !reflect.DeepEqual(old, v) {
			out[key] = &v
		}
	}
	for key := range before {
		if _, ok := after[key]; !ok {
			out[key] = nil
		}
	}
	return out
}

func apply[T any](before map[string]T, change map[string]*T) map[string]T {
	out := maps.Clone(before)
	if out == nil {
		out = map[string]T{}
	}
	for key, v := range change {
		if v == nil {
			delete(out, key)
		} else {
			out[key] = *v
		}
	}
	return out
}

func readGolden(t *testing.T, path string) facts {
	t.Helper()
	var g golden
	if !readJSON(t, path, &g) {
		t.Fatalf("%s is not there; `make parity-goldens` makes it", path)
	}
	f := facts{Ls: g.Ls}
	before := stepFacts{}
	for _, s := range g.Steps {
		got := stepFacts{
			Args: s.Args, Exit: s.Exit, Results: s.Results,
			Manifest: apply(before.Manifest, s.Manifest), Relations: apply(before.Relations, s.Relations),
		}
		f.Steps = append(f.Steps, got)
		before = got
	}
	return f
}

func TestGoldenKeepsFacts(t *testing.T) {
	t.Parallel()
	one := map[string]int{"kept": 1, "changed": 2, "gone": 3}
	two := map[string]int{"kept": 1, "changed": 5, "new": 4}
	change := changed(one, two)
	if keys := slices.Sorted(maps.Keys(change)); !slices.Equal(keys, []string{"changed", "gone", "new"}) {
		t.Errorf("kept: %v", keys)
	}
	if got := apply(one, change); !maps.Equal(got, two) {
		t.Errorf("%v, want %v", got, two)
	}
}
