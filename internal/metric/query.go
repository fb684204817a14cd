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

// The comparisons. Periods are matched by position.
const (
	NoCompare Compare = "none"
	// Previous is as many days, ending the day before the range begins.
	Previous Compare = "previous"
	// YearBefore is the same dates a year before (28 February for the 29th), and 52
	// weeks before for weeks, so that weekdays meet weekdays.
	YearBefore Compare = "year"
)

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
	Dimension string `json:"dimension"`
	Op        Op     `json:"op"`
	// Values are strings, numbers or booleans: one, two for between, any number for
	// in and not_in, none for is_null. A null among them means "no value".
	Values []any `json:"values,omitempty"`
}

// Top keeps the N greatest groups of the first dimension.
type Top struct {
	N int `json:"n"`
	// By is the metric that ranks; "" for the query's first.
	By string `json:"by,omitempty"`
	// Rest gathers the other groups' rows in one group, Other, and computes the
	// figures from those rows.
	Rest bool `json:"rest,omitempty"`
}

// Order sorts by a dimension, a metric, or "time".
type Order struct {
	Name string `json:"name"`
	Desc bool   `json:"desc,omitempty"`
}

// Query asks for metrics.
type Query struct {
	Metrics    []string `json:"metrics"`
	Dimensions []string `json:"dimensions,omitempty"`
	// Grain is None when it is "".
	Grain Grain `json:"grain,omitempty"`
	// From and To are both included; not given, they are the first and last day of the data.
	From    Day      `json:"from,omitempty"`
	To      Day      `json:"to,omitempty"`
	Compare Compare  `json:"compare,omitempty"`
	Filters []Filter `json:"filters,omitempty"`
	Top     *Top     `json:"top,omitempty"`
	// TimeZone is an IANA name; "" and UTC are the days of the models. Another is
	// refused for datasets that have days only.
	TimeZone string  `json:"time_zone,omitempty"`
	OrderBy  []Order `json:"order_by,omitempty"`
	// Limit is the most rows; 0 for 10,000.
	Limit int `json:"limit,omitempty"`
}
