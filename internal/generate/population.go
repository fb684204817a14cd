package generate

import "math"

// firstCustomer lies above all customer numbers of the public retail files.
const firstCustomer = 100_001

// Buy-till-you-die parameters, and the shape of baskets, fitted by eye to the
// order counts of a real wholesaler's year (see the tests for the figures).
const (
	rateShape  = 0.95 // gamma shape of orders a year
	rateMean   = 5.3  // orders a year while active
	dropA      = 0.34 // beta of the chance to leave after an order
	dropB      = 3.2
	tradeShare = 0.012 // trade accounts order several times as often
	tradeRate  = 7.0
	oldShare   = 0.42 // customers already there on the first day

	basketMedian   = 13.0 // lines of a main order
	basketBetween  = 0.45 // deviation of the logarithm between customers
	basketWithin   = 0.72 // and between one customer's orders
	topUpShare     = 0.14 // orders of one to three lines
	topUpMeanLines = 2.0
)

// customer is one account and where it stands in its own timetable.
type customer struct {
	id      int
	country string
	// rate is orders per unit of activity; drop the chance to leave after each.
	rate, drop float64
	// lines is the median size of a main order; pack scales quantities.
	lines, pack float64
	// next is the activity time of the next order.
	next  float64
	clock stream
}

// population draws customers until their orders are expected to fill lines.
func population(seed uint64, cal calendar, lines float64) []customer {
	var all []customer
	for expected := 0.0; expected < lines; {
		c := newCustomer(seed, len(all), cal)
		// The rehearsal runs on a copy: the clock is part of the value.
		orders := 0
		for probe := c; probe.next < cal.span(); {
			orders++
			if !probe.advance() {
				break
			}
		}
		expected += float64(orders) * c.meanLines()
		all = append(all, c)
	}
	return all
}

func newCustomer(seed uint64, index int, cal calendar) customer {
	traits := newStream(seed, forTraits, index)
	c := customer{
		id:    firstCustomer + index,
		rate:  traits.Gamma(rateShape) * rateMean / rateShape,
		drop:  traits.Beta(dropA, dropB),
		lines: traits.Lognormal(basketMedian, basketBetween),
		pack:  traits.Lognormal(1, 0.65),
		clock: newStream(seed, forClock, index),
	}
	if traits.Chance(tradeShare) {
		c.rate, c.drop, c.pack = c.rate*tradeRate, c.drop/4, c.pack*2.5
	}
	old := traits.Chance(oldShare)
	since := traits.Float()
	var pinned bool
	if c.country, pinned = countryOf(&traits, index); pinned {
		// One steady customer for each name that country mappings stumble over;
		// the first, in Ireland, is a large one.
		c.rate, c.drop, c.lines, old = 4, 0.01, 6, true
		if index == 0 {
			c.rate, c.lines, c.pack = 32, 14, 3
		}
	}
	if old {
		c.next = c.clock.Exponential() / c.rate
	} else {
		// Newcomers thin out over the span.
		c.next = math.Pow(since, 1.2) * cal.span()
	}
	return c
}

// advance moves to the next order and says whether there is one: false when
// the customer has left.
func (c *customer) advance() bool {
	if c.clock.Chance(c.drop) {
		return false
	}
	c.next += c.clock.Exponential() / c.rate
	return true
}

// meanLines is the expected size of this customer's orders in lines.
func (c *customer) meanLines() float64 {
	main := c.lines * math.Exp(basketWithin*basketWithin/2)
	return (1-topUpShare)*main + topUpShare*topUpMeanLines
}

// orderLines draws the size of an order.
func (c *customer) orderLines(s *stream) int {
	if s.Chance(topUpShare) {
		return s.Between(1, 3)
	}
	return min(max(1, int(s.Lognormal(c.lines, basketWithin)+0.5)), maxBasket)
}
