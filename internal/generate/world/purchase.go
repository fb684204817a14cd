package world

import (
	"math"
)

// purchase is one occasion of buying: a card payment, or a basket of lines.
type purchase struct {
	// day and number identify it among those of its customer.
	day, number int
	at          int64 // microseconds since 1970
	channel     uint8
	category    uint8 // of a payment
	country     uint8
	payment     bool
	amount      int64 // of a payment, in hundredths
	lines       []line
	// factor is by how much treatments raised what was paid; 1 for none.
	factor float64
}

// line is a product in a basket.
type line struct {
	product  int32
	quantity int64
	price    int64 // of a unit, in ten-thousandths
	discount int64 // in hundredths
	amount   int64 // in hundredths
	// back is the time at which it was brought back, 0 for never.
	back int64
}

// channels of sale.
const (
	inStore uint8 = iota
	onWeb
	inApp
	byPhone
)

func saleChannels() []string { return []string{"store", "web", "app", "phone"} }

// Shape of payments and baskets.
const (
	amountSpread = 0.55 // deviation of the logarithm of payments
	basketMean   = 2.5  // lines
	maxLines     = 12
	returnRate   = 0.045 // of lines
	returnMean   = 9.0   // days
	maxReturn    = 30    // days
	firstBuy     = 0.6   // share of customers that buy when they sign up
)

// basketShare is the part of purchases that are baskets: half of all rows in a
// small world, a tenth in a large one, where most rows are card payments.
func (w *World) basketShare() float64 {
	perCustomer := float64(w.cfg.Transactions) / float64(w.cfg.Customers)
	rows := math.Min(math.Max(0.72-0.18*math.Log10(perCustomer/20), 0.1), 0.7)
	// Of s baskets and 1-s payments the rows of baskets are this part: solved for s.
	return rows / (rows + basketRows()*(1-rows))
}

// basketRows is the expected number of rows of a basket, returns included.
func basketRows() float64 { return basketMean * (1 + returnRate) }

// rowsPerPurchase is the expected number of rows of a purchase.
func (w *World) rowsPerPurchase() float64 {
	return w.baskets*basketRows() + 1 - w.baskets
}

// visit gives a customer's purchases of one day to take, in no order of time. The
// same arguments give the same purchases. The purchase belongs to visit.
func (w *World) visit(p *person, day int, scratch *purchase, take func(*purchase)) {
	from, to := w.active(p)
	if day < from || day >= to {
		return
	}
	s := w.stream(forDay, p.index<<20|uint64(day)) //nolint:gosec // below 2^20 days
	mean := p.rate * w.season[day] * w.trend(p, day)
	n := 0
	if mean < 20 {
		for product, bound := s.Float(), math.Exp(-mean); product > bound; product *= s.Float() {
			n++
		}
	} else {
		// The normal limit is near enough to Poisson there.
		n = max(0, int(mean+math.Sqrt(mean)*s.Normal()+0.5))
	}
	welcome := day == int(p.day) && s.Chance(firstBuy)
	if welcome {
		n++
	}
	midnight := w.at(day)
	for k := range min(n, maxNumber) {
		scratch.day, scratch.number = day, k
		w.fill(p, scratch, midnight, &s)
		if welcome && k == n-1 {
			scratch.at = min(p.signup+int64(s.Float()*float64(hour)), midnight+dayLen-1)
		}
		if scratch.at < p.signup || scratch.at >= p.left {
			continue
		}
		w.treat(p, scratch)
		take(scratch)
	}
}

// maxNumber is the most purchases of a customer a day: two digits of base 36.
const maxNumber = 36 * 36

