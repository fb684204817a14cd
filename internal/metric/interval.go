package metric

// z is the 97.5 % quantile of the normal distribution.
const z static = "1.959963984540054e0"

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
		half := form("(%)*sqrt(greatest(0e0, % - % * % / %) / (% - 1e0) / %)", student(form("(% - 1e0)", count)), squares, sum, sum, count, count, count)
		bound := func(sign static) fragment {
			return form("case when % > 1 then % / % % % end", count, sum, count, raw(sign), half)
		}
		return bound("-"), bound("+"), form("cast(coalesce(%, 0) as bigint)", cat(q.alias(current), raw("."), ident(m.Name+rowsSuffix)))
	case NetPromoterInterval:
		return p.promoterInterval(m, r)
	}
	return low, high, n
}

// student is the 97.5 % quantile of Student's t for whole degrees of freedom from 1 on: the first four from the table, the others
// by the expansion 26.7.5 of Abramowitz and Stegun, within 0.02 %. The project's macro t_95 is the same.
func student(degrees fragment) fragment {
	return form("case when % < 2e0 then 12.706204736e0 when % < 3e0 then 4.302652730e0 when % < 4e0 then 3.182446305e0 when % < 5e0 then 2.776445105e0 "+
		"else % + 2.372271230298562e0 / % + 2.8224986157396112e0 / power(%, 2) + 2.555849679507722e0 / power(%, 3) + 1.5895340533938225e0 / power(%, 4) end",
		degrees, degrees, degrees, degrees, raw(z), degrees, degrees, degrees, degrees)
}

// promoterInterval adds three quarters of a promoter, as much of a detractor and one
// and a half passives, so that few answers leave doubt (Rocks 2016). That of a single answer is stretched to hold the score.
func (p *plan) promoterInterval(m *Metric, r reach) (low, high, n fragment) {
	promoters, detractors := p.named(m.Promoters, r, current), p.named(m.Detractors, r, current)
	n = p.named(m.Answers, r, current)
	total := form("(cast(% as double) + 3e0)", n)
	difference := form("((% - %) / %)", promoters, detractors, total)
	both := form("((% + % + 1.5e0) / %)", promoters, detractors, total)
	bound := func(sign static) fragment {
		return form("100e0 * (% % % * sqrt(greatest(0e0, % - % * %) / %))", difference, raw(sign), raw(z), both, difference, difference, total)
	}
	score := p.value(m, r, current)
	return form("case when % > 0 then greatest(-100e0, least(%, %)) end", n, score, bound("-")),
		form("case when % > 0 then least(100e0, greatest(%, %)) end", n, score, bound("+")), n
}
