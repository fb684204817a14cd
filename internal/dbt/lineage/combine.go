package lineage

import (
	"maps"
	"slices"

	"github.com/kith-analytics/kith/internal/fault"
)

// both gives what comes out of an operator's two children; between is called
// when the left one is known.
func (w *walker) both(o node, between func(left *flow) error) (left, right *flow, err error) {
	children := o.children()
	if len(children) != 2 {
		return nil, nil, fault.New(fault.Internal, "%s has %d inputs", o.text("type"), len(children))
	}
	if left, err = w.flow(children[0]); err != nil {
		return nil, nil, err
	}
	if err = between(left); err != nil {
		return nil, nil, err
	}
	right, err = w.flow(children[1])
	return left, right, err
}

// join puts two inputs beside each other. Conditions of either side decide about
// rows; a mark, which tells whether there was a match, is made from them too.
func (w *walker) join(o node) (*flow, error) {
	correlated := o.text("type") == "LOGICAL_DELIM_JOIN"
	if o.bool("delim_flipped") {
		return nil, fault.New(fault.Invalid, "the plan holds a flipped correlated join, which lineage does not follow")
	}
	depth := len(w.delims)
	left, right, err := w.both(o, func(left *flow) error {
		if !correlated {
			return nil
		}
		given, err := appendValues(nil, o.list("duplicate_eliminated_columns"), left.columns, none)
		w.delims = append(w.delims, given)
		return err
	})
	w.delims = w.delims[:depth]
	if err != nil {
		return nil, err
	}
	matched, err := conditions(o, left, right)
	if err != nil {
		return nil, err
	}
	out := &flow{rows: maps.Clone(left.rows)}
	maps.Copy(out.rows, right.rows)
	out.rows.all(matched.from, Join)
	switch o.text("join_type") {
	case "SEMI", "ANTI":
		out.columns = left.columns
	case "RIGHT_SEMI", "RIGHT_ANTI":
		out.columns = right.columns
	case "MARK":
		mark := value{at: binding{o.index("mark_index"), 0}, from: deps{}}
		mark.join(matched, Transformed)
		for use := range right.rows {
			mark.from.add(use.Column, Transformed)
		}
		out.columns = append(slices.Clone(left.columns), mark)
	default:
		out.columns = slices.Concat(left.columns, right.columns)
	}
	if len(o.list("left_projection_map"))+len(o.list("right_projection_map")) > 0 {
		return nil, fault.New(fault.Invalid, "the plan holds an optimized join, which lineage does not follow")
	}
	return out, nil
}

// conditions gives the origins of a join's conditions.
func conditions(o node, left, right *flow) (value, error) {
	out := value{from: deps{}}
	together := slices.Concat(left.columns, right.columns)
	for _, item := range o.list("conditions") {
		c, _ := item.(map[string]any)
		for key, part := range c {
			side := together
			switch key {
			case "left":
				side = left.columns
			case "right":
				side = right.columns
			}
			if err := collect(part, side, Transformed, &out); err != nil {
				return out, err
			}
		}
	}
	for _, key := range []string{"condition", "predicate", "expressions"} {
		if err := collect(o[key], together, Transformed, &out); err != nil {
			return out, err
		}
	}
	return out, nil
}

// delimGet reads the columns that the nearest correlated join around gives.
func (w *walker) delimGet(o node) (*flow, error) {
	if len(w.delims) == 0 {
		return nil, fault.New(fault.Internal, "a correlated subquery stands in no join")
	}
	given := w.delims[len(w.delims)-1]
	if n := len(o.list("chunk_types")); n != len(given) {
		return nil, fault.New(fault.Invalid, "a correlated subquery reads %d columns and is given %d", n, len(given))
	}
	return &flow{columns: rebind(given, o.index("table_index")), rows: uses{}}, nil
}

// setOperation stacks inputs. EXCEPT and INTERSECT give rows of the first one;
// every column of every input decides which.
func (w *walker) setOperation(o node) (*flow, error) {
	union := o.text("type") == "LOGICAL_UNION"
	var out *flow
	for i, child := range o.children() {
		f, err := w.flow(child)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			out = &flow{rows: maps.Clone(f.rows)}
			for _, c := range f.columns {
				v := value{from: deps{}}
				v.join(c, Identity)
				out.columns = append(out.columns, v)
			}
		} else {
			if len(f.columns) != len(out.columns) {
				return nil, fault.New(fault.Internal, "a set operation of %d and %d columns", len(out.columns), len(f.columns))
			}
			maps.Copy(out.rows, f.rows)
			for j, c := range f.columns {
				if union {
					out.columns[j].join(c, Identity)
				}
			}
		}
		if !union {
			for _, c := range f.columns {
				out.rows.all(c.from, Distinct)
			}
		}
	}
	if out == nil {
		return nil, fault.New(fault.Internal, "a set operation without inputs")
	}
	out.columns = rebind(out.columns, o.index("table_index"))
	return out, nil
}

// cte keeps what a common table expression gives, for those that read it.
func (w *walker) cte(o node) (*flow, error) {
	_, body, err := w.both(o, func(definition *flow) error {
		if boundary, ok := w.boundaries[o.text("ctename")]; ok {
			definition = &flow{boundary: &boundary}
		}
		w.ctes[o.index("table_index")] = definition
		return nil
	})
	return body, err
}

// recursive follows a recursion until it adds nothing.
func (w *walker) recursive(o node) (*flow, error) {
	children := o.children()
	if len(children) != 2 {
		return nil, fault.New(fault.Internal, "a recursion has %d inputs", len(children))
	}
	first, err := w.flow(children[0])
	if err != nil {
		return nil, err
	}
	out := &flow{rows: maps.Clone(first.rows)}
	for _, c := range first.columns {
		v := value{from: deps{}}
		v.join(c, Identity)
		out.columns = append(out.columns, v)
	}
	table := o.index("table_index")
	for before := -1; before != out.size(); {
		before = out.size()
		w.ctes[table] = out
		again, err := w.flow(children[1])
		if err != nil {
			return nil, err
		}
		if len(again.columns) != len(out.columns) {
			return nil, fault.New(fault.Internal, "a recursion of %d and %d columns", len(out.columns), len(again.columns))
		}
		maps.Copy(out.rows, again.rows)
		for i, c := range again.columns {
			out.columns[i].join(c, Identity)
		}
	}
	if err := out.decide(o["key_targets"], out.columns, Distinct); err != nil {
		return nil, err
	}
	return &flow{columns: rebind(out.columns, table), rows: out.rows}, nil
}

// cteRef reads a common table expression.
func (w *walker) cteRef(o node) (*flow, error) {
	source, ok := w.ctes[o.index("cte_index")]
	if !ok {
		return nil, fault.New(fault.Internal, "the plan reads a common table expression that it does not define")
	}
	names := o.list("bound_columns")
	if source.boundary != nil {
		out := &flow{rows: uses{}}
		for i, name := range names {
			text, _ := name.(string)
			out.columns = append(out.columns, value{
				at: binding{o.index("table_index"), uint64(i)}, from: deps{Column{Relation: *source.boundary, Name: text}: Identity},
			})
		}
		return out, nil
	}
	if len(names) != len(source.columns) {
		return nil, fault.New(fault.Internal, "the plan reads %d of the %d columns of a common table expression", len(names), len(source.columns))
	}
	return &flow{columns: rebind(source.columns, o.index("table_index")), rows: source.rows}, nil
}
