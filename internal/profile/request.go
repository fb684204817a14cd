package profile

import (
	"context"
	"time"

	"github.com/kith-analytics/kith/internal/warehouse"
)

// Reader runs a statement on one state of the data.
type Reader interface {
	Query(ctx context.Context, sql string, args ...any) (warehouse.Rows, error)
}

// Request says what to look at.
type Request struct {
	// Name is what the table is called in the answer.
	Name string
	// Relation is the SQL to read in the place of the table, whose marks $1, $2, ... stand
	// for Args. It has the columns under their names.
	Relation string
	Args     []any
	// Columns are those to look at, in the order of the answer; there must be one.
	Columns []Input
	// Keys lists what must be different in every row: the names of columns, each among Columns.
	Keys [][]string
	// Origin is the column that names the file a row came from; "" for none. Generated rows
	// name "synthetic:" and how they were made.
	Origin string
	// Sample is how many rows to look at, drawn at random; 0 for all.
	Sample int64
	// Now is the time after which dates are in the future.
	Now time.Time
}

// Input is a column of a Request.
type Input struct {
	Name string
	// Type is the engine's own name of the type.
	Type string
	// Personal columns are counted, and their values not told.
	Personal bool
}

// Bounds of what is counted exactly.
const (
	// ExactRows is the size of tables up to which everything is.
	ExactRows = 1_000_000
	// ExactValues is about how many different values a column of a larger table may have
	// for them to be counted one by one.
	ExactValues = 100_000
)

// How many values are told.
const (
	frequentValues = 5
	examples       = 3
	histogramBars  = 12
)
