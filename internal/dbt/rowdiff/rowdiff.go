package rowdiff

import (
	"cmp"
	"slices"
	"strings"
)

// Table is rows of texts under names. A value is nil for null.
type Table struct {
	Columns []string
	Rows    [][]*string
}

// pair is a row of the outcome: alike or changed where both sides are there.
type pair struct{ expected, actual []*string }

// Diff gives the lines that show how actual differs from expected, "" when it
// does not. Both have the same columns in the same order.
func Diff(expected, actual Table) string {
	pairs := align(sorted(expected.Rows), sorted(actual.Rows))
	if !slices.ContainsFunc(pairs, pair.differs) {
		return ""
	}
	return render(actual.Columns, pairs)
}

func sorted(rows [][]*string) [][]*string {
	out := slices.Clone(rows)
	slices.SortStableFunc(out, compareRows)
	return out
}

// compareRows orders rows by their values, null first.
func compareRows(a, b []*string) int {
	return slices.CompareFunc(a, b, func(x, y *string) int {
		switch {
		case x == nil && y == nil:
			return 0
		case x == nil:
			return -1
		case y == nil:
			return 1
		}
		// Numbers of different lengths sort as numbers where both are plain digits.
		if digits(*x) && digits(*y) && len(*x) != len(*y) {
			return cmp.Compare(len(*x), len(*y))
		}
		return cmp.Compare(*x, *y)
	})
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func same(a, b *string) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

func (p pair) differs() bool {
	return p.expected == nil || p.actual == nil || compareRows(p.expected, p.actual) != 0
}

// key is the row by which a pair finds its place.
func (p pair) key() []*string {
	if p.actual != nil {
		return p.actual
	}
	return p.expected
}

// align pairs rows: those that are equal first, then those that share most.
func align(expected, actual [][]*string) []pair {
	var out []pair
	usedE, usedA := make([]bool, len(expected)), make([]bool, len(actual))
	for e, a := 0, 0; e < len(expected) && a < len(actual); {
		switch c := compareRows(expected[e], actual[a]); {
		case c == 0:
			out = append(out, pair{expected[e], actual[a]})
			usedE[e], usedA[a] = true, true
			e++
			a++
		case c < 0:
			e++
		default:
			a++
		}
	}
	restE, restA := unused(expected, usedE), unused(actual, usedA)
	for _, m := range matches(restE, restA) {
		out = append(out, pair{restE[m.e], restA[m.a]})
		restE[m.e], restA[m.a] = nil, nil
	}
	for _, row := range restE {
		if row != nil {
			out = append(out, pair{expected: row})
		}
	}
	for _, row := range restA {
		if row != nil {
			out = append(out, pair{actual: row})
		}
	}
	slices.SortStableFunc(out, func(x, y pair) int { return compareRows(x.key(), y.key()) })
	return out
}

func unused(rows [][]*string, used []bool) [][]*string {
	var out [][]*string
	for i, row := range rows {
		if !used[i] {
			out = append(out, row)
		}
	}
	return out
}

// maxPairs bounds the search for rows that belong together.
const maxPairs = 1 << 16

type match struct{ e, a, shared int }

// matches finds rows that are one row changed: they share a value that no other
// of the remaining rows has in that column. The most alike go first.
func matches(expected, actual [][]*string) []match {
	if len(expected)*len(actual) > maxPairs {
		return nil
	}
	var found []match
	for e := range expected {
		for a := range actual {
			shared, telling := 0, false
			for c := range expected[e] {
				if c < len(actual[a]) && expected[e][c] != nil && same(expected[e][c], actual[a][c]) {
					shared++
					telling = telling || count(expected, c, expected[e][c]) == 1 && count(actual, c, actual[a][c]) == 1
				}
			}
			if telling {
				found = append(found, match{e, a, shared})
			}
		}
	}
	slices.SortStableFunc(found, func(x, y match) int { return cmp.Compare(y.shared, x.shared) })
	usedE, usedA := map[int]bool{}, map[int]bool{}
	return slices.DeleteFunc(found, func(m match) bool {
		if usedE[m.e] || usedA[m.a] {
			return true
		}
		usedE[m.e], usedA[m.a] = true, true
		return false
	})
}

func count(rows [][]*string, column int, value *string) int {
	n := 0
	for _, row := range rows {
		if column < len(row) && same(row[column], value) {
			n++
		}
	}
	return n
}
