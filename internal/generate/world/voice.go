package world

import "math"

// voice writes what one customer says: surveys, feedback and support tickets.
type voice struct{ d *side }

// Numbers of survey answers by kind, so that the ids of one do not depend on another's.
const (
	numbersEach = 100_000
	npsNumbers  = 0
	cesNumbers  = 1 * numbersEach
	esgNumbers  = 2 * numbersEach
)

// Rates of what customers say.
const (
	npsPerYear     = 0.9
	esgPerYear     = 0.5
	ticketsPerYear = 0.55
	serviceTexts   = 0.25 // a year
	csatEach       = 1.6  // answers of a customer in the horizon, about
	textsEach      = 0.9  // texts on products, about
)

func (o *voice) start(d *side) {
	o.d = d
	o.nps()
	o.esg()
	o.tickets()
	o.service()
}

// answer writes an answer to a survey.
func (o *voice) answer(id []byte, kind, question string, score float64, at int64, channel, comment string) {
	if !o.d.due(at) {
		return
	}
	r := o.d.tables.surveys
	r.bytes(id)
	r.bytes(customerID(nil, o.d.p.index))
	r.text(kind)
	r.text(question)
	r.int(int64(score) * 100)
	r.time(at)
	r.text(channel)
	r.orNull(comment)
	r.end()
}

// id writes the id of the n-th thing that happened to the customer.
func (o *voice) id(prefix byte, n int) []byte { return sideID(prefix, o.d.p.index, n) }

// nps asks whether the customer would recommend the shop.
func (o *voice) nps() {
	s := o.d.w.stream(forSurveys, o.d.p.index<<2)
	o.d.happens(&s, npsPerYear, func(n int, at int64) {
		score := clip(math.Round(7.5+1.7*o.d.p.satisfaction+1.2*s.Normal()), 0, 10)
		comment := ""
		channel := [...]string{"mail", "web", "app"}[s.Weighted([]float64{5, 3, 2})]
		if s.Chance(0.3) {
			comment = sayShort(&s, score/2)
		}
		o.answer(o.id('S', npsNumbers+n), "NPS", "recommend", score, at, channel, comment)
	})
}

// esg asks four questions on sustainability.
func (o *voice) esg() {
	s := o.d.w.stream(forSurveys, o.d.p.index<<2|1)
	green := o.d.p.green
	o.d.happens(&s, esgPerYear, func(n int, at int64) {
		for i, q := range [...]struct {
			name        string
			base, slope float64
		}{{"awareness", 3, 5.5}, {"importance", 2.5, 7}, {"willingness_to_pay", 0.5, 7.5}, {"trust", 4, 2.5}} {
			score := clip(math.Round(q.base+q.slope*green+1.1*s.Normal()), 0, 10)
			o.answer(o.id('S', esgNumbers+4*n+i), "ESG", q.name, score, at, "mail", "")
		}
	})
}

// buy may ask how the purchase was, and get a text on the product.
func (o *voice) buy(b *bought) {
	d := o.d
	each := d.w.purchasesEach
	s := d.w.stream(forAfterOrder, d.p.index<<30|uint64(b.day)<<11|uint64(b.number)) //nolint:gosec // not negative
	if s.Chance(math.Min(csatEach/each, 0.2)) {
		score := clip(math.Round(4+0.7*d.p.satisfaction+0.75*s.Normal()), 1, 5)
		at := b.at + int64((0.5+2*math.Min(s.Exponential(), 10))*float64(dayLen))/second*second
		o.answer(echoID('S', d.p, b), "CSAT", "purchase", score, at, saleChannels()[b.channel], "")
	}
	if !b.payment && s.Chance(math.Min(textsEach/(each*d.w.baskets), 0.2)) {
		at := b.at + int64((2+5*math.Min(s.Exponential(), 10))*float64(dayLen))/second*second
		rating := clip(math.Round(4+0.75*d.p.satisfaction+0.9*s.Normal()), 1, 5)
		product := &d.w.stock.products[b.product]
		o.text(echoID('B', d.p, b), at, [...]string{"web", "app", "mail"}[s.Intn(3)], product.id, rating, sayProduct(&s, rating, ranges()[product.ranged].name))
	}
}

