package artifact

import (
	"github.com/kith-analytics/kith/internal/jinja"
)

// CompatibleVersion is the dbt whose artifact formats are written. Readers of
// artifacts decide by metadata.dbt_version how to take a file, so it must be a
// version of dbt, and not our own, which stands in metadata.env as GENERATOR.
const CompatibleVersion = "1.12.0"

// begin writes the entries that the metadata of every artifact starts with.
func (m Metadata) begin(e *encoder, schema string) {
	e.key("metadata")
	e.beginObject()
	e.strKey("dbt_schema_version", schema)
	version := m.DbtVersion
	if version == "" {
		version = CompatibleVersion
	}
	e.strKey("dbt_version", version)
	e.key("generated_at")
	e.time(m.GeneratedAt)
	e.optKey("invocation_id", m.InvocationID)
	e.key("invocation_started_at")
	e.time(m.InvocationStartedAt)
	e.key("env")
	e.beginObject()
	if _, own := m.Env["GENERATOR"]; m.Generator != "" && !own {
		e.strKey("GENERATOR", m.Generator)
	}
	for _, k := range sortedKeys(m.Env) {
		e.strKey(k, m.Env[k])
	}
	e.endObject()
}

func readMetadata(doc *jinja.Dict) Metadata {
	d := sub(doc, "metadata")
	m := Metadata{
		SchemaVersion: text(d, "dbt_schema_version"), DbtVersion: text(d, "dbt_version"),
		GeneratedAt: instant(d, "generated_at"), InvocationID: text(d, "invocation_id"),
		InvocationStartedAt: instant(d, "invocation_started_at"), Env: map[string]string{},
	}
	if env := sub(d, "env"); env != nil {
		for k, v := range env.All() {
			m.Env[jinja.Str(k)] = jinja.Str(v)
		}
	}
	m.Generator = m.Env["GENERATOR"]
	return m
}
