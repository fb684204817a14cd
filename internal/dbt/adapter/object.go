package adapter

import (
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Object gives the `adapter` object of one node. Its methods run in the
// runtime's context, and find macros as the node does.
func (a *Adapter) Object(macros Macros) jinja.Object { return &object{a: a, macros: macros} }

// NewParse gives the `adapter` object for parsing, when there is no warehouse:
// dispatch and what only concerns text work, questions get none or an empty
// list, and changes do nothing. Of cfg, Dialect, Database, Quote, Behavior and
// ExternalRoot are used.
func NewParse(cfg Config, macros Macros) jinja.Object {
	return &object{a: New(cfg), macros: macros, parsing: true}
}

// object is `adapter` in a template.
type object struct {
	a       *Adapter
	macros  Macros
	parsing bool
}

// GetAttr gives dbt's methods.
func (o *object) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	switch name {
	case "Relation":
		return relationClass{o.a.cfg.Quote}, true, nil
	case "Column":
		return columnClass{}, true, nil
	case "behavior":
		return behavior{o.a.cfg.Behavior}, true, nil
	}
	if o.parsing {
		if fn := parseStub(name); fn != nil {
			return jinja.NewFunc(name, fn), true, nil
		}
	}
	for _, group := range [...]func(string) function{
		o.relationMethod, o.schemaMethod, o.queryMethod, o.textMethod, o.materializationMethod, o.duckdbMethod,
	} {
		if fn := group(name); fn != nil {
			return jinja.NewFunc(name, fn), true, nil
		}
	}
	return nil, false, nil
}

// TypeName is dbt's.
func (*object) TypeName() string { return "DatabaseWrapper" }

// Truth is always true.
func (*object) Truth() bool { return true }

// parseStub gives what stands in for a method while parsing, nil for methods
// that need no warehouse.
func parseStub(name string) function {
	var answer func() jinja.Value
	switch name {
	case "get_relation", "load_relation", "drop_relation", "rename_relation", "truncate_relation", "create_schema",
		"drop_schema", "expand_target_column_types", "valid_snapshot_target", "check_schema_exists",
		"assert_valid_snapshot_target_given_strategy", "get_incremental_strategy_macro", "get_hard_deletes_behavior",
		"validate_sql", "store_relation", "ensure_transaction", "warn_once", "build_catalog_relation":
		answer = func() jinja.Value { return nil }
	case "commit", "cache_added", "cache_dropped", "cache_renamed":
		answer = func() jinja.Value { return "" }
	case "get_columns_in_relation", "get_columns_in_table", "get_missing_columns", "get_column_schema_from_query", "get_columns_in_select_sql",
		"list_relations", "list_relations_without_caching", "existing_key_constraint_types", "get_partitions_metadata":
		answer = func() jinja.Value { return jinja.NewList() }
	case "standardize_grants_dict":
		answer = func() jinja.Value { return jinja.NewDict() }
	case "already_exists", "location_exists", "catalog_supports_foreign_keys":
		answer = func() jinja.Value { return false }
	case "execute":
		answer = func() jinja.Value { return jinja.NewTuple("", NewTable(nil, nil)) }
	case "add_query":
		answer = func() jinja.Value { return jinja.NewTuple(nil, nil) }
	default:
		return nil
	}
	return func(*jinja.Runtime, jinja.Args) (jinja.Value, error) { return answer(), nil }
}

// call runs the macro of that name as the node sees it.
func (o *object) call(rt *jinja.Runtime, name string, args jinja.Args) (jinja.Value, error) {
	macro, ok := o.macros.Macro(name)
	if !ok {
		return nil, fault.New(fault.Internal, "the macro %s is missing", name)
	}
	return rt.Call(macro, args)
}

// relationArg takes a relation as an argument.
func relationArg(fn, name string, v jinja.Value) (*Relation, error) {
	r, ok := v.(*Relation)
	if !ok {
		return nil, fault.New(fault.Compile, "adapter.%s expects a relation as %s, not %s", fn, name, jinja.TypeName(v))
	}
	return r, nil
}

// bindRelations binds a call whose arguments are all relations.
func bindRelations(fn string, args jinja.Args, names ...string) ([]*Relation, error) {
	params := make([]jinja.Param, len(names))
	for i, n := range names {
		params[i] = jinja.Req(n)
	}
	bound, err := args.Bind(fn, params...)
	if err != nil {
		return nil, err
	}
	out := make([]*Relation, len(names))
	for i, v := range bound {
		if out[i], err = relationArg(fn, params[i].Name, v); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// behavior is adapter.behavior: every flag exists, and is off unless the project
// switched it on.
type behavior struct{ flags map[string]bool }

// GetAttr gives a flag.
func (b behavior) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	return flag(b.flags[name]), true, nil
}

type flag bool

// GetAttr gives setting, and no_warn, which in dbt reads the flag without a note
// to the log.
func (f flag) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	if name == "no_warn" || name == "setting" {
		return bool(f), true, nil
	}
	return nil, false, nil
}

// Truth is the setting.
func (f flag) Truth() bool { return bool(f) }
