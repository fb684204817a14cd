package generate

import (
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

// SalesLogName is the file name that marks a log as synthetic. A CSV file has
// no room for a remark, so its name has to say it.
const SalesLogName = "synthetic_sales_log.csv"

// Defaults of Config.
const (
	DefaultSeed = 1
	DefaultRows = 60_000
	DefaultDays = 374
)

// Limits of Config: below the lower one no population can be drawn, beyond the
// upper one the numbers no longer fit their ranges.
const (
	minRows = 100
	maxRows = 1_000_000_000
	minDays = 30
	maxDays = 20 * 366
)

// Config says what log to write. The zero value of a field means its default.
type Config struct {
	// Seed chooses the log; DefaultSeed when 0.
	Seed uint64
	// Rows is about how many lines to write; DefaultRows when 0. The log comes
	// within a few per cent of it, small ones within a tenth.
	Rows int
	// Start is the first day (its date in UTC counts); 1 December 2024 when zero.
	Start time.Time
	// Days is the span in calendar days; DefaultDays when 0.
	Days int
	// More is how many days follow after the span: the same shop goes on, and the
	// lines before are those of a log without them.
	More int
}

// Summary says what was written.
type Summary struct {
	// Rows is the number of lines without the header.
	Rows int
	// Invoices counts invoice numbers: orders, credit notes and bookings.
	Invoices int
	// Customers counts those with at least one order.
	Customers int
	// Products is the size of the catalogue.
	Products int
	// From and To are the times of the first and the last line.
	From, To time.Time
}

func (c Config) withDefaults() Config {
	if c.Seed == 0 {
		c.Seed = DefaultSeed
	}
	if c.Rows == 0 {
		c.Rows = DefaultRows
	}
	if c.Days == 0 {
		c.Days = DefaultDays
	}
	if c.Start.IsZero() {
		c.Start = time.Date(2024, time.December, 1, 0, 0, 0, 0, time.UTC)
	}
	y, m, d := c.Start.UTC().Date()
	c.Start = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return c
}

func (c Config) validate() error {
	if c.Rows < minRows || c.Rows > maxRows {
		return fault.New(fault.Usage, "a synthetic log of %d rows cannot be made", c.Rows).
			WithHint("ask for %d to %d rows", minRows, maxRows)
	}
	if c.Days < minDays || c.Days > maxDays {
		return fault.New(fault.Usage, "a synthetic log of %d days cannot be made", c.Days).
			WithHint("ask for %d to %d days", minDays, maxDays)
	}
	if c.More < 0 || c.Days+c.More > maxDays {
		return fault.New(fault.Usage, "a synthetic log cannot go on for %d days", c.More).
			WithHint("ask for up to %d days in all", maxDays)
	}
	return nil
}
