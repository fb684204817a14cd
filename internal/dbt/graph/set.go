package graph

import "math/bits"

// set is a bit set of node numbers. All sets of one graph have the same size.
type set []uint64

const wordBits = 64

func newSet(n int) set { return make(set, (n+wordBits-1)/wordBits) }

func (s set) has(i int) bool { return s[i/wordBits]&(1<<(i%wordBits)) != 0 }

func (s set) add(i int) { s[i/wordBits] |= 1 << (i % wordBits) }

func (s set) clone() set {
	out := make(set, len(s))
	copy(out, s)
	return out
}

// union adds every member of t.
func (s set) union(t set) {
	for k := range s {
		s[k] |= t[k]
	}
}

// intersect keeps only members of t.
func (s set) intersect(t set) {
	for k := range s {
		s[k] &= t[k]
	}
}

// subtract drops every member of t.
func (s set) subtract(t set) {
	for k := range s {
		s[k] &^= t[k]
	}
}

func (s set) equal(t set) bool {
	for k := range s {
		if s[k] != t[k] {
			return false
		}
	}
	return true
}

func (s set) empty() bool {
	for _, w := range s {
		if w != 0 {
			return false
		}
	}
	return true
}

func (s set) len() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// each calls fn for every member, ascending.
func (s set) each(fn func(i int)) {
	for k, w := range s {
		for w != 0 {
			fn(k*wordBits + bits.TrailingZeros64(w))
			w &= w - 1
		}
	}
}

// hasAll says whether every one of items is a member.
func (s set) hasAll(items []int) bool {
	for _, i := range items {
		if !s.has(i) {
			return false
		}
	}
	return true
}
