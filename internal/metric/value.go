package metric

// value gives a metric of one side as an expression over the parts' columns, which
// stand in the joins by partAlias.
func (p *plan) value(m *Metric, r reach, s side) fragment {
	switch m.Kind {
	case Cumulative:
		return p.value(p.catalog.metrics[m.Base], reach{cumulative: true}, s)
	case Trailing:
		return p.value(p.catalog.metrics[m.Base], reach{trailing: m.Days}, s)
	case Ratio:
		return p.rounded(m, form("cast(% as double) / nullif(cast(% as double), 0)", p.named(m.Numerator, r, s), p.named(m.Denominator, r, s)))
	case NetPromoter:
		return form("100e0 * (% - %) / nullif(cast(% as double), 0)", p.named(m.Promoters, r, s), p.named(m.Detractors, r, s), p.named(m.Answers, r, s))
	case Expression:
		return p.rounded(m, p.arithmetic(m.tree, r, s))
	default:
		return p.leaf(m, r, s)
	}
}

func (p *plan) named(name string, r reach, s side) fragment {
	return p.value(p.catalog.metrics[name], r, s)
}

// leaf gives a leaf's column: sums and counts of nothing are 0, other figures of
// nothing are NULL.
func (p *plan) leaf(m *Metric, r reach, s side) fragment {
	q := p.byUse[use{m.Name, r}]
	at := func(suffix string) fragment { return cat(q.alias(s), raw("."), ident(m.Name+suffix)) }
	switch m.Kind {
	case Sum:
		if m.Format == Count {
			return form("cast(coalesce(%, 0) as bigint)", at(""))
		}
		return form("coalesce(%, 0)", at(""))
	case CountRows, CountDistinct:
		return form("cast(coalesce(%, 0) as bigint)", at(""))
	case Average:
		return p.rounded(m, form("cast(% as double) / nullif(cast(% as double), 0)", at(""), at(rowsSuffix)))
	case Last:
		if m.Format == Count {
			return form("cast(% as bigint)", at(""))
		}
	default:
	}
	return at("")
}

// rounded keeps money exact to a hundredth of a penny.
func (p *plan) rounded(m *Metric, f fragment) fragment {
	if m.Format != Money {
		return f
	}
	return form("cast(% as decimal(18, 4))", f)
}

// arithmetic builds an expression's tree; a division by zero gives NULL.
func (p *plan) arithmetic(n node, r reach, s side) fragment {
	switch n := n.(type) {
	case nameNode:
		return p.named(string(n), r, s)
	case numberNode:
		return number(n)
	case negativeNode:
		return form("(-%)", p.arithmetic(n.of, r, s))
	case binaryNode:
		left, right := p.arithmetic(n.left, r, s), p.arithmetic(n.right, r, s)
		switch n.op {
		case '+':
			return form("(% + %)", left, right)
		case '-':
			return form("(% - %)", left, right)
		case '*':
			return form("(cast(% as double) * cast(% as double))", left, right)
		}
		return form("(cast(% as double) / nullif(cast(% as double), 0))", left, right)
	}
	return raw("null")
}

// alias is the name by which a part's rows of a side stand in the joins.
func (q *part) alias(s side) fragment {
	if s == compared {
		return ident(q.name + "_compared")
	}
	return ident(q.name + "_current")
}
