package metric

// Role says what a column of a result is.
type Role string

// The roles.
const (
	TimeRole      Role = "time"      // first day of the period
	DimensionRole Role = "dimension" // a group's value
	MetricRole    Role = "metric"
	// ComparisonRole is the metric in the range that is compared with.
	ComparisonRole Role = "comparison"
	// ComparisonTimeRole is the first day of the matching period of that range.
	ComparisonTimeRole Role = "comparison_time"
	// LowRole and HighRole bound the 95 % interval; NRole is the number of cases.
	LowRole  Role = "low"
	HighRole Role = "high"
	NRole    Role = "n"
	// CompleteRole is false for a period that the range or the data cuts short.
	CompleteRole Role = "complete"
)

// Column describes a column of a result.
type Column struct {
	Name  string `json:"name"`
	Label string `json:"label"`
	Role  Role   `json:"role"`
	// Metric is the metric that the column belongs to; "" for time and dimensions.
	Metric string `json:"metric,omitempty"`
	// Type is that of the values; time is a moment, in UTC.
	Type   string `doc:"date, time, text, integer, decimal, number or boolean" json:"type"`
	Format Format `json:"format,omitempty"`
	// Unit is what stands behind the number: a currency code, "days", "points"; often "".
	Unit      string    `json:"unit,omitempty"`
	Direction Direction `json:"direction,omitempty"`
}

// Period is a range of days, both included.
type Period struct {
	From  Day    `json:"from"`
	To    Day    `json:"to"`
	Label string `json:"label"`
}

// Result is what a query found. Values are nil, bool, int64, float64, warehouse.Decimal (exact), string, Day, or time.Time: UTC, to
// the microsecond.
type Result struct {
	Columns    []Column `json:"columns"`
	Rows       [][]any  `json:"rows"`
	Period     Period   `json:"period"`
	Comparison *Period  `json:"comparison"`
	// IsComplete is false when a period is cut short by the range or by the data.
	IsComplete bool `json:"is_complete"`
	// IsTruncated is true when there were more rows than the limit.
	IsTruncated bool `json:"is_truncated"`
	// AsOf is the snapshot date of the data: everything before it is counted.
	AsOf Day `json:"as_of"`
}
