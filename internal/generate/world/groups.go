package world

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// initiative is an ESG initiative with its treated and control group.
type initiative struct {
	id, name, pillar string
	start            int // day
	pre              int // days before it that are compared
	cost             int64
	d                float64
	treated, control []int32 // by index of the customer, ascending
}

// initiativePlan is an initiative before its groups are drawn; part is where in the
// horizon it begins.
type initiativePlan struct {
	name, pillar string
	part, d      float64
	costEach     float64
}

// initiativePlans lists the three, of which the last has no effect.
func initiativePlans() []initiativePlan {
	return []initiativePlan{
		{"Green parcel", "environment", 0.52, 0.24, 14},
		{"Local sourcing label", "social", 0.58, 0.12, 9},
		{"Open supply report", "governance", 0.64, 0, 6},
	}
}

// groupShare is the size of a treated or control group against all customers.
const groupShare = 0.07

// campaign is a mailing with a randomised hold-out.
type campaign struct {
	number   int
	id, name string
	day      int
	window   int // days of its effect
	d        float64
	channel  string
	cost     int64 // of a message, in ten-thousandths
	reach    float64
}

// campaignPlans lists what the campaigns repeat: six in a horizon.
func campaignPlans() []campaign {
	return []campaign{
		{name: "Welcome back", window: 28, d: 0.10, channel: "email", cost: 1_200, reach: 0.9},
		{name: "Spring offers", window: 21, d: 0.06, channel: "email", cost: 900, reach: 0.8},
		{name: "Summer points", window: 30, d: 0, channel: "push", cost: 200, reach: 0.7},
		{name: "Autumn catalogue", window: 30, d: 0.14, channel: "post", cost: 14_500, reach: 0.6},
		{name: "Flash weekend", window: 10, d: 0.08, channel: "sms", cost: 4_000, reach: 0.8},
		{name: "Holiday gifts", window: 24, d: 0.12, channel: "email", cost: 1_500, reach: 0.9},
	}
}

// holdout is the share of a campaign's customers that are held out.
const holdout = 0.2

// plan sets up initiatives and campaigns, and what they do to whom.
func (w *World) plan() {
	w.planInitiatives()
	gap := float64(w.cfg.Days) / float64(len(campaignPlans()))
	for n := 0; ; n++ {
		c := campaignPlans()[n%len(campaignPlans())]
		c.number, c.day = n, int((float64(n)+0.6)*gap)
		if c.day >= w.through {
			break
		}
		c.id = fmt.Sprintf("CMP%02d", n+1)
		c.name = fmt.Sprintf("%s %d", c.name, w.date(c.day).Year())
		w.campaigns = append(w.campaigns, c)
	}
	for i := range w.people {
		p := &w.people[i]
		w.messages(p, func(m *message) {
			c := &w.campaigns[m.campaign]
			if m.treated {
				p.effects = append(p.effects, effect{w.at(c.day), w.at(c.day + c.window), c.d, m.campaign})
			}
		})
	}
}

// planInitiatives draws the groups: customers that signed up before the span that
// is compared, each in one group of one initiative at most.
func (w *World) planInitiatives() {
	taken := make([]bool, len(w.people))
	size := max(int(groupShare*float64(w.cfg.Customers)), 3)
	for n, plan := range initiativePlans() {
		start := int(plan.part * float64(w.cfg.Days))
		it := initiative{
			id: fmt.Sprintf("ESG%d", n+1), name: plan.name, pillar: plan.pillar, d: plan.d,
			start: start, pre: min(start, w.cfg.Days-start),
			cost: int64(math.Round(plan.costEach*float64(size)*100) / 100 * 100),
		}
		type drawn struct {
			i int32
			u uint64
		}
		var pool []drawn
		for i := range w.people {
			if p := &w.people[i]; !taken[i] && int(p.day) < start-it.pre && int(p.day) < w.cfg.Days {
				s := w.stream(forGroups, uint64(n)<<32|p.index)
				pool = append(pool, drawn{int32(i), s.Bits()})
			}
		}
		slices.SortFunc(pool, func(a, b drawn) int { return cmp.Compare(a.u, b.u) })
		each := min(size, len(pool)/2)
		for k, d := range pool[:2*each] {
			taken[d.i] = true
			if k%2 == 0 {
				it.treated = append(it.treated, d.i)
			} else {
				it.control = append(it.control, d.i)
			}
		}
		slices.Sort(it.treated)
		slices.Sort(it.control)
		for _, i := range it.treated {
			p := &w.people[i]
			p.effects = append(p.effects, effect{w.at(start), math.MaxInt64, it.d, initiativesFrom + n})
		}
		w.initiatives = append(w.initiatives, it)
	}
}

// message is what a campaign does to one customer.
type message struct {
	campaign                                   int
	treated                                    bool
	sent, delivered, opened, clicked, unsubbed int64
}

// messages gives the campaigns that a customer is part of, in the order of time.
// Who did not agree to marketing, or unsubscribed, is in none.
func (w *World) messages(p *person, take func(*message)) {
	s := w.stream(forMessages, p.index)
	if !w.agrees(p) {
		return
	}
	for n := range w.campaigns {
		c := &w.campaigns[n]
		// All draws are made whatever comes of them, so that campaigns do not depend
		// on each other.
		reached, held := s.Chance(c.reach), s.Chance(holdout)
		hourOf, lag, open, click, leave := s.Float(), s.Exponential(), s.Float(), s.Float(), s.Float()
		arrives := s.Chance(0.97)
		if !reached || p.signup >= w.at(c.day-14) {
			continue
		}
		m := message{campaign: n, treated: !held, sent: w.at(c.day) + int64(8+hourOf*11)*hour + int64(lag*37)%3600*second}
		if m.treated && arrives {
			w.answer(p, c, &m, lag, open, click, leave)
		}
		take(&m)
		if m.unsubbed != 0 {
			return
		}
	}
}

// answer fills in what a customer does with a message. Mornings are read more.
func (w *World) answer(p *person, c *campaign, m *message, lag, open, click, leave float64) {
	m.delivered = m.sent + int64(lag*20)*second
	rate := 0.28 + 0.05*p.satisfaction
	if at := m.sent % dayLen / hour; at < 11 || at >= 18 {
		rate += 0.07
	}
	if p.left < m.sent {
		rate *= 0.3
	}
	switch c.channel {
	case "post":
		m.delivered = m.sent + int64(24+lag*20)*hour
		return // nobody sees letters being read
	case "sms":
		rate += 0.3
	}
	if open >= rate {
		return
	}
	m.opened = m.delivered + int64(lag*4*3600)*second + 30*second
	if click < 0.22 {
		m.clicked = m.opened + int64(20+lag*60)*second
	}
	if leave < 0.02 {
		m.unsubbed = m.opened + 90*second
	}
}

// agrees says whether a customer agreed to marketing on signing up.
func (w *World) agrees(p *person) bool {
	s := w.stream(forConsents, p.index)
	return s.Chance(0.86)
}
