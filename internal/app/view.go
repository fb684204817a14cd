package app

import (
	"cmp"
	"context"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/dashboard"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/httpapi"
	"github.com/kith-analytics/kith/internal/jinja"
	"github.com/kith-analytics/kith/internal/metric"
)

// View reads the project's files for those who look at it. A file that cannot be read
// is the view's Problem, beside what could.
func (a *App) View(ctx context.Context) *httpapi.Project {
	out := &httpapi.Project{Revision: a.id, ReadAt: a.cfg.Now().UTC()}
	l, err := a.parsed(ctx)
	if err != nil {
		out.Problem = err
		return out
	}
	out.Name = l.project.Name
	if out.Currency, out.Problem = a.currency(l); out.Problem != nil {
		return out
	}
	keys, err := keysOf(l.manifest)
	if err != nil {
		out.Problem = err
		return out
	}
	out.Nodes, out.Tests = viewNodes(l, keys), viewTests(l)
	if out.Catalog, out.Problem = metric.Load(os.DirFS(l.root), metricModels(l.manifest)); out.Problem != nil {
		return out
	}
	out.Dashboards, out.Problem = dashboard.Load(os.DirFS(l.root), out.Catalog)
	return out
}

func viewNodes(l *loaded, keys map[string][][]string) []httpapi.Node {
	var out []httpapi.Node
	for _, n := range l.manifest.Nodes {
		switch n.ResourceType {
		case manifest.Model, manifest.Seed, manifest.Snapshot:
		default:
			continue
		}
		out = append(out, httpapi.Node{
			UniqueID: n.UniqueID, Name: n.Name, Kind: string(n.ResourceType), Schema: n.Schema, Table: n.Alias, Description: n.Description,
			Materialized: n.Config.Materialized(), Path: n.OriginalFilePath, Tags: n.Tags, Parents: n.DependsOn.Nodes,
			Columns: viewColumns(n.Columns), RawSQL: n.RawCode,
			CompiledFile: filepath.Join(l.artifacts(), "compiled", n.Package, filepath.FromSlash(n.OriginalFilePath)),
		})
	}
	for _, s := range l.manifest.Sources {
		out = append(out, httpapi.Node{
			UniqueID: s.UniqueID, Name: s.SourceName + "." + s.Name, Kind: "source", Schema: s.Schema, Table: s.Identifier, Description: s.Description,
			Path: s.OriginalFilePath, Tags: s.Tags, Columns: viewColumns(s.Columns), Origin: without(s.Schema),
		})
	}
	for _, e := range l.manifest.Exposures {
		out = append(out, httpapi.Node{
			UniqueID: e.UniqueID, Name: e.Name, Kind: "exposure", Description: e.Description, Path: e.OriginalFilePath, Tags: e.Tags,
			Parents: e.DependsOn.Nodes,
		})
	}
	for i := range out {
		out[i].Keys = keys[out[i].UniqueID]
	}
	slices.SortFunc(out, func(a, b httpapi.Node) int { return strings.Compare(a.UniqueID, b.UniqueID) })
	return out
}

func viewColumns(columns []manifest.Column) []httpapi.ColumnDoc {
	out := make([]httpapi.ColumnDoc, 0, len(columns))
	for _, c := range columns {
		mask := maskOf(c)
		out = append(out, httpapi.ColumnDoc{Name: c.Name, Type: c.DataType, Description: c.Description, Personal: mask != access.Open, Mask: mask})
	}
	return out
}

// The keys of a column's meta that mark personal data, and say how it is masked.
const (
	personalKey = "pii"
	maskKey     = "mask"
)

// maskOf reads how a column is masked. Of a mask that is not known all is masked.
func maskOf(c manifest.Column) access.Mask {
	if c.Meta == nil {
		return access.Open
	}
	if marked, _ := c.Meta.GetStr(personalKey); !jinja.Truth(marked) {
		return access.Open
	}
	asked, _ := c.Meta.GetStr(maskKey)
	if text, ok := asked.(string); ok && slices.Contains(access.Masks(), access.Mask(text)) {
		return access.Mask(text)
	}
	return access.Whole
}

func viewTests(l *loaded) []httpapi.Test {
	var out []httpapi.Test
	for _, n := range l.manifest.Nodes {
		if n.ResourceType != manifest.Test {
			continue
		}
		nodes := n.DependsOn.Nodes
		if n.AttachedNode != "" {
			nodes = []string{n.AttachedNode} // others are only looked up, as by a relationship
		}
		out = append(out, httpapi.Test{
			UniqueID: n.UniqueID, Name: n.Name, Column: n.ColumnName, Severity: strings.ToLower(cmp.Or(n.Config.String("severity"), "error")),
			Path: n.OriginalFilePath, Nodes: nodes,
		})
	}
	for _, u := range l.manifest.UnitTests {
		var nodes []string
		for id, n := range l.manifest.Nodes {
			if n.Name == u.Model && n.ResourceType == manifest.Model {
				nodes = append(nodes, id)
			}
		}
		out = append(out, httpapi.Test{UniqueID: u.UniqueID, Name: u.Name, Severity: "error", Path: path.Clean(u.OriginalFilePath), Nodes: nodes})
	}
	slices.SortFunc(out, func(a, b httpapi.Test) int { return strings.Compare(a.UniqueID, b.UniqueID) })
	return out
}
