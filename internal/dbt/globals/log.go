package globals

import (
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

func (inv *Invocation) say(level Level, msg string) error {
	if inv.Log == nil {
		return nil
	}
	return inv.Log(level, msg)
}

func (inv *Invocation) log(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("log", jinja.Req("msg"), jinja.Opt("info", false))
	if err != nil {
		return nil, err
	}
	level := Debug
	if jinja.Truth(bound[1]) {
		level = Info
	}
	return "", inv.say(level, jinja.Str(bound[0]))
}

func (inv *Invocation) print(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("print", jinja.Req("msg"))
	if err != nil {
		return nil, err
	}
	return "", inv.say(Print, jinja.Str(bound[0]))
}

// exceptions gives the functions that stop a template with a message of its own.
func exceptions(inv *Invocation) jinja.Value {
	d := jinja.NewDict()
	raise := func(name string, code fault.Code, kind string) {
		d.SetStr(name, fn(name, func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			parts := make([]string, 0, len(args.Pos)+len(args.Kw))
			if msg, ok := args.Keyword("msg"); ok {
				parts = append(parts, jinja.Str(msg))
			}
			for _, arg := range args.Pos {
				if s, ok := arg.(string); ok {
					parts = append(parts, s)
				}
			}
			text := strings.TrimSpace(strings.Join(parts, " "))
			if kind != "" {
				text = strings.TrimSpace(kind + " " + text)
			}
			return nil, fault.New(code, "%s", text)
		}))
	}
	raise("raise_compiler_error", fault.Compile, "")
	raise("raise_parsing_error", fault.Parse, "")
	raise("raise_database_error", fault.Database, "")
	raise("raise_fail_fast_error", fault.Compile, "")
	raise("raise_not_implemented", fault.Compile, "not implemented:")
	raise("raise_dependency_error", fault.Compile, "")
	raise("raise_duplicate_resource_name", fault.Parse, "duplicate resource name")
	raise("raise_dep_not_found", fault.Compile, "package not found:")
	raise("raise_cache_inconsistent", fault.Internal, "relation cache:")
	raise("missing_relation", fault.Compile, "relation not found:")
	raise("missing_config", fault.Compile, "required config is missing:")
	raise("missing_materialization", fault.Compile, "materialization not found:")
	raise("relation_wrong_type", fault.Compile, "the relation has the wrong type:")
	raise("raise_ambiguous_alias", fault.Compile, "two nodes have the same relation:")
	raise("raise_ambiguous_catalog_match", fault.Compile, "two relations match one node:")
	d.SetStr("raise_contract_error", fn("raise_contract_error", contractError))
	d.SetStr("column_type_missing", fn("column_type_missing", columnTypeMissing))
	warn := fn("warn", func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		bound, err := args.Bind("warn", jinja.Req("msg"), jinja.Opt("node", nil))
		if err != nil {
			return nil, err
		}
		return "", inv.say(Warn, jinja.Str(bound[0]))
	})
	d.SetStr("warn", warn)
	d.SetStr("warn_snapshot_timestamp_data_types", warnSnapshotTypes(inv))
	return d
}

func warnSnapshotTypes(inv *Invocation) *jinja.Func {
	return fn("warn_snapshot_timestamp_data_types", func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		bound, err := args.Bind("warn_snapshot_timestamp_data_types", jinja.Req("snapshot_time_data_type"), jinja.Req("updated_at_data_type"))
		if err != nil {
			return nil, err
		}
		return "", inv.say(Warn, "the snapshot's time is "+jinja.Str(bound[0])+" but updated_at is "+jinja.Str(bound[1])+
			": rows may count as changed by the time zone alone")
	})
}

func columnTypeMissing(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("column_type_missing", jinja.Req("column_names"))
	if err != nil {
		return nil, err
	}
	return nil, fault.New(fault.Compile, "a contract needs a data_type for each column, and these have none: %s", jinja.Str(bound[0]))
}
