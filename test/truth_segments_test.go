package e2e

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// labelled is one customer: how the generator made them, what the rules say, and whether they still were there on the snapshot date.
type labelled struct {
	archetype, segment string
	stayed             bool
}

const segmentsSQL = `
select truth.archetype, segments.spending_segment, coalesce(truth.dropped_out_at >= segments.as_of_date, true)
from truth.customers as truth
inner join gold.customer_segments as segments on truth.customer_id = segments.customer_id
where segments.has_purchased
order by truth.customer_id`

// The rules of the spending segments know nothing of the generator's archetypes. How well they find them is reported, and held only to
// being no accident: whoever has left is declining by the rules, whatever they were made as, so that those who stayed are told apart too.
func TestTruthSegmentsAgainstArchetypes(t *testing.T) {
	worlds := min(truthSeeds(t, 1), 10)
	var all, stayed float64
	counts := map[[2]string]int{}
	for seed := 1; seed <= worlds; seed++ {
		customers := segmentsOfWorld(t, seed)
		for _, c := range customers {
			counts[[2]string{c.archetype, c.segment}]++
		}
		all += noAccident(t, seed, customers)
		stayed += noAccident(t, seed, slices.DeleteFunc(customers, func(c labelled) bool { return !c.stayed }))
	}
	t.Logf("spending segments against archetypes, adjusted Rand index over %d worlds: %.2f of all buyers, %.2f of those who stayed\n%s",
		worlds, all/float64(worlds), stayed/float64(worlds), crossTable(counts))
}

func segmentsOfWorld(t *testing.T, seed int) []labelled {
	t.Helper()
	var out []labelled
	for _, line := range ofWorld(t, seed, []string{"--scale", "small"}, []string{"+customer_segments"}, segmentsSQL) {
		out = append(out, labelled{line[0], line[1], line[2] == "true"})
	}
	return out
}

// noAccident gives the index, and fails when one of 99 shuffles of the segments reaches it.
func noAccident(t *testing.T, seed int, customers []labelled) float64 {
	t.Helper()
	index := adjustedRand(customers)
	r := rand.New(rand.NewPCG(uint64(seed), 1))
	shuffled := slices.Clone(customers)
	for range 99 {
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i].segment, shuffled[j].segment = shuffled[j].segment, shuffled[i].segment })
		if by := adjustedRand(shuffled); by >= index {
			t.Errorf("seed %d: shuffled segments agree with archetypes by %.3f, the rules' by %.3f", seed, by, index)
			break
		}
	}
	return index
}

// adjustedRand is 1 when two ways to group are the same, and 0 on average when they have nothing to do with each other:
// Hubert and Arabie, Journal of Classification 2 (1985) 193.
func adjustedRand(customers []labelled) float64 {
	both, one, other := map[[2]string]float64{}, map[string]float64{}, map[string]float64{}
	for _, c := range customers {
		both[[2]string{c.archetype, c.segment}]++
		one[c.archetype]++
		other[c.segment]++
	}
	together, inOne, inOther := pairs(maps.Values(both)), pairs(maps.Values(one)), pairs(maps.Values(other))
	n := float64(len(customers))
	expected := inOne * inOther / (n * (n - 1) / 2)
	if most := (inOne + inOther) / 2; most != expected {
		return (together - expected) / (most - expected)
	}
	return 1
}

// pairs counts the pairs within groups of these sizes.
func pairs(sizes func(func(float64) bool)) float64 {
	sum := 0.0
	for n := range sizes {
		sum += n * (n - 1) / 2
	}
	return sum
}

// The index against values that scikit-learn documents.
func TestAdjustedRandAgreesWithPublishedValues(t *testing.T) {
	for _, c := range []struct {
		archetypes, segments string
		want                 float64
	}{
		{"0011", "0011", 1},
		{"0011", "1100", 1},
		{"0012", "0011", 0.5714285714},
		{"0011", "0012", 0.5714285714},
		{"0000", "0123", 0},
		{"0011", "0101", -0.5},
	} {
		var customers []labelled
		for i := range c.archetypes {
			customers = append(customers, labelled{archetype: c.archetypes[i : i+1], segment: c.segments[i : i+1]})
		}
		if got := adjustedRand(customers); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s against %s: %v, not %v", c.archetypes, c.segments, got, c.want)
		}
	}
}

func crossTable(counts map[[2]string]int) string {
	rows, columns := map[string]bool{}, map[string]bool{}
	for key := range counts {
		rows[key[0]], columns[key[1]] = true, true
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%-22s", "made as, found as")
	for _, column := range slices.Sorted(maps.Keys(columns)) {
		fmt.Fprintf(&b, " %20s", column)
	}
	for _, row := range slices.Sorted(maps.Keys(rows)) {
		fmt.Fprintf(&b, "\n%-22s", row)
		for _, column := range slices.Sorted(maps.Keys(columns)) {
			fmt.Fprintf(&b, " %20d", counts[[2]string{row, column}])
		}
	}
	return b.String()
}
