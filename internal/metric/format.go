package metric

// Format says how a number is shown.
type Format string

// The formats.
const (
	Money       Format = "money"   // in the project's currency
	Count       Format = "count"   // a whole number
	Share       Format = "share"   // 0.46 is 46 %
	Points      Format = "pp"      // 0.05 is 5 percentage points
	DaysFormat  Format = "days"    // a number of days
	Hours       Format = "hours"   // a number of hours
	Score       Format = "score"   // on a scale that the unit names
	RatioFormat Format = "ratio"   // how many times
	DecimalForm Format = "decimal" // anything else
)

// Formats gives all formats.
func Formats() []Format {
	return []Format{Money, Count, Share, Points, DaysFormat, Hours, Score, RatioFormat, DecimalForm}
}

// Direction says which way is better.
type Direction string

// The directions.
const (
	Up      Direction = "up"
	Down    Direction = "down"
	Neutral Direction = "none"
)
