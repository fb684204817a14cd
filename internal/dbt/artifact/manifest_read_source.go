package artifact

import (
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

func readSource(d *jinja.Dict) *manifest.Source {
	return &manifest.Source{
		UniqueID: text(d, "unique_id"), Name: text(d, "name"), SourceName: text(d, "source_name"),
		Package: text(d, "package_name"), Path: text(d, "path"), OriginalFilePath: text(d, "original_file_path"),
		FQN: texts(d, "fqn"), Database: text(d, "database"), Schema: text(d, "schema"), Identifier: text(d, "identifier"),
		RelationName: text(d, "relation_name"), SourceDescription: text(d, "source_description"),
		Description: text(d, "description"), Loader: text(d, "loader"), LoadedAtField: text(d, "loaded_at_field"),
		LoadedAtQuery: text(d, "loaded_at_query"), Freshness: readFreshness(sub(d, "freshness")), Quoting: sub(d, "quoting"),
		External: at(d, "external"), Columns: readColumns(d), Meta: sub(d, "meta"), SourceMeta: sub(d, "source_meta"),
		Tags: texts(d, "tags"), Config: readConfig(d), UnrenderedConfig: sub(d, "unrendered_config"),
		UnrenderedDatabase: text(d, "unrendered_database"), UnrenderedSchema: text(d, "unrendered_schema"),
		PatchPath: text(d, "patch_path"), DocBlocks: texts(d, "doc_blocks"), CreatedAt: float(d, "created_at"),
	}
}

func readFreshness(d *jinja.Dict) *manifest.Freshness {
	if d == nil {
		return nil
	}
	return &manifest.Freshness{
		WarnAfter: readThreshold(sub(d, "warn_after")), ErrorAfter: readThreshold(sub(d, "error_after")), Filter: text(d, "filter"),
	}
}

func readThreshold(d *jinja.Dict) manifest.Threshold {
	return manifest.Threshold{Count: int(float(d, "count")), Period: text(d, "period")}
}

func readExposure(d *jinja.Dict) *manifest.Exposure {
	x := &manifest.Exposure{
		UniqueID: text(d, "unique_id"), Name: text(d, "name"), Package: text(d, "package_name"), Path: text(d, "path"),
		OriginalFilePath: text(d, "original_file_path"), FQN: texts(d, "fqn"), Type: text(d, "type"),
		Description: text(d, "description"), Label: text(d, "label"), Maturity: text(d, "maturity"), URL: text(d, "url"),
		Meta: sub(d, "meta"), Tags: texts(d, "tags"), Config: readConfig(d), UnrenderedConfig: sub(d, "unrendered_config"),
		Refs: readRefs(d), Sources: readSourceRefs(d), DependsOn: readDependsOn(d), CreatedAt: float(d, "created_at"),
	}
	x.OwnerName, x.OwnerEmail, x.Owner = readOwner(d)
	return x
}

func readUnitTest(d *jinja.Dict) *manifest.UnitTest {
	u := &manifest.UnitTest{
		UniqueID: text(d, "unique_id"), Name: text(d, "name"), Package: text(d, "package_name"), Model: text(d, "model"),
		Path: text(d, "path"), OriginalFilePath: text(d, "original_file_path"), FQN: texts(d, "fqn"),
		Description: text(d, "description"), Config: readConfig(d), Overrides: sub(d, "overrides"),
		Version: scalar(d, "version"), DependsOn: readDependsOn(d), Schema: text(d, "schema"),
		Checksum: text(d, "checksum"), CreatedAt: float(d, "created_at"),
	}
	for _, v := range items(d, "given") {
		if g, ok := v.(*jinja.Dict); ok {
			u.Given = append(u.Given, manifest.UnitTestInput{Input: text(g, "input"), UnitTestRows: readRows(g)})
		}
	}
	if expect := sub(d, "expect"); expect != nil {
		u.Expect = readRows(expect)
	}
	if v := sub(d, "versions"); v != nil {
		u.Versions = &manifest.UnitTestVersions{Include: texts(v, "include"), Exclude: texts(v, "exclude")}
	}
	return u
}

func readRows(d *jinja.Dict) manifest.UnitTestRows {
	return manifest.UnitTestRows{Rows: at(d, "rows"), Format: text(d, "format"), Fixture: text(d, "fixture")}
}
