package load_test

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/analytics"
	"github.com/kith-analytics/kith/internal/load"
)

// contractTable is a table of the contract, analytics/models/sources.
type contractTable struct {
	Name        string `yaml:"name"`
	Description string `yaml:"description"`
	Columns     []struct {
		Name string `yaml:"name"`
		Type string `yaml:"data_type"`
	} `yaml:"columns"`
}

func contract(t testing.TB) map[string]contractTable {
	t.Helper()
	files, err := fs.Glob(analytics.Project, "models/sources/*.yml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no contract: %v", err)
	}
	out := map[string]contractTable{}
	for _, file := range files {
		raw, err := fs.ReadFile(analytics.Project, file)
		if err != nil {
			t.Fatal(err)
		}
		var doc struct {
			Sources []struct {
				Schema string          `yaml:"schema"`
				Tables []contractTable `yaml:"tables"`
			} `yaml:"sources"`
		}
		if err := yaml.Unmarshal(raw, &doc); err != nil {
			t.Fatalf("%s: %v", path.Base(file), err)
		}
		for _, s := range doc.Sources {
			for _, table := range s.Tables {
				if s.Schema == "bronze" {
					out[table.Name] = table
				}
			}
		}
	}
	return out
}

// make creates the table of a source as the project does, from the contract.
func (w *store) make(source string) {
	w.t.Helper()
	table := contract(w.t)[source]
	columns := make([]string, len(table.Columns))
	for i, c := range table.Columns {
		columns[i] = c.Name + " " + c.Type
	}
	if _, err := w.s.Exec(w.t.Context(), "CREATE SCHEMA IF NOT EXISTS bronze; CREATE TABLE bronze."+source+" ("+strings.Join(columns, ", ")+")"); err != nil {
		w.t.Fatal(err)
	}
}

// TestPresetsAgreeWithTheContract holds the presets to analytics/models/sources:
// the same sources, described alike, with the same columns, types and order.
func TestPresetsAgreeWithTheContract(t *testing.T) {
	t.Parallel()
	tables := contract(t)
	presets, err := load.Presets()
	if err != nil {
		t.Fatal(err)
	}
	names := make([]string, len(presets))
	for i, p := range presets {
		names[i] = p.Source
		table, ok := tables[p.Source]
		delete(tables, p.Source)
		if !ok || p.Table != "bronze."+p.Source {
			t.Errorf("%s goes into %s; in the contract: %v", p.Source, p.Table, ok)
			continue
		}
		if p.About != table.Description {
			t.Errorf("%s is %q here and %q in the contract", p.Source, p.About, table.Description)
		}
		var have, want []string
		for _, c := range p.Columns {
			have = append(have, c.To+" "+plainType(c.Type))
		}
		for _, c := range table.Columns {
			want = append(want, c.Name+" "+plainType(c.Type))
		}
		have = append(have, "_file varchar", "_line bigint", "_load_id bigint", "_loaded_at timestamp")
		if !slices.Equal(have, want) {
			t.Errorf("%s has\n%s\nand in the contract\n%s", p.Source, strings.Join(have, ", "), strings.Join(want, ", "))
		}
	}
	if !slices.Equal(names, load.PresetNames()) {
		t.Errorf("the presets are %v, their files %v", names, load.PresetNames())
	}
	// The load's own tables are no sources of files, and as the project makes them.
	w := newStore(t)
	w.load(load.Request{Paths: []string{write(t, "t.csv", "a\n1\n")}})
	for _, name := range []string{"loads", "rejects"} {
		var want strings.Builder
		for _, c := range tables[name].Columns {
			want.WriteString(c.Name + "|" + strings.ToUpper(c.Type) + "\n")
		}
		same(t, name, w.lines(columnsOf(name)), "\n"+want.String())
		delete(tables, name)
	}
	for name := range tables {
		t.Errorf("%s has no preset", name)
	}
}

func plainType(s string) string { return strings.ToLower(strings.ReplaceAll(s, " ", "")) }

// TestNamesOfColumnsAreClear holds the presets to names that mean one column each.
func TestNamesOfColumnsAreClear(t *testing.T) {
	t.Parallel()
	presets, err := load.Presets()
	if err != nil {
		t.Fatal(err)
	}
	bare := func(s string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(" _-/.()", r) {
				return -1
			}
			return r
		}, strings.ToLower(s))
	}
	for _, p := range presets {
		owner := map[string]string{}
		for _, c := range p.Columns {
			for _, name := range append([]string{c.To}, c.From...) {
				if other := owner[bare(name)]; other != "" && other != c.To {
					t.Errorf("%s: %q is %s and %s", p.Source, name, other, c.To)
				}
				owner[bare(name)] = c.To
			}
		}
		for _, c := range p.Columns {
			for _, name := range c.Generic {
				if owner[bare(name)] == c.To {
					t.Errorf("%s: %q is a name of %s's own, and generic", p.Source, name, c.To)
				}
			}
		}
	}
}
