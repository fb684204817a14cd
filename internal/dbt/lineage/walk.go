package lineage

import (
	"maps"
	"math"
	"slices"

	"github.com/kith-analytics/kith/internal/fault"
)

// walker goes through one plan.
type walker struct {
	boundaries map[string]Relation
	ctes       map[uint64]*flow
	// delims are the columns that correlated subqueries around the current
	// operator are given, the innermost last.
	delims [][]value
}

// flow gives what comes out of an operator.
func (w *walker) flow(o node) (*flow, error) {
	switch o.text("type") {
	case "LOGICAL_GET":
		return w.get(o)
	case "LOGICAL_PROJECTION":
		return w.projection(o)
	case "LOGICAL_AGGREGATE_AND_GROUP_BY":
		return w.aggregate(o)
	case "LOGICAL_WINDOW":
		return w.extend(o, o.index("window_index"))
	case "LOGICAL_UNNEST":
		return w.extend(o, o.index("unnest_index"))
	case "LOGICAL_FILTER":
		return w.pass(o, Filter, "expressions")
	case "LOGICAL_ORDER_BY", "LOGICAL_TOP_N":
		return w.pass(o, Sort, "orders")
	case "LOGICAL_LIMIT":
		return w.pass(o, Filter, "limit_val", "offset_val")
	case "LOGICAL_SAMPLE":
		return w.pass(o, Filter)
	case "LOGICAL_DISTINCT":
		return w.pass(o, Distinct, "distinct_targets", "order_by")
	case "LOGICAL_CROSS_PRODUCT", "LOGICAL_POSITIONAL_JOIN", "LOGICAL_COMPARISON_JOIN", "LOGICAL_ASOF_JOIN", "LOGICAL_ANY_JOIN", "LOGICAL_DELIM_JOIN":
		return w.join(o)
	case "LOGICAL_DELIM_GET":
		return w.delimGet(o)
	case "LOGICAL_UNION", "LOGICAL_EXCEPT", "LOGICAL_INTERSECT":
		return w.setOperation(o)
	case "LOGICAL_MATERIALIZED_CTE":
		return w.cte(o)
	case "LOGICAL_RECURSIVE_CTE":
		return w.recursive(o)
	case "LOGICAL_CTE_REF":
		return w.cteRef(o)
	case "LOGICAL_EXPRESSION_GET":
		return w.values(o)
	case "LOGICAL_DUMMY_SCAN":
		return &flow{columns: []value{{at: binding{o.index("table_index"), 0}, from: deps{}}}, rows: uses{}}, nil
	}
	return nil, fault.New(fault.Invalid, "the plan holds %s, which lineage does not follow", o.text("type"))
}

// only gives what comes out of an operator's one child.
func (w *walker) only(o node) (*flow, error) {
	children := o.children()
	if len(children) != 1 {
		return nil, fault.New(fault.Internal, "%s has %d inputs", o.text("type"), len(children))
	}
	return w.flow(children[0])
}

// get reads a stand-in, or the result of a table function.
func (w *walker) get(o node) (*flow, error) {
	data := o.sub("function_data")
	table := Relation{Database: data.text("catalog"), Schema: data.text("schema"), Name: data.text("table")}
	stored := o.text("name") == "seq_scan" && table.Name != ""
	names, input := o.list("names"), &flow{rows: uses{}}
	for _, child := range o.children() {
		var err error
		if input, err = w.flow(child); err != nil {
			return nil, err
		}
	}
	out := &flow{rows: maps.Clone(input.rows)}
	argument := value{from: deps{}}
	projected := o.list("projected_input")
	for i, c := range input.columns {
		if !slices.ContainsFunc(projected, func(v any) bool { return number(v) == uint64(i) }) { //nolint:gosec // a position
			argument.join(c, Transformed)
		}
	}
	// How many rows a function gives for one below depends on its arguments.
	out.rows.all(argument.from, Join)
	add := func(v value) {
		v.at = binding{o.index("table_index"), uint64(len(out.columns))}
		out.columns = append(out.columns, v)
	}
	for _, item := range o.list("column_indexes") {
		column, _ := item.(map[string]any)
		i := node(column).index("index")
		v := value{from: deps{}}
		switch {
		case stored && i < uint64(len(names)):
			name, _ := names[i].(string)
			v.from.add(Column{Relation: table, Name: name}, Identity)
		case stored: // the row's number, or no column at all under count(*)
		case len(argument.from) > 0 || len(argument.outside) > 0:
			v.join(argument, Transformed)
		case !generator(o.text("name")):
			v.reach([]string{o.text("name")})
		}
		add(v)
	}
	for _, item := range projected {
		i := number(item)
		if i >= uint64(len(input.columns)) {
			return nil, fault.New(fault.Internal, "a table function passes on column %d of %d", i, len(input.columns))
		}
		add(input.columns[i])
	}
	return restrict(out, o.list("projection_ids"))
}

