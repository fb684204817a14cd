package twin

import (
	"cmp"
	"slices"
)

const churned = "Churned"

// churnWindow is the number of days after which a customer is lost.
const churnWindow = 90

// Customer is one customer with at least one sale line. Money is in pence.
type Customer struct {
	ID                         string
	Recency, Frequency, Tenure int
	Monetary, Returns          int64
	R, F, M                    int
	Segment, Risk, Tier        string
	Churned                    bool
	// AverageOrder and Margin are in units of the currency.
	AverageOrder, Margin float64
}

// Net is what is left of purchases after returns.
func (c Customer) Net() int64 { return c.Monetary + c.Returns }

// Snapshot is the day after the newest line, whatever its class.
func Snapshot(lines []Line) int {
	return slices.MaxFunc(lines, func(a, b Line) int { return cmp.Compare(a.Day(), b.Day()) }).Day() + 1
}

// Customers computes the figures of all customers, sorted by ID.
func (s *Seeds) Customers(lines []Line, classes []string) []Customer {
	snapshot := Snapshot(lines)
	byID := map[string]*Customer{}
	orders := map[string]map[string]bool{}
	returns := map[string]int64{}
	for i, l := range lines {
		switch classes[i] {
		case Return:
			returns[l.Customer] += l.Money(Return)
		case Sale:
			c := byID[l.Customer]
			if c == nil {
				c = &Customer{ID: l.Customer, Recency: snapshot - l.Day(), Tenure: snapshot - l.Day()}
				byID[l.Customer], orders[l.Customer] = c, map[string]bool{}
			}
			c.Recency = min(c.Recency, snapshot-l.Day())
			c.Tenure = max(c.Tenure, snapshot-l.Day())
			c.Monetary += l.Amount()
			orders[l.Customer][l.Invoice] = true
		}
	}
	out := make([]Customer, 0, len(byID))
	for id, c := range byID {
		c.Frequency, c.Returns = len(orders[id]), returns[id]
		c.AverageOrder = float64(c.Net()) / float64(c.Frequency) / 100
		c.Margin = float64(c.Net()*s.margin) / 100 / 1_000_000
		c.Churned = c.Recency > churnWindow
		c.Risk = s.risk(*c)
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b Customer) int { return cmp.Compare(a.ID, b.ID) })
	s.score(out)
	s.tiers(out)
	return out
}

func (s *Seeds) risk(c Customer) string {
	if c.Churned {
		return churned
	}
	name := ""
	for _, b := range s.bands {
		if c.Recency >= b.from {
			name = b.name
		}
	}
	return name
}

// score gives 1 to 5: a fifth more for each fifth of all customers that are strictly worse.
func (s *Seeds) score(all []Customer) {
	for i := range all {
		c := &all[i]
		var r, f, m int
		for j := range all {
			other := &all[j]
			if other.Recency > c.Recency {
				r++
			}
			if other.Frequency < c.Frequency {
				f++
			}
			if other.Monetary < c.Monetary {
				m++
			}
		}
		c.R, c.F, c.M = 1+5*r/len(all), 1+5*f/len(all), 1+5*m/len(all)
		c.Segment = s.cells[[3]int{c.R, c.F, c.M}]
	}
}

// tiers cuts the margins at the 33rd and the 66th percentile, by value.
func (s *Seeds) tiers(all []Customer) {
	if len(all) == 0 {
		return
	}
	// In pence times millionths all is whole numbers but the cuts, which are whole after times 100.
	margins := make([]int64, len(all))
	for i, c := range all {
		margins[i] = c.Net() * s.margin
	}
	slices.Sort(margins)
	low, high := percentile(margins, 33), percentile(margins, 66)
	for i := range all {
		// The warehouse keeps cuts and margins to a ten-thousandth.
		switch margin := tenThousandths(all[i].Net() * s.margin * 100); {
		case margin <= tenThousandths(low):
			all[i].Tier = "Low"
		case margin <= tenThousandths(high):
			all[i].Tier = "Medium"
		default:
			all[i].Tier = "High"
		}
	}
}

// percentile interpolates between neighbours; its unit is a hundredth of the values'.
func percentile(sorted []int64, percent int) int64 {
	position := percent * (len(sorted) - 1)
	lower := sorted[position/100]
	upper := sorted[min(position/100+1, len(sorted)-1)]
	return lower*100 + (upper-lower)*int64(position%100)
}

// tenThousandths rounds what is in hundredths of millionths of a penny, half away from zero.
func tenThousandths(n int64) int64 {
	const unit = 1_000_000
	if n < 0 {
		return -((-n + unit/2) / unit)
	}
	return (n + unit/2) / unit
}
