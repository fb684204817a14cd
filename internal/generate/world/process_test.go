package world

import (
	"math"
	"testing"
)

// near fails when got is further than within from want.
func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.Abs(got-want) > within || math.IsNaN(got) {
		t.Errorf("%s is %.4f, not %.4f within %.4f", what, got, want, within)
	}
}

// broad is a world with many customers that buy little: for shares of customers.
func broad(t *testing.T) *World {
	t.Helper()
	cfg := tiny(t)
	cfg.Customers, cfg.Transactions = 20_000, 60_000
	return made(t, cfg, cfg.Days)
}

func TestArchetypesHaveTheirShares(t *testing.T) {
	t.Parallel()
	w := broad(t)
	var counts [5]float64
	for i := range w.people {
		counts[w.people[i].kind]++
	}
	for k, c := range counts {
		near(t, "the share of "+w.kinds[k].name, c/float64(len(w.people)), w.kinds[k].share, 0.012)
	}
	total := 0.0
	for _, k := range archetypes() {
		total += k.share
		near(t, "the mix of "+k.name, k.mix[0]+k.mix[1]+k.mix[2], 1, 1e-9)
	}
	near(t, "the sum of shares", total, 1, 1e-9)
}

// Lives are Pareto/NBD: given what scales a customer's hazard by m, the share that is
// still there after t is (s/(s+m t))^r, the gamma mixture in closed form.
func TestLivesSurviveAsTheFormulaSays(t *testing.T) {
	t.Parallel()
	w := broad(t)
	for _, days := range []float64{90, 365, 1000} {
		alive, expected := 0.0, 0.0
		for i := range w.people {
			p := &w.people[i]
			from := max(p.signup, w.start)
			if float64(p.left-from) > days*float64(dayLen) {
				alive++
			}
			m := w.kinds[p.kind].hazard * w.channels[p.channel].hazard * math.Exp(-dropBySatisfaction*p.satisfaction)
			if p.referrer >= 0 {
				m *= dropReferred
			}
			expected += math.Pow(dropScale/(dropScale+m*days), dropShape)
		}
		n := float64(len(w.people))
		near(t, "survival", alive/n, expected/n, 4*math.Sqrt(0.25/n))
	}
}

// Purchases are as many as rate, season and trend say, added up day by day.
func TestPurchasesComeAtTheirRate(t *testing.T) {
	t.Parallel()
	cfg := tiny(t)
	w := made(t, cfg, cfg.Days)
	var count, expected, rows float64
	var scratch purchase
	for i := range w.people {
		p := &w.people[i]
		for day := range cfg.Days {
			w.visit(p, day, &scratch, func(o *purchase) {
				count++
				rows++
				if !o.payment {
					rows += float64(len(o.lines)) - 1
				}
			})
			// The days of signing up and of leaving are cut short, the former has a
			// first purchase: they are left to the tolerance.
			if from, to := w.active(p); day >= from && day < to {
				expected += p.rate * w.season[day] * w.trend(p, day)
			}
		}
	}
	near(t, "purchases against expected", count/expected, 1, 0.03)
	near(t, "rows against those asked for", rows/float64(cfg.Transactions), 1, 0.05)
}

func TestTheSeasonsAverageToOne(t *testing.T) {
	t.Parallel()
	cfg := tiny(t)
	days := season(cfg.Start, 7*365)
	sum := 0.0
	for _, x := range days {
		sum += x
	}
	near(t, "the mean of the seasons", sum/float64(len(days)), 1, 0.01)
}

