package generate

import (
	"cmp"
	"context"
	"io"
	"slices"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

// saleShare and guestShare are the parts of all lines that customers' and
// guests' orders make up; bookings and returns are the rest.
const (
	saleShare  = 0.737
	guestShare = 0.2415
)

// SalesLog writes a synthetic sales log as CSV: a header with the online-retail
// columns, then the lines in order of time. InvoiceDate is UTC without a zone,
// UnitPrice has two decimals, Description and CustomerID may be empty.
//
// The same Config gives the same bytes. A configuration out of range gives a
// fault of code Usage, a cancelled context one of code Cancelled; an error of w
// comes back wrapped with code Disk. What was written by then is not taken back.
func SalesLog(ctx context.Context, w io.Writer, cfg Config) (Summary, error) {
	cfg = cfg.withDefaults()
	if err := cfg.validate(); err != nil {
		return Summary{}, err
	}
	out, err := newWriter(w)
	if err != nil {
		return Summary{}, fault.Wrap(err, fault.Disk, "write the synthetic sales log")
	}
	summary, err := play(ctx, cfg, out.line)
	if err != nil {
		return Summary{}, err
	}
	if err := out.out.Flush(); err != nil {
		return Summary{}, fault.Wrap(err, fault.Disk, "write the synthetic sales log")
	}
	return summary, nil
}

// SalesLines gives the lines of a synthetic sales log, in order of time, to take,
// whose error ends it and comes back wrapped. Otherwise it is like SalesLog.
func SalesLines(ctx context.Context, cfg Config, take func(Line) error) (Summary, error) {
	cfg = cfg.withDefaults()
	if err := cfg.validate(); err != nil {
		return Summary{}, err
	}
	return play(ctx, cfg, take)
}

// play runs the simulation from the first day to the last.
func play(ctx context.Context, cfg Config, take func(Line) error) (Summary, error) {
	t := newTrade(cfg)
	out := numberer{take: take}
	for day := range t.shop.cal.days() {
		if err := ctx.Err(); err != nil {
			return Summary{}, fault.Wrap(err, fault.Cancelled, "write the synthetic sales log")
		}
		if err := t.day(day, &out); err != nil {
			return Summary{}, fault.Wrap(err, fault.Disk, "write the synthetic sales log")
		}
	}
	out.summary.Customers = t.active
	out.summary.Products = len(t.shop.stock.products)
	return out.summary, nil
}

// trade is the state of the simulation between two days.
type trade struct {
	cfg       Config
	shop      shop
	customers []customer
	// due holds the customers that order on a day, returns what comes back on it.
	due     [][]int32
	returns map[int][]document
	// timetable draws the times of day and the number of bookings.
	timetable stream
	active    int
}

func newTrade(cfg Config) *trade {
	cal := newCalendar(cfg.Start, cfg.Days, cfg.More)
	drawer := newStream(cfg.Seed, forCatalogue, 0)
	t := &trade{
		cfg: cfg,
		shop: shop{
			seed: cfg.Seed, cal: cal,
			stock:   newCatalogue(&drawer, catalogueSize(cfg.Rows), cfg.Days),
			baskets: newStream(cfg.Seed, forBaskets, 0),
		},
		customers: population(cfg.Seed, cal, saleShare*float64(cfg.Rows)),
		due:       make([][]int32, cfg.Days+cfg.More),
		returns:   make(map[int][]document),
		timetable: newStream(cfg.Seed, forTimetable, 0),
	}
	for i := range t.customers {
		if t.schedule(i) {
			t.active++
		}
	}
	return t
}

// schedule notes the day of a customer's next order, and says whether it falls
// within the log.
func (t *trade) schedule(i int) bool {
	day := t.shop.cal.dayOf(t.customers[i].next)
	if day >= len(t.due) {
		return false
	}
	t.due[day] = append(t.due[day], int32(i)) //nolint:gosec // at most a few million customers
	return true
}

// event is a document to come at a minute of the day. Documents are made when
// their turn comes, so that a day's timetable stays small.
type event struct {
	minute int
	issue  func() document
}

// day plays one day: timetable first, then the documents in order of time.
func (t *trade) day(day int, out *numberer) error {
	events := t.plan(day)
	slices.SortStableFunc(events, func(a, b event) int { return cmp.Compare(a.minute, b.minute) })
	date := t.shop.cal.date(day)
	for _, e := range events {
		d := e.issue()
		if len(d.lines) == 0 {
			continue
		}
		if err := out.document(d, date.Add(time.Duration(e.minute)*time.Minute)); err != nil {
			return err
		}
	}
	return nil
}

// plan makes the day's timetable.
func (t *trade) plan(day int) []event {
	share := t.shop.cal.share(day)
	if share == 0 {
		return nil // closed
	}
	var events []event
	add := func(minute int, issue func() document) {
		events = append(events, event{minute, issue})
	}
	// The list may grow while it is read: a customer can come twice a day.
	for n := 0; n < len(t.due[day]); n++ { //nolint:intrange // the length changes
		c := &t.customers[t.due[day][n]]
		t.planOrder(c, day, add)
		if c.advance() {
			t.schedule(int(t.due[day][n]))
		}
	}
	t.due[day] = nil
	for _, d := range t.returns[day] {
		add(minuteOfDay(&t.timetable), func() document { return d })
	}
	delete(t.returns, day)
	t.planBookings(day, share, add)
	return events
}

// planOrder adds a customer's order, and now and then a mistyped one with its
// reversal some minutes later.
func (t *trade) planOrder(c *customer, day int, add func(int, func() document)) {
	minute := minuteOfDay(&t.timetable)
	add(minute, func() document {
		order := t.shop.order(c, day)
		t.follow(order, day)
		return order
	})
	if t.timetable.Chance(mistypedShare) {
		pair := t.shop.mistyped(c, day)
		add(minute+1, func() document { return pair[0] })
		add(minute+1+t.timetable.Between(4, 20), func() document { return pair[1] })
	}
}

// follow decides what comes back of an order, and when.
func (t *trade) follow(order document, day int) {
	const meanDelay = 21.0 // days
	s := &t.shop.baskets
	later := func(d document) {
		on := day + 1 + int(meanDelay*s.Exponential())
		for on < len(t.due) && t.shop.cal.share(on) == 0 {
			on++
		}
		if on < len(t.due) {
			t.returns[on] = append(t.returns[on], d)
		}
	}
	if s.Chance(returnShare) {
		later(t.shop.returnOf(order))
	}
	if s.Chance(discountShare) {
		later(t.shop.discountOn(order))
	}
}

// rare is the expected number in a log below which bookings come at a steady
// pace and not by chance, so that a small log has some of each kind.
const rare = 20

// planBookings adds what happens without a customer's order. Each kind has its
// expected number in the whole log, spread over the days by their trade.
func (t *trade) planBookings(day int, share float64, add func(int, func() document)) {
	s, m, rows := &t.timetable, &t.shop, float64(t.cfg.Rows)
	kinds := []struct {
		expected float64
		issue    func() document
	}{
		{guestShare * rows / guestMeanLines(), func() document { return m.guestOrder(day) }},
		{writeOffsPer100k * rows / 1e5, func() document { return m.writeOff(day) }},
		{foundPer100k * rows / 1e5, func() document { return m.found(day) }},
		{guestBackPer100k * rows / 1e5, func() document { return m.guestBack(day) }},
		{samplesPer100k * rows / 1e5, m.samples},
		{feesPer100k * rows / 1e5, m.fees},
		{chargesPer100k * rows / 1e5, m.charges},
		{charityPer100k * rows / 1e5, func() document { return m.charity(&t.customers[0]) }},
	}
	for _, k := range kinds {
		number := t.paced(day, k.expected)
		if k.expected >= rare {
			number = s.Poisson(k.expected * share)
		}
		for range number {
			add(minuteOfDay(s), k.issue)
		}
	}
	for range t.paced(day, float64(1+t.cfg.Rows/badDebtEvery)) {
		minute := minuteOfDay(s)
		for i, d := range m.badDebt() {
			add(minute+2*i, func() document { return d })
		}
	}
}

// paced gives how many of a total fall on a day when they follow the trade
// evenly; the first comes when two thirds of its share of the trade are done.
func (t *trade) paced(day int, total float64) int {
	before := t.shop.cal.before
	upTo := func(activity float64) int { return int(activity/t.shop.cal.span()*total + 1.0/3) }
	return upTo(before[day+1]) - upTo(before[day])
}
