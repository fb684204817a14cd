package metric

// z is the 97.5 % quantile of the normal distribution.
const z static = "1.959963984540054e0"

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

// interval gives the bounds of a metric's 95 % interval and its number of cases.
func (p *plan) interval(m *Metric, r reach) (low, high, n fragment) {
	switch m.Kind {
	case Cumulative:
		return p.interval(p.catalog.metrics[m.Base], reach{cumulative: true})
	case Trailing:
		return p.interval(p.catalog.metrics[m.Base], reach{trailing: m.Days})
	default:
	}
	switch m.Interval {
	case Wilson:
		hits := form("cast(% as double)", p.named(m.Numerator, r, current))
		n = p.named(m.Denominator, r, current)
		cases := form("cast(% as double)", n)
		bound := func(limit static, sign static) fragment {
			return form("case when % > 0 and % between 0 and % then %((% + %*%/2e0 % %*sqrt(% * (% - %) / % + %*%/4e0)) / (% + %*%)) end",
				cases, hits, cases, raw(limit), hits, raw(z), raw(z), raw(sign), raw(z), hits, cases, hits, cases, raw(z), raw(z), cases, raw(z), raw(z))
		}
		return form("greatest(0e0, %)", bound("", "-")), form("least(1e0, %)", bound("", "+")), n
	case Mean:
		q := p.byUse[use{m.Name, r}]
		at := func(suffix string) fragment {
			return form("cast(% as double)", cat(q.alias(current), raw("."), ident(m.Name+suffix)))
		}
		count, sum, squares := at(rowsSuffix), at(""), at(squaresSuffix)
		half := form("%*sqrt(greatest(0e0, % - % * % / %) / (% - 1e0) / %)", raw(z), squares, sum, sum, count, count, count)
		bound := func(sign static) fragment {
			return form("case when % > 1 then % / % % % end", count, sum, count, raw(sign), half)
		}
		return bound("-"), bound("+"), form("cast(coalesce(%, 0) as bigint)", cat(q.alias(current), raw("."), ident(m.Name+rowsSuffix)))
	case NetPromoterInterval:
		return p.promoterInterval(m, r)
	}
	return low, high, n
}

// promoterInterval adds three quarters of a promoter, as much of a detractor and one
// and a half passives, so that few answers leave doubt (Rocks 2016).
func (p *plan) promoterInterval(m *Metric, r reach) (low, high, n fragment) {
	promoters, detractors := p.named(m.Promoters, r, current), p.named(m.Detractors, r, current)
	n = p.named(m.Answers, r, current)
	total := form("(cast(% as double) + 3e0)", n)
	difference := form("((% - %) / %)", promoters, detractors, total)
	both := form("((% + % + 1.5e0) / %)", promoters, detractors, total)
	bound := func(sign static) fragment {
		return form("100e0 * (% % % * sqrt(greatest(0e0, % - % * %) / %))", difference, raw(sign), raw(z), both, difference, difference, total)
	}
	return form("case when % > 0 then greatest(-100e0, %) end", n, bound("-")),
		form("case when % > 0 then least(100e0, %) end", n, bound("+")), n
}

// alias is the name by which a part's rows of a side stand in the joins.
func (q *part) alias(s side) fragment {
	if s == compared {
		return ident(q.name + "_compared")
	}
	return ident(q.name + "_current")
}
