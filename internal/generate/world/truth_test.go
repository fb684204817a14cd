package world

import (
	"fmt"
	"math"
	"testing"
	"time"
)

// What campaigns and initiatives brought, worked out anew from the tables as an
// analyst has them: who was treated, when, and what the treated paid.
func TestTheTruthFollowsFromTheRows(t *testing.T) {
	t.Parallel()
	cfg := tiny(t)
	cfg.Customers, cfg.Transactions = 1000, 40_000
	cfg.Duplicates, cfg.Dirty, cfg.Late = 0, 0, 0
	_, rows := base(t, cfg)
	paid := paidBy(rows["bronze.transactions"])
	treated := map[string][]string{}
	for _, r := range rows["bronze.communications"] {
		if r.text("assignment") == "treated" {
			treated[r.text("campaign_id")] = append(treated[r.text("campaign_id")], r.text("customer_id"))
		}
	}
	for _, r := range rows["bronze.esg_initiative_members"] {
		if r["is_treated"] == true {
			treated[r.text("initiative_id")] = append(treated[r.text("initiative_id")], r.text("customer_id"))
		}
	}
	check := func(r record, id string, from time.Time, days int) {
		to, d := from.AddDate(0, 0, days), r.number("relative_effect")
		revenue := 0.0
		for _, who := range treated[id] {
			for at, amount := range paid[who] {
				if !at.Before(from) && at.Before(to) {
					revenue += amount
				}
			}
		}
		near(t, id+": treated customers", r.number("treated"), float64(len(treated[id])), 0)
		near(t, id+": revenue", r.number("treated_revenue"), revenue, 0.01)
		near(t, id+": incremental revenue", r.number("incremental_revenue"), revenue*d/(1+d), 0.01)
		if revenue == 0 {
			t.Errorf("%s: nothing was bought", id)
		}
	}
	for _, r := range rows["truth.campaigns"] {
		check(r, r.text("campaign_id"), r.time("sent_on"), int(r.number("window_days")))
	}
	zero := 0
	for _, r := range rows["truth.esg_initiatives"] {
		check(r, r.text("initiative_id"), r.time("started_on"), int(r.number("post_days")))
		each := r.number("incremental_revenue") / r.number("treated") / r.number("post_days") * 30
		near(t, r.text("initiative_id")+": effect", r.number("effect_per_customer_30d"), each, 0.001)
		if r.number("relative_effect") == 0 {
			zero++
		}
	}
	if zero != 1 {
		t.Errorf("%d initiatives have no effect, not 1", zero)
	}
}

// paidBy sums what customers paid by the time of paying; what was brought back is
// taken off there.
func paidBy(rows []record) map[string]map[time.Time]float64 {
	bought := map[string]record{}
	out := map[string]map[time.Time]float64{}
	add := func(r record, amount float64) {
		who := r.text("customer_id")
		if out[who] == nil {
			out[who] = map[time.Time]float64{}
		}
		out[who][r.time("transaction_at")] += amount
	}
	for _, r := range rows {
		if id := r.text("transaction_id"); id[0] == 'T' {
			bought[id] = r
			add(r, r.number("amount"))
		}
	}
	for _, r := range rows {
		if id := r.text("transaction_id"); id[0] == 'R' {
			add(bought["T"+id[1:]], r.number("amount"))
		}
	}
	return out
}

// The same world without one treatment brings less by just what the truth says the
// treatment brought: everything else is drawn alike.
func TestTheTruthIsTheCounterfactual(t *testing.T) {
	t.Parallel()
	cfg := tiny(t)
	cfg.Customers, cfg.Transactions = 1000, 40_000
	cfg.Duplicates, cfg.Dirty, cfg.Late = 0, 0, 0
	revenue := func(w *World) (sum float64) {
		out := shelfOf{}
		if err := w.Transactions(t.Context(), cfg.Base(), 0, cfg.Days, out.target()); err != nil {
			t.Fatal(err)
		}
		for _, r := range out["bronze.transactions"] {
			sum += r.number("amount")
		}
		return sum
	}
	w, rows := base(t, cfg)
	with := revenue(w)
	for _, c := range []struct {
		name   string
		of     int
		record record
	}{
		{"campaign", 3, rows["truth.campaigns"][3]},
		{"initiative", initiativesFrom, rows["truth.esg_initiatives"][0]},
		{"initiative without effect", initiativesFrom + 2, rows["truth.esg_initiatives"][2]},
	} {
		without := made(t, cfg, cfg.Days)
		for i := range without.people {
			for k := range without.people[i].effects {
				if e := &without.people[i].effects[k]; e.of == c.of {
					e.d = 0
				}
			}
		}
		brought := with - revenue(without)
		want := c.record.number("incremental_revenue")
		// Each row is rounded to whole cents, twice.
		near(t, "what the "+c.name+" brought", brought, want, 1+want*0.002)
	}
}

