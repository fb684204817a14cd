package artifact

import (
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

func (w *manifestWriter) source(s *manifest.Source) {
	w.beginObject()
	w.optKey("database", s.Database)
	w.strKey("schema", s.Schema)
	w.identity(s.Name, manifest.SourceType, s.Package, s.Path, s.OriginalFilePath, s.UniqueID)
	w.listKey("fqn", s.FQN)
	w.strKey("source_name", s.SourceName)
	w.strKey("source_description", s.SourceDescription)
	w.strKey("loader", s.Loader)
	w.strKey("identifier", s.Identifier)
	w.key("quoting")
	var quoting jinja.Value
	if s.Quoting != nil {
		quoting = s.Quoting
	}
	writeFilled(&w.encoder, quoting, "database", "null", "schema", "null", "identifier", "null", "column", "null")
	w.optKey("loaded_at_field", s.LoadedAtField)
	w.optKey("loaded_at_query", s.LoadedAtQuery)
	w.key("freshness")
	w.freshness(s.Freshness)
	w.key("external")
	w.value(s.External)
	w.strKey("description", s.Description)
	w.columns(s.Columns)
	w.dictKey("meta", s.Meta)
	w.dictKey("source_meta", s.SourceMeta)
	w.listKey("tags", s.Tags)
	w.configKey(manifest.SourceType, s.Config)
	w.optKey("patch_path", s.PatchPath)
	w.dictKey("unrendered_config", s.UnrenderedConfig)
	w.optKey("relation_name", s.RelationName)
	w.createdAt(s.CreatedAt)
	w.optKey("unrendered_database", s.UnrenderedDatabase)
	w.optKey("unrendered_schema", s.UnrenderedSchema)
	w.listKey("doc_blocks", s.DocBlocks)
	w.endObject()
}

func (e *encoder) freshness(f *manifest.Freshness) {
	if f == nil {
		e.null()
		return
	}
	e.beginObject()
	e.threshold("warn_after", f.WarnAfter)
	e.threshold("error_after", f.ErrorAfter)
	e.optKey("filter", f.Filter)
	e.endObject()
}

// threshold writes an age that isn't set as a count and period of null.
func (e *encoder) threshold(key string, t manifest.Threshold) {
	e.key(key)
	e.beginObject()
	e.key("count")
	if t.Count == 0 && t.Period == "" {
		e.null()
	} else {
		e.int(int64(t.Count))
	}
	e.optKey("period", t.Period)
	e.endObject()
}

func (w *manifestWriter) exposure(x *manifest.Exposure) {
	w.beginObject()
	w.identity(x.Name, manifest.ExposureType, x.Package, x.Path, x.OriginalFilePath, x.UniqueID)
	w.listKey("fqn", x.FQN)
	w.strKey("type", x.Type)
	w.owner(x.OwnerName, x.OwnerEmail, x.Owner)
	w.strKey("description", x.Description)
	w.optKey("label", x.Label)
	w.optKey("maturity", x.Maturity)
	w.dictKey("meta", x.Meta)
	w.listKey("tags", x.Tags)
	w.configKey(manifest.ExposureType, x.Config)
	w.dictKey("unrendered_config", x.UnrenderedConfig)
	w.optKey("url", x.URL)
	w.dependsOn(x.DependsOn)
	w.refs(x.Refs)
	w.sourceRefs(x.Sources)
	w.rawKey("metrics", "[]")
	w.createdAt(x.CreatedAt)
	w.endObject()
}

func (w *manifestWriter) unitTest(u *manifest.UnitTest) {
	w.beginObject()
	w.strKey("model", u.Model)
	w.key("given")
	w.beginList()
	for i := range u.Given {
		w.beginObject()
		w.strKey("input", u.Given[i].Input)
		w.rows(u.Given[i].UnitTestRows)
		w.endObject()
	}
	w.endList()
	w.key("expect")
	w.beginObject()
	w.rows(u.Expect)
	w.endObject()
	w.identity(u.Name, manifest.UnitTestType, u.Package, u.Path, u.OriginalFilePath, u.UniqueID)
	w.listKey("fqn", u.FQN)
	w.strKey("description", u.Description)
	w.key("overrides")
	if u.Overrides == nil {
		w.null()
	} else {
		writeFilled(&w.encoder, u.Overrides, "macros", "{}", "vars", "{}", "env_vars", "{}")
	}
	w.dependsOn(u.DependsOn)
	w.configKey(manifest.UnitTestType, u.Config)
	w.optKey("checksum", u.Checksum)
	w.optKey("schema", u.Schema)
	w.createdAt(u.CreatedAt)
	w.key("versions")
	if u.Versions == nil {
		w.null()
	} else {
		w.beginObject()
		w.versions("include", u.Versions.Include)
		w.versions("exclude", u.Versions.Exclude)
		w.endObject()
	}
	w.versionKey("version", u.Version)
	w.endObject()
}

func (w *manifestWriter) rows(r manifest.UnitTestRows) {
	w.key("rows")
	w.value(r.Rows)
	format := r.Format
	if format == "" {
		format = "dict"
	}
	w.strKey("format", format)
	w.optKey("fixture", r.Fixture)
}
