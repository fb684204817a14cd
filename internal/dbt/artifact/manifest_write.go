package artifact

import (
	"crypto/md5" //nolint:gosec // dbt's project ids are md5; nothing is protected by them
	"encoding/hex"
	"slices"

	"github.com/kith-analytics/kith/internal/dbt/graph"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Schema version of manifest.json.
const (
	manifestSchema  = "manifest"
	manifestVersion = 12
)

// WriteManifest writes dir/manifest.json.
func WriteManifest(dir string, m *manifest.Manifest, meta Metadata) error {
	return write(dir, ManifestFile, EncodeManifest(m, meta))
}

// EncodeManifest gives the text of manifest.json. Every map is in the order of
// its keys, configs are written with all their defaults, and the kinds of
// resources that projects here can't have (metrics, semantic models, saved
// queries, functions) are empty maps.
func EncodeManifest(m *manifest.Manifest, meta Metadata) []byte {
	w := &manifestWriter{encoder: encoder{buf: make([]byte, 0, 4096*(8+len(m.Nodes))+1024*len(m.Macros))}, m: m}
	w.beginObject()
	w.metadata(meta)
	writeMap(w, "nodes", m.Nodes, w.node)
	writeMap(w, "sources", m.Sources, w.source)
	writeMap(w, "macros", m.Macros, w.macro)
	writeMap(w, "docs", m.Docs, w.doc)
	writeMap(w, "exposures", m.Exposures, w.exposure)
	w.rawKey("metrics", "{}")
	writeMap(w, "groups", m.Groups, w.group)
	writeMap(w, "selectors", m.Selectors, w.selector)
	w.disabled()
	w.edges()
	w.rawKey("saved_queries", "{}")
	w.rawKey("semantic_models", "{}")
	writeMap(w, "unit_tests", m.UnitTests, w.unitTest)
	w.rawKey("functions", "{}")
	w.endObject()
	return w.buf
}

type manifestWriter struct {
	encoder

	m *manifest.Manifest
}

func writeMap[V any](w *manifestWriter, key string, m map[string]V, one func(V)) {
	w.key(key)
	w.beginObject()
	for _, id := range sortedKeys(m) {
		w.key(id)
		one(m[id])
	}
	w.endObject()
}

func (w *manifestWriter) metadata(meta Metadata) {
	meta.begin(&w.encoder, schemaURL(manifestSchema, manifestVersion))
	w.strKey("project_name", w.m.ProjectName)
	sum := md5.Sum([]byte(w.m.ProjectName)) //nolint:gosec // see the import
	w.strKey("project_id", hex.EncodeToString(sum[:]))
	w.rawKey("user_id", "null")
	w.rawKey("send_anonymous_usage_stats", "false")
	w.strKey("adapter_type", w.m.AdapterType)
	w.rawKey("quoting", `{"database":true,"schema":true,"identifier":true,"column":null}`)
	w.key("run_started_at")
	w.time(meta.InvocationStartedAt)
	w.endObject()
}

func (w *manifestWriter) disabled() {
	w.key("disabled")
	w.beginObject()
	ids := append(sortedKeys(w.m.Disabled), sortedKeys(w.m.DisabledSources)...)
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		w.key(id)
		w.beginList()
		if n, ok := w.m.Disabled[id]; ok {
			w.node(n)
		}
		if s, ok := w.m.DisabledSources[id]; ok {
			w.source(s)
		}
		w.endList()
	}
	w.endObject()
}

