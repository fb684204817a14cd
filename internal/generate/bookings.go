package generate

import "github.com/kith-analytics/kith/internal/generate/draw"

// Bookings per 100,000 lines of the log, as measured on a real one.
const (
	writeOffsPer100k = 247
	foundPer100k     = 200
	samplesPer100k   = 12
	feesPer100k      = 6
	charityPer100k   = 3
	guestBackPer100k = 50
	chargesPer100k   = 4
	badDebtEvery     = 500_000 // lines for each written-off debt
	returnShare      = 0.175   // orders with a credit note
	discountShare    = 0.004   // orders with a discount afterwards
	mistypedShare    = 0.0004  // orders keyed in wrong and reversed at once
	lostNoteShare    = 0.645   // write-offs without any note
)

// usualNotes and writeOffNotes are a storeman's words for goods that are gone:
// half of the time one of a few, and else whatever came to mind.
func usualNotes() []string { return []string{"check", "damages", "damaged", "?", "???"} }

func writeOffNotes() []string {
	return []string{
		"Damaged", "??", "???lost", "thrown away", "missing", "lost", "smashed", "wet/mouldy", "water damage",
		"broken in transit", "crushed ctn", "faulty",
		"wrongly sold", "wrongly marked", "wrongly coded", "sold as set", "adjustment", "stock check", "mixed up",
		"unsaleable, destroyed", "breakages", "lost in space", "given away", "cargo order", "label mix up",
	}
}

// foundNotes are the words for goods that turned up.
func foundNotes() []string {
	return []string{
		"found", "check", "adjustment", "returned", "came back coded wrong", "found box", "mailout", "dotcom",
		"test", "for online retail orders", "had been put aside", "amended code", "marked as other item",
	}
}

// writeOff books goods out at price zero.
func (m *shop) writeOff(day int) document {
	s := &m.baskets
	p := m.pick(day, map[string]bool{}, s.Float)
	note := ""
	if !s.Chance(lostNoteShare) {
		note = draw.Choose(s, writeOffNotes())
		if s.Chance(0.5) {
			note = draw.Choose(s, usualNotes())
		}
	}
	return oneLine("", line{p.code, note, -max(1, int(s.Lognormal(24, 1.3))), 0})
}

// found books goods in at price zero: without a word, with a note, or under the
// product's own name.
func (m *shop) found(day int) document {
	s := &m.baskets
	p := m.pick(day, map[string]bool{}, s.Float)
	note := ""
	switch s.Weighted([]float64{0.52, 0.16, 0.32}) {
	case 1:
		note = draw.Choose(s, foundNotes())
	case 2:
		note = p.name
	}
	return oneLine("", line{p.code, note, max(1, int(s.Lognormal(8, 1.4))), 0})
}

// samples, fees, charity and charges are bookings without goods.
func (m *shop) samples() document {
	return oneLine("C", line{"S", "SAMPLES", -1, pence(m.baskets.Lognormal(1950, 1)) + 1})
}

func (m *shop) fees() document {
	return oneLine("C", line{"MARKETFEE", "MARKETPLACE FEE", -1, pence(m.baskets.Lognormal(60_000, 0.6))})
}

func (m *shop) charges() document {
	return oneLine("C", line{"BANK CHARGES", "Bank Charges", -1, pence(m.baskets.Lognormal(9_000, 0.9)) + 1})
}

// charity books the commission that the first customer's sales owe to a charity.
func (m *shop) charity(c *customer) document {
	d := oneLine("C", line{"CRUK", "CRUK Commission", -1, pence(m.baskets.Lognormal(25_000, 0.8)) + 1})
	d.customer, d.country = c.id, c.country
	return d
}

// badDebt books a debt that was given up, and takes two older ones back: three
// documents that audits look for and customer figures must leave out.
func (m *shop) badDebt() []document {
	owed := pence(m.baskets.Lognormal(180_000, 0.4))
	docs := make([]document, 0, 3)
	for _, sign := range []pence{1, -1, -1} {
		docs = append(docs, oneLine("A", line{"B", "Adjust bad debt", 1, sign * owed}))
	}
	return docs
}

// guestBack is a return without a customer id.
func (m *shop) guestBack(day int) document {
	s := &m.baskets
	p := m.pick(day, map[string]bool{}, s.Float)
	quantity := s.Between(1, 3)
	return oneLine("C", line{p.code, p.name, -quantity, p.tariff.at(day, quantity).web()})
}

func oneLine(prefix string, l line) document {
	return document{prefix: prefix, country: unitedKingdom, lines: []line{l}}
}

// returnOf takes back some lines of an order, in whole or in part, at the price paid.
func (m *shop) returnOf(order document) document {
	s := &m.baskets
	back := document{prefix: "C", customer: order.customer, country: order.country}
	start, count := s.Intn(len(order.lines)), 1
	for s.Chance(0.58) && count < len(order.lines) {
		count++
	}
	for i := range count {
		l := order.lines[(start+i)%len(order.lines)]
		if l.price == 0 || l.quantity <= 0 {
			continue
		}
		part := l.quantity
		if s.Chance(0.65) {
			part = s.Between(1, max(1, l.quantity/3))
		}
		l.quantity = -part
		back.lines = append(back.lines, l)
	}
	if s.Chance(0.05) {
		back.lines = append(back.lines, line{"M", "Manual", -1, pence(s.Lognormal(1500, 1.5)) + 1})
	}
	return back
}

// discountOn is a discount granted after the order.
func (m *shop) discountOn(order document) document {
	back := document{prefix: "C", customer: order.customer, country: order.country}
	back.lines = []line{{"D", "Discount", -1, pence(m.baskets.Lognormal(2300, 1)) + 1}}
	return back
}

// mistyped is an order with a slip in the quantity, and then the credit note
// that takes it back.
func (m *shop) mistyped(c *customer, day int) [2]document {
	s := &m.baskets
	p := m.pick(day, map[string]bool{}, s.Float)
	quantity := 100 * s.Between(8, 30)
	l := line{p.code, p.name, quantity, p.tariff.at(day, quantity)}
	wrong := document{customer: c.id, country: c.country, lines: []line{l}}
	l.quantity = -quantity
	reversal := document{prefix: "C", customer: c.id, country: c.country, lines: []line{l}}
	return [2]document{wrong, reversal}
}
