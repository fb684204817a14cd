package draw_test

import (
	"math"
	"testing"

	"github.com/kith-analytics/kith/internal/generate/draw"
)

// The draws of a stream are part of the contract: data of a seed must not change.
func TestDrawsStayTheSame(t *testing.T) {
	t.Parallel()
	s := draw.New(1, 2, 3)
	copied := s
	first := s.Bits()
	if copied.Bits() != first {
		t.Error("a copy draws something else")
	}
	for _, other := range []draw.Stream{draw.New(2, 2, 3), draw.New(1, 3, 3), draw.New(1, 2, 4)} {
		if other.Bits() == first {
			t.Error("another stream begins alike")
		}
	}
	// SplitMix64 from the state 0, as its authors' reference code prints it.
	if got := draw.Mix(0); got != 0xe220a8397b1dcdaf {
		t.Errorf("Mix(0) is %x", got)
	}
}

// Means and variances of the distributions, against their formulas.
func TestDistributionsHaveTheirMoments(t *testing.T) {
	t.Parallel()
	const n = 400_000
	for name, c := range map[string]struct {
		draw           func(s *draw.Stream) float64
		mean, variance float64
	}{
		"uniform":     {(*draw.Stream).Float, 0.5, 1.0 / 12},
		"exponential": {(*draw.Stream).Exponential, 1, 1},
		"normal":      {(*draw.Stream).Normal, 0, 1},
		"gamma 0.4":   {func(s *draw.Stream) float64 { return s.Gamma(0.4) }, 0.4, 0.4},
		"gamma 3":     {func(s *draw.Stream) float64 { return s.Gamma(3) }, 3, 3},
		"beta 2, 5":   {func(s *draw.Stream) float64 { return s.Beta(2, 5) }, 2.0 / 7, 10.0 / 392},
		"poisson 2.5": {func(s *draw.Stream) float64 { return float64(s.Poisson(2.5)) }, 2.5, 2.5},
		"between 3 and 8": {
			func(s *draw.Stream) float64 { return float64(s.Between(3, 8)) }, 5.5, 35.0 / 12,
		},
		"chance 0.3": {func(s *draw.Stream) float64 {
			if s.Chance(0.3) {
				return 1
			}
			return 0
		}, 0.3, 0.21},
		"lognormal": {
			func(s *draw.Stream) float64 { return s.Lognormal(2, 0.3) }, 2 * math.Exp(0.045), 4 * math.Exp(0.09) * (math.Exp(0.09) - 1),
		},
		"weighted": {func(s *draw.Stream) float64 { return float64(s.Weighted([]float64{1, 0, 3})) }, 1.5, 0.75},
	} {
		s := draw.New(7, 1, 1)
		var sum, squares float64
		for range n {
			x := c.draw(&s)
			sum += x
			squares += x * x
		}
		mean := sum / n
		variance := squares/n - mean*mean
		if bound := 5 * math.Sqrt(c.variance/n); math.Abs(mean-c.mean) > bound {
			t.Errorf("%s: the mean is %.5f, not %.5f within %.5f", name, mean, c.mean, bound)
		}
		if math.Abs(variance/c.variance-1) > 0.02 {
			t.Errorf("%s: the variance is %.5f, not %.5f", name, variance, c.variance)
		}
	}
}
