package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// documented is what docs generate leaves of a project.
type documented struct {
	lineage struct {
		Nodes map[string]struct {
			Unknown string
			Columns []struct {
				Name    string
				From    []origin
				Outside []string
			}
			Rows []origin
		}
	}
	catalog struct {
		Nodes, Sources map[string]struct{ Columns map[string]any }
	}
}

type origin struct{ Parent, Column, Kind string }

func readDocs(t *testing.T, dir string) (d documented) {
	t.Helper()
	for file, into := range map[string]any{"column_lineage.json": &d.lineage, "catalog.json": &d.catalog} {
		text, err := os.ReadFile(filepath.Join(dir, "target", file))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, into); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// TestLineageOfTheShippedProject says that the origin of every column of the
// shipped project is known, that every parent column that it names is there, and
// that the lineage has exactly the columns of the warehouse.
func TestLineageOfTheShippedProject(t *testing.T) {
	t.Parallel()
	dir := shopWith(t, filepath.Join(theWorld(t).dir, warehouseFile))
	well(t, dir, "docs", "generate")
	d := readDocs(t, dir)
	known, all := 0, 0
	has := func(o origin) bool {
		table, ok := d.catalog.Nodes[o.Parent]
		if strings.HasPrefix(o.Parent, "source.") {
			table, ok = d.catalog.Sources[o.Parent]
		}
		_, has := table.Columns[o.Column]
		return ok && has
	}
	for id, n := range d.lineage.Nodes {
		all += max(1, len(n.Columns))
		if n.Unknown != "" {
			t.Errorf("%s: %s", id, n.Unknown)
			continue
		}
		known += len(n.Columns)
		columns := len(d.catalog.Nodes[id].Columns)
		if strings.HasPrefix(id, "snapshot.") {
			columns -= 4 // those that say since when and until when a row held come from no column
		}
		if len(n.Columns) != columns {
			t.Errorf("%s has %d columns and a lineage of %d", id, columns, len(n.Columns))
		}
		for _, o := range n.Rows {
			if !has(o) {
				t.Errorf("%s: its rows depend on %s.%s, which is not there", id, o.Parent, o.Column)
			}
		}
		for _, c := range n.Columns {
			for _, o := range c.From {
				if !has(o) {
					t.Errorf("%s.%s comes from %s.%s, which is not there", id, c.Name, o.Parent, o.Column)
				}
			}
		}
	}
	if all < 300 {
		t.Errorf("only %d columns were traced", all)
	}
	t.Logf("lineage is known of %d of %d columns", known, all)
}
