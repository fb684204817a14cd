package adapter

import (
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// constraint is one constraint of a contract, as the manifest has it.
type constraint struct {
	kind, name, expression, to string
	columns, toColumns         []string
}

func constraintOf(v jinja.Value) (constraint, error) {
	d, ok := v.(*jinja.Dict)
	if !ok {
		return constraint{}, fault.New(fault.Compile, "a constraint must be a mapping, not %s", jinja.Repr(v))
	}
	get := func(key string) string {
		v, _ := d.GetStr(key)
		return textOrEmpty(v)
	}
	list := func(key string) []string {
		var out []string
		if l, ok := firstValue(d.GetStr(key)).(*jinja.List); ok {
			for _, item := range l.Items {
				out = append(out, jinja.Str(item))
			}
		}
		return out
	}
	return constraint{
		kind: get("type"), name: get("name"), expression: get("expression"), to: get("to"),
		columns: list("columns"), toColumns: list("to_columns"),
	}, nil
}

func firstValue(v jinja.Value, _ bool) jinja.Value { return v }

// onColumn gives the DDL of a column's constraint, "" for none.
func (c constraint) onColumn() (string, error) {
	switch c.kind {
	case "check":
		if c.expression == "" {
			return "", fault.New(fault.Compile, "a check constraint needs an expression")
		}
		return "check (" + c.expression + ")", nil
	case "not_null":
		return strings.TrimSpace("not null " + c.expression), nil
	case "unique":
		return strings.TrimSpace("unique " + c.expression), nil
	case "primary_key":
		return strings.TrimSpace("primary key " + c.expression), nil
	case "foreign_key":
		return "references " + c.target(), nil
	case "custom":
		return c.expression, nil
	}
	return "", c.unknown()
}

// onModel gives the DDL of a table's constraint, "" for none.
func (c constraint) onModel() (string, error) {
	prefix := ""
	if c.name != "" {
		prefix = "constraint " + c.name + " "
	}
	columns := "(" + strings.Join(c.columns, ", ") + ")"
	switch c.kind {
	case "check":
		if c.expression == "" {
			return "", fault.New(fault.Compile, "a check constraint needs an expression")
		}
		return prefix + "check (" + c.expression + ")", nil
	case "unique":
		return prefix + words("unique", c.expression, columns), nil
	case "primary_key":
		return prefix + words("primary key", c.expression, columns), nil
	case "foreign_key":
		return prefix + "foreign key " + columns + " references " + c.target(), nil
	case "custom":
		return prefix + c.expression, nil
	case "not_null":
		return "", fault.New(fault.Compile, "a not_null constraint belongs to a column, not to the model")
	}
	return "", c.unknown()
}

// target is what a foreign key points at. DuckDB takes no database name there.
func (c constraint) target() string {
	if c.to == "" || len(c.toColumns) == 0 {
		return c.expression
	}
	to := c.to
	if parts := strings.Split(to, "."); len(parts) > 2 {
		to = strings.Join(parts[1:], ".")
	}
	return to + " (" + strings.Join(c.toColumns, ", ") + ")"
}

func (c constraint) unknown() error {
	return fault.New(fault.Compile, "unknown constraint type '%s'", c.kind).
		WithHint("use check, not_null, unique, primary_key, foreign_key or custom")
}

func words(parts ...string) string {
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

// renderColumns gives one line of DDL for each column of a contract.
func renderColumns(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("render_raw_columns_constraints", jinja.Req("raw_columns"))
	if err != nil {
		return nil, err
	}
	columns, ok := bound[0].(*jinja.Dict)
	if !ok {
		return nil, fault.New(fault.Compile, "raw_columns must be a dict, not %s", jinja.TypeName(bound[0]))
	}
	out := jinja.NewList()
	for _, v := range columns.Values() {
		line, err := columnDDL(v)
		if err != nil {
			return nil, err
		}
		out.Append(line)
	}
	return out, nil
}

func columnDDL(v jinja.Value) (string, error) {
	d, ok := v.(*jinja.Dict)
	if !ok {
		return "", fault.New(fault.Compile, "a column must be a mapping, not %s", jinja.Repr(v))
	}
	name := textOrEmpty(firstValue(d.GetStr("name")))
	dataType := textOrEmpty(firstValue(d.GetStr("data_type")))
	if dataType == "" {
		return "", fault.New(fault.Compile, "column %s has no data_type, which an enforced contract needs", name)
	}
	if jinja.Truth(firstValue(d.GetStr("quote"))) {
		name = Quote(name)
	}
	parts := []string{name, dataType}
	if list, ok := firstValue(d.GetStr("constraints")).(*jinja.List); ok {
		for _, item := range list.Items {
			c, err := constraintOf(item)
			if err != nil {
				return "", err
			}
			ddl, err := c.onColumn()
			if err != nil {
				return "", err
			}
			if ddl != "" {
				parts = append(parts, ddl)
			}
		}
	}
	return strings.Join(parts, " "), nil
}

// renderModelConstraints gives the DDL of the table's own constraints.
func renderModelConstraints(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("render_raw_model_constraints", jinja.Req("raw_constraints"))
	if err != nil {
		return nil, err
	}
	out := jinja.NewList()
	if bound[0] == nil {
		return out, nil
	}
	items, err := jinja.Collect(bound[0])
	if err != nil {
		return nil, err
	}
	for _, item := range items {
		c, err := constraintOf(item)
		if err != nil {
			return nil, err
		}
		ddl, err := c.onModel()
		if err != nil {
			return nil, err
		}
		if ddl != "" {
			out.Append(ddl)
		}
	}
	return out, nil
}
