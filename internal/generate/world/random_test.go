package world

import (
	"math"
	"testing"

	"github.com/kith-analytics/kith/internal/generate/draw"
)

func TestSamplersDrawInProportion(t *testing.T) {
	t.Parallel()
	weights := []float64{5, 0, 1, 2.5, 1.5}
	sampler := newSampler(weights)
	s := draw.New(1, 2, 3)
	const n = 200_000
	counts := make([]float64, len(weights))
	for range n {
		counts[sampler.draw(&s)]++
	}
	for i, w := range weights {
		p := w / 10
		if bound := 5 * math.Sqrt(p*(1-p)/n); math.Abs(counts[i]/n-p) > bound {
			t.Errorf("choice %d came %.4f of the times, not %.4f", i, counts[i]/n, p)
		}
	}
}

// The table of a lognormal distribution has the median, mean and deviation of the
// formula, but for the tails that are cut off.
func TestSpreadIsLognormal(t *testing.T) {
	t.Parallel()
	const sigma, n = 0.55, 200_000
	table := newSpread(sigma)
	s := draw.New(1, 2, 4)
	var sum, logs, squares float64
	for range n {
		x := table.draw(&s)
		sum += x
		logs += math.Log(x)
		squares += math.Log(x) * math.Log(x)
	}
	if mean, want := sum/n, math.Exp(sigma*sigma/2); math.Abs(mean-want) > 0.01 {
		t.Errorf("the mean is %.4f, not %.4f", mean, want)
	}
	if math.Abs(logs/n) > 0.005 || math.Abs(math.Sqrt(squares/n)-sigma) > 0.005 {
		t.Errorf("the logarithm has the mean %.4f and the deviation %.4f, not 0 and %.2f", logs/n, math.Sqrt(squares/n), sigma)
	}
}
