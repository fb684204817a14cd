package metric

// Grain is the length of the periods of a result.
type Grain string

// The grains. None gives one figure for the whole range.
const (
	None    Grain = "none"
	ByDay   Grain = "day"
	Week    Grain = "week" // Monday to Sunday, as ISO 8601 has it
	Month   Grain = "month"
	Quarter Grain = "quarter"
	Year    Grain = "year"
)

// Grains gives all grains, the finest first and None last.
func Grains() []Grain { return []Grain{ByDay, Week, Month, Quarter, Year, None} }

// Compare is the range that figures are compared with.
type Compare string

// The comparisons. Periods are matched by position. One whose days the data does not
// cover whole has no figures.
const (
	NoCompare Compare = "none"
	// Previous is as many days, ending the day before the range begins; of what is kept by month, as many months.
	Previous Compare = "previous"
	// YearBefore is the same dates a year before (28 February for the 29th), and 52
	// weeks before for weeks, so that weekdays meet weekdays.
	YearBefore Compare = "year"
)

// Comparisons gives all comparisons.
func Comparisons() []Compare { return []Compare{NoCompare, Previous, YearBefore} }

// Op compares a dimension with values.
type Op string

// The operators.
const (
	Eq      Op = "eq"
	Ne      Op = "ne"
	In      Op = "in"
	NotIn   Op = "not_in"
	Gt      Op = "gt"
	Gte     Op = "gte"
	Lt      Op = "lt"
	Lte     Op = "lte"
	Between Op = "between"
	IsNull  Op = "is_null"
)

// Ops gives all operators.
func Ops() []Op { return []Op{Eq, Ne, In, NotIn, Gt, Gte, Lt, Lte, Between, IsNull} }

// Filter keeps the rows whose dimension compares with the values.
type Filter struct {
	Dimension string `doc:"a dimension, as in GET /dimensions"                                                        json:"dimension"`
	Op        Op     `doc:"how it compares with the values: eq, ne, in, not_in, gt, gte, lt, lte, between or is_null" example:"eq"     json:"op"`
	// Values are strings, numbers or booleans: one, two for between, any number for
	// in and not_in, none for is_null. A null among them means "no value".
	Values []any `doc:"texts, numbers or truths: one, two for between, any number for in and not_in, none for is_null; null means no value" json:"values,omitempty"`
}

// Top keeps the N greatest groups of the first dimension. Groups that By has no figure for come last.
type Top struct {
	N int `doc:"how many groups, 1 to 1000" example:"5" json:"n"`
	// By is the metric that ranks; "" for the query's first.
	By string `doc:"the metric that ranks; the first of the query when it is left out or empty" json:"by,omitempty"`
	// Rest gathers the other groups' rows in one group, Other, and computes the
	// figures from those rows. Groups that By has no figure for are among the others.
	Rest bool `doc:"gather the other groups in one, Other" json:"rest,omitempty"`
}

// Order sorts by a dimension, a metric, or "time".
type Order struct {
	Name string `doc:"time, or a dimension or a metric of the query" json:"name"`
	Desc bool   `doc:"the greatest first"                            json:"desc,omitempty"`
}

// Query asks for metrics. What its fields can be stands in the words of the API's description and not in rules of it: an empty text
// is "not given" here, and what cannot be is refused by one line that names it.
type Query struct {
	Metrics    []string `doc:"metrics, as in GET /metrics, at most 50"                  json:"metrics"`
	Dimensions []string `doc:"dimensions to group by, as in GET /dimensions, at most 8" json:"dimensions,omitempty"`
	// Grain is None when it is "".
	Grain Grain `doc:"length of the periods: day, week, month, quarter, year or none; none when it is left out or empty" example:"month" json:"grain,omitempty"`
	// From and To are both included; not given, they are the first and last day of the data.
	From    Day      `doc:"first day, as 2006-01-02; that of the data when it is left out or empty"              example:"2025-01-01"     json:"from,omitempty"`
	To      Day      `doc:"last day, included, as 2006-01-02; that of the data when it is left out or empty"     example:"2025-03-31"     json:"to,omitempty"`
	Compare Compare  `doc:"the range to compare with: none, previous or year; none when it is left out or empty" example:"year"           json:"compare,omitempty"`
	Filters []Filter `doc:"conditions that rows have to fulfil, all of them"                                     json:"filters,omitempty"`
	Top     *Top     `doc:"keeps the greatest groups of the first dimension"                                     json:"top,omitempty"`
	// TimeZone is an IANA name; "" and UTC are the days of the models. Another is
	// refused for datasets that have days only.
	TimeZone string  `doc:"IANA name of the time zone of the days; UTC when it is left out or empty" example:"Europe/Berlin"   json:"time_zone,omitempty"`
	OrderBy  []Order `doc:"what to sort by, the first thing first"                                   json:"order_by,omitempty"`
	// Limit is the most rows, up to MaxLimit; 0 for DefaultLimit.
	Limit int `doc:"the most rows, 1 to 1000000; 10000 when it is left out or 0" json:"limit,omitempty"`
}
