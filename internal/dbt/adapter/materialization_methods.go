package adapter

import (
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// materializationMethod gives the methods that materializations ask for rules.
func (o *object) materializationMethod(name string) function {
	switch name {
	case "valid_incremental_strategies":
		return strategies(name, "append", "delete+insert", "merge", "microbatch")
	case "builtin_incremental_strategies":
		return strategies(name, "append", "delete+insert", "merge", "insert_overwrite", "microbatch")
	case "get_incremental_strategy_macro":
		return o.strategyMacro
	case "get_hard_deletes_behavior":
		return hardDeletes
	case "valid_snapshot_target":
		return o.validSnapshotTarget
	case "assert_valid_snapshot_target_given_strategy":
		return o.validSnapshotStrategy
	case "render_raw_columns_constraints":
		return renderColumns
	case "render_raw_model_constraints":
		return renderModelConstraints
	case "build_catalog_relation", "get_catalog_integration":
		return func(*jinja.Runtime, jinja.Args) (jinja.Value, error) { return nil, nil }
	}
	return nil
}

func strategies(name string, all ...string) function {
	return func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		_, err := args.Bind(name)
		return stringList(all), err
	}
}

// strategyMacro finds get_incremental_NAME_sql, the project's own strategies included.
func (o *object) strategyMacro(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("get_incremental_strategy_macro", jinja.Req("model_context"), jinja.Req("strategy"))
	if err != nil {
		return nil, err
	}
	strategy := "default"
	if bound[1] != nil {
		strategy = jinja.Str(bound[1])
	}
	macroName := "get_incremental_" + strings.ReplaceAll(strategy, "+", "_") + "_sql"
	if strategy == "insert_overwrite" {
		return nil, fault.New(fault.Compile, "the incremental strategy 'insert_overwrite' does not exist on DuckDB").
			WithHint("use 'delete+insert' with unique_key set to the partition's column, or 'microbatch' with event_time")
	}
	macro, ok := o.macros.Macro(macroName)
	if !ok {
		return nil, fault.New(fault.Compile, "there is no incremental strategy '%s'", strategy).
			WithHint("use append, delete+insert, merge or microbatch, or define the macro %s", macroName)
	}
	return macro, nil
}

// configValue asks a dict, or an object with a get method such as `config`.
func configValue(rt *jinja.Runtime, config jinja.Value, key string) (jinja.Value, error) {
	switch c := config.(type) {
	case *jinja.Dict:
		v, _ := c.GetStr(key)
		return v, nil
	case jinja.Object:
		get, ok, err := c.GetAttr(rt, "get")
		if err != nil || !ok {
			return nil, err
		}
		return rt.Call(get, jinja.Pos(key))
	}
	return nil, nil //nolint:nilnil // none: nothing configured
}

func hardDeletes(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("get_hard_deletes_behavior", jinja.Req("config"))
	if err != nil {
		return nil, err
	}
	invalidate, err := configValue(rt, bound[0], "invalidate_hard_deletes")
	if err != nil {
		return nil, err
	}
	mode, err := configValue(rt, bound[0], "hard_deletes")
	if err != nil {
		return nil, err
	}
	switch {
	case invalidate != nil && mode != nil:
		return nil, fault.New(fault.Compile, "a snapshot has both invalidate_hard_deletes and hard_deletes").
			WithHint("keep hard_deletes only")
	case jinja.Truth(invalidate):
		return "invalidate", nil
	case mode == nil:
		return "ignore", nil
	case mode == "ignore" || mode == "invalidate" || mode == "new_record":
		return mode, nil
	}
	return nil, fault.New(fault.Compile, "hard_deletes must be ignore, invalidate or new_record, not %s", jinja.Repr(mode))
}

func (o *object) validSnapshotTarget(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("valid_snapshot_target", jinja.Req("relation"), jinja.Opt("column_names", nil))
	if err != nil {
		return nil, err
	}
	return nil, o.checkSnapshot(rt, bound[0], bound[1], "dbt_scd_id", "dbt_valid_from", "dbt_valid_to")
}

func (o *object) validSnapshotStrategy(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("assert_valid_snapshot_target_given_strategy",
		jinja.Req("relation"), jinja.Req("column_names"), jinja.Req("strategy"))
	if err != nil {
		return nil, err
	}
	need := []string{"dbt_scd_id", "dbt_valid_from", "dbt_valid_to"}
	mode, err := configValue(rt, bound[2], "hard_deletes")
	if err != nil {
		return nil, err
	}
	if mode == "new_record" {
		need = append(need, "dbt_is_deleted")
	}
	return nil, o.checkSnapshot(rt, bound[0], bound[1], need...)
}

// checkSnapshot refuses a target without the columns that a snapshot keeps.
func (o *object) checkSnapshot(rt *jinja.Runtime, relation, names jinja.Value, need ...string) error {
	r, err := relationArg("valid_snapshot_target", "relation", relation)
	if err != nil {
		return err
	}
	columns, err := o.columnsOf(rt, r)
	if err != nil {
		return err
	}
	have := make(map[string]bool, len(columns))
	for _, c := range columns {
		have[strings.ToLower(c.Name)] = true
	}
	var missing []string
	for _, name := range need {
		if own, err := configValue(rt, names, name); err != nil {
			return err
		} else if own != nil {
			name = jinja.Str(own)
		}
		if !have[strings.ToLower(name)] {
			missing = append(missing, name)
		}
	}
	if missing == nil {
		return nil
	}
	return fault.New(fault.Compile, "the snapshot target %s lacks the columns %s", r.Render(), strings.Join(missing, ", ")).
		WithHint("it is not a snapshot table, or was made with other column names or hard_deletes: rename it, add them or configure snapshot_meta_column_names")
}
