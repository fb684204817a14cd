package adapter

import (
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// textMethod gives the methods that need no warehouse.
func (o *object) textMethod(name string) function {
	switch name {
	case "type":
		return constant(name, o.a.cfg.Dialect)
	case "nice_connection_name":
		return constant(name, "master")
	case "dispatch":
		return o.dispatch
	case "quote":
		return func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			bound, err := args.Bind(name, jinja.Req("identifier"))
			if err != nil {
				return nil, err
			}
			return Quote(jinja.Str(bound[0])), nil
		}
	case "quote_as_configured":
		return o.quoteAsConfigured
	case "quote_seed_column":
		return quoteSeedColumn
	case "convert_type":
		return convertType
	case "escape_sql_string":
		return func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			bound, err := args.Bind(name, jinja.Req("value"))
			if err != nil {
				return nil, err
			}
			return strings.ReplaceAll(jinja.Str(bound[0]), "'", "''"), nil
		}
	}
	return nil
}

func constant(name string, v jinja.Value) function {
	return func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		_, err := args.Bind(name)
		return v, err
	}
}

func (o *object) dispatch(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("dispatch", jinja.Req("macro_name"), jinja.Opt("macro_namespace", nil), jinja.Opt("packages", nil))
	if err != nil {
		return nil, err
	}
	name := jinja.Str(bound[0])
	if pkg, rest, dotted := strings.Cut(name, "."); dotted {
		return nil, fault.New(fault.Compile, "adapter.dispatch got the macro name %s, but a macro name has no dot", jinja.Repr(bound[0])).
			WithHint("write adapter.dispatch('%s', macro_namespace='%s')", rest, pkg)
	}
	if bound[2] != nil {
		return nil, fault.New(fault.Compile, "the packages argument of adapter.dispatch(%s) is no longer taken", jinja.Repr(bound[0])).
			WithHint("use macro_namespace, and 'dispatch:' in dbt_project.yml")
	}
	switch namespace := bound[1].(type) {
	case nil, *jinja.Undefined:
		return o.macros.Dispatch(name, "")
	case string:
		return o.macros.Dispatch(name, namespace)
	default:
		return nil, fault.New(fault.Compile, "adapter.dispatch(%s) got a %s as macro_namespace, which must be a text or none",
			jinja.Repr(bound[0]), jinja.TypeName(namespace))
	}
}

func (o *object) quoteAsConfigured(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("quote_as_configured", jinja.Req("identifier"), jinja.Req("quote_key"))
	if err != nil {
		return nil, err
	}
	name, quote := jinja.Str(bound[0]), false
	switch bound[1] {
	case "database":
		quote = o.a.cfg.Quote.Database
	case "schema":
		quote = o.a.cfg.Quote.Schema
	case "identifier":
		quote = o.a.cfg.Quote.Identifier
	}
	if quote {
		return Quote(name), nil
	}
	return name, nil
}

func quoteSeedColumn(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("quote_seed_column", jinja.Req("column"), jinja.Opt("quote_config", nil))
	if err != nil {
		return nil, err
	}
	name := jinja.Str(bound[0])
	switch bound[1] {
	case nil, true:
		return Quote(name), nil
	case false:
		return name, nil
	}
	return nil, fault.New(fault.Compile, "quote_columns must be true or false, not %s", jinja.Repr(bound[1]))
}

func convertType(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("convert_type", jinja.Req("agate_table"), jinja.Req("col_idx"))
	if err != nil {
		return nil, err
	}
	table, ok := bound[0].(*Table)
	i, isInt := bound[1].(int64)
	if !ok || !isInt || i < 0 || int(i) >= len(table.columns) {
		return nil, fault.New(fault.Compile, "convert_type expects a table and the position of a column")
	}
	return table.columns[i].sqlType(), nil
}

func (c TableColumn) sqlType() string {
	if c.Type != "" {
		return c.Type
	}
	return c.Kind.SQLType(c.Decimals)
}
