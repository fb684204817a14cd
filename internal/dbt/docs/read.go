package docs

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Book is a project's documentation as it was read: what the page shows at once,
// and the code that it asks for, by unique id.
type Book struct {
	Site Site
	Code map[string]Code
}

// Read makes the documentation of the artifacts in a target folder. Without
// manifest.json it is fault.NotFound; the other artifacts may be missing.
func Read(dir string) (*Book, error) {
	m, meta, err := artifact.ReadManifest(filepath.Join(dir, artifact.ManifestFile))
	if fault.CodeOf(err) == fault.NotFound {
		return nil, fault.New(fault.NotFound, "there is no %s in %s", artifact.ManifestFile, dir).
			WithHint("run `kith docs generate` first")
	}
	if err != nil {
		return nil, err
	}
	b := &builder{
		m: m, book: &Book{Code: map[string]Code{}}, places: map[string]int{},
		tables: map[string]artifact.CatalogTable{}, results: map[string]*Result{}, fresh: map[string]*Fresh{},
	}
	b.book.Site = Site{
		Project: m.ProjectName, Generated: stamp(meta.GeneratedAt), Nodes: []SiteNode{}, Tests: []SiteTest{}, Macros: []SiteMacro{},
	}
	if err := b.read(dir); err != nil {
		return nil, err
	}
	b.build()
	return b.book, nil
}

type builder struct {
	m       *manifest.Manifest
	book    *Book
	lineage *Lineage
	places  map[string]int // of nodes, by unique id
	tables  map[string]artifact.CatalogTable
	results map[string]*Result
	fresh   map[string]*Fresh
}

// read takes in the artifacts that may be missing.
func (b *builder) read(dir string) error {
	site := &b.book.Site
	catalog, err := optional(artifact.ReadCatalog, filepath.Join(dir, artifact.CatalogFile))
	if err != nil {
		return err
	}
	site.Catalog = stamp(catalog.Metadata.GeneratedAt)
	for _, t := range slices.Concat(catalog.Nodes, catalog.Sources) {
		b.tables[t.UniqueID] = t
	}
	results, err := optional(artifact.ReadRunResults, filepath.Join(dir, artifact.RunResultsFile))
	if err != nil {
		return err
	}
	site.Ran = stamp(results.Metadata.GeneratedAt)
	site.Command, _ = results.Args["which"].(string)
	for i := range results.Results {
		r := &results.Results[i]
		b.results[r.UniqueID] = &Result{Status: string(r.Status), Message: r.Message, Seconds: r.ExecutionTime.Seconds(), Failures: failures(r)}
	}
	sources, err := optional(artifact.ReadSources, filepath.Join(dir, artifact.SourcesFile))
	if err != nil {
		return err
	}
	for i := range sources.Results {
		b.fresh[sources.Results[i].UniqueID] = freshness(&sources.Results[i])
	}
	b.lineage, err = readLineage(dir)
	site.Traced = len(b.lineage.Nodes) > 0
	return err
}

// optional reads an artifact that may be missing.
func optional[T any](read func(string) (T, error), path string) (T, error) {
	v, err := read(path)
	if fault.CodeOf(err) == fault.NotFound {
		var none T
		return none, nil
	}
	return v, err
}

func failures(r *artifact.RunResult) int {
	if r.Failures == nil {
		return -1
	}
	return *r.Failures
}

func freshness(r *artifact.SourceResult) *Fresh {
	f := &Fresh{Status: string(r.Status), Message: r.Error, Loaded: stamp(r.MaxLoadedAt), Checked: stamp(r.SnapshottedAt), Hours: r.Age.Hours()}
	var limits []string
	for _, limit := range []struct {
		word string
		at   manifest.Threshold
	}{{"warn", r.Criteria.WarnAfter}, {"error", r.Criteria.ErrorAfter}} {
		if limit.at.Count > 0 {
			limits = append(limits, fmt.Sprintf("%s after %d %s", limit.word, limit.at.Count, limit.at.Period))
		}
	}
	f.Limits = strings.Join(limits, ", ")
	return f
}

