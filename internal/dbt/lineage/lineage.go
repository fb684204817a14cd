package lineage

import (
	"cmp"
	"slices"
	"strings"
)

// Relation names a table or view.
type Relation struct {
	Database, Schema, Name string
}

// String gives the name with dots, unquoted, for people.
func (r Relation) String() string { return r.Database + "." + r.Schema + "." + r.Name }

// Column is one column of a relation.
type Column struct {
	Relation Relation
	Name     string
}

// Kind says what happens to a column's values on their way.
type Kind string

// The kinds, from the weakest to the strongest; along a path, and where several
// paths lead from one column to another, the strongest counts.
const (
	// Identity passes values on as they are.
	Identity Kind = "identity"
	// Transformed computes from the values of one row.
	Transformed Kind = "transformed"
	// Windowed computes from several rows and keeps them apart; the columns that
	// a window is partitioned and ordered by count too.
	Windowed Kind = "windowed"
	// Aggregated folds several rows into one.
	Aggregated Kind = "aggregated"
)

func (k Kind) rank() int {
	return slices.Index([]Kind{Identity, Transformed, Windowed, Aggregated}, k)
}

// stronger gives the stronger of two kinds.
func stronger(a, b Kind) Kind {
	if b.rank() > a.rank() {
		return b
	}
	return a
}

// Source is a parent column behind an output column.
type Source struct {
	Column
	Kind Kind
}

// How says by what a parent column decides which rows there are.
type How string

// The ways.
const (
	Filter   How = "filter"
	Join     How = "join"
	Group    How = "group"
	Distinct How = "distinct"
	Sort     How = "sort"
)

// Use is a parent column that decides which rows there are.
type Use struct {
	Column
	How How
}

// Output is one column of the query.
type Output struct {
	Name string
	// Type is the engine's name of the type.
	Type string
	// From are the parent columns that the values are made from, sorted by name.
	// Literals, counts of rows and clocks have none.
	From []Source
	// Outside names table functions that the values come from, such as read_csv.
	Outside []string
}

// Result is what is known of a query.
type Result struct {
	// Columns are the query's, in order.
	Columns []Output
	// Rows are the parent columns that decide which rows there are, sorted.
	Rows []Use
	// Unknown says why the lineage cannot be told; the rest is empty then, except
	// for Columns without sources where at least their names are known.
	Unknown string
}

// Defined is a column of a stand-in.
type Defined struct {
	Name string
	// Type is the engine's name of the type.
	Type string
}

func compareColumns(a, b Column) int {
	return cmp.Or(strings.Compare(a.Relation.Database, b.Relation.Database), strings.Compare(a.Relation.Schema, b.Relation.Schema),
		strings.Compare(a.Relation.Name, b.Relation.Name), strings.Compare(a.Name, b.Name))
}
