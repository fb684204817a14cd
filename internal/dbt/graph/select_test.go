package graph_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/dbt/graph"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

func dict(pairs ...jinja.Value) *jinja.Dict {
	d := jinja.NewDict()
	for k := 0; k+1 < len(pairs); k += 2 {
		if key, ok := pairs[k].(string); ok {
			d.SetStr(key, pairs[k+1])
		}
	}
	return d
}

func withSelector(m *manifest.Manifest, name string, definition jinja.Value) *manifest.Selector {
	s := &manifest.Selector{Name: name, Definition: definition, Line: 7}
	m.Selectors[name] = s
	return s
}

func TestSpacesBetweenCriteriaDoNotWarn(t *testing.T) {
	t.Parallel()
	s := graph.NewSelector(build(t, chain(map[string][]string{"a": nil, "b": nil})), nil)
	got, err := s.Select(graph.Request{Select: []string{"a  b "}})
	if err != nil || !slices.Equal(got.IDs, []string{"a", "b"}) || got.Warnings != nil {
		t.Fatalf("%+v, %v", got, err)
	}
	got, err = s.Select(graph.Request{Select: []string{""}})
	if err != nil || len(got.IDs) != 0 || len(got.Warnings) != 1 {
		t.Fatalf("nothing named: %+v, %v", got, err)
	}
}

func TestBlankNodesAreListedButNotRun(t *testing.T) {
	t.Parallel()
	m := chain(map[string][]string{"a": nil, "b": nil})
	m.Nodes["b"].RawCode = "\n \n"
	s := graph.NewSelector(build(t, m), nil)
	for keep, want := range map[bool][]string{true: {"a", "b"}, false: {"a"}} {
		if got, err := s.Select(graph.Request{KeepEmpty: keep}); err != nil || !slices.Equal(got.IDs, want) {
			t.Errorf("keep %v: %+v, %v", keep, got, err)
		}
	}
}

