package world

import (
	"math"
	"sort"
)

// person is a customer's own parameters; they never change.
type person struct {
	index   uint64
	kind    archetype
	channel uint8 // of acquisition
	country uint8
	city    uint8
	income  uint8
	member  bool
	// signup is the time of signing up and day its day, negative before the start.
	signup int64
	day    int32
	// onset is the day on which a declining customer begins to.
	onset int32
	// referrer is who brought the customer, -1 for nobody.
	referrer int32
	// left is the time of dropping out, which may lie beyond any horizon.
	left int64
	// rate is purchases on an average day, before growth or decline.
	rate float64
	// basket scales amounts.
	basket float64
	// satisfaction is normal over the population; the others lie between 0 and 1.
	satisfaction, sensitive, green float64
	// web is the share of purchases on the web or in the app.
	web float64
	// effects are the treatments, which scale what is paid while they last.
	effects []effect
}

// effect is a treatment: what is paid from and before to is 1+d times what it
// would have been.
type effect struct {
	from, to int64
	d        float64
	// of is the campaign's number, or that of the initiative in initiativesFrom.
	of int
}

// initiativesFrom is added to the numbers of initiatives, apart from those of campaigns.
const initiativesFrom = 1 << 20

// oldShare is the part of the customers that signed up before the first day, over
// oldDays, and already bought then.
const (
	oldShare = 0.45
	oldDays  = 3 * 365
)

// signupDay gives the day on which customer i signed up. Customers are numbered in
// the order of signing up; those beyond the configured number follow at the same
// pace, so that a longer horizon begins like a shorter one.
func (w *World) signupDay(i int, u float64) int {
	old := int(oldShare * float64(w.cfg.Customers))
	if i < old {
		// Ever more of them join a year.
		return -1 - int(oldDays*(1-math.Pow((float64(i)+u)/float64(old), 0.8)))
	}
	return int((float64(i-old) + u) * float64(w.cfg.Days) / float64(w.cfg.Customers-old))
}

// population draws the customers that signed up before the end of a day.
func (w *World) population(through int) []person {
	var all []person
	for i := 0; ; i++ {
		s := w.stream(forTraits, uint64(i))
		day := w.signupDay(i, s.Float())
		if day >= through {
			break
		}
		all = append(all, w.newPerson(i, day, &s))
	}
	return all
}

// kindOf draws an archetype. The new and growing are those who came in the last
// year before the horizon's end and after: the others' shares there make room.
func (w *World) kindOf(day int, s *stream) archetype {
	all := archetypes()
	fresh := day >= w.cfg.Days-w.freshDays()
	weights := make([]float64, len(all))
	for i, a := range &all {
		weights[i] = a.share
	}
	weights[growing] = 0
	if fresh {
		// So many of those that the whole population has the share of them.
		part := float64(w.freshDays()) / float64(w.cfg.Days) * (1 - oldShare)
		growingPart := math.Min(0.95, all[growing].share/part)
		weights[growing] = growingPart / (1 - growingPart) * (1 - all[growing].share)
	}
	return archetype(s.Weighted(weights)) //nolint:gosec // one of five
}

// freshDays is how long before the horizon's end the new and growing begin to come.
func (w *World) freshDays() int { return min(365, w.cfg.Days*3/5) }

func (w *World) newPerson(i, day int, s *stream) person {
	kind := w.kindOf(day, s)
	a := &w.kinds[kind]
	p := person{
		index: uint64(i), kind: kind, day: int32(day), referrer: -1, //nolint:gosec // bounded by Config.Validate
		signup:       w.at(day) + int64(s.Float()*float64(dayLen)),
		satisfaction: s.Normal(),
		basket:       a.basket * math.Exp(a.spread*s.Normal()),
		country:      uint8(w.countries.draw(s)),     //nolint:gosec // one of a dozen
		income:       uint8(s.Weighted(a.income[:])), //nolint:gosec // one of three
		member:       s.Chance(a.member),
		sensitive:    s.Beta(6*a.sensitive, 6*(1-a.sensitive)),
		green:        s.Beta(2.2, 2.6),
		web:          s.Beta(8*a.web, 8*(1-a.web)),
	}
	p.city = uint8(s.Intn(len(w.lands[p.country].cities))) //nolint:gosec // a handful
	p.channel = w.channelOf(i, s)
	c := &w.channels[p.channel]
	if p.channel == referralChannel {
		p.referrer = int32(s.Intn(i)) //nolint:gosec // below the number of customers
	}
	p.rate = s.Gamma(a.shape) / a.shape * a.rate * c.rate
	hazard := s.Gamma(dropShape) / dropScale * a.hazard * c.hazard * math.Exp(-dropBySatisfaction*p.satisfaction)
	if p.referrer >= 0 {
		hazard *= dropReferred
	}
	life := s.Exponential() / hazard
	// Who had left before the first day is not in the shop's records any more:
	// exponential lifetimes do not age, so the rest of a life begins there.
	p.left = max(p.signup, w.start) + int64(math.Min(life, 1e6)*float64(dayLen))
	p.onset = int32(math.Max(float64(day)+60, float64(w.cfg.Days)*(0.25+0.5*s.Float())))
	return p
}

// channelOf draws the channel that won a customer; the first ones cannot have been
// referred.
func (w *World) channelOf(i int, s *stream) uint8 {
	weights := make([]float64, len(w.channels))
	for c := range w.channels {
		weights[c] = w.channels[c].share
	}
	if i < 20 {
		weights[referralChannel] = 0
	}
	return uint8(s.Weighted(weights)) //nolint:gosec // one of six
}

// trend is a customer's rate on a day against the own average.
func (w *World) trend(p *person, day int) float64 {
	switch p.kind {
	case growing:
		return w.growth[min(max(day-int(p.day), 0), len(w.growth)-1)]
	case declining:
		return w.decline[min(max(day-int(p.onset), 0), len(w.decline)-1)]
	default:
		return 1
	}
}

// trends fills the tables behind trend.
func (w *World) trends() {
	const days = 4 * 365
	w.growth, w.decline = make([]float64, days), make([]float64, days)
	for d := range days {
		w.growth[d] = growTo - (growTo-growFrom)*math.Exp(-float64(d)/growDays)
		w.decline[d] = declineFloor + (1-declineFloor)*math.Exp(-float64(d)/declineDays)
	}
}

// active gives the days on which a customer may buy, from and before to.
func (w *World) active(p *person) (from, to int) {
	return max(int(p.day), 0), w.dayOf(p.left) + 1
}

// firstAfter gives how many customers signed up before a day.
func (w *World) firstAfter(day int) int {
	return sort.Search(len(w.people), func(i int) bool { return int(w.people[i].day) >= day })
}

// calibrate sets the pace, by which rates are multiplied so that the horizon has
// about the wanted number of transactions. It looks at the configured horizon
// alone, whatever is generated of it.
func (w *World) calibrate() {
	total := 0.0
	year := season(w.cfg.Start, w.cfg.Days)
	for i := range w.people {
		p := &w.people[i]
		from, to := w.active(p)
		sum := 0.0
		for d := from; d < min(to, w.cfg.Days); d++ {
			sum += year[d] * w.trend(p, d)
		}
		total += p.rate * sum
	}
	w.pace = float64(w.cfg.Transactions) / total / w.rowsPerPurchase()
	for i := range w.people {
		w.people[i].rate *= w.pace
	}
}
