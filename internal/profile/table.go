package profile

import "time"

// Table is what was found in a table.
type Table struct {
	Name      string    `json:"name"`
	At        time.Time `doc:"when it was looked at; dates after it are in the future"                       json:"at"`
	Rows      int64     `doc:"of the table"                                                                  json:"row_count"`
	Synthetic int64     `doc:"rows that were generated; 0 as well where rows do not say where they are from" json:"synthetic_rows"`
	// Sampled is how many rows the figures are of.
	Sampled       *int64   `doc:"rows that were drawn at random for all that follows; null: all rows" json:"sampled_rows"`
	DuplicateRows int64    `doc:"rows that repeat another one in all columns"                         json:"duplicate_rows"`
	Keys          []Key    `doc:"what the project says to be different in every row"                  json:"keys"`
	Columns       []Column `json:"columns"`
	Notes         []string `doc:"how a file was read"                                                 json:"notes"`
}

// Key is what must be different in every row.
type Key struct {
	Columns    []string `json:"columns"`
	Duplicates int64    `doc:"rows whose key another row has already" json:"duplicate_rows"`
	Nulls      int64    `doc:"rows without a key"                     json:"null_rows"`
}

// Column is what was found in a column.
type Column struct {
	Name string `json:"name"`
	Type string `doc:"as it is stored" json:"type"`
	// Kind is what the values read as.
	Kind Kind `doc:"what the values read as" enum:"text,integer,decimal,boolean,date,timestamp,email,uuid,other" json:"kind"`
	// Personal columns have no values, ranges and lengths.
	Personal  bool     `doc:"whether it holds personal data, of which counts alone are told" json:"personal"`
	Nulls     int64    `json:"null_count"`
	Blanks    int64    `doc:"texts of nothing but blanks"                                    json:"blank_count"`
	Distinct  Distinct `json:"distinct"`
	Malformed int64    `doc:"texts that do not read as the kind"                             json:"malformed_count"`
	// MalformedExamples has up to three.
	MalformedExamples []string    `json:"malformed_examples"`
	Least             *string     `doc:"as it is written"                       json:"min"`
	Greatest          *string     `json:"max"`
	Shortest          *int64      `doc:"characters of the shortest text"        json:"shortest_length"`
	Longest           *int64      `json:"longest_length"`
	Numbers           *Numbers    `doc:"of columns of numbers alone"            json:"numbers,omitempty"`
	Frequent          []Frequency `doc:"the most frequent values, at most five" json:"frequent"`
	Histogram         *Histogram  `doc:"of numbers and dates alone"             json:"histogram,omitempty"`
	Anomalies         []Anomaly   `json:"anomalies"`
}

// Distinct is how many different values there are, without null.
type Distinct struct {
	Count       int64 `json:"count"`
	Approximate bool  `doc:"whether it is an estimate" json:"is_approximate"`
	// Error is the standard error of an estimate, as a share of it.
	Error float64 `doc:"standard error of an estimate, as a share of it; 0 where it is exact" json:"relative_error"`
}

// Numbers are figures of a column of numbers. They leave out what is not finite.
type Numbers struct {
	Mean float64 `json:"mean"`
	// Deviation is that of a sample, divided by n-1; nil of one value.
	Deviation     *float64 `doc:"of a sample; null of one value"      json:"standard_deviation"`
	LowerQuartile float64  `json:"lower_quartile"`
	Median        float64  `json:"median"`
	UpperQuartile float64  `json:"upper_quartile"`
	Approximate   bool     `doc:"whether the quartiles are estimates" json:"quartiles_are_approximate"`
}

// Frequency is a value and how often it is there.
type Frequency struct {
	Value string `json:"value"`
	Count int64  `json:"count"`
}

// Histogram has the numbers of values in equal steps from one bound to the other.
// What lies beyond Tukey's outer fences is in the first and the last step.
type Histogram struct {
	From   string  `json:"from"`
	To     string  `json:"to"`
	Counts []int64 `json:"counts"`
}

// Anomaly is something unusual, found by a rule.
type Anomaly struct {
	Rule string `doc:"its name in the documentation" json:"rule"`
	// Text says what was found, to stand behind the count: "values above 12.5, ...".
	Text    string  `doc:"what was found, to stand behind the count" json:"text"`
	Count   int64   `doc:"rows"                                      json:"count"`
	Example *string `doc:"null of personal columns"                  json:"example"`
}
