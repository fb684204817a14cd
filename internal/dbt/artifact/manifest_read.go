package artifact

import (
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// ReadManifest reads a manifest.json of schema v12, written here or by dbt 1.8
// and later. A missing file is fault.NotFound, another kind of file
// fault.Invalid. Resources that projects here can't have are left out.
func ReadManifest(path string) (*manifest.Manifest, Metadata, error) {
	data, err := read(path)
	if err != nil {
		return nil, Metadata{}, err
	}
	doc, err := parse(path, data, manifestSchema, manifestVersion)
	if err != nil {
		return nil, Metadata{}, err
	}
	meta := sub(doc, "metadata")
	m := manifest.New(text(meta, "project_name"), text(meta, "adapter_type"))
	each(doc, "nodes", func(id string, d *jinja.Dict) { m.Nodes[id] = readNode(d) })
	each(doc, "sources", func(id string, d *jinja.Dict) { m.Sources[id] = readSource(d) })
	each(doc, "macros", func(id string, d *jinja.Dict) { m.Macros[id] = readMacro(d) })
	each(doc, "docs", func(id string, d *jinja.Dict) { m.Docs[id] = readDoc(d) })
	each(doc, "exposures", func(id string, d *jinja.Dict) { m.Exposures[id] = readExposure(d) })
	each(doc, "groups", func(id string, d *jinja.Dict) { m.Groups[id] = readGroup(d) })
	each(doc, "selectors", func(id string, d *jinja.Dict) { m.Selectors[id] = readSelector(d) })
	each(doc, "unit_tests", func(id string, d *jinja.Dict) { m.UnitTests[id] = readUnitTest(d) })
	readDisabled(doc, m)
	return m, readMetadata(doc), nil
}

func readDisabled(doc *jinja.Dict, m *manifest.Manifest) {
	disabled := sub(doc, "disabled")
	if disabled == nil {
		return
	}
	for k, v := range disabled.All() {
		l, ok := v.(*jinja.List)
		if !ok {
			continue
		}
		for _, item := range l.Items {
			d, ok := item.(*jinja.Dict)
			if !ok {
				continue
			}
			switch kind := manifest.ResourceType(text(d, "resource_type")); kind {
			case manifest.SourceType:
				m.DisabledSources[jinja.Str(k)] = readSource(d)
			case manifest.Model, manifest.Seed, manifest.Snapshot, manifest.Test, manifest.Analysis,
				manifest.Operation, manifest.SQLOperation:
				m.Disabled[jinja.Str(k)] = readNode(d)
			default:
			}
		}
	}
}

func readNode(d *jinja.Dict) *manifest.Node {
	n := &manifest.Node{
		UniqueID: text(d, "unique_id"), Name: text(d, "name"), ResourceType: manifest.ResourceType(text(d, "resource_type")),
		Package: text(d, "package_name"), Path: text(d, "path"), OriginalFilePath: text(d, "original_file_path"),
		RootPath: text(d, "root_path"), FQN: texts(d, "fqn"),
		Database: text(d, "database"), Schema: text(d, "schema"), Alias: text(d, "alias"), RelationName: text(d, "relation_name"),
		Checksum: manifest.Checksum{Name: text(sub(d, "checksum"), "name"), Checksum: text(sub(d, "checksum"), "checksum")},
		Config:   readConfig(d), UnrenderedConfig: sub(d, "unrendered_config"),
		RawCode: text(d, "raw_code"), RawLine: 1, Language: text(d, "language"),
		Description: text(d, "description"), Columns: readColumns(d), Meta: sub(d, "meta"), Tags: texts(d, "tags"),
		DocBlocks: texts(d, "doc_blocks"), PatchPath: text(d, "patch_path"), Group: text(d, "group"),
		Access: text(d, "access"), Constraints: readConstraints(d),
		Version: scalar(d, "version"), LatestVersion: scalar(d, "latest_version"), DeprecationDate: text(d, "deprecation_date"),
		PrimaryKey: texts(d, "primary_key"), ContractChecksum: text(sub(d, "contract"), "checksum"), CreatedAt: float(d, "created_at"),
		Refs: readRefs(d), Sources: readSourceRefs(d), DependsOn: readDependsOn(d),
		ColumnName: text(d, "column_name"), FileKeyName: text(d, "file_key_name"), AttachedNode: text(d, "attached_node"),
		Compiled: truth(d, "compiled"), CompiledCode: text(d, "compiled_code"), CompiledPath: text(d, "compiled_path"),
		BuildPath: text(d, "build_path"), ExtraCTEsInjected: truth(d, "extra_ctes_injected"),
	}
	for _, v := range items(d, "metrics") {
		n.Metrics = append(n.Metrics, textsOf(v))
	}
	for _, v := range items(d, "extra_ctes") {
		if cte, ok := v.(*jinja.Dict); ok {
			n.ExtraCTEs = append(n.ExtraCTEs, manifest.InjectedCTE{ID: text(cte, "id"), SQL: text(cte, "sql")})
		}
	}
	if t := sub(d, "test_metadata"); t != nil {
		n.TestMetadata = &manifest.TestMetadata{Name: text(t, "name"), Namespace: text(t, "namespace"), Kwargs: sub(t, "kwargs")}
	}
	return n
}

func readConfig(d *jinja.Dict) *manifest.Config {
	values := sub(d, "config")
	if values == nil {
		values = jinja.NewDict()
	}
	return manifest.NewConfig(values)
}

func readColumns(d *jinja.Dict) []manifest.Column {
	var out []manifest.Column
	each(d, "columns", func(_ string, c *jinja.Dict) {
		col := manifest.Column{
			Name: text(c, "name"), Description: text(c, "description"), DataType: text(c, "data_type"),
			Meta: sub(c, "meta"), Tags: texts(c, "tags"), Constraints: readConstraints(c),
			Granularity: text(c, "granularity"), DocBlocks: texts(c, "doc_blocks"),
		}
		if quote, ok := at(c, "quote").(bool); ok {
			col.Quote = &quote
		}
		out = append(out, col)
	})
	return out
}

func readConstraints(d *jinja.Dict) []manifest.Constraint {
	var out []manifest.Constraint
	for _, v := range items(d, "constraints") {
		c, ok := v.(*jinja.Dict)
		if !ok {
			continue
		}
		out = append(out, manifest.Constraint{
			Type: text(c, "type"), Name: text(c, "name"), Expression: text(c, "expression"), Columns: texts(c, "columns"),
			WarnUnenforced: truth(c, "warn_unenforced"), WarnUnsupported: truth(c, "warn_unsupported"),
			To: text(c, "to"), ToColumns: texts(c, "to_columns"),
		})
	}
	return out
}

func readRefs(d *jinja.Dict) []manifest.Ref {
	var out []manifest.Ref
	for _, v := range items(d, "refs") {
		if r, ok := v.(*jinja.Dict); ok {
			out = append(out, manifest.Ref{Name: text(r, "name"), Package: text(r, "package"), Version: scalar(r, "version")})
		}
	}
	return out
}

func readSourceRefs(d *jinja.Dict) []manifest.SourceRef {
	var out []manifest.SourceRef
	for _, v := range items(d, "sources") {
		if pair := textsOf(v); len(pair) == 2 {
			out = append(out, manifest.SourceRef{Source: pair[0], Table: pair[1]})
		}
	}
	return out
}

func readDependsOn(d *jinja.Dict) manifest.DependsOn {
	on := sub(d, "depends_on")
	return manifest.DependsOn{Macros: texts(on, "macros"), Nodes: texts(on, "nodes")}
}

func readMacro(d *jinja.Dict) *manifest.Macro {
	m := &manifest.Macro{
		UniqueID: text(d, "unique_id"), Name: text(d, "name"), Package: text(d, "package_name"), Path: text(d, "path"),
		OriginalFilePath: text(d, "original_file_path"), SQL: text(d, "macro_sql"), DependsOn: texts(sub(d, "depends_on"), "macros"),
		Description: text(d, "description"), Meta: sub(d, "meta"), Docs: sub(d, "docs"), PatchPath: text(d, "patch_path"),
		SupportedLanguages: texts(d, "supported_languages"), CreatedAt: float(d, "created_at"),
	}
	for _, v := range items(d, "arguments") {
		if a, ok := v.(*jinja.Dict); ok {
			m.Arguments = append(m.Arguments, manifest.MacroArgument{
				Name: text(a, "name"), Type: text(a, "type"), Description: text(a, "description"),
			})
		}
	}
	return m
}

func readDoc(d *jinja.Dict) *manifest.Doc {
	return &manifest.Doc{
		UniqueID: text(d, "unique_id"), Name: text(d, "name"), Package: text(d, "package_name"), Path: text(d, "path"),
		OriginalFilePath: text(d, "original_file_path"), Contents: text(d, "block_contents"),
	}
}

func readGroup(d *jinja.Dict) *manifest.Group {
	g := &manifest.Group{
		UniqueID: text(d, "unique_id"), Name: text(d, "name"), Package: text(d, "package_name"), Path: text(d, "path"),
		OriginalFilePath: text(d, "original_file_path"), Description: text(d, "description"), Meta: sub(sub(d, "config"), "meta"),
	}
	g.OwnerName, g.OwnerEmail, g.Owner = readOwner(d)
	return g
}

// readOwner gives name and email, and the whole owner where it says more.
func readOwner(d *jinja.Dict) (name, email string, full *jinja.Dict) {
	owner := sub(d, "owner")
	name, email = text(owner, "name"), text(owner, "email")
	if _, several := at(owner, "email").(*jinja.List); several {
		email = strings.Join(texts(owner, "email"), ", ")
		return name, email, owner
	}
	if owner != nil {
		for _, k := range owner.Keys() {
			if k != "name" && k != "email" {
				return name, email, owner
			}
		}
	}
	return name, email, nil
}

func readSelector(d *jinja.Dict) *manifest.Selector {
	return &manifest.Selector{
		Name: text(d, "name"), Description: text(d, "description"), Default: truth(d, "default"), Definition: at(d, "definition"),
	}
}