// service writes texts on the shop itself.
func (o *voice) service() {
	s := o.d.w.stream(forFeedback, o.d.p.index)
	o.d.happens(&s, serviceTexts, func(n int, at int64) {
		rating := clip(math.Round(3.7+0.9*o.d.p.satisfaction+0.9*s.Normal()), 1, 5)
		o.text(o.id('B', n), at, [...]string{"web", "mail", "phone", "social"}[s.Intn(4)], "", rating, sayService(&s, rating))
	})
}

func (o *voice) text(id []byte, at int64, channel, product string, rating float64, text string) {
	if !o.d.due(at) {
		return
	}
	r := o.d.tables.feedback
	r.bytes(id)
	r.bytes(customerID(nil, o.d.p.index))
	r.time(at)
	r.text(channel)
	r.orNull(product)
	r.int(int64(rating))
	r.text(text)
	r.end()
}

// tickets writes requests in their newest state, and asks how easy it was.
func (o *voice) tickets() {
	d := o.d
	s := d.w.stream(forTickets, d.p.index)
	d.happens(&s, ticketsPerYear*math.Exp(-0.35*d.p.satisfaction), func(n int, at int64) {
		t := newTicket(&s, at, d.p.satisfaction)
		asked, ease := s.Chance(0.45), clip(math.Round(6.2-0.9*math.Log10(1+t.hours)+0.5*d.p.satisfaction+0.9*s.Normal()), 1, 7)
		if t.resolved != 0 && asked {
			o.answer(o.id('S', cesNumbers+n), "CES", "effort", ease, t.resolved+hour, t.channel, "")
		}
		if d.due(at) || d.due(t.answered) || t.resolved != 0 && (d.due(t.resolved) || d.due(t.resolved+closesAfter)) {
			o.ticket(n, &t)
		}
	})
}

// closesAfter is when a resolved ticket counts as closed.
const closesAfter = 5 * dayLen

// ticket is a request as it will be in the end.
type ticket struct {
	at, answered, resolved      int64
	channel, category, priority string
	hours                       float64 // to the resolution
	score                       int64   // 0 for none
}

func newTicket(s *stream, at int64, satisfaction float64) ticket {
	t := ticket{at: at}
	t.channel = [...]string{"mail", "chat", "phone"}[s.Weighted([]float64{5, 3, 2})]
	t.category = [...]string{"delivery", "payment", "product", "return", "account", "other"}[s.Weighted([]float64{28, 14, 22, 18, 10, 8})]
	urgency := s.Weighted([]float64{20, 55, 18, 7})
	t.priority = [...]string{"low", "normal", "high", "urgent"}[urgency]
	answer := map[string]float64{"mail": 6, "chat": 0.1, "phone": 0.05}[t.channel]
	first := s.Lognormal(answer, 0.8) / float64(1+urgency)
	t.hours = first + s.Lognormal(20, 1.1)/float64(1+urgency)
	t.answered = at + int64(first*float64(hour))/second*second + second
	score := clip(math.Round(4.6-0.7*math.Log10(1+t.hours)+0.5*satisfaction+0.8*s.Normal()), 1, 5)
	rated, never := s.Chance(0.6), s.Chance(0.03)
	if !never {
		t.resolved = at + int64(t.hours*float64(hour))/second*second + 2*second
		if rated {
			t.score = int64(score)
		}
	}
	return t
}

// ticket writes a ticket as it is at the end of the window.
func (o *voice) ticket(n int, t *ticket) {
	d, r := o.d, o.d.tables.tickets
	answered, resolved := d.known(t.answered), d.known(t.resolved)
	r.bytes(sideID('H', d.p.index, n))
	r.bytes(customerID(nil, d.p.index))
	r.time(t.at)
	r.timeOrNull(answered)
	r.timeOrNull(resolved)
	r.text(t.channel)
	r.text(t.category)
	r.text(t.priority)
	switch {
	case resolved != 0 && d.known(t.resolved+closesAfter) != 0:
		r.text("closed")
	case resolved != 0:
		r.text("resolved")
	case answered != 0:
		r.text("pending")
	default:
		r.text("open")
	}
	if resolved != 0 && t.score > 0 {
		r.int(t.score)
	} else {
		r.null()
	}
	r.end()
}
