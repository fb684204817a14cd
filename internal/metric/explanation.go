package metric

import "time"

// Explanation says what a figure is and where it comes from.
type Explanation struct {
	Metric string `json:"metric"`
	Label  string `json:"label"`
	// Definition is in plain words, from the metric file.
	Definition string `json:"definition"`
	// Formula names columns and models: "sum of amount in fct_transactions".
	Formula string `json:"formula"`
	Place   Place  `json:"place"`
	// SQL is the statement with its values written out.
	SQL    string      `json:"sql"`
	Period Period      `json:"period"`
	Models []ModelFact `json:"models"`
	// Lineage names everything that the models are made from, sources included, the
	// farthest first.
	Lineage []string   `json:"lineage"`
	Tests   []TestFact `json:"tests"`
	// BuiltAt is when the oldest of the models was built; nil when no run is known.
	BuiltAt *time.Time `json:"built_at"`
	AsOf    Day        `json:"as_of"`
	// Parts are the metrics whose rows stand behind the number, for Rows.
	Parts []Part `json:"parts"`
}

// Part is a metric over rows that a number is made of.
type Part struct {
	Metric string `json:"metric"`
	Label  string `json:"label"`
	Model  string `json:"model"`
}

// ModelFact is what is known of a model under a number.
type ModelFact struct {
	Name        string     `json:"name"`
	Description string     `json:"description"`
	UniqueID    string     `json:"unique_id"`
	TestsPassed int        `json:"tests_passed"`
	TestsFailed int        `json:"tests_failed"`
	BuiltAt     *time.Time `json:"built_at"`
}

// TestFact is a test of such a model and how it went: pass, fail, warn, error,
// skipped, or unknown before its first run.
type TestFact struct {
	Name   string `json:"name"`
	Model  string `json:"model"`
	Status string `json:"status"`
}

// Facts is where an Explanation gets what the project and its last runs know. Fact
// gives false for a model that is not in the project; Ancestors gives the names of
// all that models are made from, the farthest first.
type Facts interface {
	Fact(model string) (ModelFact, []TestFact, bool)
	Ancestors(models []string) []string
}
