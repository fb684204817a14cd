package graph_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/dbt/graph"
	"github.com/kith-analytics/kith/internal/fault"
)

func TestParseCriterion(t *testing.T) {
	t.Parallel()
	const all = graph.Unlimited
	for raw, want := range map[string]graph.Criterion{
		"orders":                  {Method: graph.ByFQN, Value: "orders", ParentsDepth: all, ChildrenDepth: all},
		"+orders":                 {Method: graph.ByFQN, Value: "orders", Parents: true, ParentsDepth: all, ChildrenDepth: all},
		"3+orders+14":             {Method: graph.ByFQN, Value: "orders", Parents: true, ParentsDepth: 3, Children: true, ChildrenDepth: 14},
		"3orders":                 {Method: graph.ByFQN, Value: "3orders", ParentsDepth: all, ChildrenDepth: all},
		"@tag:a.b":                {Method: graph.ByTag, Value: "a.b", ChildrensParents: true, ParentsDepth: all, ChildrenDepth: all},
		"config.meta.owner:x+y+":  {Method: graph.ByConfig, Args: []string{"meta", "owner"}, Value: "x+y", Children: true, ParentsDepth: all, ChildrenDepth: all},
		"models/a.sql":            {Method: graph.ByPath, Value: "models/a.sql", ParentsDepth: all, ChildrenDepth: all},
		"A.SQL":                   {Method: graph.ByFile, Value: "A.SQL", ParentsDepth: all, ChildrenDepth: all},
		"fqn:tag:x":               {Method: graph.ByFQN, Value: "tag:x", ParentsDepth: all, ChildrenDepth: all},
		":x":                      {Method: graph.ByFQN, Value: ":x", ParentsDepth: all, ChildrenDepth: all},
		"1+":                      {Method: graph.ByFQN, Value: "", Parents: true, ParentsDepth: 1, ChildrenDepth: all},
		"":                        {Method: graph.ByFQN, Value: "", ParentsDepth: all, ChildrenDepth: all},
		"99999999999999999999+x":  {Method: graph.ByFQN, Value: "x", Parents: true, ParentsDepth: all, ChildrenDepth: all},
		"state:modified.body+":    {Method: graph.ByState, Value: "modified.body", Children: true, ParentsDepth: all, ChildrenDepth: all},
		"path:models/a b+2":       {Method: graph.ByPath, Value: "models/a b", Children: true, ParentsDepth: all, ChildrenDepth: 2},
		"source:a-b.c":            {Method: graph.BySource, Value: "a-b.c", ParentsDepth: all, ChildrenDepth: all},
		"a-b:c":                   {Method: graph.ByFQN, Value: "a-b:c", ParentsDepth: all, ChildrenDepth: all},
		"@@x":                     {Method: graph.ByFQN, Value: "@x", ChildrensParents: true, ParentsDepth: all, ChildrenDepth: all},
		"@1+x":                    {Method: graph.ByFQN, Value: "x", ChildrensParents: true, Parents: true, ParentsDepth: 1, ChildrenDepth: all},
		"resource_type:unit_test": {Method: graph.ByResourceType, Value: "unit_test", ParentsDepth: all, ChildrenDepth: all},
	} {
		got, err := graph.ParseCriterion(raw)
		if err != nil {
			t.Errorf("%q: %v", raw, err)
			continue
		}
		want.Raw = raw
		if len(got.Args) == 0 {
			got.Args = nil
		}
		if diff := cmp.Diff(want, *got); diff != "" {
			t.Errorf("%q: %s", raw, diff)
		}
	}
}

func TestParseCriterionRefuses(t *testing.T) {
	t.Parallel()
	for raw, part := range map[string]string{
		"foo:bar":       "'foo' is not a valid method name; the methods are fqn, tag, group",
		"@x+":           `Invalid node spec @x+ - "@" prefix and "+" suffix are incompatible`,
		"config:x":      "config needs the name of a setting",
		"tag.a:x":       "only config takes names after a dot",
		"a\nb":          "line break",
		"Tag:x":         "'Tag' is not a valid method name",
		"config.a:x+\n": "line break",
	} {
		_, err := graph.ParseCriterion(raw)
		if err == nil || !strings.Contains(err.Error(), part) || !fault.Is(err, fault.Usage) {
			t.Errorf("%q: got %v, want %s", raw, err, part)
		}
	}
}

// FuzzParseCriterion compares the reader with dbt's regular expression.
func FuzzParseCriterion(f *testing.F) {
	for _, seed := range []string{
		"orders", "2+tag:x+3", "@a", "@a+", "config.meta.a:b", "+", "++", "1+1+1", "a:b:c", "path:x/y", ".:x", "é:x", "x+é", "@+x",
	} {
		f.Add(seed)
	}
	grammar := regexp.MustCompile(`\A(@)?((\d*)\+)?(?:([\p{L}\p{N}_.]+):)?(.*?)(\+(\d*))?\z`)
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := graph.ParseCriterion(raw)
		m := grammar.FindStringSubmatch(raw)
		if m == nil {
			if err == nil {
				t.Fatalf("%q was read, and is none", raw)
			}
			return
		}
		if err != nil {
			return // a good shape with a bad method or combination
		}
		if got.ChildrensParents != (m[1] != "") || got.Parents != (m[2] != "") || got.Children != (m[6] != "") {
			t.Fatalf("%q: %+v, want %q", raw, got, m)
		}
		if fmt.Sprint(got.Value) != m[5] {
			t.Fatalf("%q: value %q, want %q", raw, got.Value, m[5])
		}
		if n, err := strconv.Atoi(m[3]); err == nil && n < 1000 && got.ParentsDepth != n {
			t.Fatalf("%q: depth %d", raw, got.ParentsDepth)
		}
		if m[4] != "" && m[4] != strings.Join(append([]string{string(got.Method)}, got.Args...), ".") {
			t.Fatalf("%q: method %s, want %s", raw, got.Method, m[4])
		}
	})
}
