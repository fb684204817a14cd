package yamlvalue_test

import (
	"encoding/json"
	"math/big"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// What PyYAML's safe_load answers is kept in testdata/pyyaml.json, in tagged
// form so that 1 and "1" and true differ.
func TestValuesArePyYAMLs(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/pyyaml.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		YAML  string
		Value any
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		switch c.YAML {
		case "=": // PyYAML cannot construct it; text serves people better
			continue
		case "{1: one, yes: two}": // True is 1 in Python; two keys of a file stay two keys here
			continue
		}
		t.Run(c.YAML, func(t *testing.T) {
			t.Parallel()
			n, err := yamlvalue.Read("x.yml", []byte(c.YAML))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.Value, tagged(yamlvalue.Value(n))); diff != "" {
				t.Errorf("value (-PyYAML +ours):\n%s", diff)
			}
		})
	}
}

func tagged(v jinja.Value) any {
	switch v := v.(type) {
	case nil:
		return map[string]any{"none": 1.0}
	case bool:
		return map[string]any{"bool": v}
	case int64, *big.Int:
		return map[string]any{"int": jinja.Str(v)}
	case float64:
		return map[string]any{"float": jinja.Repr(v)}
	case string:
		return map[string]any{"str": v}
	case *jinja.List:
		items := []any{}
		for _, item := range v.Items {
			items = append(items, tagged(item))
		}
		return map[string]any{"list": items}
	case *jinja.Dict:
		pairs := []any{}
		for k, item := range v.All() {
			pairs = append(pairs, []any{tagged(k), tagged(item)})
		}
		return map[string]any{"dict": pairs}
	}
	return "unknown"
}

func TestMistakesHaveTheirLine(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		yaml, want string
	}{
		"tab":       {"a:\n\t- b", "x.yml:2: "},
		"unclosed":  {"a: [1, 2\nb: 3", "x.yml:"},
		"twice":     {"a: 1\nb: 2\na: 3", `x.yml:3: the key "a" stands twice in one mapping; keep one of them`},
		"deep":      {"m:\n  - k: 1\n    k: 2", `x.yml:3: the key "k" stands twice`},
		"bad alias": {"a: *nope", "x.yml"},
		"loop":      {"a: &a [*a]", "x.yml:1: an anchor contains itself"},
		"bomb": {
			"a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n" +
				"d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\nf: [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]",
			"x.yml:1: the aliases blow the document up to more than 1000000 values",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := yamlvalue.Read("x.yml", []byte(c.yaml))
			if err == nil || !strings.HasPrefix(err.Error(), c.want) || !fault.Is(err, fault.Parse) {
				t.Fatalf("got %v, want %s…", err, c.want)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one line: %q", err)
			}
		})
	}
}

func TestWhatIsWrittenReadsBack(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"a: 1\nb: [x, 'yes', 2.5, null, true]\nc: {d: '007'}", "- 1\n- {k: v}"} {
		n, err := yamlvalue.Read("x.yml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		v := yamlvalue.Value(n)
		if back := yamlvalue.Value(yamlvalue.Node(v)); jinja.Repr(back) != jinja.Repr(v) {
			t.Errorf("%s came back as %s", jinja.Repr(v), jinja.Repr(back))
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"a: 1", "- x\n- y", "a: &b {c: 1}\nd: *b", "? [1]\n: 2", "<<: {a: 1}", "12:30:59", "!!binary x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := yamlvalue.Read("x.yml", []byte(text))
		if err != nil {
			if f, ok := err.(*fault.Error); !ok || f.File != "x.yml" { //nolint:errorlint // the outermost is what is shown
				t.Fatalf("an error without its file: %v", err)
			}
			return
		}
		yamlvalue.Value(n)
	})
}