// edges writes parent_map, child_map and group_map.
func (w *manifestWriter) edges() {
	ids := w.m.IDs()
	parents, children := make(map[string][]string, len(ids)), make(map[string][]string, len(ids))
	for _, id := range ids {
		parents[id] = slices.Compact(slices.Sorted(slices.Values(w.m.Parents(id))))
		for _, p := range parents[id] {
			children[p] = append(children[p], id)
		}
	}
	w.edgeMap("parent_map", ids, parents)
	w.edgeMap("child_map", ids, children)
	groups, names := map[string][]string{}, make([]string, 0, len(w.m.Groups))
	for _, g := range w.m.Groups {
		names = append(names, g.Name)
	}
	slices.Sort(names)
	for _, id := range ids {
		if n, ok := w.m.Nodes[id]; ok && n.Group != "" {
			groups[n.Group] = append(groups[n.Group], id)
		}
	}
	w.edgeMap("group_map", slices.Compact(names), groups)
}

func (w *manifestWriter) edgeMap(key string, ids []string, edges map[string][]string) {
	w.key(key)
	w.beginObject()
	for _, id := range ids {
		w.listKey(id, edges[id])
	}
	w.endObject()
}

func (w *manifestWriter) selector(s *manifest.Selector) {
	w.beginObject()
	w.strKey("name", s.Name)
	if s.Description != "" {
		w.strKey("description", s.Description)
	}
	w.key("definition")
	w.value(graph.Canonical(s.Definition))
	if s.Default {
		w.boolKey("default", true)
	}
	w.endObject()
}

func (w *manifestWriter) group(g *manifest.Group) {
	w.beginObject()
	w.identity(g.Name, manifest.GroupType, g.Package, g.Path, g.OriginalFilePath, g.UniqueID)
	w.owner(g.OwnerName, g.OwnerEmail, g.Owner)
	w.optKey("description", g.Description)
	w.key("config")
	w.beginObject()
	w.dictKey("meta", g.Meta)
	w.endObject()
	w.endObject()
}

// identity writes the entries that all resources share.
func (w *manifestWriter) identity(name string, kind manifest.ResourceType, pkg, path, file, id string) {
	w.strKey("name", name)
	w.strKey("resource_type", string(kind))
	w.strKey("package_name", pkg)
	w.strKey("path", path)
	w.strKey("original_file_path", file)
	w.strKey("unique_id", id)
}

func (w *manifestWriter) owner(name, email string, full *jinja.Dict) {
	w.key("owner")
	if full != nil {
		writeFilled(&w.encoder, full, "email", "null", "name", "null")
		return
	}
	w.beginObject()
	w.optKey("email", email)
	w.optKey("name", name)
	w.endObject()
}

func (w *manifestWriter) doc(d *manifest.Doc) {
	w.beginObject()
	w.identity(d.Name, manifest.DocType, d.Package, d.Path, d.OriginalFilePath, d.UniqueID)
	w.strKey("block_contents", d.Contents)
	w.endObject()
}

func (w *manifestWriter) macro(m *manifest.Macro) {
	w.beginObject()
	w.identity(m.Name, manifest.MacroType, m.Package, m.Path, m.OriginalFilePath, m.UniqueID)
	w.strKey("macro_sql", m.SQL)
	w.key("depends_on")
	w.beginObject()
	w.listKey("macros", m.DependsOn)
	w.endObject()
	w.strKey("description", m.Description)
	w.dictKey("meta", m.Meta)
	w.docs(m.Docs)
	w.key("config")
	w.beginObject()
	w.dictKey("meta", m.Meta)
	w.docs(m.Docs)
	w.endObject()
	w.optKey("patch_path", m.PatchPath)
	w.key("arguments")
	w.beginList()
	for _, a := range m.Arguments {
		w.beginObject()
		w.strKey("name", a.Name)
		w.optKey("type", a.Type)
		w.strKey("description", a.Description)
		w.endObject()
	}
	w.endList()
	w.createdAt(m.CreatedAt)
	w.key("supported_languages")
	if m.SupportedLanguages == nil {
		w.null()
	} else {
		w.strings(m.SupportedLanguages)
	}
	w.endObject()
}

// docs writes how the documentation site shows a resource.
func (w *manifestWriter) docs(d jinja.Value) {
	w.key("docs")
	writeFilled(&w.encoder, d, "show", "true", "node_color", "null")
}
