package world

import (
	"cmp"
	"math"
	"slices"
)

// bought is a purchase as the tables beside the transactions see it.
type bought struct {
	at      int64
	day     int
	number  int
	payment bool
	channel uint8
	product int32 // the first of a basket
	amount  int64
	factor  float64
}

// year is the length of a year in microseconds, for rates a year.
const year = 365 * dayLen

// side makes the rows of one customer in all tables but the transactions. It
// follows the customer's whole life each time, since a balance or a first
// purchase depends on what was before, and writes what falls in its window.
type side struct {
	w        *World
	v        Window
	from, to int64
	p        *person
	// scratch and day hold the purchases of a day.
	scratch purchase
	day     []bought

	tables *sideRows
	ledger ledger
	voice  voice
	// first is the time of the first purchase, 0 before it.
	first int64
	truth *Tally
}

// longestEcho is how many days after a purchase something may be said of it.
const longestEcho = 60

// sideRows are the tables that a customer's life fills.
type sideRows struct {
	customers, consents, surveys, feedback, tickets, ledger, journeys, referrals, communications, truth *rows
}

// all lists them.
func (o *sideRows) all() []*rows {
	return []*rows{
		o.customers, o.consents, o.surveys, o.feedback, o.tickets, o.ledger, o.journeys, o.referrals, o.communications, o.truth,
	}
}

func newSide(w *World, v Window, tables *sideRows) *side {
	s := &side{w: w, v: v, tables: tables, truth: newTally(w)}
	s.from, s.to = w.bounds(v)
	return s
}

// due says whether a time falls in the window.
func (d *side) due(at int64) bool { return d.from <= at && at < d.to }

// known gives a time that was before the window's end, and 0 for a later one.
func (d *side) known(at int64) int64 {
	if at >= d.to {
		return 0
	}
	return at
}

// person writes all of one customer.
func (d *side) person(p *person) {
	d.p, d.first = p, 0
	for _, r := range d.tables.all() {
		r.startAt(p.index)
	}
	d.w.customers(p, d.v, d.tables.customers)
	d.w.consents(p, d.v, d.tables.consents)
	d.messages()
	d.ledger.start(d)
	d.voice.start(d)
	from, to := d.w.active(p)
	for day := from; day < min(to, d.v.To); day++ {
		if !d.matters(day) {
			continue
		}
		d.day = d.day[:0]
		d.w.visit(p, day, &d.scratch, d.note)
		if len(d.day) > 1 {
			slices.SortFunc(d.day, func(a, b bought) int { return cmp.Compare(a.at, b.at) })
		}
		for i := range d.day {
			b := &d.day[i]
			if d.first == 0 {
				d.first = b.at
			}
			d.ledger.buy(b)
			if d.echoes(day) {
				d.voice.buy(b)
				d.journey(b)
			}
		}
	}
	d.ledger.finish()
	d.browsing()
	d.referrals()
	d.truth.person(d)
}

// matters says whether the purchases of a day have to be known for the window: for
// the first one all do, for a later one those that something still depends on.
func (d *side) matters(day int) bool {
	if d.echoes(day) || d.ledger.joined != 0 {
		return true
	}
	if d.first == 0 && d.p.referrer >= 0 {
		return true
	}
	at := d.w.at(day)
	for i := range d.p.effects {
		if e := &d.p.effects[i]; e.from < at+dayLen && at < e.to {
			return true
		}
	}
	return false
}

// echoes says whether something may be said in the window of what was bought on a day.
func (d *side) echoes(day int) bool { return d.v.From == 0 || day >= d.v.From-longestEcho }

// note keeps a purchase, and counts what treatments brought.
func (d *side) note(o *purchase) {
	b := bought{at: o.at, day: o.day, number: o.number, payment: o.payment, channel: o.channel, amount: o.amount, factor: o.factor}
	if !o.payment {
		b.product, b.amount = o.lines[0].product, 0
		for i := range o.lines {
			b.amount += o.lines[i].amount
		}
	}
	d.day = append(d.day, b)
	d.truth.purchase(d, o)
}

// happens gives the times at which something happens to a customer at a rate a
// year, from the sign-up or the first day to the end of the window or the time of
// leaving. It stops before the first time that lies beyond: the times of a longer
// window begin with these.
func (d *side) happens(s *stream, perYear float64, take func(n int, at int64)) {
	at := max(d.p.signup, d.w.start)
	if perYear <= 0 {
		return
	}
	for n := 0; ; n++ {
		at += int64(math.Min(s.Exponential()/perYear, 1e3)*float64(year))/second*second + second
		if at >= d.to || at >= d.p.left {
			return
		}
		take(n, at)
	}
}

func clip(x, lo, hi float64) float64 { return math.Min(math.Max(x, lo), hi) }

// messages writes the communications of the window: new ones, and older ones whose
// state has changed in it.
func (d *side) messages() {
	w, r := d.w, d.tables.communications
	w.messages(d.p, func(m *message) {
		if m.sent >= d.to || !d.due(m.sent) && !d.due(m.delivered) && !d.due(m.opened) && !d.due(m.clicked) && !d.due(m.unsubbed) {
			return
		}
		c := &w.campaigns[m.campaign]
		r.bytes(sideID('M', d.p.index, m.campaign))
		r.bytes(customerID(nil, d.p.index))
		r.text(c.id)
		r.text(c.name)
		if m.treated {
			r.text("treated")
		} else {
			r.text("holdout")
		}
		r.text(c.channel)
		r.time(m.sent)
		for _, at := range [...]int64{m.delivered, m.opened, m.clicked, m.unsubbed} {
			r.timeOrNull(d.known(at))
		}
		if m.treated {
			r.int(c.cost)
		} else {
			r.int(0)
		}
		r.end()
	})
}

// referrals writes the invitation that brought the customer, and those that the
// customer made and that brought nobody.
func (d *side) referrals() {
	w, p, r := d.w, d.p, d.tables.referrals
	s := w.stream(forReferrals, p.index)
	ways := [...]string{"link", "mail", "social"}
	put := func(n int, from, to []byte, invited, converted int64, way string) {
		r.bytes(sideID('F', p.index, n))
		r.bytes(from)
		if to == nil {
			r.null()
		} else {
			r.bytes(to)
		}
		r.time(invited)
		r.timeOrNull(converted)
		r.text(way)
		if converted == 0 {
			r.null()
		} else {
			r.money(10_00)
		}
		r.end()
	}
	way, wait := ways[s.Weighted([]float64{5, 3, 2})], int64(s.Exponential()*4*float64(dayLen))/second*second
	if p.referrer >= 0 {
		referrer := &w.people[p.referrer]
		invited := max(p.signup-wait-hour, referrer.signup+minute)
		invited = min(invited, p.signup)
		first := d.first
		if p.signup < w.start {
			first = p.signup + hour // before the records begin
		}
		if d.due(invited) || d.due(p.signup) || first != 0 && d.due(first) {
			var who []byte
			if p.signup < d.to {
				who = customerID(nil, p.index)
			}
			put(0, customerID(nil, uint64(p.referrer)), who, invited, d.known(first), way)
		}
	}
	d.happens(&s, 0.25*math.Exp(0.3*p.satisfaction), func(n int, at int64) {
		way := ways[s.Weighted([]float64{5, 3, 2})]
		if d.due(at) {
			put(n+1, customerID(nil, p.index), nil, at, 0, way)
		}
	})
}
