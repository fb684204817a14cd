package lineage

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// deps are parent columns with what happened to them.
type deps map[Column]Kind

// add joins a column; the stronger kind stays.
func (d deps) add(c Column, k Kind) {
	if old, ok := d[c]; ok {
		k = stronger(old, k)
	}
	d[c] = k
}

func (d deps) sorted() []Source {
	out := make([]Source, 0, len(d))
	for c, k := range d {
		out = append(out, Source{Column: c, Kind: k})
	}
	slices.SortFunc(out, func(a, b Source) int { return compareColumns(a.Column, b.Column) })
	return out
}

// uses are parent columns that decide which rows there are.
type uses map[Use]struct{}

func (u uses) all(d deps, how How) {
	for c := range d {
		u[Use{Column: c, How: how}] = struct{}{}
	}
}

func (u uses) sorted() []Use {
	return slices.SortedFunc(maps.Keys(u), func(a, b Use) int {
		return cmp.Or(compareColumns(a.Column, b.Column), strings.Compare(string(a.How), string(b.How)))
	})
}

// binding is how the planner names a column before it knows positions.
type binding struct{ table, column uint64 }

// value is one column that flows out of an operator.
type value struct {
	at      binding
	from    deps
	outside []string
}

// join adds another value's origins, as they are or more strongly.
func (v *value) join(o value, k Kind) {
	for c, inner := range o.from {
		v.from.add(c, stronger(inner, k))
	}
	v.reach(o.outside)
}

func (v *value) reach(functions []string) {
	for _, f := range functions {
		if !slices.Contains(v.outside, f) {
			v.outside = append(v.outside, f)
		}
	}
}

// flow is what comes out of an operator.
type flow struct {
	columns []value
	rows    uses
	// boundary is the relation that a common table expression stands for; there
	// are no columns then, as they get their names where it is read.
	boundary *Relation
}

// size counts what is known, to see whether a recursion adds anything.
func (f *flow) size() int {
	n := len(f.rows)
	for _, c := range f.columns {
		n += len(c.outside)
		for _, k := range c.from {
			n += 1 + k.rank()
		}
	}
	return n
}

// rebind gives the columns another operator's names.
func rebind(columns []value, table uint64) []value {
	out := make([]value, len(columns))
	for i, c := range columns {
		out[i] = value{at: binding{table, uint64(i)}, from: c.from, outside: c.outside}
	}
	return out
}