func TestPurchasesLookAsTheyShould(t *testing.T) {
	t.Parallel()
	cfg := tiny(t)
	cfg.Customers, cfg.Transactions = 1000, 40_000
	_, rows := base(t, cfg)
	truth := map[string]record{}
	for _, r := range rows["truth.customers"] {
		truth[r.text("customer_id")] = r
	}
	label := map[string]bool{}
	for _, r := range rows["bronze.products"] {
		label[r.text("product_id")] = r["sustainability_label"] != nil
	}
	groups := map[string]string{}
	for _, r := range rows["bronze.merchant_categories"] {
		groups[r.text("merchant_category_id")] = r.text("category_group")
	}
	if len(groups) != 50 {
		t.Errorf("there are %d merchant categories, not 50", len(groups))
	}
	type sums struct{ n, discounted, labelled, travel, amount, lines float64 }
	by := map[string]*sums{}
	add := func(key string, r record) {
		s := by[key]
		if s == nil {
			s = &sums{}
			by[key] = s
		}
		s.n++
		s.amount += r.number("amount")
		if groups[r.text("merchant_category_id")] == "travel" {
			s.travel++
		}
		if r["product_id"] != nil {
			s.lines++
			if r.number("discount_amount") > 0 {
				s.discounted++
			}
			if label[r.text("product_id")] {
				s.labelled++
			}
		}
	}
	last := map[bool]float64{}
	for _, r := range rows["bronze.transactions"] {
		who := truth[r.text("customer_id")]
		if who == nil || r.number("amount") <= 0 {
			continue
		}
		add(who.text("archetype"), r)
		if who.number("price_sensitivity") > 0.5 {
			add("sensitive", r)
		} else {
			add("careless", r)
		}
		if who.number("sustainability") > 0.5 {
			add("green", r)
		} else {
			add("grey", r)
		}
		quarter := (int(r.time("transaction_at").Month()) - 1) / 3
		last[quarter == 3] += r.number("amount")
	}
	mean := func(key string) float64 { return by[key].amount / by[key].n }
	travelers, thrifty := archetypes()[travelers].name, archetypes()[budget].name
	if mean(travelers) < 2*mean(thrifty) {
		t.Errorf("travelers pay %.2f a row, the budget-conscious %.2f", mean(travelers), mean(thrifty))
	}
	if by[travelers].travel/by[travelers].n < 3*by[thrifty].travel/by[thrifty].n {
		t.Error("travelers do not travel more than the budget-conscious")
	}
	if a, b := by["sensitive"], by["careless"]; a.discounted/a.lines < 1.5*b.discounted/b.lines {
		t.Errorf("discounts: %.3f of the sensitive, %.3f of the others", a.discounted/a.lines, b.discounted/b.lines)
	}
	if a, b := by["green"], by["grey"]; a.labelled/a.lines < 1.2*b.labelled/b.lines {
		t.Errorf("labels: %.3f of the green, %.3f of the others", a.labelled/a.lines, b.labelled/b.lines)
	}
	if share := last[true] / (last[true] + last[false]); share < 0.26 || share > 0.42 {
		t.Errorf("the fourth quarter has %.3f of the revenue", share)
	}
}

func TestSatisfactionAndReferralMoveWhatTheyShould(t *testing.T) {
	t.Parallel()
	w := broad(t)
	mean := func(pick func(*person) bool) float64 {
		stay, n := 0.0, 0.0
		for i := range w.people {
			if p := &w.people[i]; pick(p) {
				n++
				if p.left > w.at(w.cfg.Days) {
					stay++
				}
			}
		}
		return stay / n
	}
	if happy, sad := mean(func(p *person) bool { return p.satisfaction > 1 }), mean(func(p *person) bool { return p.satisfaction < -1 }); happy < sad+0.1 {
		t.Errorf("%.3f of the satisfied stay, %.3f of the others", happy, sad)
	}
	if a, b := mean(func(p *person) bool { return p.referrer >= 0 }), mean(func(p *person) bool { return p.referrer < 0 }); a < b+0.03 {
		t.Errorf("%.3f of the referred stay, %.3f of the others", a, b)
	}
	for i := range w.people {
		p := &w.people[i]
		if p.referrer >= int32(i) {
			t.Fatalf("customer %d was brought by %d, who came later", i, p.referrer)
		}
		if (p.referrer >= 0) != (p.channel == referralChannel) {
			t.Fatalf("customer %d: referrer %d, channel %s", i, p.referrer, w.channels[p.channel].name)
		}
	}
}
