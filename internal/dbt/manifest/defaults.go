package manifest

import "github.com/kith-analytics/kith/internal/jinja"

// DefaultConfig gives a resource type's configuration when nothing is said, with
// dbt's keys in dbt's order.
func DefaultConfig(t ResourceType) *Config {
	switch t {
	case SourceType:
		return NewConfig(dict("enabled", true, "event_time", nil, "freshness", freshness(), "loaded_at_field", nil,
			"loaded_at_query", nil, "meta", jinja.NewDict(), "tags", jinja.NewList(), "static_analysis", nil))
	case ExposureType:
		return NewConfig(dict("enabled", true, "tags", jinja.NewList(), "meta", jinja.NewDict()))
	case UnitTestType:
		return NewConfig(dict("tags", jinja.NewList(), "meta", jinja.NewDict(), "enabled", true, "static_analysis", nil))
	default:
	}
	c := NewConfig(dict("enabled", true, "alias", nil, "schema", nil, "database", nil, "tags", jinja.NewList(),
		"meta", jinja.NewDict(), "group", nil, "static_analysis", nil, "materialized", "view"))
	if t == Test {
		c.set("schema", "dbt_test__audit", "materialized", "test", "severity", "ERROR", "store_failures", nil,
			"store_failures_as", nil, "sql_header", nil, "where", nil, "limit", nil, "fail_calc", "count(*)",
			"warn_if", "!= 0", "error_if", "!= 0")
		return c
	}
	c.set("incremental_strategy", nil, "batch_size", nil, "lookback", int64(1), "begin", nil,
		"persist_docs", jinja.NewDict(), "post-hook", jinja.NewList(), "pre-hook", jinja.NewList(),
		"quoting", jinja.NewDict(), "column_types", jinja.NewDict(), "full_refresh", nil, "unique_key", nil,
		"on_schema_change", "ignore", "on_configuration_change", "apply", "grants", jinja.NewDict(),
		"packages", jinja.NewList(), "docs", docs(), "contract", contract(), "event_time", nil, "concurrent_batches", nil)
	switch t {
	case Seed:
		c.set("materialized", "seed", "delimiter", ",", "quote_columns", nil)
	case Snapshot:
		c.set("materialized", "snapshot", "strategy", nil, "target_schema", nil, "target_database", nil, "updated_at", nil,
			"check_cols", nil, "snapshot_meta_column_names", snapshotNames(), "dbt_valid_to_current", nil)
	case Model:
		c.set("access", "protected", "freshness", nil, "on_error", nil, "latest_version_pointer", pointer())
	default:
	}
	return c
}

func (c *Config) set(keysAndValues ...jinja.Value) { c.Values.Update(dict(keysAndValues...)) }

func docs() *jinja.Dict      { return dict("show", true, "node_color", nil) }
func contract() *jinja.Dict  { return dict("enforced", false, "alias_types", true) }
func pointer() *jinja.Dict   { return dict("enabled", nil, "alias", nil) }
func threshold() *jinja.Dict { return dict("count", nil, "period", nil) }

func freshness() *jinja.Dict {
	return dict("warn_after", threshold(), "error_after", threshold(), "filter", nil)
}

// snapshotNames are the columns of a snapshot that may get other names.
func snapshotNames() *jinja.Dict {
	return dict("dbt_valid_to", nil, "dbt_valid_from", nil, "dbt_scd_id", nil, "dbt_updated_at", nil, "dbt_is_deleted", nil)
}

// Complete brings what is configured into its full form, as dbt has it: hooks
// with all their keys, and mappings such as docs and contract with the defaults
// of the keys that are not set. Mappings that are switched off with null stay off.
func (c *Config) Complete() {
	for _, key := range []string{"pre-hook", "post-hook"} {
		if v, ok := c.Get(key); ok {
			c.Set(key, HookValues(v))
		}
	}
	for key, defaults := range map[string]func() *jinja.Dict{
		"docs": docs, "contract": contract, "snapshot_meta_column_names": snapshotNames,
	} {
		if v, ok := c.Get(key); ok {
			c.Set(key, filled(v, defaults()))
		}
	}
	if v, ok := c.Get("latest_version_pointer"); ok {
		full := filled(v, pointer())
		if on, isBool := v.(bool); isBool { // latest_version_pointer: false, for short
			full.SetStr("enabled", on)
		}
		c.Set("latest_version_pointer", full)
	}
	if d, ok := dictAt(c, "freshness"); ok {
		if _, ofSource := d.GetStr("build_after"); !ofSource {
			c.Set("freshness", filledFreshness(d))
		}
	}
	if v, ok := c.Get("severity"); ok && v != nil {
		c.Set("severity", jinja.Str(v))
	}
}

func dictAt(c *Config, key string) (*jinja.Dict, bool) {
	v, _ := c.Get(key)
	d, ok := v.(*jinja.Dict)
	return d, ok
}

// filled lays v, if it is a mapping, over defaults.
func filled(v jinja.Value, defaults *jinja.Dict) *jinja.Dict {
	if d, ok := v.(*jinja.Dict); ok {
		defaults.Update(d)
	}
	return defaults
}

func filledFreshness(d *jinja.Dict) *jinja.Dict {
	full := filled(d, freshness())
	for _, key := range []string{"warn_after", "error_after"} {
		v, _ := full.GetStr(key)
		full.SetStr(key, filled(v, threshold()))
	}
	return full
}
