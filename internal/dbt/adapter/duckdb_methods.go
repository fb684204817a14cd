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
func seedFilePath(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("get_seed_file_path", jinja.Req("model"))
	if err != nil {
		return nil, err
	}
	root, err := configField(bound[0], "root_path")
	if err != nil {
		return nil, err
	}
	file, err := configField(bound[0], "original_file_path")
	if err != nil {
		return nil, err
	}
	return filepath.Join(root, file), nil
}

func configField(model jinja.Value, key string) (string, error) {
	if d, ok := model.(*jinja.Dict); ok {
		if v, ok := d.GetStr(key); ok {
			return textOrEmpty(v), nil
		}
	}
	if x, ok := model.(jinja.Indexer); ok {
		v, _, err := x.GetItem(nil, key)
		return textOrEmpty(v), err
	}
	return "", fault.New(fault.Compile, "a seed's model must have %s", key)
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
