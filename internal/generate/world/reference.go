package world

import "math"

// products, merchantCategories and tierRows are the same at any time.

func (w *World) products(r *rows) {
	for i := range w.stock.products {
		p := &w.stock.products[i]
		ranged := ranges()[p.ranged]
		r.text(p.id)
		r.text(p.name)
		r.text(ranged.name)
		r.text(p.brand)
		r.text(categoryID(ranged.category))
		r.int(p.cost)
		r.int(p.price)
		r.orNull(p.label)
		r.end()
	}
}

func (w *World) merchantCategories(r *rows) {
	for i, c := range w.categories {
		r.text(categoryID(i))
		r.text(c.name)
		r.text(c.group.String())
		r.end()
	}
}

func (w *World) tierRows(r *rows) {
	for _, t := range w.loyalty {
		r.text(t.name)
		r.int(t.min)
		r.int(t.multiplier)
		r.text(t.benefits)
		r.end()
	}
}

// costs writes what winning customers costs by day, channel and campaign: money
// for the sign-ups that a channel brings on average, more before Christmas.
func (w *World) costs(v Window, r *rows) {
	perDay := (1 - oldShare) * float64(w.cfg.Customers) / float64(w.cfg.Days)
	for day := v.From; day < v.To; day++ {
		for n := range w.channels {
			c := &w.channels[n]
			for k, name := range c.campaigns {
				s := w.stream(forCosts, uint64(day)<<16|uint64(n)<<8|uint64(k)) //nolint:gosec // not negative
				part := 1 / float64(len(c.campaigns))
				cost := perDay * c.share * c.cost * part * w.season[day] * math.Exp(0.25*s.Normal())
				clicks := perDay * c.share * part / c.signRate * math.Exp(0.2*s.Normal())
				r.date(w.epochDay(day))
				r.text(c.name)
				r.orNull(name)
				r.money(int64(cost*100 + 0.5))
				r.int(int64(clicks / c.clickRate))
				r.int(int64(clicks))
				r.end()
			}
		}
	}
}

// research writes the market's size by country, range and year.
func (w *World) research(r *rows) {
	s := w.stream(forResearch, 0)
	publishers := [...]string{"Market Watch", "Retail Panel", "Trade Institute"}
	for _, land := range w.lands {
		for _, ranged := range ranges() {
			size := land.market * 1e6 * math.Sqrt(ranged.median) * math.Exp(0.4*s.Normal())
			publisher := publishers[s.Intn(len(publishers))]
			trend := 0.03 + 0.035*s.Normal()
			for y := w.yearOf(0); y <= w.yearOf(w.cfg.Days-1); y++ {
				growth := trend + 0.01*s.Normal()
				r.text(land.name)
				r.text(ranged.name)
				r.int(int64(y))
				r.money(int64(size/1000) * 1000 * 100)
				r.int(int64(growth * 1e6))
				r.text(publisher)
				r.end()
				size *= 1 + growth
			}
		}
	}
}

func (w *World) initiativeRows(r *rows) {
	for i := range w.initiatives {
		it := &w.initiatives[i]
		r.text(it.id)
		r.text(it.name)
		r.text(it.pillar)
		r.date(w.epochDay(it.start))
		r.null()
		r.money(it.cost)
		r.end()
	}
}

func (w *World) memberRows(r *rows) {
	for i := range w.initiatives {
		it := &w.initiatives[i]
		for _, group := range []struct {
			who     []int32
			treated bool
		}{{it.treated, true}, {it.control, false}} {
			for _, p := range group.who {
				r.text(it.id)
				r.bytes(customerID(nil, uint64(p))) //nolint:gosec // an index
				r.bool(group.treated)
				r.end()
			}
		}
	}
}
