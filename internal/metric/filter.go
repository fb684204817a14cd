package metric

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
)

// maxValues is the most values that a filter may have.
const maxValues = 1000

// filter is a Filter whose dimension is known and whose values have its type.
type filter struct {
	dimension *Dimension
	op        Op
	values    []any
	// scoped is true for a condition of who asks, which is no part of the question.
	scoped bool
}

// filters checks the query's filters and adds those of the scope.
func (c *Catalog) filters(given []Filter, scope access.Scope) ([]filter, error) {
	if !scope.Granted() {
		return nil, fault.New(fault.Forbidden, "there is nothing that you may see").WithHint("ask for access")
	}
	out := make([]filter, 0, len(given))
	for _, f := range given {
		d, err := c.Dimension(f.Dimension)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(Ops(), f.Op) {
			return nil, fault.New(fault.Usage, "there is no operator %q", string(f.Op)).WithHint("it can be %s", listed(Ops()))
		}
		if wrong := countValues(f.Op, len(f.Values)); wrong != "" {
			return nil, fault.New(fault.Usage, "the filter on %s: %s", d.Name, wrong)
		}
		if len(f.Values) > maxValues {
			return nil, fault.New(fault.Usage, "the filter on %s has more than %d values", d.Name, maxValues)
		}
		typed := filter{dimension: d, op: f.Op, values: make([]any, len(f.Values))}
		for i, v := range f.Values {
			if typed.values[i], err = d.value(v); err != nil {
				return nil, err
			}
			if typed.values[i] == nil && f.Op != Eq && f.Op != Ne && f.Op != In && f.Op != NotIn {
				return nil, fault.New(fault.Usage, "the filter on %s compares with no value", d.Name)
			}
		}
		out = append(out, typed)
	}
	for _, condition := range scope.Conditions() {
		d, err := c.Dimension(condition.Dimension)
		if err != nil {
			return nil, err
		}
		allowed := filter{dimension: d, op: In, scoped: true}
		for _, v := range condition.Values {
			typed, err := d.value(v)
			if err != nil {
				return nil, err
			}
			allowed.values = append(allowed.values, typed)
		}
		out = append(out, allowed)
	}
	return out, nil
}

// value gives a filter's value in the dimension's type; nil stays nil.
func (d *Dimension) value(v any) (any, error) {
	wrong := func() error {
		return fault.New(fault.Usage, "%v is no value of the dimension %s, which is of type %s", v, d.Name, d.Type)
	}
	if n, ok := v.(json.Number); ok {
		v = n.String()
	}
	switch v := v.(type) {
	case nil:
		return nil, nil //nolint:nilnil // no value is a value
	case bool:
		switch d.Type {
		case Boolean:
			return v, nil
		case Text:
			return strconv.FormatBool(v), nil
		default:
			return nil, wrong()
		}
	case int:
		return d.value(float64(v))
	case int64:
		return d.value(float64(v))
	case float64:
		return d.numeric(v, wrong)
	case string:
		return d.parse(v, wrong)
	}
	return nil, wrong()
}

// numeric fits a number to the dimension's type.
func (d *Dimension) numeric(v float64, wrong func() error) (any, error) {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return nil, wrong()
	case d.Type == Number:
		return v, nil
	case d.Type == Text:
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	case d.Type == Integer && v == math.Trunc(v) && math.Abs(v) < 1<<53:
		return int64(v), nil
	}
	return nil, wrong()
}

// parse reads a text as the dimension's type.
func (d *Dimension) parse(v string, wrong func() error) (any, error) {
	switch d.Type {
	case Text:
		return v, nil
	case Date:
		parsed, err := ParseDay(v)
		if err != nil {
			return nil, wrong()
		}
		return parsed.String(), nil
	case Boolean:
		if v == "true" || v == "false" {
			return v == "true", nil
		}
	case Integer, Number:
		if f, err := strconv.ParseFloat(v, 64); err == nil {
			return d.numeric(f, wrong)
		}
	}
	return nil, wrong()
}

// sql gives the filter as a condition on an expression.
func (f filter) sql(expr fragment) fragment {
	marks := make([]fragment, 0, len(f.values))
	none := false
	for _, v := range f.values {
		if v == nil {
			none = true
			continue
		}
		mark := bind(v)
		if f.dimension.Type == Date {
			mark = form("cast(% as date)", mark)
		}
		marks = append(marks, mark)
	}
	return compare(f.op, expr, marks, none)
}

// sql gives a metric file's condition on an expression.
func (c Condition) sql(expr fragment) fragment {
	marks := make([]fragment, 0, len(c.Values))
	none := false
	for _, v := range c.Values {
		if v == nil {
			none = true
			continue
		}
		marks = append(marks, bind(v))
	}
	return compare(c.Op, expr, marks, none)
}

// compare builds a condition for where: rows without a value differ from every value.
// none says that "no value" is among the values.
func compare(op Op, expr fragment, marks []fragment, none bool) fragment {
	ordered := map[Op]static{Gt: "% > %", Gte: "% >= %", Lt: "% < %", Lte: "% <= %"}
	switch op {
	case IsNull:
		return form("% is null", expr)
	case Eq, In:
		switch {
		case len(marks) == 0 && none:
			return form("% is null", expr)
		case len(marks) == 0:
			return raw("false")
		case none:
			return form("(% in (%) or % is null)", expr, list(", ", marks), expr)
		}
		return form("% in (%)", expr, list(", ", marks))
	case Ne, NotIn:
		switch {
		case len(marks) == 0 && none:
			return form("% is not null", expr)
		case len(marks) == 0:
			return raw("true")
		case none:
			return form("% not in (%)", expr, list(", ", marks))
		}
		return form("coalesce(% not in (%), true)", expr, list(", ", marks))
	case Between:
		return form("% between % and %", expr, marks[0], marks[1])
	default:
		return form(ordered[op], expr, marks[0])
	}
}
