package manifest

import "github.com/kith-analytics/kith/internal/jinja"

// Dict gives the node with dbt's keys in manifest.json's order: what templates
// see as model and in graph. The dict is new; config and meta inside it are
// copies, so that no template changes the manifest.
func (n *Node) Dict() *jinja.Dict {
	d := &pairs{jinja.NewDict()}
	d.set("database", n.Database)
	d.set("schema", n.Schema)
	d.set("name", n.Name)
	d.set("resource_type", string(n.ResourceType))
	d.set("package_name", n.Package)
	d.set("path", n.Path)
	d.set("original_file_path", n.OriginalFilePath)
	d.set("unique_id", n.UniqueID)
	d.set("fqn", list(n.FQN))
	d.set("alias", n.Alias)
	d.set("checksum", dict("name", n.Checksum.Name, "checksum", n.Checksum.Checksum))
	d.set("config", CopyValue(n.Config.Values))
	d.set("tags", list(n.Tags))
	d.set("description", n.Description)
	d.set("columns", columnsDict(n.Columns))
	d.set("meta", copyDict(n.Meta))
	d.set("group", orNone(n.Group))
	d.set("docs", dict("show", true, "node_color", nil))
	d.set("patch_path", orNone(n.PatchPath))
	d.set("build_path", orNone(n.BuildPath))
	d.set("unrendered_config", copyDict(n.UnrenderedConfig))
	d.set("created_at", n.CreatedAt)
	d.set("relation_name", orNone(n.RelationName))
	d.set("raw_code", n.RawCode)
	if n.ResourceType == Seed {
		d.set("root_path", orNone(n.RootPath))
		d.set("depends_on", dict("macros", list(n.DependsOn.Macros)))
		return d.Dict
	}
	d.set("doc_blocks", list(n.DocBlocks))
	d.set("language", n.Language)
	d.set("refs", refsList(n.Refs))
	d.set("sources", sourcesList(n.Sources))
	d.set("metrics", jinja.NewList())
	d.set("depends_on", dict("macros", list(n.DependsOn.Macros), "nodes", list(n.DependsOn.Nodes)))
	d.set("compiled_path", orNone(n.CompiledPath))
	d.set("compiled", n.Compiled)
	d.set("compiled_code", orNone(n.CompiledCode))
	d.set("extra_ctes_injected", n.ExtraCTEsInjected)
	d.set("extra_ctes", ctesList(n.ExtraCTEs))
	d.set("contract", contractDict(n))
	switch n.ResourceType {
	case Model:
		d.set("access", n.Access)
		d.set("constraints", constraintsList(n.Constraints))
		d.set("version", versionValue(n.Version))
		d.set("latest_version", versionValue(n.LatestVersion))
		d.set("deprecation_date", orNone(n.DeprecationDate))
		d.set("primary_key", list(n.PrimaryKey))
	case Test:
		d.testKeys(n)
	default:
	}
	return d.Dict
}

type pairs struct{ *jinja.Dict }

func (p *pairs) set(key string, v jinja.Value) { p.SetStr(key, v) }

func (p *pairs) testKeys(n *Node) {
	if n.TestMetadata == nil {
		return
	}
	p.set("column_name", orNone(n.ColumnName))
	p.set("file_key_name", orNone(n.FileKeyName))
	p.set("attached_node", orNone(n.AttachedNode))
	p.set("test_metadata", dict("name", n.TestMetadata.Name, "kwargs", copyDict(n.TestMetadata.Kwargs),
		"namespace", orNone(n.TestMetadata.Namespace)))
}

