package world

import (
	"fmt"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

// Scale is a size of world that has a name.
type Scale struct {
	Name string
	// Customers and Transactions are those of the whole horizon.
	Customers, Transactions int
}

// Scales lists the sizes with a name, the smallest first.
func Scales() []Scale {
	return []Scale{
		{"small", 2_000, 120_000},
		{"medium", 10_000, 3_000_000},
		{"large", 50_000, 60_000_000},
	}
}

// Defaults of Config.
const (
	DefaultScale      = "small"
	DefaultSeed       = 1
	DefaultDays       = 731
	DefaultDirty      = 0.005
	DefaultLate       = 0.005
	DefaultDuplicates = 0.002
)

// DefaultUntil is the last day of a world where none is named.
func DefaultUntil() time.Time { return time.Date(2025, time.December, 9, 0, 0, 0, 0, time.UTC) }

// Limits of Config: below the lower one no population can be drawn, beyond the
// upper one ids no longer fit their width.
const (
	minCustomers    = 50
	maxCustomers    = 1_000_000
	minDays         = 90
	maxDays         = 10 * 366
	maxTransactions = 2_000_000_000
	maxRate         = 0.2
	// maxPerDay is the most transactions of a customer on an average day, beyond
	// which a day's numbering could run out.
	maxPerDay = 50
)

// Config says which world to make. Make one with NewConfig: zero rates mean none.
type Config struct {
	// Scale is the size's name, "custom" for one without.
	Scale string
	// Seed chooses the world.
	Seed uint64
	// Customers is how many have signed up by the end of the horizon.
	Customers int
	// Transactions is about how many rows of transactions there are in the horizon.
	Transactions int
	// Start is the first day, midnight UTC, and Days the length of the horizon.
	Start time.Time
	Days  int
	// Dirty, Late and Duplicates are the shares of transactions that are dirty,
	// come days after they happened, or come twice.
	Dirty, Late, Duplicates float64
}

// NewConfig gives the configuration of a named scale: two years that end with
// DefaultUntil.
func NewConfig(scale string) (Config, error) {
	names := make([]string, 0, len(Scales()))
	for _, s := range Scales() {
		if s.Name == scale {
			return Config{
				Scale: s.Name, Seed: DefaultSeed, Customers: s.Customers, Transactions: s.Transactions,
				Start: DefaultUntil().AddDate(0, 0, 1-DefaultDays), Days: DefaultDays,
				Dirty: DefaultDirty, Late: DefaultLate, Duplicates: DefaultDuplicates,
			}, nil
		}
		names = append(names, s.Name)
	}
	return Config{}, fault.New(fault.Usage, "there is no scale %q", scale).WithHint("take %s", strings.Join(names, ", "))
}

// Mark is what every row's _file says, so that the data is known as synthetic.
func (c Config) Mark() string {
	mark := fmt.Sprintf("%sseed=%d,scale=%s", MarkPrefix, c.Seed, c.Scale)
	if c.Scale == Custom {
		mark = fmt.Sprintf("%sseed=%d,customers=%d,transactions=%d", MarkPrefix, c.Seed, c.Customers, c.Transactions)
	}
	return mark
}

// MarkPrefix begins the mark of all synthetic rows.
const MarkPrefix = "synthetic:"

// Custom is the Scale of a configuration whose size has no name.
const Custom = "custom"

// Validate gives a fault of code Usage for a configuration out of range.
func (c Config) Validate() error {
	perDay := float64(c.Transactions) / float64(max(c.Customers, 1)) / float64(max(c.Days, 1))
	switch {
	case c.Customers < minCustomers || c.Customers > maxCustomers:
		return fault.New(fault.Usage, "a world of %d customers cannot be made", c.Customers).
			WithHint("ask for %d to %d customers", minCustomers, maxCustomers)
	case c.Days < minDays || c.Days > maxDays:
		return fault.New(fault.Usage, "a world of %d days cannot be made", c.Days).
			WithHint("ask for %d to %d days", minDays, maxDays)
	case c.Transactions < c.Customers || c.Transactions > maxTransactions || perDay > maxPerDay:
		return fault.New(fault.Usage, "%d transactions of %d customers in %d days cannot be made", c.Transactions, c.Customers, c.Days).
			WithHint("ask for one a customer up to %d a customer and day", maxPerDay)
	case c.Start.Year() < 1971 || c.Start.Year() > 2200:
		return fault.New(fault.Usage, "a world that starts in %d cannot be made", c.Start.Year()).WithHint("ask for days from 1971 to 2200")
	}
	for name, share := range map[string]float64{"dirty": c.Dirty, "late": c.Late, "duplicates": c.Duplicates} {
		if share < 0 || share > maxRate || share != share {
			return fault.New(fault.Usage, "the share of %s rows cannot be %g", name, share).WithHint("ask for 0 to %g", maxRate)
		}
	}
	return nil
}
