package generate

import (
	"math"
	"math/rand/v2"
)

// purpose tells streams apart, so that a change to one part of the generator
// leaves the draws of the others alone.
type purpose uint64

const (
	forCatalogue purpose = iota + 1
	forTraits
	forClock
	forTaste
	forTimetable
	forBaskets
)

// stream is a source of random draws. PCG is fully specified, and the
// distributions here are our own, so that a log does not change with the
// standard library.
type stream struct{ pcg rand.PCG }

// newStream gives the stream of one purpose, and of one thing (a customer)
// where the purpose has several.
func newStream(seed uint64, p purpose, thing int) stream {
	var s stream
	s.pcg.Seed(mix(seed^mix(uint64(p))), mix(uint64(thing)+mix(uint64(p)<<32))) //nolint:gosec // things are counted from 0
	return s
}

// mix is the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// unit maps 64 random bits to the open interval (0, 1): never 0, for its
// logarithm is taken.
func unit(bits uint64) float64 { return (float64(bits>>11) + 0.5) / (1 << 53) }

func (s *stream) float() float64 { return unit(s.pcg.Uint64()) }

// intn gives 0 <= i < n; the bias of a multiplication is below 2^-50 here.
func (s *stream) intn(n int) int { return int(s.float() * float64(n)) }

// between gives lo <= i <= hi.
func (s *stream) between(lo, hi int) int { return lo + s.intn(hi-lo+1) }

func (s *stream) chance(p float64) bool { return s.float() < p }

// exponential has mean 1.
func (s *stream) exponential() float64 { return -math.Log(s.float()) }

// normal has mean 0 and deviation 1 (Box and Muller, one of the pair).
func (s *stream) normal() float64 {
	return math.Sqrt(-2*math.Log(s.float())) * math.Cos(2*math.Pi*s.float())
}

// lognormal has the given median; sigma is the deviation of its logarithm.
func (s *stream) lognormal(median, sigma float64) float64 {
	return median * math.Exp(sigma*s.normal())
}

// gamma has the given shape and scale 1 (Marsaglia and Tsang, ACM TOMS 26(3), 2000).
func (s *stream) gamma(shape float64) float64 {
	if shape < 1 {
		return s.gamma(shape+1) * math.Pow(s.float(), 1/shape)
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := s.normal()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		if math.Log(s.float()) < 0.5*x*x+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

func (s *stream) beta(a, b float64) float64 {
	x, y := s.gamma(a), s.gamma(b)
	return x / (x + y)
}

// poisson counts exponential gaps; means here stay small (a day's bookings).
func (s *stream) poisson(mean float64) int {
	n := 0
	for sum := s.exponential(); sum < mean; sum += s.exponential() {
		n++
	}
	return n
}

// weighted gives an index in proportion to weights.
func (s *stream) weighted(weights []float64) int {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	left := s.float() * total
	for i, w := range weights {
		if left -= w; left < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// choose gives one of the choices, each as likely as the other.
func choose[T any](s *stream, choices []T) T { return choices[s.intn(len(choices))] }
