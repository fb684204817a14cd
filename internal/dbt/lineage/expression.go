package lineage

import (
	"github.com/kith-analytics/kith/internal/fault"
)

// evaluate gives the origins of an expression over the columns below it.
func evaluate(expression any, below []value) (value, error) {
	out := value{from: deps{}}
	kind := Transformed
	if e, ok := expression.(map[string]any); ok {
		switch node(e).text("expression_class") {
		case "BOUND_REF", "BOUND_COLUMN_REF":
			kind = Identity
		}
	}
	err := collect(expression, below, kind, &out)
	return out, err
}

// collect adds every reference inside an expression, however deep. Data that
// functions keep for themselves is left out: a lambda's body counts positions of
// its own, and what it captures stands among the function's children.
func collect(part any, below []value, kind Kind, out *value) error {
	switch p := part.(type) {
	case []any:
		for _, item := range p {
			if err := collect(item, below, kind, out); err != nil {
				return err
			}
		}
	case map[string]any:
		return collectNode(p, below, kind, out)
	}
	return nil
}

func collectNode(n node, below []value, kind Kind, out *value) error {
	switch class := n.text("expression_class"); class {
	case "BOUND_REF":
		i := n.index("index")
		if i >= uint64(len(below)) {
			return fault.New(fault.Internal, "the plan refers to column %d of %d", i, len(below))
		}
		out.join(below[i], kind)
		return nil
	case "BOUND_COLUMN_REF":
		at := binding{n.sub("binding").index("table_index"), n.sub("binding").index("column_index")}
		for _, c := range below {
			if c.at == at && n.index("depth") == 0 {
				out.join(c, kind)
				return nil
			}
		}
		return fault.New(fault.Internal, "the plan refers to a column that is not below")
	case "BOUND_CONSTANT":
		return nil
	case "BOUND_SUBQUERY":
		return fault.New(fault.Internal, "the plan holds a subquery that was not flattened")
	case "BOUND_AGGREGATE":
		kind = stronger(kind, Aggregated)
	case "BOUND_WINDOW":
		kind = stronger(kind, Windowed)
	}
	for key, part := range n {
		if key == "function_data" {
			continue
		}
		if err := collect(part, below, kind, out); err != nil {
			return err
		}
	}
	return nil
}

// decide adds the origins of an expression to those that decide about rows.
func (f *flow) decide(expression any, below []value, how How) error {
	v, err := evaluate(expression, below)
	if err != nil {
		return err
	}
	f.rows.all(v.from, how)
	return nil
}