// stamp is a moment as the page reads it.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// build puts the parts together.
func (b *builder) build() {
	site := &b.book.Site
	for _, id := range slices.Sorted(maps.Keys(b.m.Nodes)) {
		if n := b.m.Nodes[id]; documented(n.ResourceType) {
			site.Nodes = append(site.Nodes, b.node(n))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(b.m.Sources)) {
		site.Nodes = append(site.Nodes, b.source(b.m.Sources[id]))
	}
	for _, id := range slices.Sorted(maps.Keys(b.m.Exposures)) {
		site.Nodes = append(site.Nodes, b.exposure(b.m.Exposures[id]))
	}
	slices.SortStableFunc(site.Nodes, func(a, c SiteNode) int {
		return cmp.Or(cmp.Compare(typeOrder(a.Type), typeOrder(c.Type)), strings.Compare(a.Name, c.Name))
	})
	for i := range site.Nodes {
		b.places[site.Nodes[i].ID] = i
	}
	for i := range site.Nodes {
		b.link(&site.Nodes[i])
	}
	b.tests()
	b.unitTests()
	b.macros()
	site.Database = b.database()
	if d, ok := b.m.Docs["doc."+b.m.ProjectName+".__overview__"]; ok {
		site.Overview = d.Contents
	}
}

func documented(t manifest.ResourceType) bool {
	switch t {
	case manifest.Model, manifest.Seed, manifest.Snapshot, manifest.Analysis:
		return true
	default:
		return false
	}
}

func typeOrder(t string) int {
	return slices.Index([]string{"model", "source", "seed", "snapshot", "exposure", "analysis"}, t)
}

// database is the one that most nodes are in.
func (b *builder) database() string {
	count := map[string]int{}
	for _, n := range b.m.Nodes {
		count[n.Database]++
	}
	best := ""
	for _, name := range slices.Sorted(maps.Keys(count)) {
		if count[name] > count[best] {
			best = name
		}
	}
	return best
}

// link fills what refers to other nodes: parents and the lineage of columns.
func (b *builder) link(n *SiteNode) {
	for _, parent := range b.m.Parents(n.ID) {
		if i, ok := b.places[parent]; ok {
			n.Parents = append(n.Parents, i)
		}
	}
	traced, ok := b.lineage.Nodes[n.ID]
	if !ok {
		return
	}
	n.Unknown = traced.Unknown
	n.Rows = b.origins(traced.Rows)
	for _, c := range traced.Columns {
		i := slices.IndexFunc(n.Columns, func(s SiteColumn) bool { return strings.EqualFold(s.Name, c.Name) })
		if i < 0 {
			n.Columns = append(n.Columns, SiteColumn{Name: c.Name})
			i = len(n.Columns) - 1
		}
		n.Columns[i].From, n.Columns[i].Outside = b.origins(c.From), c.Outside
	}
}

func (b *builder) origins(from []Origin) []SiteOrigin {
	var out []SiteOrigin
	for _, o := range from {
		s := SiteOrigin{Node: -1, Column: o.Column, Kind: o.Kind}
		if i, ok := b.places[o.Parent]; ok {
			s.Node = i
		} else {
			s.Relation = o.Parent
		}
		out = append(out, s)
	}
	return out
}

// macros lists those that people wrote; dbt's own are its documentation's matter.
func (b *builder) macros() {
	for _, id := range slices.Sorted(maps.Keys(b.m.Macros)) {
		m := b.m.Macros[id]
		if m.Package == "dbt" || strings.HasPrefix(m.Package, "dbt_duckdb") {
			continue
		}
		s := SiteMacro{ID: id, Name: m.Name, Package: m.Package, Path: m.OriginalFilePath, Description: m.Description}
		for _, a := range m.Arguments {
			s.Arguments = append(s.Arguments, Argument(a))
		}
		b.book.Site.Macros = append(b.book.Site.Macros, s)
		b.book.Code[id] = Code{Raw: m.SQL}
	}
}

// arguments writes a test's arguments for people.
func arguments(d *jinja.Dict) string {
	if d == nil {
		return ""
	}
	var out []string
	for k, v := range d.All() {
		if name := jinja.Str(k); name != "model" && name != "column_name" {
			out = append(out, name+": "+jinja.Str(v))
		}
	}
	return strings.Join(out, ", ")
}
