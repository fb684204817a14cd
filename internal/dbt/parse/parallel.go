package parse

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// each prepares drafts on all processors and then adds them in their order, so
// that the outcome, and which mistake is found first, does not depend on chance.
// draw gives the draft of one index; it may run beside others.
func (p *parser) each(n int, draw func(i int) (draft, error)) error {
	drafts, errs := makeAll[draft](n, func(i int) (draft, error) {
		d, err := draw(i)
		if err == nil {
			err = p.prepare(d)
		}
		return d, err
	})
	for i := range drafts {
		if errs[i] != nil {
			return errs[i]
		}
		if err := p.add(drafts[i]); err != nil {
			return err
		}
	}
	return nil
}

// makeAll calls f for 0 to n-1 on all processors.
func makeAll[T any](n int, f func(i int) (T, error)) ([]T, []error) {
	out, errs := make([]T, n), make([]error, n)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				out[i], errs[i] = f(i)
			}
		})
	}
	wg.Wait()
	return out, errs
}
