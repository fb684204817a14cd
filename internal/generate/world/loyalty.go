package world

import "math"

// tier is a tier of the loyalty programme.
type tier struct {
	name       string
	min        int64 // points earned in 365 days
	multiplier int64 // in hundredths
	benefits   string
}

// tiers scales the bounds by what an average customer earns in a year, each above the one before where hardly anybody buys.
func (w *World) tiers() []tier {
	const average = 40.0 // of a purchase, in the shop's currency
	yearly := w.purchasesEach * 365 / float64(w.cfg.Days) * average
	below := int64(0)
	bound := func(share float64) int64 {
		below = max(int64(math.Ceil(share*yearly/100)*100), below+100)
		return below
	}
	return []tier{
		{"Bronze", 0, 100, "points on every purchase"},
		{"Silver", bound(0.5), 125, "points on every purchase; free delivery"},
		{"Gold", bound(1.5), 150, "free delivery; early access to sales"},
		{"Platinum", bound(4), 200, "free delivery; early access; a personal contact"},
	}
}

// Rules of the programme.
const (
	welcomePoints = 100
	pointsLive    = year
	joinDelay     = 20.0 // days, mean
	// everyOrder is the number of purchases up to which each earns an entry of its
	// own; beyond, points are booked by month.
	everyOrder = 80
)

// lot is what one entry earned: points live as long as it.
type lot struct {
	at           int64
	points, left int64
}

// ledger keeps one member's points. The oldest are redeemed first, and no balance
// is ever below zero: only what is there is redeemed or expires.
type ledger struct {
	d       *side
	s       stream
	joined  int64
	lots    []lot
	balance int64
	n       int
	byMonth bool
	month   int // of pending, counted from year 0
	pending int64
}

func (l *ledger) start(d *side) {
	l.d, l.joined, l.lots, l.balance, l.n, l.pending, l.month = d, 0, l.lots[:0], 0, 0, 0, 0
	l.byMonth = d.w.purchasesEach > everyOrder
	if !d.p.member {
		return
	}
	l.s = d.w.stream(forLoyalty, d.p.index)
	l.joined = d.p.signup + int64(joinDelay*l.s.Exponential()*float64(dayLen))/second*second
	if l.joined >= d.p.left {
		l.joined = 0
		return
	}
	l.earn(l.joined, welcomePoints, "join", nil)
}

// buy books the points of a purchase.
func (l *ledger) buy(b *bought) {
	if l.joined == 0 || b.at < l.joined || b.amount <= 0 {
		return
	}
	if !l.byMonth {
		line := 0
		if !b.payment {
			line = 1
		}
		l.spend(b.at+second, b.amount, transactionID(nil, 'T', l.d.p, b.day, b.number, line))
		return
	}
	if m := l.d.w.months[b.day]; m != l.month {
		l.book()
		l.month = m
	}
	l.pending += b.amount
}

// book books a month's points on the first of the next.
func (l *ledger) book() {
	if l.pending == 0 {
		return
	}
	at := firstOfMonth(l.month+1) + 2*hour
	amount := l.pending
	l.pending = 0
	if at < l.d.to {
		l.spend(at, amount, nil)
	}
}

// spend earns the points of an amount, and redeems now and then.
func (l *ledger) spend(at, amount int64, transaction []byte) {
	l.expire(at)
	earned := int64(0)
	for _, x := range l.lots {
		earned += x.points
	}
	multiplier := int64(100)
	for _, t := range l.d.w.loyalty {
		if earned >= t.min {
			multiplier = t.multiplier
		}
	}
	u, part := l.s.Float(), l.s.Float()
	if points := amount * multiplier / 10_000; points > 0 {
		l.earn(at, points, "earn", transaction)
	}
	chance, least := 0.12, int64(300)
	if l.byMonth {
		chance, least = 0.35, max(300, l.d.w.loyalty[1].min/4)
	}
	if u >= chance || l.balance < least {
		return
	}
	points := max(int64((0.3+0.7*part)*float64(l.balance))/100*100, 100)
	points = min(points, l.balance)
	left := points
	for i := range l.lots {
		used := min(left, l.lots[i].left)
		l.lots[i].left -= used
		left -= used
	}
	l.balance -= points
	l.put(at+minute, "redeem", -points, nil)
}

func (l *ledger) earn(at, points int64, kind string, transaction []byte) {
	l.lots = append(l.lots, lot{at, points, points})
	l.balance += points
	l.put(at, kind, points, transaction)
}

// expire books what has outlived itself by a time.
func (l *ledger) expire(at int64) {
	gone := 0
	for gone < len(l.lots) && l.lots[gone].at+pointsLive <= at {
		x := &l.lots[gone]
		if x.left > 0 {
			l.balance -= x.left
			l.put(x.at+pointsLive, "expire", -x.left, nil)
		}
		gone++
	}
	l.lots = append(l.lots[:0], l.lots[gone:]...)
}

// finish books the last month and what expires before the window's end.
func (l *ledger) finish() {
	if l.joined == 0 {
		return
	}
	l.book()
	l.expire(l.d.to - 1)
}

func (l *ledger) put(at int64, kind string, points int64, transaction []byte) {
	l.n++
	if !l.d.due(at) {
		return
	}
	r := l.d.tables.ledger
	r.bytes(sideID('L', l.d.p.index, l.n))
	r.bytes(customerID(nil, l.d.p.index))
	r.time(at)
	r.text(kind)
	r.int(points)
	if transaction == nil {
		r.null()
	} else {
		r.bytes(transaction)
	}
	r.end()
}
