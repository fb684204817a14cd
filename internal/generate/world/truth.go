package world

import (
	"maps"
	"sort"
	"strconv"
	"time"
)

// Tally counts what treatments brought to some of the customers. Sums are whole millionths of the currency,
// so that their order does not matter.
type Tally struct {
	w *World
	// campaigns and initiatives by their number.
	campaigns, initiatives []realised
}

// realised is what one treatment brought.
type realised struct {
	treated, held        int64
	revenue, incremental int64 // in millionths
}

func newTally(w *World) *Tally {
	return &Tally{w: w, campaigns: make([]realised, len(w.campaigns)), initiatives: make([]realised, len(w.initiatives))}
}

// purchase counts the part of a purchase that each treatment in force brought: of
// an amount that was raised to 1+d times, d/(1+d). What was brought back before
// the window's end does not count.
func (t *Tally) purchase(d *side, o *purchase) {
	for i := range d.p.effects {
		e := &d.p.effects[i]
		if o.at < e.from || o.at >= e.to {
			continue
		}
		amount := o.amount
		if !o.payment {
			amount = 0
			for k := range o.lines {
				if l := &o.lines[k]; l.back == 0 || l.back >= d.to {
					amount += l.amount
				}
			}
		}
		r := t.of(e.of)
		r.revenue += amount * 10_000
		r.incremental += int64(float64(amount) * 10_000 * e.d / (1 + e.d))
	}
}

func (t *Tally) of(n int) *realised {
	if n >= initiativesFrom {
		return &t.initiatives[n-initiativesFrom]
	}
	return &t.campaigns[n]
}

// person counts the groups, and writes the truth of a customer.
func (t *Tally) person(d *side) {
	w, p, r := t.w, d.p, d.tables.truth
	w.messages(p, func(m *message) {
		if m.treated {
			t.campaigns[m.campaign].treated++
		} else {
			t.campaigns[m.campaign].held++
		}
	})
	r.bytes(customerID(nil, p.index))
	r.text(w.kinds[p.kind].name)
	r.float(p.rate)
	if p.left >= w.start+int64(maxDays)*3*dayLen {
		r.null() // never, for all that matters
	} else {
		r.time(p.left)
	}
	r.float(p.satisfaction)
	r.float(p.sensitive)
	r.float(p.green)
	r.bool(p.referrer >= 0)
	r.bool(p.member)
	r.end()
}

// add takes over what another tally counted.
func (t *Tally) add(other *Tally) {
	for _, pair := range [][2][]realised{{t.campaigns, other.campaigns}, {t.initiatives, other.initiatives}} {
		for i := range pair[0] {
			x, y := &pair[0][i], &pair[1][i]
			x.treated, x.held = x.treated+y.treated, x.held+y.held
			x.revenue, x.incremental = x.revenue+y.revenue, x.incremental+y.incremental
		}
	}
}

// write writes what campaigns and initiatives brought by the end of a window.
func (t *Tally) write(v Window, campaigns, initiatives *rows) {
	w := t.w
	for n := range w.campaigns {
		c, x, r := &w.campaigns[n], &t.campaigns[n], campaigns
		if c.day >= v.To {
			break
		}
		r.text(c.id)
		r.date(w.epochDay(c.day))
		r.int(int64(c.window))
		r.float(c.d)
		r.int(x.treated)
		r.int(x.held)
		r.money(cents(x.revenue))
		r.money(cents(x.incremental))
		r.end()
	}
	for n := range w.initiatives {
		it, x, r := &w.initiatives[n], &t.initiatives[n], initiatives
		post := v.To - it.start
		r.text(it.id)
		r.date(w.epochDay(it.start))
		r.int(int64(it.pre))
		r.int(int64(post))
		r.float(it.d)
		r.int(int64(len(it.treated)))
		r.int(int64(len(it.control)))
		r.money(cents(x.revenue))
		r.money(cents(x.incremental))
		r.float(float64(x.incremental) / 1e6 / float64(len(it.treated)) / float64(post) * 30)
		r.end()
	}
}

// cents rounds millionths to hundredths.
func cents(millionths int64) int64 {
	if millionths < 0 {
		return -cents(-millionths)
	}
	return (millionths + 5_000) / 10_000
}

// Parameters tells the configuration by name, and how far the world goes. Read
// gives it back.
func (c Config) Parameters(through int) map[string]string {
	return map[string]string{
		"scale": c.Scale, "seed": strconv.FormatUint(c.Seed, 10), "customers": strconv.Itoa(c.Customers),
		"transactions": strconv.Itoa(c.Transactions), "start": c.Start.Format(time.DateOnly), "days": strconv.Itoa(c.Days),
		"dirty": float(c.Dirty), "late": float(c.Late), "duplicates": float(c.Duplicates),
		"through": strconv.Itoa(through), "mark": c.Mark(),
	}
}

// process tells the parameters of the process behind the world.
func (w *World) process() map[string]string {
	out := map[string]string{
		"pace": float(w.pace), "basket_share": float(w.baskets), "drop_shape": float(dropShape), "drop_scale_days": float(dropScale),
		"drop_by_satisfaction": float(dropBySatisfaction), "drop_referred": float(dropReferred), "old_share": float(oldShare),
		"return_rate": float(returnRate), "holdout": float(holdout), "grow_from": float(growFrom), "grow_to": float(growTo),
		"grow_days": float(growDays), "decline_days": float(declineDays),
	}
	for _, k := range &w.kinds {
		out["share "+k.name], out["rate "+k.name] = float(k.share), float(k.rate)
	}
	return out
}

func float(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// parameters writes both.
func (w *World) parameters(v Window, r *rows) {
	all := w.process()
	maps.Copy(all, w.cfg.Parameters(v.To))
	names := make([]string, 0, len(all))
	for name := range all {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		r.text(name)
		r.text(all[name])
		r.end()
	}
}

// ReadParameters gives the configuration that Parameters told, and how far its
// world goes; false where one is missing or out of shape.
func ReadParameters(all map[string]string) (c Config, through int, ok bool) {
	ok = true
	whole := func(name string) int {
		n, err := strconv.Atoi(all[name])
		ok = ok && err == nil
		return n
	}
	share := func(name string) float64 {
		x, err := strconv.ParseFloat(all[name], 64)
		ok = ok && err == nil
		return x
	}
	seed, err := strconv.ParseUint(all["seed"], 10, 64)
	start, startErr := time.Parse(time.DateOnly, all["start"])
	c = Config{
		Scale: all["scale"], Seed: seed, Customers: whole("customers"), Transactions: whole("transactions"), Start: start,
		Days: whole("days"), Dirty: share("dirty"), Late: share("late"), Duplicates: share("duplicates"),
	}
	through = whole("through")
	return c, through, ok && err == nil && startErr == nil && c.Validate() == nil
}