func TestDefaultSelector(t *testing.T) {
	t.Parallel()
	m := chain(map[string][]string{"a": nil, "b": nil})
	withSelector(m, "usual", "a").Default = true
	s := graph.NewSelector(build(t, m), nil)
	got, err := s.Select(graph.Request{})
	if diff := cmp.Diff(graph.Selection{IDs: []string{"a"}, DefaultSelector: "usual"}, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	got, err = s.Select(graph.Request{Exclude: []string{"a"}})
	if diff := cmp.Diff(graph.Selection{IDs: []string{"b"}}, got); err != nil || diff != "" {
		t.Errorf("with --exclude: %v %s", err, diff)
	}
	withSelector(m, "other", "b").Default = true
	if _, err = s.Select(graph.Request{}); err == nil || !strings.Contains(err.Error(), "selectors 'other' and 'usual' are both the default") {
		t.Errorf("two defaults: %v", err)
	}
}

func TestBadRequests(t *testing.T) {
	t.Parallel()
	m := chain(map[string][]string{"a": nil})
	withSelector(m, "x", "a")
	s := graph.NewSelector(build(t, m), nil)
	for _, c := range []struct {
		name string
		r    graph.Request
		want string
	}{
		{"both kinds", graph.Request{Selector: "x", Select: []string{"a"}}, "--selector does not go with"},
		{"unknown selector", graph.Request{Selector: "y"}, "Could not find selector named y, expected one of x"},
		{"no state", graph.Request{Select: []string{"state:new"}}, "no comparison manifest; give the folder"},
		{"no results", graph.Request{Select: []string{"result:error"}}, "No comparison run_results"},
		{"no sources", graph.Request{Select: []string{"source_status:fresher"}}, "No previous state comparison"},
		{"path upward", graph.Request{Select: []string{"path:../x"}}, "leaves the project's folder"},
		{"absolute path", graph.Request{Select: []string{"/tmp/x"}}, "must be relative"},
		{"no path", graph.Request{Select: []string{"path:"}}, "names no path"},
		{"bad exclude", graph.Request{Exclude: []string{"foo:x"}}, "'foo' is not a valid method name"},
	} {
		if _, err := s.Select(c.r); err == nil || !strings.Contains(err.Error(), c.want) || !fault.Is(err, fault.Usage) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
	if _, err := graph.ParseIndirect("keen"); err == nil || !strings.Contains(err.Error(), "use eager, cautious, buildable or empty") {
		t.Errorf("got %v", err)
	}
}

func TestBadDefinitions(t *testing.T) {
	t.Parallel()
	list := func(v ...jinja.Value) jinja.Value { return jinja.NewList(v...) }
	for _, c := range []struct {
		name       string
		definition jinja.Value
		want       string
	}{
		{"a number", int64(3), "expected text, union, intersection, or method and value"},
		{"union beside another key", dict("union", list("a"), "value", "b"), "only a single 'union' or 'intersection' key"},
		{"union of no list", dict("union", "a"), "'union' must be a list"},
		{"method without value", dict("method", "tag", "parents", true), "expected either one key, or 'method' and 'value'"},
		{"unknown method", dict("method", "tg", "value", "x"), "'tg' is not a valid method name"},
		{"unknown key", dict("method", "tag", "value", "x", "parent", true), "unknown key 'parent'"},
		{"depth of no number", dict("method", "tag", "value", "x", "parents_depth", "y"), "parents_depth must be a number"},
		{"indirect", dict("method", "tag", "value", "x", "indirect_selection", "keen"), "'keen' is not a way"},
		{"two excludes", dict("union", list("a", dict("exclude", list("a")), dict("exclude", list("b")))), "more than one exclude"},
		{"text", "foo:x", "'foo' is not a valid method name"},
		{"itself", dict("method", "selector", "value", "x"), "Circular dependency detected in selector: x"},
		{"both @ and +", dict("method", "tag", "value", "x", "childrens_parents", true, "children", true), "incompatible"},
	} {
		m := chain(map[string][]string{"a": nil})
		withSelector(m, "x", c.definition)
		_, err := graph.NewSelector(build(t, m), nil).Select(graph.Request{Selector: "x"})
		if err == nil || !strings.HasPrefix(err.Error(), "selectors.yml:7: ") || !strings.Contains(err.Error(), c.want) ||
			!fault.Is(err, fault.Parse) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
}

// TestConfigComparesTypes: numbers in YAML are found by numbers in selectors.yml only.
func TestConfigComparesTypes(t *testing.T) {
	t.Parallel()
	m := chain(map[string][]string{"a": nil, "b": nil})
	m.Nodes["a"].Config = manifest.NewConfig(dict("meta", dict("sla", int64(4), "hot", true)))
	m.Nodes["b"].Config = manifest.NewConfig(dict("meta", dict("sla", "4", "hot", "true"), "pre-hook", "x"))
	withSelector(m, "number", dict("method", "config.meta.sla", "value", int64(4)))
	withSelector(m, "bool", dict("method", "config.meta.hot", "value", true))
	s := graph.NewSelector(build(t, m), nil)
	for _, c := range []struct {
		r    graph.Request
		want []string
	}{
		{graph.Request{Selector: "number"}, []string{"a"}},
		{graph.Request{Selector: "bool"}, []string{"a"}},
		{graph.Request{Select: []string{"config.meta.sla:4"}}, []string{"b"}},
		{graph.Request{Select: []string{"config.meta.hot:true"}}, []string{"a", "b"}},
		{graph.Request{Select: []string{"config.pre_hook:x"}}, []string{"b"}},
	} {
		if got, err := s.Select(c.r); err != nil || !slices.Equal(got.IDs, c.want) {
			t.Errorf("%+v: got %v, %v", c.r, got.IDs, err)
		}
	}
}

// TestMacroChangesReachCallers: macros may call each other in circles.
func TestMacroChangesReachCallers(t *testing.T) {
	t.Parallel()
	project := func(leaf string) *manifest.Manifest {
		m := chain(map[string][]string{"uses_a": nil, "uses_b": nil, "uses_d": nil})
		macro := func(id, sql string, calls ...string) {
			m.Macros[id] = &manifest.Macro{UniqueID: id, SQL: sql, DependsOn: calls}
		}
		macro("a", "a", "b", "c")
		macro("b", "b", "a")
		macro("c", leaf)
		macro("d", "d")
		for _, id := range []string{"a", "b", "d"} {
			m.Nodes["uses_"+id].DependsOn.Macros = []string{id}
		}
		return m
	}
	s := graph.NewSelector(build(t, project("new")), &graph.State{Manifest: project("old")})
	got, err := s.Select(graph.Request{Select: []string{"state:modified.macros"}})
	if want := []string{"uses_a", "uses_b"}; err != nil || !slices.Equal(got.IDs, want) {
		t.Fatalf("got %v, %v", got.IDs, err)
	}
}
