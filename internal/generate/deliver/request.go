package deliver

import (
	"context"
	"time"

	"github.com/kith-analytics/kith/internal/generate/world"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// Source is the name under which bronze.loads knows synthetic data.
const Source = "synthetic"

// Request says what to put into the warehouse.
type Request struct {
	// Config is the world. Run does not look at it when More is given: then it is read
	// from the warehouse.
	Config world.Config
	// More adds so many days to the world that the warehouse has, as a load of its
	// own. Files writes the days that follow on those of Config.
	More int
	// Replace removes synthetic rows of another world first; without it they are a fault.
	Replace bool
	// Workers is how many sessions write transactions; 0 means DefaultWorkers.
	Workers int
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// apart makes the further days of Config although the world is not there.
	apart bool
	// Progress hears how many rows of about how many there are; nil for nobody. The
	// calls come from several goroutines.
	Progress func(done, total int64)
}

// DefaultWorkers is how many sessions write transactions where nothing is said.
const DefaultWorkers = 2

// Summary says what was put where.
type Summary struct {
	// Mark is what _file says of every row.
	Mark string
	// From is the first day of the load and To the last.
	From, To time.Time
	Tables   []TableSummary
	Duration time.Duration
	// Skipped is the reason why nothing was added, and empty otherwise.
	Skipped string

	started time.Time
}

// TableSummary is what became of one table.
type TableSummary struct {
	Table string // with its schema
	Rows  int64
}

// Rows sums the raw tables up; the truth is told apart.
func (s Summary) Rows() int64 {
	var n int64
	for _, t := range s.Tables {
		n += t.Rows
	}
	return n
}

// Lane is where the rows are written; a *warehouse.WriteLane is one.
type Lane interface {
	Session(ctx context.Context) (warehouse.Session, error)
}

func (r Request) now() time.Time {
	if r.Now != nil {
		return r.Now().UTC()
	}
	return time.Now().UTC()
}

func (r Request) workers() int {
	if r.Workers > 0 {
		return r.Workers
	}
	return DefaultWorkers
}
