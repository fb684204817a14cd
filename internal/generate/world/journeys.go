package world

import "math"

// A visit goes on to the next step of the funnel with these probabilities: visit,
// product_view, add_to_cart, checkout, and from there to a purchase.
const (
	eventsEach = 40.0 // events of a customer in the horizon that are kept, about
	toView     = 0.72
	toCart     = 0.34
	toCheckout = 0.48
	browsed    = 2.2 // visits without a purchase to one with
	// eventsOfPurchase and eventsOfVisit are the mean numbers of events.
	eventsOfPurchase = 6.0
	eventsOfVisit    = 1 + toView*1.6 + toView*toCart*(1+toCheckout)
)

// tracked is the share of visits that are kept, so that a large world does not
// drown in clicks.
func (w *World) tracked() float64 {
	online := w.purchasesEach * 0.5
	return math.Min(1, eventsEach/(online*(eventsOfPurchase+browsed*eventsOfVisit)))
}

func visitChannels() []string {
	return []string{"search", "mail", "social", "direct", "referral", "ads"}
}

func devices() []string { return []string{"phone", "tablet", "desktop"} }

// session is one visit.
type session struct {
	id              []byte
	n               int
	channel, device string
}

func (d *side) session(id []byte, s *stream, app bool) session {
	weights := []float64{30, 18, 14, 25, 5, 8}
	v := session{id: id, channel: visitChannels()[s.Weighted(weights)]}
	v.device = devices()[s.Weighted([]float64{55, 10, 35})]
	if app {
		v.device = devices()[s.Weighted([]float64{85, 15, 0})]
	}
	return v
}

// event writes an event of a session.
func (d *side) event(v *session, at int64, name string, product int32, order []byte) {
	r := d.tables.journeys
	v.n++
	r.bytes(append(append(make([]byte, 0, 12), v.id...), '-', digits[v.n%36]))
	r.bytes(customerID(nil, d.p.index))
	r.bytes(v.id)
	r.time(at)
	r.text(name)
	r.text(v.channel)
	r.text(v.device)
	if product < 0 {
		r.null()
	} else {
		r.text(d.w.stock.products[product].id)
	}
	if order == nil {
		r.null()
	} else {
		r.bytes(order)
	}
	r.end()
}

// journey writes the visit in which something was bought on the web or in the app.
func (d *side) journey(b *bought) {
	if b.channel != onWeb && b.channel != inApp {
		return
	}
	s := d.w.stream(forOrderSide, d.p.index<<30|uint64(b.day)<<11|uint64(b.number)) //nolint:gosec // not negative
	if !s.Chance(d.w.tracking) {
		return
	}
	if !d.due(b.at) {
		return
	}
	v := d.session(echoID('V', d.p, b), &s, b.channel == inApp)
	product, order := b.product, orderID(nil, 'O', d.p, b.day, b.number)
	if b.payment {
		product, order = d.anything(&s), transactionID(nil, 'T', d.p, b.day, b.number, 0)
	}
	step := func(mean float64) int64 { return int64(5+mean*s.Exponential()) * second }
	views := 1 + s.Intn(3)
	check := b.at - step(60)
	cart := check - step(90)
	at := cart
	times := make([]int64, views)
	for i := views - 1; i >= 0; i-- {
		at -= step(70)
		times[i] = at
	}
	d.event(&v, at-step(20), "visit", -1, nil)
	for i, t := range times {
		seen := product
		if i < views-1 {
			seen = d.anything(&s)
		}
		d.event(&v, t, "product_view", seen, nil)
	}
	d.event(&v, cart, "add_to_cart", product, nil)
	d.event(&v, check, "checkout", -1, nil)
	d.event(&v, b.at, "purchase", product, order)
}

// anything draws a product that a customer may look at.
func (d *side) anything(s *stream) int32 {
	return d.w.stock.pick(s.Intn(len(d.w.stock.all)), d.p.green, s)
}

// browsing writes the visits that led to no purchase.
func (d *side) browsing() {
	s := d.w.stream(forJourneys, d.p.index)
	perYear := d.p.rate * 365 * d.p.web * browsed * d.w.tracking
	d.happens(&s, perYear, func(n int, at int64) {
		v := d.session(sideID('V', d.p.index, n), &s, s.Chance(0.4))
		draws := [...]float64{s.Float(), s.Float(), s.Float()}
		views := 1 + s.Intn(3)
		product := d.anything(&s)
		gap := int64(10+60*s.Exponential()) * second
		if !d.due(at) {
			return
		}
		d.event(&v, at, "visit", -1, nil)
		if draws[0] >= toView {
			return
		}
		for range views {
			at += gap
			d.event(&v, at, "product_view", product, nil)
		}
		if draws[1] >= toCart {
			return
		}
		d.event(&v, at+gap, "add_to_cart", product, nil)
		if draws[2] < toCheckout {
			d.event(&v, at+2*gap, "checkout", -1, nil)
		}
	})
}