// Dict gives the source with dbt's keys.
func (s *Source) Dict() *jinja.Dict {
	return dict(
		"database", s.Database, "schema", s.Schema, "name", s.Name, "resource_type", string(SourceType),
		"package_name", s.Package, "path", s.Path, "original_file_path", s.OriginalFilePath,
		"unique_id", s.UniqueID, "fqn", list(s.FQN), "source_name", s.SourceName,
		"source_description", s.SourceDescription, "loader", s.Loader, "identifier", s.Identifier,
		"quoting", copyDict(s.Quoting), "loaded_at_field", orNone(s.LoadedAtField),
		"loaded_at_query", orNone(s.LoadedAtQuery), "freshness", freshnessOf(s), "external", s.External, "description", s.Description,
		"columns", columnsDict(s.Columns), "meta", copyDict(s.Meta), "source_meta", copyDict(s.SourceMeta),
		"tags", list(s.Tags), "config", CopyValue(s.Config.Values), "patch_path", orNone(s.PatchPath),
		"unrendered_config", copyDict(s.UnrenderedConfig), "relation_name", s.RelationName, "created_at", s.CreatedAt,
	)
}

func freshnessOf(s *Source) jinja.Value {
	v, _ := s.Config.Get("freshness")
	return CopyValue(v)
}

// Dict gives the exposure with dbt's keys.
func (e *Exposure) Dict() *jinja.Dict {
	return dict(
		"name", e.Name, "resource_type", string(ExposureType), "package_name", e.Package, "path", e.Path,
		"original_file_path", e.OriginalFilePath, "unique_id", e.UniqueID, "fqn", list(e.FQN), "type", e.Type,
		"owner", dict("email", orNone(e.OwnerEmail), "name", orNone(e.OwnerName)), "description", e.Description,
		"label", orNone(e.Label), "maturity", orNone(e.Maturity), "meta", copyDict(e.Meta), "tags", list(e.Tags),
		"url", orNone(e.URL), "depends_on", dict("macros", list(e.DependsOn.Macros), "nodes", list(e.DependsOn.Nodes)),
		"refs", refsList(e.Refs), "sources", sourcesList(e.Sources), "config", CopyValue(e.Config.Values),
		"unrendered_config", copyDict(e.UnrenderedConfig),
	)
}

func contractDict(n *Node) *jinja.Dict {
	out := dict("enforced", false, "alias_types", true, "checksum", nil)
	if v, ok := n.Config.Get("contract"); ok {
		if c, ok := v.(*jinja.Dict); ok {
			out.Update(c)
		}
	}
	return out
}

func columnsDict(columns []Column) *jinja.Dict {
	d := jinja.NewDict()
	for _, c := range columns {
		var quote jinja.Value
		if c.Quote != nil {
			quote = *c.Quote
		}
		d.SetStr(c.Name, dict(
			"name", c.Name, "description", c.Description, "meta", copyDict(c.Meta), "data_type", orNone(c.DataType),
			"constraints", constraintsList(c.Constraints), "quote", quote,
			"config", dict("meta", copyDict(c.Meta), "tags", list(c.Tags)), "tags", list(c.Tags),
			"granularity", orNone(c.Granularity), "dimension", nil, "entity", nil, "doc_blocks", list(c.DocBlocks),
		))
	}
	return d
}

func constraintsList(constraints []Constraint) *jinja.List {
	out := jinja.NewList()
	for _, c := range constraints {
		d := dict("type", c.Type, "name", orNone(c.Name), "expression", orNone(c.Expression),
			"warn_unenforced", c.WarnUnenforced, "warn_unsupported", c.WarnUnsupported,
			"to", orNone(c.To), "to_columns", list(c.ToColumns))
		if c.Columns != nil {
			d.SetStr("columns", list(c.Columns))
		}
		out.Append(d)
	}
	return out
}

func refsList(refs []Ref) *jinja.List {
	out := jinja.NewList()
	for _, r := range refs {
		out.Append(dict("name", r.Name, "package", orNone(r.Package), "version", versionValue(r.Version)))
	}
	return out
}

func sourcesList(sources []SourceRef) *jinja.List {
	out := jinja.NewList()
	for _, s := range sources {
		out.Append(list([]string{s.Source, s.Table}))
	}
	return out
}

func ctesList(ctes []InjectedCTE) *jinja.List {
	out := jinja.NewList()
	for _, c := range ctes {
		out.Append(dict("id", c.ID, "sql", c.SQL))
	}
	return out
}
