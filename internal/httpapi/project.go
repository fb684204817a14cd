package httpapi

import (
	"time"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/dashboard"
	"github.com/kith-analytics/kith/internal/metric"
)

// Project is what the API tells of the project's files. It is never changed.
type Project struct {
	Name     string
	Currency string
	// Revision tells readings of the files apart.
	Revision   string
	ReadAt     time.Time
	Nodes      []Node
	Tests      []Test
	Catalog    *metric.Catalog
	Dashboards []dashboard.Dashboard
	// Problem is why the files could not be read; the rest is as it was read before.
	Problem error
}

// Node is a model, seed, snapshot, source or exposure.
type Node struct {
	UniqueID     string      `json:"unique_id"`
	Name         string      `json:"name"`
	Kind         string      `enum:"model,seed,snapshot,source,exposure"                                   json:"kind"`
	Schema       string      `json:"schema"`
	Table        string      `json:"table"`
	Description  string      `json:"description"`
	Materialized string      `doc:"table, view, incremental or ephemeral; empty for sources and exposures" json:"materialized"`
	Path         string      `json:"path"`
	Tags         []string    `json:"tags"`
	Parents      []string    `doc:"unique ids of what it is made from"                                     json:"parents"`
	Columns      []ColumnDoc `json:"-"`
	// Keys lists what must be different in every row, by its tests or the source's contract.
	Keys [][]string `json:"-"`
	// Origin names the columns of a source that say where a row came from.
	Origin []string `json:"-"`
	// CompiledFile holds the SQL as it was compiled last, if there is one.
	CompiledFile string `json:"-"`
	RawSQL       string `json:"-"`
}

// ColumnDoc is a column's documentation.
type ColumnDoc struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Description string `json:"description"`
	Personal    bool   `doc:"whether the column holds personal data" json:"personal"`
	// Mask says what is shown of it.
	Mask access.Mask `json:"-"`
}

// Test is a test of the project.
type Test struct {
	UniqueID string   `json:"unique_id"`
	Name     string   `json:"name"`
	Column   string   `json:"column"`
	Severity string   `json:"severity"`
	Path     string   `json:"path"`
	Nodes    []string `doc:"unique ids of what it tests" json:"nodes"`
}

// node finds a node by name or unique id.
func (p *Project) node(name string) (*Node, bool) {
	for i := range p.Nodes {
		if n := &p.Nodes[i]; n.UniqueID == name || n.Name == name && n.Kind != "source" && n.Kind != "exposure" {
			return n, true
		}
	}
	return nil, false
}
