package deliver_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/analytics"
	"github.com/kith-analytics/kith/internal/generate/world"
)

// contract reads which columns the project's sources have, "name TYPE" by table.
func contract(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	files, err := fs.Glob(analytics.Project, "models/sources/*.yml")
	if err != nil || len(files) == 0 {
		t.Fatal("the project has no sources: ", err)
	}
	for _, file := range files {
		text, err := fs.ReadFile(analytics.Project, file)
		if err != nil {
			t.Fatal(err)
		}
		var parsed struct {
			Sources []struct {
				Tables []struct {
					Name    string
					Columns []struct {
						Name     string
						DataType string `yaml:"data_type"`
					}
				}
			}
		}
		if err := yaml.Unmarshal(text, &parsed); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, source := range parsed.Sources {
			for _, table := range source.Tables {
				for _, c := range table.Columns {
					out[table.Name] = append(out[table.Name], c.Name+" "+strings.ToUpper(strings.ReplaceAll(c.DataType, " ", "")))
				}
			}
		}
	}
	return out
}

// Every raw table has just the columns and types that the project's sources name,
// and there is one for every source but those that loading keeps for itself.
func TestTablesKeepTheContract(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	w.run(tiny(t))
	sources := contract(t)
	for _, table := range append(world.Tables(), world.SalesLog()) {
		if !table.Raw() {
			continue
		}
		got := strings.Fields(strings.ReplaceAll(w.text(`SELECT column_name || '~' || data_type FROM information_schema.columns
			WHERE table_schema = 'bronze' AND table_name = '`+table.Name+`' ORDER BY ordinal_position`), "~", ":"))
		want := sources[table.Name]
		for i := range want {
			want[i] = strings.ReplaceAll(want[i], " ", ":")
		}
		if slices.ContainsFunc(want, func(c string) bool { return strings.HasSuffix(c, ":") }) {
			// The log's own source names no types: the columns alone are compared.
			got, want = names(got), names(want)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s has\n%v\nthe contract\n%v", table.Name, got, want)
		}
		delete(sources, table.Name)
	}
	for name := range sources {
		if name != "loads" && name != "rejects" {
			t.Errorf("nothing is generated for the source %s", name)
		}
	}
}

func names(columns []string) []string {
	out := make([]string, 0, len(columns))
	for _, c := range columns {
		name, _, _ := strings.Cut(c, ":")
		out = append(out, name)
	}
	return out
}
