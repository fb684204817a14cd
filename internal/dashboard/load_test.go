package dashboard_test

import (
	"errors"
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/kith-analytics/kith/analytics"
	"github.com/kith-analytics/kith/internal/dashboard"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
)

// shipped gives the catalog of the shipped project. Its models are known by name
// alone, which is what dashboards depend on.
func shipped(t *testing.T) *metric.Catalog {
	t.Helper()
	models := metric.Models{}
	err := fs.WalkDir(analytics.Project, ".", func(name string, _ fs.DirEntry, err error) error {
		if ending := path.Ext(name); ending == ".sql" || ending == ".csv" {
			model := strings.TrimSuffix(path.Base(name), ending)
			models[model] = metric.Model{Name: model, Schema: "gold", Table: model}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := metric.Load(analytics.Project, models)
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}

func TestTheShippedDashboardsAreRight(t *testing.T) {
	found, err := dashboard.Load(analytics.Project, shipped(t))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, d := range found {
		names = append(names, d.Name)
		for _, row := range d.Rows {
			for _, b := range row.Blocks {
				if b.Kind != dashboard.Tiles && b.Kind != dashboard.TextKind && len(b.Finding) == 0 {
					t.Errorf("%s: the block %s says nothing of what it shows", d.Name, b.Name)
				}
			}
		}
	}
	if got := strings.Join(names, " "); got != "overview segments retention" {
		t.Errorf("dashboards in order: %s", got)
	}
}

func TestAProjectWithoutDashboardsHasNone(t *testing.T) {
	found, err := dashboard.Load(fstest.MapFS{}, shipped(t))
	if err != nil || len(found) != 0 {
		t.Errorf("found %d, error %v", len(found), err)
	}
}

func TestMistakesAreToldWithTheirPlace(t *testing.T) {
	const head = "title: Mine\nrows:\n  - blocks:\n"
	block := func(lines string) string {
		return head + "      - " + strings.ReplaceAll(strings.TrimSpace(lines), "\n", "\n        ") + "\n"
	}
	const query = "\nquery:\n  metrics: [net_revenue]\n  dimensions: [country]\n"
	cases := []struct {
		name, text string
		line       int
		says       string
	}{
		{"no YAML", "title: [", 1, "not valid YAML"},
		{"no title", "rows: []", 1, "no title"},
		{"no rows", "title: Mine", 1, "no rows"},
		{"no blocks", "title: Mine\nrows:\n  - tab: A\n", 3, "no blocks"},
		{"unknown field", "title: Mine\ncolour: red\n", 2, `no "colour"`},
		{"wrong type", block("name: a\nkind: bars\ntitle: A\nwidth: wide"), 7, "wrong type"},
		{"no name", block("kind: bars\ntitle: A\nwidth: 4" + query), 4, "no name"},
		{"unknown kind", block("name: a\nkind: pie\ntitle: A\nwidth: 4"), 5, `kind "pie"`},
		{"no title of a block", block("name: a\nkind: bars\nwidth: 4" + query), 4, "no title"},
		{"too narrow", block("name: a\nkind: bars\ntitle: A\nwidth: 2" + query), 7, "not between 3 and 12"},
		{"too wide together", block("name: a\nkind: bars\ntitle: A\nwidth: 8"+query) +
			"      - {name: b, kind: text, title: B, width: 5, text: words}\n", 11, "13 columns wide together"},
		{"twice", block("name: a\nkind: text\ntitle: A\nwidth: 4\ntext: words") +
			"      - {name: a, kind: text, title: B, width: 4, text: words}\n", 9, "two blocks"},
		{"height", block("name: a\nkind: bars\ntitle: A\nwidth: 4\nheight: 4" + query), 8, "pixels"},
		{"no query", block("name: a\nkind: bars\ntitle: A\nwidth: 4"), 4, "no query"},
		{"a query too many", block("name: a\nkind: waterfall\ntitle: A\nwidth: 4" + query), 8, "takes no query"},
		{"unknown metric", block("name: a\nkind: bars\ntitle: A\nwidth: 4\nquery:\n  metrics: [net_revenu]\n  dimensions: [country]"), 9, "net_revenu"},
		{"unknown metric of a tile", block("name: a\nkind: tiles\nwidth: 12\ntiles:\n  - {metric: net_revenue}\n  - {metric: none_such}"), 9, "none_such"},
		{"unknown dimension", block("name: a\nkind: bars\ntitle: A\nwidth: 4\nquery:\n  metrics: [net_revenue]\n  dimensions: [planet]"), 10, "planet"},
		{"a dimension that a metric lacks", block("name: a\nkind: bars\ntitle: A\nwidth: 4\nquery:\n  metrics: [dau]\n  dimensions: [country]"), 9, "cannot be grouped by country"},
		{"too few metrics", block("name: a\nkind: dumbbell\ntitle: A\nwidth: 4" + query), 9, "2 to 2 metrics, not 1"},
		{"too few dimensions", block("name: a\nkind: heatmap\ntitle: A\nwidth: 4" + query), 10, "2 to 2 dimensions, not 1"},
		{"no grains", block("name: a\nkind: line\ntitle: A\nwidth: 4\nquery:\n  metrics: [net_revenue]"), 4, "needs grains"},
		{"grains without periods", block("name: a\nkind: bars\ntitle: A\nwidth: 4\ngrains: [day]" + query), 8, "not over periods"},
		{"a grain that a metric lacks", block("name: a\nkind: line\ntitle: A\nwidth: 4\ngrains: [day]\nquery:\n  metrics: [retention_rate]"), 8, "cannot be asked by day"},
		{"a link that leads away", block("name: a\nkind: bars\ntitle: A\nwidth: 4\nlink: {to: 'https://elsewhere.example', label: B}" + query), 8, "does not lead to a page"},
		{"a sentence that cannot be read", block("name: a\nkind: bars\ntitle: A\nwidth: 4\nfinding:\n  - text: '{{ 1 + }}'" + query), 9, "cannot be read"},
		{"a name that findings lack", block("name: a\nkind: bars\ntitle: A\nwidth: 4\nfinding:\n  - {when: lines = 0, text: None}\n  - text: Some" + query), 9, `no "lines"`},
		{"a function that findings lack", block("name: a\nkind: bars\ntitle: A\nwidth: 4\nfinding:\n  - text: '{{ sum(1) }}'" + query), 9, `no function "sum"`},
		{"a metric that the block lacks", block("name: a\nkind: bars\ntitle: A\nwidth: 4\nfinding:\n  - text: '{{ value(\"orders\") }}'" + query), 9, `no metric "orders"`},
		{"no case that always holds", block("name: a\nkind: bars\ntitle: A\nwidth: 4\nfinding:\n  - {when: rows = 0, text: None}" + query), 9, "no condition"},
		{"a case after one that always holds", block("name: a\nkind: bars\ntitle: A\nwidth: 4\nfinding:\n  - text: Some\n  - text: More" + query), 9, "only the last case"},
	}
	catalog := shipped(t)
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			_, err := dashboard.Load(fstest.MapFS{"dashboards/mine.yml": {Data: []byte(tc.text)}}, catalog)
			var found *fault.Error
			if !errors.As(err, &found) {
				t.Fatalf("no error for\n%s", tc.text)
			}
			if found.Code != fault.Parse || found.File != "dashboards/mine.yml" || found.Line != tc.line || !strings.Contains(found.Error(), tc.says) {
				t.Errorf("got %v; want line %d and %q in\n%s", found, tc.line, tc.says, tc.text)
			}
			if strings.Contains(found.Error(), "dashboard.") {
				t.Errorf("%v names a type of the program", found)
			}
		})
	}
}
