package generate

import "slices"

// pence is money in hundredths. All prices are whole pence, as on a shelf.
type pence int64

// span is a run of days, both ends within.
type span struct{ from, to int }

func (s span) holds(day int) bool { return s.from <= day && day <= s.to }

// era is a list price and the day from which it holds.
type era struct {
	from  int
	price pence
}

// tariff is how one product's price behaves: the eras follow each other, and in
// a promotion the price drops by a quarter or so and comes back.
type tariff struct {
	eras   []era
	promos []span
	// promoOff is what a promotion takes off, in per cent.
	promoOff int
	// bulk is the quantity from which the lower quantity price holds; 0 for none.
	bulk int
}

// ladder holds the price points of a shop; prices beyond it end in .95.
func ladder() []pence {
	return []pence{
		19, 29, 39, 42, 55, 65, 79, 85, 95, 105, 125, 145, 165, 175, 195, 210, 225, 245, 275, 295,
		325, 345, 375, 395, 425, 465, 495, 545, 595, 645, 695, 745, 795, 850, 895, 995, 1075, 1195,
		1275, 1495, 1695, 1995, 2495, 2995, 3995, 4995,
	}
}

// pricePoint gives the shelf price next to raw.
func pricePoint(raw float64) pence {
	steps := ladder()
	want := pence(raw)
	i, found := slices.BinarySearch(steps, want)
	switch {
	case found || i == 0:
		return steps[i]
	case i == len(steps):
		return want/100*100 + 95
	case want-steps[i-1] < steps[i]-want:
		return steps[i-1]
	default:
		return steps[i]
	}
}

// newTariff draws a product's price behaviour over days. Half of the products
// keep their price, and the rest show each pattern that price analysis looks for:
// one lasting change, promotions that come and go, and both at once.
func newTariff(s *stream, list pence, days int) tariff {
	const year = 365
	t := tariff{eras: []era{{price: list}}, promoOff: s.Between(15, 35)}
	steady, stepped, promoted, complexOne := 0.50, 0.20, 0.22, 0.08
	steps, perYear := 0, 0
	switch s.Weighted([]float64{steady, stepped, promoted, complexOne}) {
	case 1:
		steps = 1
	case 2:
		perYear = s.Between(2, 4)
	case 3:
		steps, perYear = s.Between(2, 3), s.Between(1, 3)
	}
	for range steps {
		// More rises than cuts, as costs go.
		factor := 1 + float64(s.Between(8, 22))/100
		if s.Chance(0.3) {
			factor = 1 / factor
		}
		last := t.eras[len(t.eras)-1].price
		t.eras = append(t.eras, era{from: s.Between(1, days-1), price: pricePoint(float64(last) * factor)})
	}
	slices.SortStableFunc(t.eras, func(a, b era) int { return a.from - b.from })
	for range perYear * (days + year/2) / year {
		from := s.Intn(days)
		t.promos = append(t.promos, span{from: from, to: from + s.Between(6, 20)})
	}
	if s.Chance(0.55) {
		t.bulk = max(24, int(14400/float64(list))/12*12)
	}
	return t
}

// at gives the unit price for a quantity on a day.
func (t tariff) at(day, quantity int) pence {
	price := t.eras[0].price
	for _, e := range t.eras[1:] {
		if e.from <= day {
			price = e.price
		}
	}
	for _, p := range t.promos {
		if p.holds(day) {
			return pricePoint(float64(price) * float64(100-t.promoOff) / 100)
		}
	}
	if t.bulk > 0 && quantity >= t.bulk {
		return pricePoint(float64(price) * 0.84)
	}
	return price
}

// web is what guests of the web shop pay for the same: sales tax and handling on top.
func (p pence) web() pence { return (p*166 + 50) / 100 }
