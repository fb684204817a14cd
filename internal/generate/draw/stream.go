// Package draw holds the random draws of everything synthetic: streams that are
// fully specified, so that the same seed gives the same data for good.
package draw

import (
	"math"
	"math/rand/v2"
)

// Stream is a source of random draws. PCG is fully specified, and the
// distributions here are our own, so that data does not change with the
// standard library. A Stream is a value: a copy draws the same once more.
type Stream struct{ pcg rand.PCG }

// New gives the stream of one purpose, and of one thing (a customer) where the
// purpose has several.
func New(seed, purpose, thing uint64) Stream {
	var s Stream
	s.pcg.Seed(Mix(seed^Mix(purpose)), Mix(thing+Mix(purpose<<32)))
	return s
}

// Mix is the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
func Mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Unit maps 64 random bits to the open interval (0, 1): never 0, for its
// logarithm is taken.
func Unit(bits uint64) float64 { return (float64(bits>>11) + 0.5) / (1 << 53) }

// Bits gives 64 random bits.
func (s *Stream) Bits() uint64 { return s.pcg.Uint64() }

// Float is uniform on the open interval (0, 1).
func (s *Stream) Float() float64 { return Unit(s.pcg.Uint64()) }

// Intn gives 0 <= i < n; the bias of a multiplication is below 2^-50 here.
func (s *Stream) Intn(n int) int { return int(s.Float() * float64(n)) }

// Between gives lo <= i <= hi.
func (s *Stream) Between(lo, hi int) int { return lo + s.Intn(hi-lo+1) }

// Chance is true with probability p.
func (s *Stream) Chance(p float64) bool { return s.Float() < p }

// Exponential has mean 1.
func (s *Stream) Exponential() float64 { return -math.Log(s.Float()) }

// Normal has mean 0 and deviation 1 (Box and Muller, one of the pair).
func (s *Stream) Normal() float64 {
	return math.Sqrt(-2*math.Log(s.Float())) * math.Cos(2*math.Pi*s.Float())
}

// Lognormal has the given median; sigma is the deviation of its logarithm.
func (s *Stream) Lognormal(median, sigma float64) float64 {
	return median * math.Exp(sigma*s.Normal())
}

// Gamma has the given shape and scale 1 (Marsaglia and Tsang, ACM TOMS 26(3), 2000).
func (s *Stream) Gamma(shape float64) float64 {
	if shape < 1 {
		return s.Gamma(shape+1) * math.Pow(s.Float(), 1/shape)
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := s.Normal()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		if math.Log(s.Float()) < 0.5*x*x+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

// Beta has the given shapes.
func (s *Stream) Beta(a, b float64) float64 {
	x, y := s.Gamma(a), s.Gamma(b)
	return x / (x + y)
}

// Poisson counts exponential gaps; it is for means that stay small.
func (s *Stream) Poisson(mean float64) int {
	n := 0
	for sum := s.Exponential(); sum < mean; sum += s.Exponential() {
		n++
	}
	return n
}

// Weighted gives an index in proportion to weights.
func (s *Stream) Weighted(weights []float64) int {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	left := s.Float() * total
	for i, w := range weights {
		if left -= w; left < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// Choose gives one of the choices, each as likely as the other.
func Choose[T any](s *Stream, choices []T) T { return choices[s.Intn(len(choices))] }
