package adapter

import (
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// GetAttr gives what templates ask of a column: name, dtype, data_type, quoted,
// is_string() and its like, can_expand_to(), flatten() and the class methods.
func (c *Column) GetAttr(rt *jinja.Runtime, name string) (jinja.Value, bool, error) {
	switch name {
	case "column", "name":
		return c.Name, true, nil
	case "dtype":
		return c.DType, true, nil
	case "data_type", "expanded_data_type":
		return c.DataType(), true, nil
	case "quoted":
		return c.Quoted(), true, nil
	case "char_size":
		return intOrNone(c.CharSize), true, nil
	case "numeric_precision":
		return intOrNone(c.Precision), true, nil
	case "numeric_scale":
		return intOrNone(c.Scale), true, nil
	case "fields":
		return columnList(c.fields()), true, nil
	}
	if v, ok := c.question(name); ok {
		return v, true, nil
	}
	return columnClass{}.GetAttr(rt, name)
}

func (c *Column) question(name string) (jinja.Value, bool) {
	ask := func(f func() jinja.Value) (jinja.Value, bool) {
		return noArgs(name, func() (jinja.Value, error) { return f(), nil }), true
	}
	switch name {
	case "is_string":
		return ask(func() jinja.Value { return c.IsString() })
	case "is_numeric":
		return ask(func() jinja.Value { return c.IsNumeric() })
	case "is_number":
		return ask(func() jinja.Value { return c.IsInteger() || c.IsNumeric() || c.IsFloat() })
	case "is_float":
		return ask(func() jinja.Value { return c.IsFloat() })
	case "is_integer":
		return ask(func() jinja.Value { return c.IsInteger() })
	case "is_struct":
		return ask(func() jinja.Value { return c.IsStruct() })
	case "flatten":
		return ask(func() jinja.Value { return columnList(c.Flatten()) })
	case "string_size":
		return noArgs(name, func() (jinja.Value, error) {
			if !c.IsString() {
				return nil, fault.New(fault.Compile, "column %s of type %s has no string_size", c.Name, c.DType)
			}
			return c.StringSize(), nil
		}), true
	case "can_expand_to":
		return jinja.NewFunc(name, func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			bound, err := args.Bind(name, jinja.Req("other_column"))
			if err != nil {
				return nil, err
			}
			other, ok := bound[0].(*Column)
			return ok && c.CanExpandTo(other), nil
		}), true
	case "literal":
		return jinja.NewFunc(name, func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			bound, err := args.Bind(name, jinja.Req("value"))
			if err != nil {
				return nil, err
			}
			return jinja.Str(bound[0]) + "::" + c.DataType(), nil
		}), true
	}
	return nil, false
}

// GetItem gives an attribute, as column['name'].
func (c *Column) GetItem(rt *jinja.Runtime, key jinja.Value) (jinja.Value, bool, error) {
	name, ok := key.(string)
	if !ok {
		return nil, false, nil
	}
	return c.GetAttr(rt, name)
}

// Repr is dbt's.
func (c *Column) Repr() string {
	return "<DuckDBColumn " + c.Name + " (" + c.DataType() + ")>"
}

// TypeName is dbt-duckdb's.
func (*Column) TypeName() string { return "DuckDBColumn" }

// Equal compares name and type.
func (c *Column) Equal(other jinja.Value) bool {
	o, ok := other.(*Column)
	return ok && c.Name == o.Name && c.DType == o.DType && c.DataType() == o.DataType()
}

func intOrNone(n *int64) jinja.Value {
	if n == nil {
		return nil
	}
	return *n
}

func columnList(columns []*Column) *jinja.List {
	l := jinja.NewList()
	for _, c := range columns {
		l.Append(c)
	}
	return l
}

// columnClass is api.Column: called, it makes a column.
type columnClass struct{}

// GetAttr gives create, from_description, translate_type, numeric_type and string_type.
func (columnClass) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	var fn function
	switch name {
	case "create":
		fn = func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			bound, err := args.Bind(name, jinja.Req("name"), jinja.Req("label_or_dtype"))
			if err != nil {
				return nil, err
			}
			return &Column{Name: jinja.Str(bound[0]), DType: TranslateType(jinja.Str(bound[1]))}, nil
		}
	case "from_description":
		fn = func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			bound, err := args.Bind(name, jinja.Req("name"), jinja.Req("raw_data_type"))
			if err != nil {
				return nil, err
			}
			c, ok := ParseColumn(jinja.Str(bound[0]), jinja.Str(bound[1]))
			if !ok {
				return nil, fault.New(fault.Compile, "%s is not a data type", jinja.Repr(bound[1]))
			}
			return c, nil
		}
	case "translate_type":
		fn = func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			bound, err := args.Bind(name, jinja.Req("dtype"))
			if err != nil {
				return nil, err
			}
			return TranslateType(jinja.Str(bound[0])), nil
		}
	case "numeric_type":
		fn = func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			bound, err := args.Bind(name, jinja.Req("dtype"), jinja.Req("precision"), jinja.Req("scale"))
			if err != nil {
				return nil, err
			}
			if bound[1] == nil || bound[2] == nil {
				return bound[0], nil
			}
			return numericType(jinja.Str(bound[0]), jinja.Str(bound[1]), jinja.Str(bound[2])), nil
		}
	case "string_type":
		fn = func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			bound, err := args.Bind(name, jinja.Req("size"))
			if err != nil {
				return nil, err
			}
			return "character varying(" + jinja.Str(bound[0]) + ")", nil
		}
	default:
		return nil, false, nil
	}
	return jinja.NewFunc(name, fn), true, nil
}

// Call makes a column.
func (columnClass) Call(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("Column", jinja.Req("column"), jinja.Req("dtype"),
		jinja.Opt("char_size", nil), jinja.Opt("numeric_precision", nil), jinja.Opt("numeric_scale", nil))
	if err != nil {
		return nil, err
	}
	c := &Column{Name: jinja.Str(bound[0]), DType: jinja.Str(bound[1])}
	for i, field := range []**int64{&c.CharSize, &c.Precision, &c.Scale} {
		if n, ok := bound[i+2].(int64); ok {
			*field = &n
		}
	}
	return c, nil
}

// TypeName is Python's name for a class.
func (columnClass) TypeName() string { return "type" }
