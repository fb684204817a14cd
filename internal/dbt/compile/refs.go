package compile

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
)

// refIndex finds nodes and sources by the names that ref and source use.
type refIndex struct {
	nodes    map[string][]*manifest.Node // models, seeds and snapshots by name
	disabled map[string][]*manifest.Node
	sources  map[string][]*manifest.Source // by "source.table"
}

// index gives the lookup of the manifest, made at first use: parsing must have
// added all nodes by then.
func (e *Env) index() *refIndex {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.lookup != nil {
		return e.lookup
	}
	x := &refIndex{nodes: map[string][]*manifest.Node{}, disabled: map[string][]*manifest.Node{}, sources: map[string][]*manifest.Source{}}
	for _, n := range e.Manifest.Nodes {
		if refable(n) {
			x.nodes[n.Name] = append(x.nodes[n.Name], n)
		}
	}
	for _, n := range e.Manifest.Disabled {
		if refable(n) {
			x.disabled[n.Name] = append(x.disabled[n.Name], n)
		}
	}
	for _, s := range e.Manifest.Sources {
		key := s.SourceName + "." + s.Name
		x.sources[key] = append(x.sources[key], s)
	}
	for _, list := range x.nodes {
		sort.Slice(list, func(i, j int) bool { return list[i].UniqueID < list[j].UniqueID })
	}
	for _, list := range x.sources {
		sort.Slice(list, func(i, j int) bool { return list[i].UniqueID < list[j].UniqueID })
	}
	e.lookup = x
	return x
}

func refable(n *manifest.Node) bool {
	switch n.ResourceType {
	case manifest.Model, manifest.Seed, manifest.Snapshot:
		return true
	default:
		return false
	}
}

// Names gives all names that ref knows, sorted.
func (x *refIndex) names() []string {
	out := make([]string, 0, len(x.nodes))
	for name := range x.nodes {
		out = append(out, name)
	}
	sort.Strings(out)
	return out
}

// ResolveRef finds what ref(...) of a node in package pkg means: in the package
// that is named, else in the root project, then in the node's own, then in any.
func (e *Env) ResolveRef(ref manifest.Ref, pkg string) (*manifest.Node, error) {
	x := e.index()
	if n := pick(x.nodes[ref.Name], ref, e.Project.Name, pkg); n != nil {
		return n, nil
	}
	return nil, e.refFault(x, ref, pkg)
}

// pick chooses among the nodes of one name by package and version.
func pick(nodes []*manifest.Node, ref manifest.Ref, root, pkg string) *manifest.Node {
	packages := []string{root, pkg, ""}
	if ref.Package != "" {
		packages = []string{ref.Package}
	}
	for _, p := range packages {
		for _, n := range nodes {
			if p != "" && n.Package != p {
				continue
			}
			if ref.Version == n.Version || ref.Version == "" && n.Version == n.LatestVersion {
				return n
			}
		}
	}
	return nil
}

func (e *Env) refFault(x *refIndex, ref manifest.Ref, pkg string) error {
	what := refText(ref)
	if n := pick(x.disabled[ref.Name], ref, e.Project.Name, pkg); n != nil {
		return fault.New(fault.Compile, "%s is disabled in %s", what, n.OriginalFilePath).
			WithHint("set enabled: true there, or do not refer to it")
	}
	if ref.Version != "" && len(x.nodes[ref.Name]) > 0 {
		var versions []string
		for _, n := range x.nodes[ref.Name] {
			if n.Version != "" {
				versions = append(versions, n.Version)
			}
		}
		if versions == nil {
			return fault.New(fault.Compile, "%s asks for a version, and %s has none", what, ref.Name).WithHint("leave the version out")
		}
		return fault.New(fault.Compile, "%s is not there; the versions are %s", what, strings.Join(versions, ", "))
	}
	err := fault.New(fault.Compile, "%s is not there: no model, seed or snapshot has that name", what)
	if near := Nearest(ref.Name, x.names()); near != "" {
		return err.WithHint("did you mean %q?", near)
	}
	return err.WithHint("check the name, and that its file is in a model, seed or snapshot folder")
}

func refText(ref manifest.Ref) string {
	var b strings.Builder
	b.WriteString("ref(")
	if ref.Package != "" {
		fmt.Fprintf(&b, "'%s', ", ref.Package)
	}
	fmt.Fprintf(&b, "'%s'", ref.Name)
	if ref.Version != "" {
		if _, err := strconv.Atoi(ref.Version); err == nil {
			fmt.Fprintf(&b, ", v=%s", ref.Version)
		} else {
			fmt.Fprintf(&b, ", v='%s'", ref.Version)
		}
	}
	b.WriteString(")")
	return b.String()
}

// ResolveSource finds what source(...) of a node in package pkg means.
func (e *Env) ResolveSource(ref manifest.SourceRef, pkg string) (*manifest.Source, error) {
	x := e.index()
	found := x.sources[ref.Source+"."+ref.Table]
	for _, p := range []string{e.Project.Name, pkg, ""} {
		for _, s := range found {
			if p == "" || s.Package == p {
				return s, nil
			}
		}
	}
	for _, s := range e.Manifest.DisabledSources {
		if s.SourceName == ref.Source && s.Name == ref.Table {
			return nil, fault.New(fault.Compile, "source('%s', '%s') is disabled in %s", ref.Source, ref.Table, s.OriginalFilePath)
		}
	}
	names := make([]string, 0, len(x.sources))
	for name := range x.sources {
		names = append(names, name)
	}
	sort.Strings(names)
	err := fault.New(fault.Compile, "source('%s', '%s') is not declared", ref.Source, ref.Table)
	if near := Nearest(ref.Source+"."+ref.Table, names); near != "" {
		s, t, _ := strings.Cut(near, ".")
		return nil, err.WithHint("did you mean source('%s', '%s')?", s, t)
	}
	return nil, err.WithHint("declare it under sources: in a YAML file of the models")
}
