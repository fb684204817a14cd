package artifact

import (
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// setting is one key of a config with the JSON of its default.
type setting struct{ key, fallback string }

// JSON of defaults that are dicts of their own.
const (
	noDocs          = `{"show":true,"node_color":null}`
	noContract      = `{"enforced":false,"alias_types":true}`
	noPointer       = `{"enabled":null,"alias":null}`
	noFreshness     = `{"warn_after":{"count":null,"period":null},"error_after":{"count":null,"period":null},"filter":null}`
	noSnapshotNames = `{"dbt_valid_to":null,"dbt_valid_from":null,"dbt_scd_id":null,"dbt_updated_at":null,"dbt_is_deleted":null}`
)

// settingsOf lists the settings of a resource type in dbt's order.
func settingsOf(kind manifest.ResourceType) []setting {
	switch kind {
	case manifest.SourceType:
		return []setting{
			{"enabled", "true"},
			{"event_time", "null"},
			{"freshness", noFreshness},
			{"loaded_at_field", "null"},
			{"loaded_at_query", "null"},
			{"meta", "{}"},
			{"tags", "[]"},
			{"static_analysis", "null"},
		}
	case manifest.ExposureType:
		return []setting{{"enabled", "true"}, {"tags", "[]"}, {"meta", "{}"}}
	case manifest.UnitTestType:
		return []setting{{"tags", "[]"}, {"meta", "{}"}, {"enabled", "true"}, {"static_analysis", "null"}}
	case manifest.Test:
		return append(commonSettings(`"dbt_test__audit"`),
			setting{"materialized", `"test"`}, setting{"severity", `"ERROR"`}, setting{"store_failures", "null"},
			setting{"store_failures_as", "null"}, setting{"sql_header", "null"}, setting{"where", "null"},
			setting{"limit", "null"}, setting{"fail_calc", `"count(*)"`}, setting{"warn_if", `"!= 0"`},
			setting{"error_if", `"!= 0"`})
	case manifest.Model:
		return append(nodeSettings("view"), setting{"access", `"protected"`}, setting{"freshness", "null"},
			setting{"on_error", "null"}, setting{"latest_version_pointer", noPointer})
	case manifest.Seed:
		return append(nodeSettings("seed"), setting{"delimiter", `","`}, setting{"quote_columns", "null"})
	case manifest.Snapshot:
		return append(nodeSettings("snapshot"), setting{"strategy", "null"}, setting{"target_schema", "null"},
			setting{"target_database", "null"}, setting{"updated_at", "null"}, setting{"check_cols", "null"},
			setting{"snapshot_meta_column_names", noSnapshotNames}, setting{"dbt_valid_to_current", "null"})
	default:
		return nodeSettings("view")
	}
}

func commonSettings(schema string) []setting {
	return []setting{
		{"enabled", "true"},
		{"alias", "null"},
		{"schema", schema},
		{"database", "null"},
		{"tags", "[]"},
		{"meta", "{}"},
		{"group", "null"},
		{"static_analysis", "null"},
	}
}

func nodeSettings(materialized string) []setting {
	return append(commonSettings("null"),
		setting{"materialized", `"` + materialized + `"`}, setting{"incremental_strategy", "null"},
		setting{"batch_size", "null"}, setting{"lookback", "1"}, setting{"begin", "null"}, setting{"persist_docs", "{}"},
		setting{"post-hook", "[]"}, setting{"pre-hook", "[]"}, setting{"quoting", "{}"}, setting{"column_types", "{}"},
		setting{"full_refresh", "null"}, setting{"unique_key", "null"}, setting{"on_schema_change", `"ignore"`},
		setting{"on_configuration_change", `"apply"`}, setting{"grants", "{}"}, setting{"packages", "[]"},
		setting{"docs", noDocs}, setting{"contract", noContract}, setting{"event_time", "null"},
		setting{"concurrent_batches", "null"})
}

// configWriter writes configs. It keeps the settings of each type between nodes.
type configWriter struct {
	settings map[manifest.ResourceType][]setting
	known    map[manifest.ResourceType]map[string]bool
}

func newConfigWriter() *configWriter {
	return &configWriter{
		settings: map[manifest.ResourceType][]setting{}, known: map[manifest.ResourceType]map[string]bool{},
	}
}

// write writes every setting of the type, then what else the project sets, in its order.
func (w *configWriter) write(e *encoder, kind manifest.ResourceType, c *manifest.Config) {
	settings, ok := w.settings[kind]
	if !ok {
		settings = settingsOf(kind)
		known := make(map[string]bool, len(settings))
		for _, s := range settings {
			known[s.key] = true
		}
		w.settings[kind], w.known[kind] = settings, known
	}
	e.key("config")
	e.beginObject()
	for _, s := range settings {
		e.key(s.key)
		v, set := c.Get(s.key)
		if !set && strings.HasSuffix(s.key, "-hook") {
			v, set = c.Get(strings.Replace(s.key, "-hook", "_hook", 1))
		}
		if !set {
			e.raw(s.fallback)
			continue
		}
		writeSetting(e, s, v)
	}
	if c != nil && c.Values != nil {
		known := w.known[kind]
		for k, v := range c.Values.All() {
			key := jinja.Str(k)
			if known[key] || known[strings.Replace(key, "_hook", "-hook", 1)] {
				continue
			}
			e.key(key)
			e.value(v)
		}
	}
	e.endObject()
}

func writeSetting(e *encoder, s setting, v jinja.Value) {
	switch s.key {
	case "pre-hook", "post-hook":
		writeHooks(e, v)
	case "tags", "packages":
		e.beginList()
		for _, item := range listed(v) {
			e.value(item)
		}
		e.endList()
	case "docs":
		writeFilled(e, v, "show", "true", "node_color", "null")
	case "contract":
		writeFilled(e, v, "enforced", "false", "alias_types", "true")
	case "latest_version_pointer":
		writeFilled(e, v, "enabled", "null", "alias", "null")
	case "snapshot_meta_column_names":
		writeFilled(e, v, "dbt_valid_to", "null", "dbt_valid_from", "null", "dbt_scd_id", "null",
			"dbt_updated_at", "null", "dbt_is_deleted", "null")
	default:
		e.value(v)
	}
}

// listed gives a list's items; any other value is a list of one, null of none.
func listed(v jinja.Value) []jinja.Value {
	switch v := v.(type) {
	case nil:
		return nil
	case *jinja.List:
		return v.Items
	case jinja.Tuple:
		return v
	}
	return []jinja.Value{v}
}

// writeFilled writes a dict with the JSON of missing keys filled in.
func writeFilled(e *encoder, v jinja.Value, fallbacks ...string) {
	d, _ := v.(*jinja.Dict)
	if d == nil {
		d = jinja.NewDict()
		if b, isBool := v.(bool); isBool && fallbacks[0] == "enabled" { // latest_version_pointer: false, for short
			d.SetStr("enabled", b)
		}
	}
	e.beginObject()
	known := map[string]bool{}
	for k := 0; k+1 < len(fallbacks); k += 2 {
		key := fallbacks[k]
		known[key] = true
		e.key(key)
		if value, set := d.GetStr(key); set {
			e.value(value)
		} else {
			e.raw(fallbacks[k+1])
		}
	}
	for k, value := range d.All() {
		if key := jinja.Str(k); !known[key] {
			e.key(key)
			e.value(value)
		}
	}
	e.endObject()
}

// writeHooks writes hooks in full: the project may give only their SQL.
func writeHooks(e *encoder, v jinja.Value) {
	e.beginList()
	for _, hook := range listed(v) {
		if sql, ok := hook.(string); ok {
			d := jinja.NewDict()
			d.SetStr("sql", sql)
			hook = d
		}
		writeFilled(e, hook, "sql", `""`, "transaction", "true", "index", "null")
	}
	e.endList()
}
