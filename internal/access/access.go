// Package access says what somebody may see. Every read of customer data takes a
// Scope, and nothing else decides about rights: what a role allows becomes a Scope
// in one place, and the readers only apply it.
//
//	Rules -> Scope --Relation(model)--> SQL to read in the place of the model's table:
//	                                    rows narrowed, hidden columns empty, personal ones masked
//
// Personal columns are masked for everybody. Who may reveal asks for the clear values
// of one customer, which is written to the audit before it is answered.
package access

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
)

// EveryModel is the name in Rules.Hidden that stands for all models.
const EveryModel = "*"

// Scope is the right to read: who asks, which rows they see, which columns are
// hidden from them. It cannot be changed once made, and the zero Scope sees nothing.
type Scope struct {
	who        string
	granted    bool
	reveals    bool
	operates   bool
	conditions []Condition
	hidden     map[string][]string
	// fingerprint is what answers are kept under.
	fingerprint string
}

// Condition narrows the rows to those whose dimension has one of the values. An
// empty list of values lets no row through.
type Condition struct {
	// Dimension is a dimension of the metric catalog, such as country.
	Dimension string
	Values    []string
}

// Rules are what a Scope is made of.
type Rules struct {
	// Who is the name of the person or program, for logs and the audit.
	Who string
	// Conditions all have to hold for a row to be seen.
	Conditions []Condition
	// Hidden names the columns that are not shown, by model; EveryModel for all. A
	// hidden column is never revealed.
	Hidden map[string][]string
	// Reveal lets them have a customer's personal data in clear, on record.
	Reveal bool
	// Operate lets them start and stop what works on the warehouse.
	Operate bool
}

// Owner is the name of the owner of the machine.
const Owner = "owner"

// All is the scope of the owner of the machine: every row, every column. Personal
// data is masked until it is revealed, on record.
func All() Scope {
	return Scope{who: Owner, granted: true, reveals: true, operates: true, fingerprint: Owner}
}

// Limited makes a scope of rules.
func Limited(r Rules) Scope {
	s := Scope{who: r.Who, granted: true, reveals: r.Reveal, operates: r.Operate, hidden: map[string][]string{}}
	for _, c := range r.Conditions {
		s.conditions = append(s.conditions, Condition{Dimension: c.Dimension, Values: slices.Clone(c.Values)})
	}
	for model, columns := range r.Hidden {
		s.hidden[model] = slices.Clone(columns)
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %q %q %t %t", r.Who, r.Conditions, r.Hidden, r.Reveal, r.Operate) // maps are written in the order of their keys
	s.fingerprint = hex.EncodeToString(sum.Sum(nil))
	return s
}

// Who is the name of who asks; "" for the zero Scope.
func (s Scope) Who() string { return s.who }

// Granted says whether anything may be read: false for the zero Scope only.
func (s Scope) Granted() bool { return s.granted }

// Reveals says whether personal data may be had in clear, on record.
func (s Scope) Reveals() bool { return s.granted && s.reveals }

// Operates says whether builds and tests may be started and stopped.
func (s Scope) Operates() bool { return s.granted && s.operates }

// Unrestricted says whether all rows and all columns are seen.
func (s Scope) Unrestricted() bool { return s.granted && len(s.conditions) == 0 && len(s.hidden) == 0 }

// Narrowed says whether some rows are not seen.
func (s Scope) Narrowed() bool { return len(s.conditions) > 0 }

// Conditions gives what a row has to fulfil; none for all rows.
func (s Scope) Conditions() []Condition { return slices.Clone(s.conditions) }

// Hides says whether a column of a model must not be shown.
func (s Scope) Hides(model, column string) bool {
	return !s.granted || slices.Contains(s.hidden[model], column) || slices.Contains(s.hidden[EveryModel], column)
}

// Fingerprint tells scopes apart that see different things, or that somebody else has:
// answers may be kept under it. "" for the zero Scope.
func (s Scope) Fingerprint() string { return s.fingerprint }
