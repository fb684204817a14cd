package adapter

import (
	"github.com/kith-analytics/kith/internal/dbt/pydate"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// queryMethod gives the methods that send SQL.
func (o *object) queryMethod(name string) function {
	switch name {
	case "execute":
		return o.execute
	case "add_query":
		return o.addQuery
	case "commit":
		return func(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			if _, err := args.Bind(name); err != nil {
				return nil, err
			}
			return "", o.a.Commit(rt.Context())
		}
	case "ensure_transaction":
		return func(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			if _, err := args.Bind(name); err != nil {
				return nil, err
			}
			return "", o.a.Begin(rt.Context())
		}
	case "get_column_schema_from_query":
		return o.columnSchema(name, true)
	case "get_columns_in_select_sql":
		return o.columnSchema(name, false)
	case "validate_sql":
		return o.validateSQL
	case "get_rows_different_sql":
		return o.rowsDifferentSQL
	case "location_exists":
		return o.locationExists
	}
	return nil
}

func (o *object) execute(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("execute", jinja.Req("sql"), jinja.Opt("auto_begin", false), jinja.Opt("fetch", false), jinja.Opt("limit", nil))
	if err != nil {
		return nil, err
	}
	limit, _ := bound[3].(int64)
	res, table, err := o.a.Execute(rt.Context(), jinja.Str(bound[0]), Options{
		AutoBegin: jinja.Truth(bound[1]), Fetch: jinja.Truth(bound[2]), Limit: int(limit),
	})
	if err != nil {
		return nil, err
	}
	if table == nil {
		table = NewTable(nil, nil)
	}
	return jinja.NewTuple(res, table), nil
}

func (o *object) addQuery(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("add_query", jinja.Req("sql"), jinja.Opt("auto_begin", true),
		jinja.Opt("bindings", nil), jinja.Opt("abridge_sql_log", false))
	if err != nil {
		return nil, err
	}
	sql, ctx := jinja.Str(bound[0]), rt.Context()
	if jinja.Truth(bound[1]) {
		if err := o.a.Begin(ctx); err != nil {
			return nil, err
		}
	}
	var binds []any
	if bound[2] != nil {
		items, err := jinja.Collect(bound[2])
		if err != nil {
			return nil, err
		}
		for _, v := range items {
			bind, err := toBinding(v)
			if err != nil {
				return nil, err
			}
			binds = append(binds, bind)
		}
	}
	start := o.a.cfg.Now()
	_, err = o.a.cfg.Session.Exec(ctx, sql, binds...)
	o.a.cfg.OnSQL(sql, o.a.cfg.Now().Sub(start), err)
	if err != nil {
		return nil, o.a.statementFault(sql, err)
	}
	return jinja.NewTuple(nil, nil), nil
}

// toBinding turns a template's value into one that the engine binds.
func toBinding(v jinja.Value) (any, error) {
	switch v := v.(type) {
	case nil, bool, int64, float64, string:
		return v, nil
	case *jinja.Decimal:
		return v.String(), nil
	case pydate.Date:
		return v.Time(), nil
	case pydate.DateTime:
		return v.Time(), nil
	case jinja.Markup:
		return string(v), nil
	}
	return nil, fault.New(fault.Compile, "a value of type %s cannot be bound to a statement", jinja.TypeName(v))
}

// columnSchema describes a query without running it; flat gives the leaves of
// structs in their place.
func (o *object) columnSchema(name string, flat bool) function {
	return func(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		bound, err := args.Bind(name, jinja.Req("sql"))
		if err != nil {
			return nil, err
		}
		columns, err := o.a.Describe(rt.Context(), jinja.Str(bound[0]))
		if err != nil {
			return nil, err
		}
		out := jinja.NewList()
		for _, c := range columns {
			leaves := []*Column{c}
			if flat {
				leaves = c.Flatten()
			}
			for _, leaf := range leaves {
				out.Append(leaf)
			}
		}
		return out, nil
	}
}

func (o *object) validateSQL(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("validate_sql", jinja.Req("sql"))
	if err != nil {
		return nil, err
	}
	return o.call(rt, "validate_sql", jinja.Pos(bound[0]))
}

func (o *object) locationExists(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("location_exists", jinja.Req("location"))
	if err != nil {
		return nil, err
	}
	_, _, err = o.a.Execute(rt.Context(), "select 1 from "+Literal(jinja.Str(bound[0]))+" where false", Options{})
	if fault.Is(err, fault.Database) {
		return false, nil
	}
	return err == nil, err
}

// rowsDifferentSQL is a query of one row: the difference of the row counts, and
// the number of rows that only one of the relations has.
func (o *object) rowsDifferentSQL(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("get_rows_different_sql", jinja.Req("relation_a"), jinja.Req("relation_b"),
		jinja.Opt("column_names", nil), jinja.Opt("except_operator", "except"))
	if err != nil {
		return nil, err
	}
	a, err := relationArg("get_rows_different_sql", "relation_a", bound[0])
	if err != nil {
		return nil, err
	}
	b, err := relationArg("get_rows_different_sql", "relation_b", bound[1])
	if err != nil {
		return nil, err
	}
	var names []string
	if bound[2] != nil {
		items, err := jinja.Collect(bound[2])
		if err != nil {
			return nil, err
		}
		for _, v := range items {
			names = append(names, Quote(jinja.Str(v)))
		}
	} else {
		columns, err := o.columnsOf(rt, a)
		if err != nil {
			return nil, err
		}
		for _, c := range columns {
			names = append(names, c.Quoted())
		}
	}
	return rowsDifferent(a.String(), b.String(), names, jinja.Str(bound[3])), nil
}
