package artifact

import (
	"cmp"
	"slices"

	"github.com/kith-analytics/kith/internal/jinja"
)

// ReadCatalog reads a catalog.json, of Kith or of dbt. A missing file is
// fault.NotFound, another version or no catalog at all fault.Invalid.
func ReadCatalog(path string) (Catalog, error) {
	data, err := read(path)
	if err != nil {
		return Catalog{}, err
	}
	doc, err := parse(path, data, catalogSchema, catalogVersion)
	if err != nil {
		return Catalog{}, err
	}
	out := Catalog{Metadata: readMetadata(doc), Errors: texts(doc, "errors")}
	out.Nodes = readTables(doc, "nodes")
	out.Sources = readTables(doc, "sources")
	return out, nil
}

func readTables(doc *jinja.Dict, key string) []CatalogTable {
	var out []CatalogTable
	each(doc, key, func(id string, d *jinja.Dict) {
		meta := sub(d, "metadata")
		t := CatalogTable{
			UniqueID: id, Type: text(meta, "type"), Database: text(meta, "database"), Schema: text(meta, "schema"),
			Name: text(meta, "name"), Comment: text(meta, "comment"), Owner: text(meta, "owner"),
		}
		type placed struct {
			column CatalogColumn
			index  float64
		}
		var columns []placed
		each(d, "columns", func(name string, c *jinja.Dict) {
			columns = append(columns, placed{CatalogColumn{Name: name, Type: text(c, "type"), Comment: text(c, "comment")}, float(c, "index")})
		})
		slices.SortStableFunc(columns, func(a, b placed) int { return cmp.Compare(a.index, b.index) })
		for _, c := range columns {
			t.Columns = append(t.Columns, c.column)
		}
		each(d, "stats", func(id string, s *jinja.Dict) {
			if id != "has_stats" {
				t.Stats = append(t.Stats, CatalogStat{
					ID: id, Label: text(s, "label"), Description: text(s, "description"), Value: at(s, "value"), Include: truth(s, "include"),
				})
			}
		})
		out = append(out, t)
	})
	return out
}
