package world

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Changes of a customer's data: how many there are a year, and what changes.
const (
	changesPerYear = 0.15
	closedShare    = 0.3 // of those who left, some weeks later
)

// profile is what a version of a customer says.
type profile struct {
	first, last, email, phone, gender string
	born                              int64 // as a DATE
	country, city, income             int
	limit                             int64 // in hundredths, 0 for none
	closed                            bool
}

// versions gives the versions of a customer with their times, in order, as far as
// the world is known.
func (w *World) versions(p *person, take func(at int64, v *profile)) {
	s := w.stream(forPerson, p.index)
	v := w.firstProfile(p, &s)
	take(p.signup, &v)
	closing := int64(math.MaxInt64)
	if s.Chance(closedShare) {
		closing = p.left + int64(10+40*s.Float())*dayLen + int64(s.Float()*float64(dayLen))/second*second
	}
	changes := w.stream(forVersions, p.index)
	at := max(p.signup, w.start)
	end := w.at(w.through)
	for {
		at += int64(changes.Exponential()*365/changesPerYear*float64(dayLen))/second*second + second
		kind, u := changes.Float(), changes.Float()
		if at >= end || at >= closing {
			break
		}
		v.change(kind, u)
		take(at, &v)
	}
	if closing < end {
		v.closed = true
		take(closing, &v)
	}
}

// change moves, promotes or re-limits a customer.
func (v *profile) change(kind, u float64) {
	switch {
	case kind < 0.45:
		n := len(countries()[v.country].cities)
		v.city = (v.city + 1 + int(u*float64(n-1))) % n
	case kind < 0.75:
		if u < 0.6 && v.income < 2 || v.income == 0 {
			v.income++
		} else {
			v.income--
		}
	default:
		factor := int64(80 + 100*u)
		v.limit = max(v.limit, 50_000) * factor / 100 / 10_000 * 10_000
	}
}

func (w *World) firstProfile(p *person, s *stream) profile {
	v := profile{country: int(p.country), city: int(p.city), income: int(p.income)}
	names := womensNames()
	if v.gender = "female"; s.Chance(0.48) {
		names, v.gender = mensNames(), "male"
	}
	v.first = names[s.Intn(len(names))]
	v.last = familyNames()[s.Intn(len(familyNames()))]
	switch u := s.Float(); {
	case u < 0.02:
		v.gender = "diverse"
	case u < 0.08:
		v.gender = "" // did not say
	}
	// Reserved for examples by RFC 2606: no mail reaches anybody.
	v.email = strings.ToLower(v.first) + "." + strings.ToLower(v.last) + "." + strconv.FormatUint(p.index, 10) + "@example.com"
	if s.Chance(0.9) {
		// The regulator keeps these numbers for fiction.
		number := strconv.Itoa(s.Between(0, 999))
		v.phone = "+44 20 7946 0" + "000"[len(number):] + number
	}
	age := math.Min(math.Max(w.kinds[p.kind].ageMean+13*s.Normal(), 18), 92)
	v.born = w.epochDay(0) - int64(age*365.25)
	if s.Chance(0.75) {
		v.limit = int64([...]float64{800, 2_000, 5_000}[p.income]*math.Exp(0.4*s.Normal())/100+1) * 10_000
	}
	return v
}

// customers writes the versions of a window.
func (w *World) customers(p *person, v Window, r *rows) {
	from, to := w.bounds(v)
	var id []byte
	w.versions(p, func(at int64, q *profile) {
		if at < from || at >= to {
			return
		}
		id = customerID(id, p.index)
		r.bytes(id)
		r.time(at)
		r.time(p.signup)
		r.text(q.first)
		r.text(q.last)
		r.text(q.email)
		r.orNull(q.phone)
		r.date(q.born)
		r.orNull(q.gender)
		c := &w.lands[q.country]
		r.text(c.cities[q.city].name)
		r.text(c.cities[q.city].region)
		r.text(c.name)
		r.text(incomeBands()[q.income])
		r.text(w.channels[p.channel].name)
		if q.limit == 0 {
			r.null()
		} else {
			r.money(q.limit)
		}
		status := "active"
		if q.closed {
			status = "closed"
		}
		r.text(status)
		r.end()
	})
}

// consents writes what customers agreed to: on signing up, and by unsubscribing.
func (w *World) consents(p *person, v Window, r *rows) {
	from, to := w.bounds(v)
	s := w.stream(forConsents, p.index)
	granted := [3]bool{s.Chance(0.86), s.Chance(0.62), s.Chance(0.24)}
	origin := [...]string{"form", "form", "form", "call", "import"}[s.Intn(5)]
	decide := func(n int, purpose string, yes bool, at int64, how string) {
		if at < from || at >= to {
			return
		}
		r.bytes(sideID('K', p.index, n))
		r.bytes(customerID(nil, p.index))
		r.text(purpose)
		r.bool(yes)
		r.time(at)
		r.text(how)
		r.end()
	}
	for i, purpose := range [...]string{"marketing", "profiling", "sharing"} {
		decide(i+1, purpose, granted[i], p.signup, origin)
	}
	w.messages(p, func(m *message) {
		if m.unsubbed != 0 {
			decide(5, "marketing", false, m.unsubbed, "form")
		}
	})
	// Some change their mind on profiling later.
	if s.Chance(0.08) {
		at := max(p.signup, w.start) + int64(300*s.Exponential()*float64(dayLen))/second*second
		decide(4, "profiling", !granted[1], at, "form")
	}
}

// sideID writes the id of the n-th thing of a customer.
func sideID(prefix byte, index uint64, n int) []byte {
	b := []byte("X00000000")
	b[0] = prefix
	putBase36(b[1:5], index)
	putBase36(b[5:9], uint64(n)) //nolint:gosec // counted from 0
	return b
}

// echoID writes the id of what followed on a purchase, which is longer than those
// that are counted.
func echoID(prefix byte, p *person, b *bought) []byte {
	return orderID(make([]byte, 0, 12), prefix, p, b.day, b.number)
}

// yearOf gives the year of a day.
func (w *World) yearOf(day int) int {
	return w.cfg.Start.Add(time.Duration(day) * 24 * time.Hour).Year()
}
