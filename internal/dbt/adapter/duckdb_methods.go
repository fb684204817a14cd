package adapter

import (
	"path/filepath"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// duckdbMethod gives the methods that dbt-duckdb adds.
func (o *object) duckdbMethod(name string) function {
	switch name {
	case "external_root":
		return constant(name, o.a.cfg.ExternalRoot)
	case "external_write_options":
		return externalWriteOptions
	case "external_read_location":
		return externalReadLocation
	case "get_binding_char":
		return constant(name, "?")
	case "is_motherduck", "disable_transactions":
		return constant(name, false)
	case "is_ducklake", "use_ducklake_table_workarounds":
		return func(*jinja.Runtime, jinja.Args) (jinja.Value, error) { return false, nil }
	case "catalog_supports_foreign_keys":
		return func(*jinja.Runtime, jinja.Args) (jinja.Value, error) { return true, nil }
	case "existing_key_constraint_types":
		return o.keyConstraints
	case "warn_once":
		return o.warnOnce
	case "parse_index":
		return o.parseIndex
	case "get_seed_file_path":
		return seedFilePath
	case "seed_load_sql":
		return seedLoadSQL
	case "convert_datetimes_to_strs":
		return convertDatetimes
	case "batch_id_for_model":
		return func(*jinja.Runtime, jinja.Args) (jinja.Value, error) { return "", nil }
	case "store_relation":
		return func(*jinja.Runtime, jinja.Args) (jinja.Value, error) {
			return nil, fault.New(fault.Compile, "plugins of dbt-duckdb, such as glue, are not supported").
				WithHint("remove 'plugin' and 'glue_register' from the model's config")
		}
	}
	return nil
}

func (o *object) warnOnce(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("warn_once", jinja.Req("msg"))
	if err != nil {
		return nil, err
	}
	if msg := jinja.Str(bound[0]); o.a.cfg.Cache.first(msg) {
		o.a.cfg.Warn(msg)
	}
	return "", nil
}

// keyConstraints names the kinds of keys that a table has.
func (o *object) keyConstraints(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	r, err := bindRelations("existing_key_constraint_types", args, "relation")
	if err != nil {
		return nil, err
	}
	_, table, err := o.a.Execute(rt.Context(), `select distinct lower(replace(constraint_type, ' ', '_')) from duckdb_constraints()
where constraint_type in ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY')
  and lower(database_name) = lower(`+Literal(o.database(orNone(r[0].Database)))+`)
  and lower(schema_name) = lower(`+Literal(r[0].Schema)+`)
  and lower(table_name) = lower(`+Literal(r[0].Identifier)+`)
order by 1`, Options{Fetch: true})
	if err != nil {
		return nil, err
	}
	rows, err := table.Rows()
	if err != nil {
		return nil, err
	}
	out := jinja.NewList()
	for _, row := range rows {
		out.Append(row[0])
	}
	return out, nil
}

// seedFilePath gives the absolute path of a seed's file.
func seedFilePath(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("get_seed_file_path", jinja.Req("model"))
	if err != nil {
		return nil, err
	}
	root, err := field(rt, bound[0], "root_path")
	if err != nil {
		return nil, err
	}
	file, err := field(rt, bound[0], "original_file_path")
	if err != nil {
		return nil, err
	}
	return filepath.Join(textOrEmpty(root), textOrEmpty(file)), nil
}

// convertDatetimes gives the table with moments as text.
func convertDatetimes(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("convert_datetimes_to_strs", jinja.Req("table"))
	if err != nil {
		return nil, err
	}
	t, ok := bound[0].(*Table)
	if !ok {
		return nil, fault.New(fault.Compile, "convert_datetimes_to_strs expects a table, not %s", jinja.TypeName(bound[0]))
	}
	columns := append([]TableColumn(nil), t.columns...)
	for i := range columns {
		if columns[i].Kind == KindDateTime {
			columns[i].Kind = KindText
		}
	}
	return NewLazyTable(columns, t.count, func() ([][]jinja.Value, error) {
		rows, err := t.Rows()
		if err != nil {
			return nil, err
		}
		out := make([][]jinja.Value, len(rows))
		for r, row := range rows {
			out[r] = append([]jinja.Value(nil), row...)
			for i, v := range row {
				if t.columns[i].Kind == KindDateTime && v != nil {
					out[r][i] = jinja.Str(v)
				}
			}
		}
		return out, nil
	}), nil
}

// seedLoadSQL gives the statement that fills a seed's table from its file, with
// the model's column_types and quote_columns.
func seedLoadSQL(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("seed_load_sql", jinja.Req("relation"), jinja.Req("model"), jinja.Req("agate_table"))
	if err != nil {
		return nil, err
	}
	relation, err := relationArg("seed_load_sql", "relation", bound[0])
	if err != nil {
		return nil, err
	}
	table, ok := bound[2].(*Table)
	if !ok || table.loader == nil {
		return nil, fault.New(fault.Compile, "seed_load_sql expects the table of load_agate_table()")
	}
	config, err := field(rt, bound[1], "config")
	if err != nil {
		return nil, err
	}
	own, err := configValue(rt, config, "column_types")
	if err != nil {
		return nil, err
	}
	overrides, _ := own.(*jinja.Dict)
	quote, err := configValue(rt, config, "quote_columns")
	if err != nil {
		return nil, err
	}
	names, types := make([]string, len(table.columns)), make([]string, len(table.columns))
	for i, c := range table.columns {
		names[i], types[i] = c.Name, c.sqlType()
		if quote != false {
			names[i] = Quote(c.Name)
		}
		if overrides == nil {
			continue
		}
		if t, ok := overrides.GetStr(c.Name); ok {
			types[i] = jinja.Str(t)
		}
	}
	return table.loader.LoadSQL(relation.Render(), names, types), nil
}

// field reads model['key'] of a dict or an object.
func field(rt *jinja.Runtime, v jinja.Value, key string) (jinja.Value, error) {
	switch v := v.(type) {
	case *jinja.Dict:
		out, _ := v.GetStr(key)
		return out, nil
	case jinja.Indexer:
		out, _, err := v.GetItem(rt, key)
		return out, err
	case jinja.Object:
		out, _, err := v.GetAttr(rt, key)
		return out, err
	}
	return nil, fault.New(fault.Compile, "%s has no %s", jinja.TypeName(v), key)
}