func TestGroupsAreRandomised(t *testing.T) {
	t.Parallel()
	w := broad(t)
	var treated, held float64
	var a, b []float64
	for i := range w.people {
		p := &w.people[i]
		w.messages(p, func(m *message) {
			if m.treated {
				treated++
				a = append(a, p.satisfaction)
			} else {
				held++
				b = append(b, p.satisfaction)
			}
		})
	}
	near(t, "the share that is held out", held/(treated+held), holdout, 4*math.Sqrt(holdout*(1-holdout)/(treated+held)))
	balanced(t, "messages", a, b)

	taken := map[int32]string{}
	for _, it := range w.initiatives {
		if len(it.treated) != len(it.control) || len(it.treated) == 0 {
			t.Errorf("%s: %d treated, %d in control", it.id, len(it.treated), len(it.control))
		}
		if it.pre > it.start || it.pre < 1 {
			t.Errorf("%s starts on day %d and is compared with %d days before", it.id, it.start, it.pre)
		}
		values := func(group []int32) (out []float64) {
			for _, i := range group {
				if taken[i] != "" {
					t.Fatalf("customer %d is in %s and %s", i, taken[i], it.id)
				}
				taken[i] = it.id
				if int(w.people[i].day) >= it.start-it.pre {
					t.Fatalf("customer %d of %s came within the days that are compared", i, it.id)
				}
				out = append(out, math.Log(w.people[i].rate*w.people[i].basket))
			}
			return out
		}
		balanced(t, it.id, values(it.treated), values(it.control))
	}
}

// balanced checks that the means of two groups differ by chance alone (|t| < 4).
func balanced(t *testing.T, what string, a, b []float64) {
	t.Helper()
	moments := func(x []float64) (mean, variance float64) {
		for _, v := range x {
			mean += v / float64(len(x))
		}
		for _, v := range x {
			variance += (v - mean) * (v - mean) / float64(len(x)-1)
		}
		return mean, variance
	}
	ma, va := moments(a)
	mb, vb := moments(b)
	if z := (ma - mb) / math.Sqrt(va/float64(len(a))+vb/float64(len(b))); math.Abs(z) > 4 {
		t.Errorf("%s: the groups differ by %.2f standard errors", what, z)
	}
}

func TestTheTruthTellsOfEveryCustomer(t *testing.T) {
	t.Parallel()
	cfg := tiny(t)
	w, rows := base(t, cfg)
	if len(rows["truth.customers"]) != cfg.Customers || w.Customers() != cfg.Customers {
		t.Errorf("the truth tells of %d customers, not %d", len(rows["truth.customers"]), cfg.Customers)
	}
	left := map[string]time.Time{}
	for _, r := range rows["truth.customers"] {
		left[r.text("customer_id")] = r.time("dropped_out_at")
	}
	for _, r := range rows["bronze.transactions"] {
		at := left[r.text("customer_id")]
		if r.text("transaction_id")[0] == 'T' && !at.IsZero() && r.time("transaction_at").After(at) {
			t.Fatalf("%s bought after leaving at %s", r, at)
		}
	}
	got := map[string]string{}
	for _, r := range rows["truth.parameters"] {
		got[r.text("name")] = r.text("value")
	}
	for name, value := range cfg.Parameters(cfg.Days) {
		if got[name] != value {
			t.Errorf("the parameter %s is %q, not %q", name, got[name], value)
		}
	}
	if got["pace"] != fmt.Sprint(w.pace) {
		t.Errorf("the pace is %s, not %v", got["pace"], w.pace)
	}
}
