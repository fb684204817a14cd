package docs

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// node describes a model, seed, snapshot or analysis.
func (b *builder) node(n *manifest.Node) SiteNode {
	out := SiteNode{
		ID: n.UniqueID, Type: string(n.ResourceType), Name: versioned(n), Package: n.Package, Path: n.OriginalFilePath,
		Description: n.Description, Tags: n.Tags, Result: b.results[n.UniqueID], Code: n.RawCode != "",
	}
	if n.ResourceType != manifest.Analysis {
		out.Kind = n.Config.Materialized()
	}
	if n.Relational() {
		out.Schema, out.Relation = n.Schema, dotted(n.Database, n.Schema, n.Alias)
	}
	table := b.tables[n.UniqueID]
	out.Built, out.Note = table.Type, table.Comment
	if out.Note == out.Description {
		out.Note = ""
	}
	out.Columns = columns(table, n.Columns)
	out.Facts = nodeFacts(n)
	if out.Code {
		b.book.Code[n.UniqueID] = Code{Raw: n.RawCode, Compiled: n.CompiledCode}
	}
	return out
}

func versioned(n *manifest.Node) string {
	if n.Version == "" {
		return n.Name
	}
	return n.Name + ".v" + n.Version
}

func nodeFacts(n *manifest.Node) []Fact {
	var out []Fact
	add := func(name, value string) {
		if value != "" {
			out = append(out, Fact{Name: name, Value: value})
		}
	}
	if n.ResourceType == manifest.Model {
		add("Access", n.Access)
	}
	add("Group", n.Group)
	add("Key", strings.Join(n.PrimaryKey, ", "))
	if n.Config.Materialized() == "incremental" {
		add("Strategy", configText(n.Config, "incremental_strategy"))
		add("Unique key", configText(n.Config, "unique_key"))
		add("On schema change", configText(n.Config, "on_schema_change"))
	}
	if n.ContractChecksum != "" {
		add("Contract", "enforced")
	}
	add("Deprecated from", n.DeprecationDate)
	return append(out, metaFacts(n.Meta)...)
}

func configText(c *manifest.Config, key string) string {
	if v, _ := c.Get(key); v != nil {
		return jinja.Str(v)
	}
	return ""
}

// metaFacts shows meta as it stands in YAML.
func metaFacts(meta *jinja.Dict) []Fact {
	var out []Fact
	if meta != nil {
		for k, v := range meta.All() {
			out = append(out, Fact{Name: jinja.Str(k), Value: jinja.Str(v)})
		}
	}
	return out
}

// columns joins what the warehouse has with what YAML says, in the warehouse's order.
func columns(table artifact.CatalogTable, documented []manifest.Column) []SiteColumn {
	var out []SiteColumn
	at := map[string]int{}
	for _, c := range table.Columns {
		at[strings.ToLower(c.Name)] = len(out)
		out = append(out, SiteColumn{Name: c.Name, Type: c.Type, Description: c.Comment})
	}
	for _, c := range documented {
		i, ok := at[strings.ToLower(c.Name)]
		if !ok {
			i = len(out)
			out = append(out, SiteColumn{Name: c.Name, Type: c.DataType, Missing: len(table.Columns) > 0})
		}
		if c.Description != "" {
			out[i].Description = c.Description
		}
		out[i].Tags = c.Tags
	}
	return out
}

// source describes a table of a source.
func (b *builder) source(s *manifest.Source) SiteNode {
	table := b.tables[s.UniqueID]
	out := SiteNode{
		ID: s.UniqueID, Type: "source", Name: s.SourceName + "." + s.Name, Package: s.Package, Path: s.OriginalFilePath,
		Schema: s.Schema, Relation: dotted(s.Database, s.Schema, s.Identifier), Built: table.Type,
		Description: s.Description, Note: s.SourceDescription, Tags: s.Tags, Fresh: b.fresh[s.UniqueID],
		Columns: columns(table, s.Columns),
	}
	if s.Loader != "" {
		out.Facts = append(out.Facts, Fact{Name: "Loader", Value: s.Loader})
	}
	out.Facts = append(out.Facts, metaFacts(s.Meta)...)
	return out
}

