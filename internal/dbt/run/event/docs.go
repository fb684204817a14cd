package event

// BuildingCatalog is the line before the warehouse is asked what it has.
type BuildingCatalog struct{}

// Meta identifies the event.
func (BuildingCatalog) Meta() Meta { return Meta{"BuildCatalog", "E044", Info} }

// Message gives the line.
func (BuildingCatalog) Message(Paint) string { return "Building catalog" }

// CatalogWritten says where the catalog is.
type CatalogWritten struct {
	Path string `json:"path"`
}

// Meta identifies the event.
func (CatalogWritten) Meta() Meta { return Meta{"CatalogWritten", "E042", Info} }

// Message gives the line.
func (e CatalogWritten) Message(Paint) string { return "Catalog written to " + e.Path }