// generator says whether a table function makes its rows from its arguments alone.
func generator(name string) bool {
	return slices.Contains([]string{"range", "generate_series", "unnest", "repeat", "repeat_row"}, name)
}

// restrict keeps the columns at some positions; no list keeps all.
func restrict(f *flow, positions []any) (*flow, error) {
	if len(positions) == 0 {
		return f, nil
	}
	out := &flow{rows: f.rows}
	for _, p := range positions {
		i := number(p)
		if i >= uint64(len(f.columns)) {
			return nil, fault.New(fault.Internal, "the plan keeps column %d of %d", i, len(f.columns))
		}
		out.columns = append(out.columns, f.columns[i])
	}
	return out, nil
}

func (w *walker) projection(o node) (*flow, error) {
	below, err := w.only(o)
	if err != nil {
		return nil, err
	}
	out := &flow{rows: below.rows}
	out.columns, err = appendValues(nil, o.list("expressions"), below.columns, o.index("table_index"))
	return out, err
}

// appendValues evaluates expressions into columns of a table index.
func appendValues(to []value, expressions []any, below []value, table uint64) ([]value, error) {
	for i, e := range expressions {
		v, err := evaluate(e, below)
		if err != nil {
			return nil, err
		}
		v.at = binding{table, uint64(i)}
		to = append(to, v)
	}
	return to, nil
}

// extend keeps the columns below and adds some: windows, unnested lists.
func (w *walker) extend(o node, table uint64) (*flow, error) {
	below, err := w.only(o)
	if err != nil {
		return nil, err
	}
	out := &flow{rows: below.rows}
	out.columns, err = appendValues(slices.Clone(below.columns), o.list("expressions"), below.columns, table)
	if err == nil && o.text("type") == "LOGICAL_UNNEST" {
		// A list's length decides how often its row comes.
		out.rows = maps.Clone(below.rows)
		for _, v := range out.columns[len(below.columns):] {
			out.rows.all(v.from, Join)
		}
	}
	return out, err
}

func (w *walker) aggregate(o node) (*flow, error) {
	below, err := w.only(o)
	if err != nil {
		return nil, err
	}
	out := &flow{rows: maps.Clone(below.rows)}
	if out.columns, err = appendValues(nil, o.list("groups"), below.columns, o.index("group_index")); err != nil {
		return nil, err
	}
	for _, c := range out.columns {
		out.rows.all(c.from, Group)
	}
	if out.columns, err = appendValues(out.columns, o.list("expressions"), below.columns, o.index("aggregate_index")); err != nil {
		return nil, err
	}
	// grouping() tells which columns a row is grouped by, whatever they hold.
	for i := range o.list("grouping_functions") {
		out.columns = append(out.columns, value{at: binding{o.index("groupings_index"), uint64(i)}, from: deps{}})
	}
	return out, nil
}

// pass lets columns through and notes what decides about rows.
func (w *walker) pass(o node, how How, keys ...string) (*flow, error) {
	below, err := w.only(o)
	if err != nil {
		return nil, err
	}
	out := &flow{columns: below.columns, rows: maps.Clone(below.rows)}
	for _, key := range keys {
		if err := out.decide(o[key], below.columns, how); err != nil {
			return nil, err
		}
	}
	return restrict(out, o.list("projection_map"))
}

// values reads rows that stand in the query.
func (w *walker) values(o node) (*flow, error) {
	below, err := w.only(o)
	if err != nil {
		return nil, err
	}
	out := &flow{rows: below.rows}
	for range o.list("expr_types") {
		out.columns = append(out.columns, value{at: binding{o.index("table_index"), uint64(len(out.columns))}, from: deps{}})
	}
	for _, row := range o.list("expressions") {
		cells, _ := row.([]any)
		if len(cells) != len(out.columns) {
			return nil, fault.New(fault.Internal, "a row of values has %d of %d columns", len(cells), len(out.columns))
		}
		for i, cell := range cells {
			v, err := evaluate(cell, below.columns)
			if err != nil {
				return nil, err
			}
			out.columns[i].join(v, Identity)
		}
	}
	return out, nil
}

// none is how the engine writes that there is no index.
const none = math.MaxUint64
