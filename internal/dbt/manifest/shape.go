package manifest

import (
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// shape is what a configuration may be. As messages say it: "enabled takes ...".
type shape string

const (
	anything      shape = "anything"
	flag          shape = "true or false"
	flagOrMapping shape = "true, false or a mapping"
	text          shape = "a text"
	texts         shape = "a text or a list of texts"
	number        shape = "a whole number"
	mapping       shape = "a mapping"
	hooks         shape = "SQL, a mapping with sql, or a list of these"
	severities    shape = "warn or error"
)

// shapeOf gives what a key takes in the configuration of a resource type. Keys
// that dbt does not know, which materializations may read, take anything.
func shapeOf(t ResourceType, key string) shape {
	switch key {
	case "enabled", "full_refresh", "docs.show", "contract.enforced", "contract.alias_types":
		return flag
	case "alias", "schema", "database", "group", "materialized", "access", "incremental_strategy", "on_schema_change",
		"on_configuration_change", "docs.node_color", "loaded_at_field", "loaded_at_query":
		return text
	case "tags", "packages", "unique_key":
		return texts
	case "meta", "persist_docs", "quoting", "column_types", "grants", "docs", "contract", "snapshot_meta_column_names":
		return mapping
	case "latest_version_pointer":
		return flagOrMapping
	case "pre-hook", "post-hook", "pre_hook", "post_hook":
		return hooks
	}
	switch t {
	case Test:
		return testShape(key)
	case Seed:
		switch key {
		case "quote_columns":
			return flag
		case "delimiter":
			return text
		}
	case Snapshot:
		switch key {
		case "strategy", "target_schema", "target_database", "updated_at", "dbt_valid_to_current":
			return text
		case "check_cols":
			return texts
		}
	default:
	}
	return anything
}

func testShape(key string) shape {
	switch key {
	case "severity":
		return severities
	case "store_failures":
		return flag
	case "limit":
		return number
	case "where", "fail_calc", "warn_if", "error_if", "store_failures_as":
		return text
	}
	return anything
}

// fits says whether a value has the shape. Null, which says nothing, always has.
func (s shape) fits(v jinja.Value) bool {
	switch v.(type) {
	case nil, *jinja.Undefined:
		return true
	}
	switch s {
	case flag:
		return isFlag(v)
	case flagOrMapping:
		return isFlag(v) || isMapping(v)
	case text:
		return isText(v)
	case texts:
		return isText(v) || allOf(v, isText)
	case number:
		_, ok := v.(int64)
		return ok
	case mapping:
		return isMapping(v)
	case hooks:
		hook := func(v jinja.Value) bool { return isText(v) || isMapping(v) }
		return hook(v) || allOf(v, hook)
	case severities:
		s, ok := v.(string)
		return ok && (strings.EqualFold(s, "warn") || strings.EqualFold(s, "error"))
	case anything:
	}
	return true
}

func isFlag(v jinja.Value) bool {
	_, ok := v.(bool)
	return ok
}

func isText(v jinja.Value) bool {
	_, ok := v.(string)
	return ok
}

func isMapping(v jinja.Value) bool {
	_, ok := v.(*jinja.Dict)
	return ok
}

// allOf says whether v is a list whose items all are so.
func allOf(v jinja.Value, so func(jinja.Value) bool) bool {
	var items []jinja.Value
	switch v := v.(type) {
	case *jinja.List:
		items = v.Items
	case jinja.Tuple:
		items = v
	default:
		return false
	}
	for _, item := range items {
		if !so(item) {
			return false
		}
	}
	return true
}

// CheckConfig refuses a value that the configuration of a resource type does not
// take. The fault has no place yet.
func CheckConfig(t ResourceType, key string, v jinja.Value) error {
	if takes := shapeOf(t, key); !takes.fits(v) {
		return fault.New(fault.Parse, "%s takes %s, not %s", key, takes, jinja.Repr(v))
	}
	if d, ok := v.(*jinja.Dict); ok && (key == "docs" || key == "contract") {
		for k, inner := range d.All() {
			if err := CheckConfig(t, key+"."+jinja.Str(k), inner); err != nil {
				return err
			}
		}
	}
	return nil
}
