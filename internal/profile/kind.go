package profile

import "strings"

// Kind is what the values of a column read as.
type Kind string

// The kinds.
const (
	Text      Kind = "text"
	Integer   Kind = "integer"
	Decimal   Kind = "decimal"
	Boolean   Kind = "boolean"
	Date      Kind = "date"
	Timestamp Kind = "timestamp"
	Email     Kind = "email"
	UUID      Kind = "uuid"
	// Other is for what is stored as lists, structs, bytes, times of day and the like.
	Other Kind = "other"
)

// family is how a type is counted.
type family string

const (
	texts   family = "text"
	numbers family = "number"
	moments family = "moment"
	others  family = "other"
)

// stored gives the family and the kind of a type of the engine.
func stored(engineType string) (family, Kind) {
	t := strings.ToUpper(engineType)
	if strings.HasSuffix(t, "]") {
		return others, Other
	}
	name, _, _ := strings.Cut(t, "(")
	switch strings.TrimSpace(name) {
	case "VARCHAR", "TEXT", "CHAR", "STRING", "JSON", "ENUM":
		return texts, Text
	case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT":
		return numbers, Integer
	case "DECIMAL", "NUMERIC", "FLOAT", "REAL", "DOUBLE":
		return numbers, Decimal
	case "DATE":
		return moments, Date
	case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "DATETIME", "TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ":
		return moments, Timestamp
	case "BOOLEAN":
		return others, Boolean
	case "UUID":
		return others, UUID
	}
	return others, Other
}

// reading is a kind that texts can read as.
type reading struct {
	kind Kind
	// predicate says of a text without blanks around it, w, whether it does. A word of
	// figures that reads as a day or a moment of the calendar has a moment, m.
	predicate string
	// share is the part of the texts that must read as the kind for the rest to be
	// malformed. What nothing reads as by accident needs more than half of them; codes
	// of articles read as numbers, but for those that have a letter.
	share float64
}

const (
	most      = 0.5
	nearlyAll = 0.9
)

// Patterns of whole texts. That of mail addresses is the one of HTML (WHATWG, HTML, 4.10.5.1.5),
// with a dot in the domain.
const (
	dayPattern   = `\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}`
	clockPattern = `([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d{1,9})?)?( ?(Z|UTC|[+-]\d{2}(:?\d{2})?))?`
	labelPattern = `[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?`
	emailPattern = `[a-zA-Z0-9.!#$%&''*+/=?^_` + "`" + `{|}~-]+@` + labelPattern + `(\.` + labelPattern + `)+`
	// mailPattern finds a mail address anywhere in a text.
	mailPattern    = `[^\s@<>]@[^\s@<>]+\.[^\s@<>]`
	uuidPattern    = `[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`
	integerPattern = `[+-]?\d+`
	decimalPattern = `[+-]?((\d+|\d{1,3}([.,'' ]\d{3})+)([.,]\d+)?|[.,]\d+)([eE][+-]?\d+)?`
)

// readings gives the kinds that texts can read as, the narrow ones first. A whole
// number is a decimal one as well, and a day is the moment at which it begins.
func readings() []reading {
	full := func(pattern string) string { return "regexp_full_match(w, '" + pattern + "')" }
	return []reading{
		{kind: Boolean, predicate: "lower(w) in ('true', 'false', 'yes', 'no', 't', 'f', 'y', 'n')", share: nearlyAll},
		{kind: UUID, predicate: full(uuidPattern), share: most},
		{kind: Email, predicate: full(emailPattern), share: most},
		{kind: Integer, predicate: full(integerPattern), share: nearlyAll},
		{kind: Decimal, predicate: full(decimalPattern), share: nearlyAll},
		{kind: Date, predicate: "m is not null and " + full(dayPattern), share: most},
		{kind: Timestamp, predicate: "m is not null", share: most},
	}
}

// momentSQL gives the moment that a text w reads as, null for one that does not: the
// shape of a day, with or without a time of day, and a day that the calendar has.
const momentSQL = `case when regexp_full_match(w, '(` + dayPattern + `)([ T]` + clockPattern + `)?') then ` +
	`try_strptime(regexp_extract(w, '^[^ T]+'), ['%Y-%m-%d', '%Y/%m/%d', '%d.%m.%Y', '%d/%m/%Y', '%m/%d/%Y', '%d-%m-%Y', '%m-%d-%Y']) end`

// read decides what texts read as. of gives how many of them read as each kind, values
// how many there are without blank ones. Of several kinds the one counts that most
// read as, and among equals the narrowest.
func read(of map[Kind]int64, values int64) Kind {
	kind, best := Text, int64(0)
	for _, r := range readings() {
		if n := of[r.kind]; n > best && r.enough(n, values) {
			kind, best = r.kind, n
		}
	}
	return kind
}

func (r reading) enough(n, values int64) bool {
	need := r.share * float64(values)
	return float64(n) > need || r.share == nearlyAll && float64(n) == need
}