// fill draws a purchase as it is without any treatment.
func (w *World) fill(p *person, o *purchase, midnight int64, s *stream) {
	k := &w.kinds[p.kind]
	o.payment = s.Float() >= w.baskets
	o.channel = inStore
	clock := &w.storeHours
	if s.Float() < p.web {
		o.channel = onWeb
		if s.Float() < 0.4 {
			o.channel = inApp
		}
		clock = &w.webHours
	} else if s.Float() < 0.02 {
		o.channel = byPhone
	}
	bits := s.Bits()
	o.at = midnight + int64(clock.draw(s))*hour + int64(bits%3600)*second
	o.country, o.factor, o.lines = p.country, 1, o.lines[:0]
	if o.payment {
		c := w.mixes[p.kind].draw(s)
		o.category = uint8(c) //nolint:gosec // one of fifty
		if w.categories[c].group == travel && bits>>32&3 == 0 {
			o.country = uint8(w.countries.draw(s)) //nolint:gosec // one of a dozen
		}
		raw := w.categories[c].median * p.basket * w.amounts.draw(s)
		o.amount = max(int64(raw*100+0.5), 50)
		return
	}
	lines := 1
	for lines < maxLines && s.Float() >= 1/basketMean {
		lines++
	}
	group := s.Weighted(k.mix[:])
	for range lines {
		o.lines = append(o.lines, w.line(p, o, group, s))
	}
}

// line draws a line of a basket. Most lines of a basket are of one group.
func (w *World) line(p *person, o *purchase, g int, s *stream) line {
	if s.Float() < 0.25 {
		g = s.Weighted(w.kinds[p.kind].mix[:])
	}
	r := w.stock.ranged[g][w.stock.byGroup[g].draw(s)]
	at := w.stock.pick(r, p.green, s)
	l := line{product: at, quantity: 1, price: w.stock.products[at].price}
	// The thrifty and the rich differ in how much they take.
	for l.quantity < 9 && s.Float() < 0.22+0.08*math.Min(p.basket, 2.5) {
		l.quantity++
	}
	if o.day >= 365 {
		l.price = l.price * 104 / 100 / 100 * 100 // a year's rise of prices, in whole pence
	}
	if s.Float() < 0.03+0.55*p.sensitive*p.sensitive {
		off := int64(s.Between(2, 6)) * 5 // per cent
		l.discount = (l.quantity*l.price*off/100 + 50) / 100
	}
	if s.Float() < returnRate {
		lag := 1 + math.Min(returnMean*s.Exponential(), maxReturn-2)
		l.back = o.at + int64(lag*float64(dayLen))/second*second
	}
	l.settle()
	return l
}

// settle computes the amount from its parts.
func (l *line) settle() {
	l.amount = (l.quantity*l.price+50)/100 - l.discount
}

// treat applies the treatments in force: the customer takes dearer variants, so
// that prices and amounts are 1+d times what they would have been.
func (w *World) treat(p *person, o *purchase) {
	for i := range p.effects {
		if e := &p.effects[i]; e.from <= o.at && o.at < e.to {
			o.factor *= 1 + e.d
		}
	}
	if o.factor == 1 {
		return
	}
	o.amount = int64(float64(o.amount)*o.factor + 0.5)
	for i := range o.lines {
		l := &o.lines[i]
		l.price = int64(float64(l.price)*o.factor + 0.5)
		l.discount = int64(float64(l.discount)*o.factor + 0.5)
		l.settle()
	}
}

// Ids are the customer's number, the day, the purchase and the line in base 36,
// twelve characters at most, so that the warehouse keeps them inline.

const digits = "0123456789abcdefghijklmnopqrstuvwxyz"

func putBase36(b []byte, n uint64) {
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = digits[n%36]
		n /= 36
	}
}

// orderID writes the id of a purchase: prefix, day, customer, number.
func orderID(b []byte, prefix byte, p *person, day, number int) []byte {
	b = append(b[:0], "O0000000000"[:10]...)
	b[0] = prefix
	putBase36(b[1:4], uint64(day)) //nolint:gosec // not negative
	putBase36(b[4:8], p.index)
	putBase36(b[8:10], uint64(number)) //nolint:gosec // not negative
	return b
}

// transactionID writes the id of a line, whose number is 0 for a payment.
func transactionID(b []byte, prefix byte, p *person, day, number, line int) []byte {
	return append(orderID(b, prefix, p, day, number), digits[line])
}

// customerID writes a customer's id.
func customerID(b []byte, index uint64) []byte {
	b = append(b[:0], "C0000000"...)
	for i := len(b) - 1; i > 0; i-- {
		b[i] = byte('0' + index%10)
		index /= 10
	}
	return b
}
