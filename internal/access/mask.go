package access

import "strings"

// Mask says how much of a personal value is shown.
type Mask string

// The masks. A project's meta gives the mask beside its mark of personal data:
// `meta: {pii: true, mask: initial}`; Whole where it says nothing.
const (
	// Open is no mask: the column is not personal.
	Open Mask = ""
	// Initial leaves the first letter of a text, and the domain of a mail address.
	Initial Mask = "initial"
	// Whole leaves whether there is a value.
	Whole Mask = "whole"
)

// Dots stand for what is not shown. They are always as many: the length tells nothing.
const Dots = "•••"

// Masks gives the masks that a project can ask for.
func Masks() []Mask { return []Mask{Initial, Whole} }

// SQL gives the expression that shows what the mask leaves of a column. column is
// quoted; text says whether its type is a text. Of other types nothing is left, in a
// value of the same type, so that who reads the column meets nothing new.
func (m Mask) SQL(column string, text bool) string {
	switch {
	case m == Open:
		return column
	case !text:
		return nothing(column)
	case m != Initial:
		return "case when " + column + " <> '' then '" + Dots + "' else " + column + " end"
	}
	// One @ with something on both sides, and no blank: a mail address.
	return strings.ReplaceAll("case when {c} = '' then {c}"+
		" when {c} like '_%@_%' and {c} not like '%@%@%' and {c} not like '% %'"+
		" then substring({c}, 1, 1) || '"+Dots+"' || substring({c}, position('@' in {c}))"+
		" else substring({c}, 1, 1) || '"+Dots+"' end", "{c}", column)
}

// nothing is an empty value of the column's type.
func nothing(column string) string { return "case when false then " + column + " end" }

// IsText says whether an engine's type holds text. What is not known to does not.
func IsText(engineType string) bool {
	t := strings.ToUpper(engineType)
	for _, known := range []string{"VARCHAR", "TEXT", "CHAR", "STRING"} {
		if strings.HasPrefix(t, known) && !strings.HasSuffix(t, "[]") {
			return true
		}
	}
	return false
}
