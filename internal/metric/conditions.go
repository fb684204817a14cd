package metric

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/fault"
)

// conditions reads a mapping of columns to what they have to be: a value, a list of
// values, or a mapping of one operator to its values.
//
//	{transaction_class: [sale, guest], is_sent: true, recency: {gt: 90}}
func (b *block) conditions(key string) []Condition {
	n := b.node(key)
	if n == nil {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		b.fail(n.Line, "%s has to map columns to values", key)
		return nil
	}
	var out []Condition
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		c := Condition{Column: name.Value, Op: Eq}
		if name.Kind != yaml.ScalarNode || c.Column == "" {
			b.fail(name.Line, "%s has to map columns to values", key)
			return nil
		}
		switch value.Kind {
		case yaml.MappingNode:
			if len(value.Content) != 2 || !slices.Contains(Ops(), Op(value.Content[0].Value)) {
				b.fail(value.Line, "the condition on %s has to be one operator with its value", c.Column).
					hintf("the operators are %s", listed(Ops()))
				return nil
			}
			c.Op, value = Op(value.Content[0].Value), value.Content[1]
		case yaml.SequenceNode:
			c.Op = In
		default:
		}
		values, err := scalars(value)
		if err != nil {
			b.fail(value.Line, "the condition on %s: %s", c.Column, err.Message)
			return nil
		}
		c.Values = values
		if c.Op == IsNull {
			// is_null: false asks for the opposite.
			if len(values) == 1 && values[0] == false {
				c.Op, c.Values = Ne, []any{nil}
			} else {
				c.Values = nil
			}
		}
		if wrong := countValues(c.Op, len(c.Values)); wrong != "" {
			b.fail(value.Line, "the condition on %s: %s", c.Column, wrong)
			return nil
		}
		out = append(out, c)
	}
	return out
}

// scalars gives a node's value or values with YAML's types.
func scalars(n *yaml.Node) ([]any, *fault.Error) {
	items := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		items = n.Content
	}
	out := make([]any, 0, len(items))
	for _, item := range items {
		if item.Kind != yaml.ScalarNode {
			return nil, fault.New(fault.Parse, "its values have to be texts, numbers, true or false")
		}
		switch item.Tag {
		case "!!int":
			var i int64
			if err := item.Decode(&i); err != nil {
				return nil, fault.New(fault.Parse, "%q is no whole number", item.Value)
			}
			out = append(out, i)
		case "!!float":
			var f float64
			if err := item.Decode(&f); err != nil {
				return nil, fault.New(fault.Parse, "%q is no number", item.Value)
			}
			out = append(out, f)
		case "!!bool":
			var v bool
			if err := item.Decode(&v); err != nil {
				return nil, fault.New(fault.Parse, "%q is neither true nor false", item.Value)
			}
			out = append(out, v)
		case "!!null":
			out = append(out, nil)
		default:
			out = append(out, item.Value)
		}
	}
	return out, nil
}

// countValues says what is wrong with a number of values; "" when nothing is.
func countValues(op Op, n int) string {
	switch op {
	case In, NotIn:
		return ""
	case Between:
		if n != 2 {
			return "between takes two values"
		}
	case IsNull:
		if n != 0 {
			return "is_null takes no value"
		}
	default:
		if n != 1 {
			return string(op) + " takes one value"
		}
	}
	return ""
}
