package world

import (
	"math"

	"github.com/kith-analytics/kith/internal/generate/draw"
)

// purpose tells streams apart, so that a change to one part of the world leaves
// the draws of the others alone. They begin beyond those of package generate.
type purpose uint64

const (
	forTraits purpose = iota + 100
	forPerson
	forDay
	forDirt
	forProducts
	forVersions
	forConsents
	forSurveys
	forFeedback
	forTickets
	forLoyalty
	forJourneys
	forReferrals
	forMessages
	forGroups
	forGuests
	forCosts
	forResearch
	forOrderSide
	forAfterOrder
)

type stream = draw.Stream

// stream gives the draws of one purpose for one thing, such as a customer.
func (w *World) stream(p purpose, thing uint64) stream {
	return draw.New(w.cfg.Seed, uint64(p), thing)
}

// spread is a lognormal distribution as a table of its quantiles, which costs a
// tenth of the formula. Between them it is linear; what lies beyond the first and
// the last (one in eight thousand) is cut off.
type spread []float64

const spreadSize = 4096

// newSpread gives the quantiles for a median of 1.
func newSpread(sigma float64) spread {
	out := make(spread, spreadSize+1)
	for i := range out {
		p := (float64(i) + 0.5) / (spreadSize + 1)
		out[i] = math.Exp(sigma * math.Sqrt2 * math.Erfinv(2*p-1))
	}
	return out
}

func (t spread) draw(s *stream) float64 {
	x := s.Float() * spreadSize
	i := int(x)
	return t[i] + (x-float64(i))*(t[i+1]-t[i])
}

// sampler draws an index in proportion to weights with one draw (Walker's
// aliases, in Vose's construction: IEEE TSE 17(9), 1991).
type sampler struct {
	keep  []float64
	alias []uint16
}

func newSampler(weights []float64) sampler {
	n := len(weights)
	total := 0.0
	for _, x := range weights {
		total += x
	}
	t := sampler{keep: make([]float64, n), alias: make([]uint16, n)}
	scaled := make([]float64, n)
	var small, large []int
	for i, x := range weights {
		scaled[i] = x * float64(n) / total
		if scaled[i] < 1 {
			small = append(small, i)
		} else {
			large = append(large, i)
		}
	}
	for len(small) > 0 && len(large) > 0 {
		s, l := small[len(small)-1], large[len(large)-1]
		small = small[:len(small)-1]
		t.keep[s], t.alias[s] = scaled[s], uint16(l) //nolint:gosec // samplers have some dozens of choices
		if scaled[l] -= 1 - scaled[s]; scaled[l] < 1 {
			large = large[:len(large)-1]
			small = append(small, l)
		}
	}
	for _, rest := range [][]int{small, large} {
		for _, i := range rest {
			t.keep[i] = 1
		}
	}
	return t
}

func (t *sampler) draw(s *stream) int {
	x := s.Float() * float64(len(t.keep))
	i := int(x)
	if x-float64(i) < t.keep[i] {
		return i
	}
	return int(t.alias[i])
}
