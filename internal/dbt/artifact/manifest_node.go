package artifact

import (
	"strconv"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

func (w *manifestWriter) node(n *manifest.Node) {
	w.beginObject()
	w.optKey("database", n.Database)
	w.strKey("schema", n.Schema)
	w.identity(n.Name, n.ResourceType, n.Package, n.Path, n.OriginalFilePath, n.UniqueID)
	w.listKey("fqn", n.FQN)
	w.strKey("alias", n.Alias)
	w.key("checksum")
	w.beginObject()
	w.strKey("name", n.Checksum.Name)
	w.strKey("checksum", n.Checksum.Checksum)
	w.endObject()
	w.configKey(n.ResourceType, n.Config)
	w.listKey("tags", n.Tags)
	w.strKey("description", n.Description)
	w.columns(n.Columns)
	w.dictKey("meta", n.Meta)
	w.optKey("group", n.Group)
	docs, _ := n.Config.Get("docs")
	w.docs(docs)
	w.optKey("patch_path", n.PatchPath)
	w.optKey("build_path", n.BuildPath)
	w.dictKey("unrendered_config", n.UnrenderedConfig)
	w.createdAt(n.CreatedAt)
	w.optKey("relation_name", n.RelationName)
	w.strKey("raw_code", n.RawCode)
	w.listKey("doc_blocks", n.DocBlocks)
	if n.ResourceType == manifest.Seed {
		w.optKey("root_path", n.RootPath)
		w.key("depends_on")
		w.beginObject()
		w.listKey("macros", n.DependsOn.Macros)
		w.endObject()
		w.endObject()
		return
	}
	w.compiledPart(n)
	switch n.ResourceType {
	case manifest.Model:
		w.modelPart(n)
	case manifest.Test:
		w.testPart(n)
	case manifest.Operation:
		w.key("index")
		w.hookIndex(n.Name)
	default:
	}
	w.endObject()
}

// compiledPart writes what resources with SQL have. What compiling fills is
// there only once it has.
func (w *manifestWriter) compiledPart(n *manifest.Node) {
	language := n.Language
	if language == "" {
		language = "sql"
	}
	w.strKey("language", language)
	w.refs(n.Refs)
	w.sourceRefs(n.Sources)
	w.key("metrics")
	w.beginList()
	for _, metric := range n.Metrics {
		w.strings(metric)
	}
	w.endList()
	w.rawKey("functions", "[]")
	w.dependsOn(n.DependsOn)
	w.optKey("compiled_path", n.CompiledPath)
	if n.Compiled {
		w.boolKey("compiled", true)
		w.strKey("compiled_code", n.CompiledCode)
		w.boolKey("extra_ctes_injected", n.ExtraCTEsInjected)
		w.key("extra_ctes")
		w.beginList()
		for _, cte := range n.ExtraCTEs {
			w.beginObject()
			w.strKey("id", cte.ID)
			w.strKey("sql", cte.SQL)
			w.endObject()
		}
		w.endList()
	}
	v, _ := n.Config.Get("contract")
	d, _ := v.(*jinja.Dict)
	w.key("contract")
	w.beginObject()
	w.boolKey("enforced", truth(d, "enforced"))
	w.boolKey("alias_types", at(d, "alias_types") != false)
	w.optKey("checksum", n.ContractSum())
	w.endObject()
}

func (w *manifestWriter) modelPart(n *manifest.Node) {
	access := n.Access
	if access == "" {
		access = "protected"
	}
	w.strKey("access", access)
	w.constraints(n.Constraints, true)
	w.versionKey("version", n.Version)
	w.versionKey("latest_version", n.LatestVersion)
	w.optKey("deprecation_date", fullDate(n.DeprecationDate))
	w.listKey("primary_key", n.PrimaryKey)
	w.rawKey("time_spine", "null")
}

// fullDate gives a plain date as the instant it begins at, as dbt does.
func fullDate(s string) string {
	if len(s) == len("2006-01-02") {
		return s + "T00:00:00+00:00"
	}
	return s
}

func (w *manifestWriter) testPart(n *manifest.Node) {
	if n.TestMetadata == nil {
		return
	}
	w.optKey("column_name", n.ColumnName)
	w.optKey("file_key_name", n.FileKeyName)
	w.optKey("attached_node", n.AttachedNode)
	w.key("test_metadata")
	w.beginObject()
	w.strKey("name", n.TestMetadata.Name)
	w.dictKey("kwargs", n.TestMetadata.Kwargs)
	w.optKey("namespace", n.TestMetadata.Namespace)
	w.endObject()
}

// hookIndex writes the number that a hook's name ends in.
func (w *manifestWriter) hookIndex(name string) {
	index, err := strconv.Atoi(name[strings.LastIndexByte(name, '-')+1:])
	if err != nil {
		w.null()
		return
	}
	w.int(int64(index))
}

// versionKey writes versions that read as numbers as numbers, which is what YAML makes of them.
func (w *manifestWriter) versionKey(key, version string) {
	w.key(key)
	w.version(version)
}

func (w *manifestWriter) version(version string) {
	if version == "" {
		w.null()
		return
	}
	if n, err := strconv.ParseInt(version, 10, 64); err == nil && strconv.FormatInt(n, 10) == version {
		w.raw(version)
		return
	}
	if f, err := strconv.ParseFloat(version, 64); err == nil && jinja.Repr(f) == version {
		w.float(f)
		return
	}
	w.str(version)
}

func (w *manifestWriter) versions(key string, list []string) {
	w.key(key)
	if list == nil {
		w.null()
		return
	}
	w.beginList()
	for _, v := range list {
		w.version(v)
	}
	w.endList()
}

func (w *manifestWriter) refs(refs []manifest.Ref) {
	w.key("refs")
	w.beginList()
	for _, r := range refs {
		w.beginObject()
		w.strKey("name", r.Name)
		w.optKey("package", r.Package)
		w.versionKey("version", r.Version)
		w.endObject()
	}
	w.endList()
}

func (w *manifestWriter) sourceRefs(refs []manifest.SourceRef) {
	w.key("sources")
	w.beginList()
	for _, r := range refs {
		w.strings([]string{r.Source, r.Table})
	}
	w.endList()
}

func (w *manifestWriter) dependsOn(d manifest.DependsOn) {
	w.key("depends_on")
	w.beginObject()
	w.listKey("macros", d.Macros)
	w.listKey("nodes", d.Nodes)
	w.endObject()
}

func (w *manifestWriter) columns(columns []manifest.Column) {
	w.key("columns")
	w.beginObject()
	for i := range columns {
		c := &columns[i]
		w.key(c.Name)
		w.beginObject()
		w.strKey("name", c.Name)
		w.strKey("description", c.Description)
		w.dictKey("meta", c.Meta)
		w.optKey("data_type", c.DataType)
		w.constraints(c.Constraints, false)
		w.key("quote")
		if c.Quote == nil {
			w.null()
		} else {
			w.bool(*c.Quote)
		}
		w.key("config")
		w.beginObject()
		w.dictKey("meta", c.Meta)
		w.listKey("tags", c.Tags)
		w.endObject()
		w.listKey("tags", c.Tags)
		w.optKey("granularity", c.Granularity)
		w.rawKey("dimension", "null")
		w.rawKey("entity", "null")
		w.listKey("doc_blocks", c.DocBlocks)
		w.endObject()
	}
	w.endObject()
}

func (w *manifestWriter) constraints(list []manifest.Constraint, ofModel bool) {
	w.key("constraints")
	w.beginList()
	for i := range list {
		c := &list[i]
		w.beginObject()
		w.strKey("type", c.Type)
		w.optKey("name", c.Name)
		w.optKey("expression", c.Expression)
		w.boolKey("warn_unenforced", c.WarnUnenforced)
		w.boolKey("warn_unsupported", c.WarnUnsupported)
		w.optKey("to", c.To)
		w.listKey("to_columns", c.ToColumns)
		if ofModel {
			w.listKey("columns", c.Columns)
		}
		w.endObject()
	}
	w.endList()
}
