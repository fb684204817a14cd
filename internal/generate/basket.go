package generate

import (
	"math"

	"github.com/kith-analytics/kith/internal/generate/draw"
)

// maxBasket bounds an order; the longest real ones have somewhat more.
const maxBasket = 700

// shop fills baskets: it knows the catalogue, the day and the draws of baskets.
type shop struct {
	seed    uint64
	cal     calendar
	stock   catalogue
	baskets stream
}

// order fills a customer's basket on a day.
func (m *shop) order(c *customer, day int) document {
	s := &m.baskets
	d := document{customer: c.id, country: c.country}
	taken := make(map[string]bool)
	for range c.orderLines(s) {
		p := m.pick(day, taken, func() float64 { return m.taste(c) })
		quantity := m.quantity(p, day, c.pack)
		d.lines = append(d.lines, line{p.code, p.name, quantity, p.tariff.at(day, quantity)})
		if s.Chance(0.0125) { // the till rang twice: an exact duplicate
			d.lines = append(d.lines, d.lines[len(d.lines)-1])
		}
	}
	if s.Chance(0.0025) { // a gift: a product at price zero, and a customer with it
		p := m.pick(day, taken, s.Float)
		d.lines = append(d.lines, line{p.code, p.name, s.Between(1, 12), 0})
	}
	return m.withCharges(d)
}

// withCharges adds what is no product: carriage, a manual booking, bank charges.
func (m *shop) withCharges(d document) document {
	s := &m.baskets
	if code, label := carriageOf(d.country); code != "" && s.Chance(0.6) {
		fee := line{code, label, s.Between(1, 3), draw.Choose(s, []pence{1500, 1800, 1800, 2800, 4000})}
		if code == "C2" {
			fee.quantity, fee.price = 1, 5000
		}
		d.lines = append(d.lines, fee)
	}
	if s.Chance(0.013) {
		d.lines = append(d.lines, line{"M", "Manual", s.Between(1, 3), pence(s.Lognormal(800, 1.6)) + 1})
	}
	if s.Chance(0.0012) {
		d.lines = append(d.lines, line{"BANK CHARGES", "Bank Charges", 1, 1500})
	}
	return d
}

// guestOrder fills a basket without a customer id: half are parcels of the web
// shop, booked together and dearer, half small sales at the counter.
func (m *shop) guestOrder(day int) document {
	s := &m.baskets
	d := document{country: unitedKingdom}
	if s.Chance(guestElsewhere) {
		d.country = unspecified
		if s.Chance(hongKongOfThose) {
			d.country = "Hong Kong"
		}
	}
	web := s.Chance(webShare)
	size := min(1+int(2.2*s.Exponential()), 24)
	if web {
		size = min(1+int(s.Lognormal(webMedian, webSigma)), maxBasket)
	}
	taken := make(map[string]bool)
	for range size {
		p := m.pick(day, taken, s.Float)
		quantity := min(max(1, int(s.Lognormal(1.1, 1.05))), 80)
		price := p.tariff.at(day, quantity)
		if web {
			price = price.web()
		}
		d.lines = append(d.lines, line{p.code, p.name, quantity, price})
	}
	if web {
		d.lines = append(d.lines, line{"DOT", "DOTCOM POSTAGE", 1, pence(s.Lognormal(170, 0.5) * float64(size))})
	}
	return d
}

// Guests' parcels: their share of guest orders and their size in lines.
const (
	webShare  = 0.5
	webMedian = 105.0
	webSigma  = 0.65
)

// guestMeanLines is the expected size of a guest order, charges included.
func guestMeanLines() float64 {
	web := webMedian*math.Exp(webSigma*webSigma/2) + 1
	counter := 2.7
	return webShare*(web+1) + (1-webShare)*counter
}

// pick draws a product that is on sale and not in the basket yet. After some
// tries it takes what comes: a tiny catalogue must not hang a large basket.
func (m *shop) pick(day int, taken map[string]bool, quantile func() float64) *product {
	const tries = 24
	var p *product
	for range tries {
		p = m.stock.at(quantile())
		if !taken[p.code] && p.onSale(day, m.cal.date(day)) {
			break
		}
	}
	taken[p.code] = true
	return p
}

// taste draws what a customer buys: a third of the time one of a dozen
// favourites, which hold for good and cost no memory, for they are computed.
func (m *shop) taste(c *customer) float64 {
	const favourites, loyalty = 12, 0.35
	s := &m.baskets
	if !s.Chance(loyalty) {
		return s.Float()
	}
	favourite := newStream(m.seed, forTaste, c.id*favourites+s.Intn(favourites))
	return favourite.Float()
}

// quantity draws a pack size: more of what is cheap, and by the customer's scale.
func (m *shop) quantity(p *product, day int, pack float64) int {
	price := float64(p.tariff.at(day, 1))
	raw := m.baskets.Lognormal(6.2, 0.9) * pack * math.Pow(195/price, 0.75)
	sizes := [...]int{
		1, 2, 3, 4, 6, 8, 10, 12, 16, 18, 20, 24, 30, 36, 48, 60, 72, 96, 120, 144, 200, 240, 288, 432, 576, 720,
	}
	best := sizes[0]
	for _, size := range sizes {
		if float64(size) <= raw*1.15 {
			best = size
		}
	}
	return best
}