// exposure describes a use of the project.
func (b *builder) exposure(e *manifest.Exposure) SiteNode {
	name := e.Label
	if name == "" {
		name = e.Name
	}
	out := SiteNode{
		ID: e.UniqueID, Type: "exposure", Name: name, Package: e.Package, Path: e.OriginalFilePath, Kind: e.Type,
		Description: e.Description, Tags: e.Tags,
	}
	owner := Fact{Name: "Owner", Value: e.OwnerName}
	if owner.Value == "" {
		owner.Value = e.OwnerEmail
	}
	if e.OwnerEmail != "" {
		owner.Link = safeLink("mailto:" + e.OwnerEmail)
	}
	if owner.Value != "" {
		out.Facts = append(out.Facts, owner)
	}
	if e.Maturity != "" {
		out.Facts = append(out.Facts, Fact{Name: "Maturity", Value: e.Maturity})
	}
	if e.URL != "" {
		out.Facts = append(out.Facts, Fact{Name: "Address", Value: e.URL, Link: safeLink(e.URL)})
	}
	out.Facts = append(out.Facts, metaFacts(e.Meta)...)
	return out
}

// safeLink gives an address that may be followed, "" for others.
func safeLink(address string) string {
	u, err := url.Parse(address)
	if err != nil || !slices.Contains([]string{"http", "https", "mailto"}, strings.ToLower(u.Scheme)) {
		return ""
	}
	return address
}

func dotted(database, schema, name string) string {
	return strings.Join(slices.DeleteFunc([]string{database, schema, name}, func(s string) bool { return s == "" }), ".")
}

// tests lists the tests and hangs them on their nodes and columns.
func (b *builder) tests() {
	site := &b.book.Site
	for _, id := range slices.Sorted(maps.Keys(b.m.Nodes)) {
		n := b.m.Nodes[id]
		if n.ResourceType != manifest.Test {
			continue
		}
		t := SiteTest{
			ID: id, Name: n.Name, Kind: "singular", Column: n.ColumnName, Path: n.OriginalFilePath, Description: n.Description,
			Severity: strings.ToLower(configText(n.Config, "severity")), Result: b.results[id],
		}
		if n.TestMetadata != nil {
			t.Kind, t.Arguments = n.TestMetadata.Name, arguments(n.TestMetadata.Kwargs)
			if n.TestMetadata.Namespace != "" {
				t.Kind = n.TestMetadata.Namespace + "." + t.Kind
			}
		}
		place := len(site.Tests)
		for _, parent := range n.DependsOn.Nodes {
			i, ok := b.places[parent]
			if !ok {
				continue
			}
			t.Nodes = append(t.Nodes, i)
			// A generic test belongs to what it is attached to, not to what it compares with.
			if n.AttachedNode == "" || n.AttachedNode == parent {
				site.Nodes[i].hang(place, n.ColumnName)
			}
		}
		site.Tests = append(site.Tests, t)
		b.book.Code[id] = Code{Raw: n.RawCode, Compiled: n.CompiledCode}
	}
}

// unitTests lists the tests of models on rows that are given.
func (b *builder) unitTests() {
	site := &b.book.Site
	for _, id := range slices.Sorted(maps.Keys(b.m.UnitTests)) {
		u := b.m.UnitTests[id]
		t := SiteTest{ID: id, Name: u.Name, Kind: "unit", Path: u.OriginalFilePath, Description: u.Description, Result: b.results[id]}
		place := len(site.Tests)
		for _, parent := range u.DependsOn.Nodes {
			if i, ok := b.places[parent]; ok {
				t.Nodes = append(t.Nodes, i)
				site.Nodes[i].hang(place, "")
			}
		}
		site.Tests = append(site.Tests, t)
	}
}

// hang puts a test on a node, or on one of its columns.
func (n *SiteNode) hang(test int, column string) {
	n.Tests = append(n.Tests, test)
	for i := range n.Columns {
		if column != "" && strings.EqualFold(n.Columns[i].Name, column) {
			n.Columns[i].Tests = append(n.Columns[i].Tests, test)
			return
		}
	}
}
