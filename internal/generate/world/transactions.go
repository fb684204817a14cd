package world

import (
	"math"
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/generate/draw"
)

// Kinds of dirt, as truth.transactions_dirty names them. The first four are rows of
// their own, so that what customers really spent stays exact; the others change how
// a row looks, and not what was paid.
const (
	dirtGuest       = "guest"
	dirtNoAmount    = "no_amount"
	dirtZero        = "zero_amount"
	dirtFuture      = "future"
	dirtCategory    = "unknown_category"
	dirtText        = "odd_text"
	dirtLeftOut     = "amount_left_out"
	dirtLate        = "late"
	dirtDuplicate   = "duplicate"
	maxLate         = 10 // days
	maxRedelivery   = 5  // days
	linesADay       = 10_000_000
	lookBack        = maxReturn + maxLate + maxRedelivery // days before a window whose rows may come in it
	ownDirtShare    = 0.5                                 // of dirty rows are rows of their own
	unknownCategory = "MC99"
)

// Parts tells how to split a window into n parts of about as many rows: the days
// at which parts begin, and the end.
func (w *World) Parts(v Window, n int) []int {
	weights := make([]float64, v.To-v.From)
	total := 0.0
	for d := range weights {
		for i := range w.people {
			p := &w.people[i]
			if from, to := w.active(p); from <= v.From+d && v.From+d < to {
				weights[d] += p.rate * w.trend(p, v.From+d)
			}
		}
		weights[d] *= w.season[v.From+d]
		total += weights[d]
	}
	cuts := []int{v.From}
	sum := 0.0
	for d := range weights {
		if sum >= total*float64(len(cuts))/float64(n) && len(cuts) < n {
			cuts = append(cuts, v.From+d)
		}
		sum += weights[d]
	}
	return append(cuts, v.To)
}

// transactions writes what one day brings to a window.
func (w *World) transactions(day int, v Window, out, dirt *rows) {
	t := dayWriter{w: w, day: day, out: out, dirt: dirt}
	t.from, t.to = w.at(v.From), w.at(v.To)
	if v.From == 0 {
		t.from = math.MinInt64
	}
	var scratch purchase
	for i := range w.people[:w.firstAfter(day+1)] {
		p := &w.people[i]
		t.p = p
		w.visit(p, day, &scratch, t.purchase)
	}
	t.guests()
}

// dayWriter writes the rows of one day.
type dayWriter struct {
	w         *World
	p         *person
	day       int
	out, dirt *rows
	from, to  int64 // of arrival
	n         int64
	id, order []byte
	who       []byte
}

// row is a transaction as it is, before dirt.
type row struct {
	prefix           byte
	guest            bool
	day, number      int
	line             int
	kind             int
	at               int64
	basket           bool
	product          int32
	category         int
	channel, country uint8
	quantity, price  int64
	discount, amount int64
}

// purchase writes a purchase's rows and those of what was brought back.
func (t *dayWriter) purchase(o *purchase) {
	if o.payment {
		t.write(&row{
			prefix: 'T', day: o.day, number: o.number, kind: payment, at: o.at, category: int(o.category),
			channel: o.channel, country: o.country, amount: o.amount,
		})
		return
	}
	for i := range o.lines {
		l := &o.lines[i]
		r := row{
			prefix: 'T', day: o.day, number: o.number, line: i + 1, kind: sale, at: o.at, basket: true, product: l.product,
			category: t.w.shops[t.w.stock.products[l.product].ranged], channel: o.channel, country: o.country,
			quantity: l.quantity, price: l.price, discount: l.discount, amount: l.amount,
		}
		t.write(&r)
		if l.back != 0 {
			r.prefix, r.kind, r.at = 'R', giveBack, l.back
			// What was paid comes back: the discount is taken off the price.
			r.quantity, r.amount = -l.quantity, -l.amount
			r.price, r.discount = (l.amount*100+l.quantity/2)/l.quantity, 0
			t.write(&r)
		}
	}
}

// fate is what becomes of a row on its way.
type fate struct {
	look            string // how it looks, "" for well
	late, redeliver int64  // microseconds
	duplicate       bool
}

// fateOf draws a row's fate from its id alone.
func (t *dayWriter) fateOf(r *row) (f fate) {
	c := &t.w.cfg
	// A counter-based draw: seeding a stream for each row would cost more than the row.
	key := draw.Mix(c.Seed^uint64(forDirt)<<56) ^ t.p.index<<40 ^ uint64(r.day)<<24 ^ uint64(r.number)<<8 ^ uint64(r.line) //nolint:gosec // not negative
	if r.prefix != 'T' {
		key = ^key
	}
	u := draw.Mix(key)
	x := draw.Unit(u)
	if x < c.Late {
		v := draw.Unit(draw.Mix(u))
		f.late = dayLen + int64(v*v*float64((maxLate-1)*dayLen))
	} else if x -= c.Late; x < c.Duplicates {
		f.duplicate = true
		// Half of them come twice in one delivery, the others some days later again.
		if v := draw.Unit(draw.Mix(u)); v > 0.5 {
			f.redeliver = int64(v * float64(maxRedelivery*dayLen))
		}
	} else if x -= c.Duplicates; x < c.Dirty*(1-ownDirtShare) {
		f.look = [...]string{dirtCategory, dirtText, dirtLeftOut}[int(3*x/(c.Dirty*(1-ownDirtShare)))]
		if f.look == dirtLeftOut && !r.basket {
			f.look = dirtText // without its parts an amount could not be found again
		}
	}
	return f
}

