package jinja

import "strconv"

// rangeValue is what range() gives.
type rangeValue struct {
	first, stop, step int64
	n                 int
}

// newRange makes a range; step must not be zero.
func newRange(first, stop, step int64) (*rangeValue, error) {
	r := &rangeValue{first: first, stop: stop, step: step}
	var n uint64
	switch {
	case step > 0 && first < stop:
		n = (uint64(stop)-uint64(first)-1)/uint64(step) + 1 //nolint:gosec // wraps as the difference needs
	case step < 0 && first > stop:
		n = (uint64(first)-uint64(stop)-1)/(-uint64(step)) + 1 //nolint:gosec // wraps as the difference needs
	}
	if n > 1<<40 {
		return nil, overflow("Range too big.")
	}
	r.n = int(n)
	return r, nil
}

func (r *rangeValue) at(i int) int64 { return r.first + int64(i)*r.step }

// GetAttr gives start, stop and step.
func (r *rangeValue) GetAttr(_ *Runtime, name string) (Value, bool, error) {
	switch name {
	case "start":
		return r.first, true, nil
	case "stop":
		return r.stop, true, nil
	case "step":
		return r.step, true, nil
	}
	return nil, false, nil
}

// TypeName is Python's.
func (r *rangeValue) TypeName() string { return "range" }

// Len gives the number of values.
func (r *rangeValue) Len() int { return r.n }

// Repr is Python's.
func (r *rangeValue) Repr() string {
	s := "range(" + strconv.FormatInt(r.first, 10) + ", " + strconv.FormatInt(r.stop, 10)
	if r.step != 1 {
		s += ", " + strconv.FormatInt(r.step, 10)
	}
	return s + ")"
}

// Iterate gives the values.
func (r *rangeValue) Iterate(*Runtime) (Iterator, error) {
	c := &cursor{kind: overRange, rng: *r}
	return c.next, nil
}

// GetItem gives the value at an index.
func (r *rangeValue) GetItem(_ *Runtime, key Value) (Value, bool, error) {
	i, ok := asIndex(key)
	if !ok {
		return nil, false, nil
	}
	if i < 0 {
		i += int64(r.n)
	}
	if i < 0 || i >= int64(r.n) {
		return nil, false, nil
	}
	return r.at(int(i)), true, nil
}

// Contains says whether a value is one of the range's.
func (r *rangeValue) Contains(_ *Runtime, v Value) (bool, error) {
	f, ok := toFloat(v)
	i, isInt := asIndex(v)
	if !isInt {
		if !ok || f != float64(int64(f)) {
			return false, nil
		}
		i = int64(f)
	}
	if r.n == 0 {
		return false, nil
	}
	lo, hi := r.first, r.at(r.n-1)
	if lo > hi {
		lo, hi = hi, lo
	}
	return i >= lo && i <= hi && (i-r.first)%r.step == 0, nil
}

// Equal compares the values of two ranges.
func (r *rangeValue) Equal(other Value) bool {
	o, ok := other.(*rangeValue)
	if !ok || r.n != o.n {
		return false
	}
	return r.n == 0 || r.first == o.first && (r.n == 1 || r.step == o.step)
}
