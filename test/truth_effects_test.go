package e2e

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// What a world costs: enough customers for groups of some dozens, and a second or
// two to make and to build.
const (
	truthCustomers    = "700"
	truthTransactions = "30000"
)

// truthSeeds is how many worlds are looked at: a few by default, and as many as
// KITH_TRUTH_SEEDS says in `make truth`.
func truthSeeds(t *testing.T, byDefault int) int {
	t.Helper()
	text := os.Getenv("KITH_TRUTH_SEEDS")
	if text == "" {
		return byDefault
	}
	seeds, err := strconv.Atoi(text)
	if err != nil || seeds < 1 {
		t.Fatalf("KITH_TRUTH_SEEDS is %q; give a number of worlds", text)
	}
	return seeds
}

// effectsSQL sets what the marts say beside what the generator knows: the effect
// on each treated customer, of an initiative per 30 days, of a campaign in its window.
const effectsSQL = `
select 'initiative ' || truth.initiative_id, truth.effect_per_customer_30d, effect, standard_error, effect_low, effect_high
from truth.esg_initiatives as truth
inner join gold.mart_esg_initiative_effects as effects on truth.initiative_id = effects.initiative_id
union all
select 'campaign ' || truth.campaign_id, truth.incremental_revenue / truth.treated, effect, standard_error, effect_low, effect_high
from truth.campaigns as truth
inner join gold.mart_campaign_effects as effects on truth.campaign_id = effects.campaign_id
order by 1`

// estimate is one line of it.
type estimate struct {
	name                                  string
	truth, effect, standardErr, low, high float64
}

func (e estimate) covered() bool { return e.low <= e.truth && e.truth <= e.high }

// coverage is what the worlds say of one initiative or campaign. An interval promises too much when all of it lies above the truth.
type coverage struct {
	worlds, covered, significant    int
	promisedTooMuch                 int
	truth, effect, standardErr, off float64 // sums
}

// The intervals of effects must hold the effect that was put into the data: the one
// realised in this very world, known to the cent. A 95 % interval should in about 95
// of 100 worlds; 90 is what chance leaves of it now and then.
func TestTruthEffectsLieInTheirIntervals(t *testing.T) {
	seeds := truthSeeds(t, 5)
	of := map[string]*coverage{}
	for seed := 1; seed <= seeds; seed++ {
		for _, e := range effectsOfWorld(t, seed) {
			c := of[e.name]
			if c == nil {
				c = &coverage{}
				of[e.name] = c
			}
			c.worlds++
			c.truth += e.truth
			c.effect += e.effect
			c.standardErr += e.standardErr
			c.off += e.effect - e.truth
			if e.covered() {
				c.covered++
			}
			if e.low > e.truth {
				c.promisedTooMuch++
			}
			if e.low > 0 || e.high < 0 {
				c.significant++
			}
		}
	}
	t.Log("\n" + coverageTable(of))

	initiatives, covered, promisedTooMuch, worlds := 0, 0, 0, 0
	for name, c := range of {
		covered += c.covered
		promisedTooMuch += c.promisedTooMuch
		worlds += c.worlds
		if strings.HasPrefix(name, "initiative ") {
			initiatives++
		}
		if c.worlds != seeds {
			t.Errorf("%s was measured in %d of %d worlds", name, c.worlds, seeds)
		}
		// In few worlds the share of a single one says little; all together are enough.
		if seeds >= 50 && c.covered*10 < c.worlds*9 {
			t.Errorf("the interval of %s holds the truth in %d of %d worlds", name, c.covered, c.worlds)
		}
		// The estimate must not lean to a side: its mean error is within 3 of its own standard errors.
		lean := c.off / float64(c.worlds)
		if most := 3 * c.standardErr / float64(c.worlds) / math.Sqrt(float64(c.worlds)); math.Abs(lean) > most {
			t.Errorf("%s is off by %.2f on average, which is more than chance (%.2f)", name, lean, most)
		}
	}
	if initiatives != 3 {
		t.Errorf("%d initiatives were measured, not 3", initiatives)
	}
	if covered*10 < worlds*9 {
		t.Errorf("%d of %d intervals hold the truth", covered, worlds)
	}
	// Of a fair interval one in forty. A small hold-out group judged by its own spread promised too much in one of sixteen.
	if seeds >= 50 && promisedTooMuch*25 > worlds {
		t.Errorf("%d of %d intervals lie above the truth", promisedTooMuch, worlds)
	}
}

// ofWorld makes a world of a size, builds some models and what they stand on, and reads them beside the truth.
func ofWorld(t *testing.T, seed int, size, models []string, sql string) [][]string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "shop")
	well(t, filepath.Dir(dir), "init", "shop")
	// The world goes away with its seed, and not with the test: a hundred are large.
	defer os.RemoveAll(dir)
	well(t, dir, append([]string{"generate", "--seed", strconv.Itoa(seed), "--quiet"}, size...)...)
	build(t, dir, append([]string{"--select"}, models...)...)
	return rows(t, dir, sql)
}

func effectsOfWorld(t *testing.T, seed int) []estimate {
	t.Helper()
	var out []estimate
	for _, line := range ofWorld(t, seed, []string{"--customers", truthCustomers, "--transactions", truthTransactions},
		[]string{"+mart_esg_initiative_effects", "+mart_campaign_effects"}, effectsSQL) {
		e := estimate{name: line[0]}
		for i, into := range []*float64{&e.truth, &e.effect, &e.standardErr, &e.low, &e.high} {
			var err error
			if *into, err = strconv.ParseFloat(line[i+1], 64); err != nil {
				t.Fatalf("seed %d: %s: %v", seed, e.name, err)
			}
		}
		out = append(out, e)
	}
	return out
}

func coverageTable(of map[string]*coverage) string {
	names := make([]string, 0, len(of))
	for name := range of {
		names = append(names, name)
	}
	slices.Sort(names)
	var b bytes.Buffer
	fmt.Fprintf(&b, "%-18s %7s %8s %9s %11s %10s %10s %10s\n", "effect", "worlds", "covered", "too much", "significant", "truth", "estimate", "std error")
	for _, name := range names {
		c := of[name]
		n := float64(c.worlds)
		fmt.Fprintf(&b, "%-18s %7d %8d %9d %11d %10.2f %10.2f %10.2f\n",
			name, c.worlds, c.covered, c.promisedTooMuch, c.significant, c.truth/n, c.effect/n, c.standardErr/n)
	}
	return b.String()
}