// write writes a row where it comes in the window, and once more where it comes twice.
func (t *dayWriter) write(r *row) {
	f := t.fateOf(r)
	first := r.at + f.late
	came := t.from <= first && first < t.to
	if came {
		t.put(r, f.look)
		switch {
		case f.look != "":
			t.mark(f.look)
		case f.late > 0:
			t.mark(dirtLate)
		}
	}
	if !f.duplicate {
		return
	}
	if again := r.at + f.redeliver; t.from <= again && again < t.to {
		t.put(r, f.look)
		t.mark(dirtDuplicate)
	}
}

// mark notes in the truth what is odd about the row that was put last.
func (t *dayWriter) mark(kind string) {
	if t.dirt == nil {
		return
	}
	t.dirt.bytes(t.id)
	t.dirt.text(kind)
	t.dirt.end()
}

// put writes a row.
func (t *dayWriter) put(r *row, look string) {
	w, out := t.w, t.out
	t.id = transactionID(t.id, r.prefix, t.p, r.day, r.number, r.line)
	out.bytes(t.id)
	if r.basket {
		t.order = orderID(t.order, 'O', t.p, r.day, r.number)
		out.bytes(t.order)
	} else {
		out.null()
	}
	if r.guest {
		out.null()
	} else {
		t.who = customerID(t.who, t.p.index)
		out.bytes(t.who)
	}
	out.time(r.at)
	kind, channel := r.kind, int(r.channel)
	if look == dirtText {
		odd, oddChannel := oddText(r.number + r.day)
		kind, channel = kind+odd*len(kindWords()), channel+oddChannel*len(saleChannels())
	}
	out.word(kind)
	if r.basket {
		out.word(int(r.product))
	} else {
		out.null()
	}
	if look == dirtCategory {
		out.word(len(w.categories)) // the one behind all that are known
	} else {
		out.word(r.category)
	}
	out.word(channel)
	if r.basket {
		out.int(r.quantity)
		out.int(r.price)
		out.int(r.discount)
	} else {
		out.null()
		out.null()
		out.null()
	}
	if look == dirtLeftOut || look == dirtNoAmount {
		out.null()
	} else {
		out.int(r.amount)
	}
	if r.basket {
		out.word(0)
	} else {
		out.null() // card payments come in the shop's own
	}
	out.word(int(r.country))
	t.n++
	out.endAt(int64(t.day)*linesADay + t.n)
}

// Currency is the shop's own.
const Currency = "EUR"

// Ways to write a word: as it is, as careless systems do, and as people do.
const (
	plain = iota
	shouted
	capital
	ways
)

// oddText gives the ways in which the type and the channel of a row are written.
func oddText(n int) (kind, channel int) {
	return [...]int{shouted, plain, capital}[n%3], [...]int{plain, shouted, capital}[n%3]
}

// written gives all words in each of the ways, one way after the other.
func written(words []string) []string {
	out := make([]string, 0, ways*len(words))
	out = append(out, words...)
	for _, word := range words {
		out = append(out, " "+strings.ToUpper(word)+" ")
	}
	for _, word := range words {
		out = append(out, strings.ToUpper(word[:1])+word[1:])
	}
	return out
}

// Types of transactions, in the order of kindWords.
const (
	sale = iota
	giveBack
	payment
)

func kindWords() []string { return []string{"sale", "return", "payment"} }

// transactionRows opens the table of transactions, whose texts are few.
func (w *World) transactionRows(f *filling) *rows {
	t := transactionsTable()
	r := f.table(t)
	countries := make([]string, 0, len(w.lands))
	for _, c := range w.lands {
		countries = append(countries, c.name)
	}
	products := make([]string, 0, len(w.stock.products))
	for i := range w.stock.products {
		products = append(products, w.stock.products[i].id)
	}
	for column, words := range map[string][]string{
		"transaction_type": written(kindWords()), "channel": written(saleChannels()), "currency": {Currency}, "country": countries,
		"product_id": products, "merchant_category_id": append(slices.Clone(w.categoryIDs), unknownCategory),
	} {
		r.words(slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == column }), words)
	}
	return r
}

// guests writes the day's dirty rows of their own: purchases without a customer,
// payments without an amount or of nothing, and times that cannot be.
func (t *dayWriter) guests() {
	w := t.w
	s := w.stream(forGuests, uint64(t.day)) //nolint:gosec // not negative
	mean := float64(w.cfg.Transactions) / float64(w.cfg.Days) * w.season[t.day] * w.cfg.Dirty * ownDirtShare
	n := int(mean)
	if s.Chance(mean - float64(n)) {
		n++
	}
	for k := range n {
		r := row{prefix: 'G', day: t.day, number: k % maxNumber, kind: payment}
		r.line = k / maxNumber % 36
		known := w.people[:w.firstAfter(t.day)]
		t.p = &known[s.Intn(len(known))]
		r.at = w.at(t.day) + int64(w.storeHours.draw(&s))*hour + int64(s.Intn(3600))*second
		r.category = w.mixes[stable].draw(&s)
		r.country = uint8(w.countries.draw(&s)) //nolint:gosec // one of a dozen
		r.amount = max(int64(w.categories[r.category].median*math.Exp(0.6*s.Normal())*100), 50)
		arrives := r.at
		var look string
		switch u := s.Float(); {
		case u < 0.55:
			r.guest, look = true, dirtGuest
		case u < 0.7:
			look = dirtNoAmount
		case u < 0.85:
			r.amount, look = 0, dirtZero
		default:
			// A century off, so that it lies after any day on which the world is generated.
			r.at += int64(29_200+s.Intn(7_000)) * dayLen
			look = dirtFuture
		}
		if t.from <= arrives && arrives < t.to {
			t.put(&r, look)
			t.mark(look)
		}
	}
}
