package metric

import (
	"fmt"
	"strings"
)

// Formula says in words how a metric comes about, down to columns and models.
func (c *Catalog) Formula(m *Metric) string {
	label := func(name string) string { return c.metrics[name].Label }
	switch m.Kind {
	case Ratio:
		return label(m.Numerator) + " / " + label(m.Denominator)
	case NetPromoter:
		return fmt.Sprintf("100 x (%s - %s) / %s", label(m.Promoters), label(m.Detractors), label(m.Answers))
	case Expression:
		return c.words(m.tree, 0)
	case Cumulative:
		return label(m.Base) + ", from the first day of the data to the end of the period"
	case Trailing:
		return fmt.Sprintf("%s in the %d days that end with the period's last day", label(m.Base), int(m.Days))
	default:
		return c.leafFormula(m)
	}
}

// leafFormula names the column and the model of a metric over rows.
func (c *Catalog) leafFormula(m *Metric) string {
	d := c.datasets[m.Dataset]
	of := map[Kind]string{
		Sum: "sum of %s", CountDistinct: "distinct values of %s", Average: "mean of %s", Minimum: "smallest %s",
		Maximum: "greatest %s", Last: "sum of %s on the last day of the period that has rows",
	}
	var b strings.Builder
	switch m.Kind {
	case CountRows:
		b.WriteString("rows")
	case Percentile:
		fmt.Fprintf(&b, "%g %% percentile of %s", 100*m.At, m.Column)
	default:
		fmt.Fprintf(&b, of[m.Kind], m.Column)
	}
	fmt.Fprintf(&b, " in %s", d.Model)
	for i, cond := range append(append([]Condition{}, d.Where...), m.Filter...) {
		if i == 0 {
			b.WriteString(" where ")
		} else {
			b.WriteString(" and ")
		}
		b.WriteString(cond.words())
	}
	return b.String()
}

// words gives an expression with labels for names.
func (c *Catalog) words(n node, rank int) string {
	switch n := n.(type) {
	case nameNode:
		return c.metrics[string(n)].Label
	case numberNode:
		return string(n)
	case negativeNode:
		return "-" + c.words(n.of, 3)
	case binaryNode:
		own, sign := 1, string(n.op)
		if n.op == '*' || n.op == '/' {
			own = 2
		}
		if n.op == '*' {
			sign = "x"
		}
		text := fmt.Sprintf("%s %s %s", c.words(n.left, own), sign, c.words(n.right, own+1))
		if own < rank {
			return "(" + text + ")"
		}
		return text
	}
	return ""
}

// words gives a condition as people read it.
func (c Condition) words() string {
	values := make([]string, len(c.Values))
	for i, v := range c.Values {
		values[i] = "nothing"
		if v != nil {
			values[i] = fmt.Sprint(v)
		}
	}
	signs := map[Op]string{Ne: "is not", NotIn: "is not", Gt: ">", Gte: ">=", Lt: "<", Lte: "<="}
	switch {
	case c.Op == IsNull:
		return c.Column + " is empty"
	case c.Op == Ne && c.Values[0] == nil:
		return c.Column + " is not empty"
	case c.Op == Eq && c.Values[0] == true:
		return c.Column
	case c.Op == Eq && c.Values[0] == false:
		return "not " + c.Column
	case c.Op == Between:
		return c.Column + " is from " + strings.Join(values, " to ")
	case signs[c.Op] != "":
		return c.Column + " " + signs[c.Op] + " " + listed(values)
	}
	return c.Column + " is " + listed(values)
}
