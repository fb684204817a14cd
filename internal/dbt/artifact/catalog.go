package artifact

// Schema version of catalog.json.
const (
	catalogSchema  = "catalog"
	catalogVersion = 1
)

// Catalog is catalog.json: what the warehouse has of the project.
type Catalog struct {
	Metadata Metadata
	Nodes    []CatalogTable
	Sources  []CatalogTable
	// Errors says what could not be read; none is written as null.
	Errors []string
}

// CatalogTable is one relation as the warehouse shows it.
type CatalogTable struct {
	UniqueID string
	// Type is the warehouse's word: "BASE TABLE", "VIEW".
	Type     string
	Database string
	Schema   string
	Name     string
	Comment  string // "" when there is none
	Owner    string
	Columns  []CatalogColumn // in the order of the relation
	Stats    []CatalogStat
}

// CatalogColumn is one column; its index is its place in the relation, from 1.
type CatalogColumn struct {
	Name    string
	Type    string
	Comment string
}

// CatalogStat is one figure about a relation, such as its number of rows.
type CatalogStat struct {
	ID          string
	Label       string
	Description string
	// Value is a bool, string, int64 or float64.
	Value any
	// Include says whether the documentation site shows the figure.
	Include bool
}

// WriteCatalog writes dir/catalog.json.
func WriteCatalog(dir string, c Catalog) error {
	return write(dir, CatalogFile, EncodeCatalog(c))
}

// EncodeCatalog gives the text of catalog.json, relations in the order of their
// unique ids. Each has the stat has_stats, which the documentation site looks for.
func EncodeCatalog(c Catalog) []byte {
	e := &encoder{}
	e.beginObject()
	c.Metadata.begin(e, schemaURL(catalogSchema, catalogVersion))
	e.endObject()
	encodeTables(e, "nodes", c.Nodes)
	encodeTables(e, "sources", c.Sources)
	e.key("errors")
	if len(c.Errors) == 0 {
		e.null()
	} else {
		e.strings(c.Errors)
	}
	e.endObject()
	return e.buf
}

func encodeTables(e *encoder, key string, tables []CatalogTable) {
	byID := make(map[string]*CatalogTable, len(tables))
	for i := range tables {
		byID[tables[i].UniqueID] = &tables[i]
	}
	e.key(key)
	e.beginObject()
	for _, id := range sortedKeys(byID) {
		e.key(id)
		byID[id].encode(e)
	}
	e.endObject()
}

func (t *CatalogTable) encode(e *encoder) {
	e.beginObject()
	e.key("metadata")
	e.beginObject()
	e.strKey("type", t.Type)
	e.strKey("schema", t.Schema)
	e.strKey("name", t.Name)
	e.optKey("database", t.Database)
	e.optKey("comment", t.Comment)
	e.optKey("owner", t.Owner)
	e.endObject()
	e.key("columns")
	e.beginObject()
	for i, c := range t.Columns {
		e.key(c.Name)
		e.beginObject()
		e.strKey("type", c.Type)
		e.key("index")
		e.int(int64(i + 1))
		e.strKey("name", c.Name)
		e.optKey("comment", c.Comment)
		e.endObject()
	}
	e.endObject()
	t.encodeStats(e)
	e.strKey("unique_id", t.UniqueID)
	e.endObject()
}

func (t *CatalogTable) encodeStats(e *encoder) {
	stats := append([]CatalogStat{{
		ID: "has_stats", Label: "Has Stats?", Value: len(t.Stats) > 0, Description: "Indicates whether there are statistics for this table",
	}}, t.Stats...)
	e.key("stats")
	e.beginObject()
	for _, s := range stats {
		e.key(s.ID)
		e.beginObject()
		e.strKey("id", s.ID)
		e.strKey("label", s.Label)
		e.key("value")
		e.value(s.Value)
		e.boolKey("include", s.Include)
		e.strKey("description", s.Description)
		e.endObject()
	}
	e.endObject()
}
