package profile

// Rule is a way in which values are unusual.
type Rule struct {
	// Name is what answers call it.
	Name string
	// Text is what was found, to stand behind a count of values.
	Text string
	// Reference says who has described it.
	Reference string

	// of are the families of columns that it is for.
	of []family
	// predicate says of a value of g whether it is unusual: v as text, w without blanks
	// around it, x as number (of moments the seconds since 1970), with the bounds of
	// its column. Those of texts alone are asked of texts alone. "" for rules that are decided by figures, or in the statement by more than one value.
	predicate string
	// example picks among the values that are; "" for the first in the order of texts.
	example string
	// rare says that what many values of a column share is its nature, and not told.
	rare bool
}

// rareShare is the part of the values of a column above which something is no exception:
// one in twenty.
const rareShare = 0.05

// The references.
const (
	tukey       = "Tukey, Exploratory Data Analysis, 1977, section 2D: inner and outer fences"
	illegal     = "Rahm & Do, Data Cleaning: Problems and Current Approaches, IEEE Data Engineering Bulletin 23(4), 2000: illegal values"
	varying     = "Rahm & Do, 2000: varying representations"
	uniqueness  = "Rahm & Do, 2000: uniqueness violations"
	disguised   = "Pearson, The Problem of Disguised Missing Data, SIGKDD Explorations 8(1), 2006"
	profiling   = "Abedjan, Golab & Naumann, Profiling Relational Data: A Survey, VLDB Journal 24(4), 2015"
	floating    = "IEEE 754-2019, clause 6"
	controls    = "The Unicode Standard 16.0, section 23.1: control codes"
	replacement = "The Unicode Standard 16.0, section 23.8: replacement character; UTF-8 read as Windows-1252"
)

// Names of the rules that are decided by figures.
const (
	emptyRule    = "empty"
	constantRule = "constant"
	nearKeyRule  = "near_key"
	variantsRule = "case_variants"
	negativeRule = "negative"
)

// Rules gives all rules, in the order in which they are told. The documentation has them too.
func Rules() []Rule {
	number, moment, text := []family{numbers}, []family{moments}, []family{texts}
	dates := []family{moments, texts}
	return []Rule{
		{Name: emptyRule, Text: "no row has a value", Reference: profiling},
		{Name: constantRule, Text: "always the same value", Reference: profiling},
		{Name: nearKeyRule, Text: "repeated, where nearly all are different", Reference: uniqueness},
		{Name: "far_low", Text: "far below the others (3 × IQR)", Reference: tukey, of: number, predicate: "x < q1 - 3 * iqr", example: "arg_min(v, x)"},
		{Name: "low", Text: "below the others (1.5 × IQR)", Reference: tukey, of: number, predicate: "x < q1 - 1.5 * iqr and x >= q1 - 3 * iqr", example: "arg_min(v, x)"},
		{Name: "high", Text: "above the others (1.5 × IQR)", Reference: tukey, of: number, predicate: "x > q3 + 1.5 * iqr and x <= q3 + 3 * iqr", example: "arg_max(v, x)"},
		{Name: "far_high", Text: "far above the others (3 × IQR)", Reference: tukey, of: number, predicate: "x > q3 + 3 * iqr", example: "arg_max(v, x)"},
		{Name: negativeRule, Text: "negative, where the others are positive", Reference: illegal, of: number, predicate: "x < 0", example: "arg_min(v, x)", rare: true},
		{Name: "not_finite", Text: "not finite", Reference: floating, of: number, predicate: "family = 'number' and x is null"},
		{Name: "future", Text: "in the future", Reference: illegal, of: dates, predicate: "x > [now]", example: "arg_max(v, x)"},
		{Name: "epoch", Text: "the zero of Unix time, 1970-01-01", Reference: disguised, of: dates, predicate: "x = 0"},
		{Name: "before_1970", Text: "before 1970, where the others are later", Reference: illegal, of: dates, predicate: "x < 0", example: "arg_min(v, x)", rare: true},
		{Name: "before_1900", Text: "before 1900", Reference: illegal, of: dates, predicate: "x < -2208988800", example: "arg_min(v, x)"},
		{Name: "not_a_time", Text: "infinite dates", Reference: illegal, of: moment, predicate: "family = 'moment' and x is null"},
		{Name: "blank_edges", Text: "with blanks before or behind", Reference: varying, of: text, predicate: "w <> v and w <> ''"},
		{Name: variantsRule, Text: "another spelling in upper and lower case", Reference: varying, of: text},
		{
			Name: "placeholder", Text: "a word for a missing value", Reference: disguised, of: text,
			predicate: "lower(w) in ('null', 'none', 'nil', 'nan', 'n/a', 'na', '#n/a', 'n.a.', 'unknown', 'undefined', 'missing', 'tbd', 'xxx', '-', '--', '.', '?')",
		},
		{Name: "control_characters", Text: "with control characters", Reference: controls, of: text, predicate: `regexp_matches(v, '\p{Cc}')`},
		{
			Name: "wrong_encoding", Text: "with letters lost or wrongly encoded", Reference: replacement, of: text,
			predicate: `regexp_matches(v, '\x{FFFD}|\x{00C3}[\x{0080}-\x{00BF}]|\x{00E2}\x{20AC}')`,
		},
	}
}
