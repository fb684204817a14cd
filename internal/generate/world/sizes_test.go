package world

import (
	"fmt"
	"testing"
	"time"
)

// Worlds at the edges of what may be asked for are whole: every table has rows, and
// there are about as many transactions as wanted.
func TestWorldsOfOddSizes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ customers, transactions, days int }{
		{50, 50, 90}, {50, 400, 3_000}, {60, 200_000, 90}, {5_000, 5_000, 100}, {100, 30_000, 366},
	} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			t.Parallel()
			cfg := tiny(t)
			cfg.Customers, cfg.Transactions, cfg.Days = c.customers, c.transactions, c.days
			cfg.Start = time.Date(2020, 2, 29, 0, 0, 0, 0, time.UTC)
			_, rows := base(t, cfg)
			for _, table := range Tables() {
				name := table.Schema + "." + table.Name
				small := c.transactions < 1_000 // too few for all that is rare
				if len(rows[name]) == 0 && (!small || name == "bronze.transactions" || name == "bronze.customers") {
					t.Errorf("%s is empty", name)
				}
			}
			w := made(t, cfg, cfg.Days)
			for i, tier := range w.loyalty[1:] {
				if below := w.loyalty[i]; tier.min <= below.min {
					t.Errorf("%s begins at %d points, %s at %d", tier.name, tier.min, below.name, below.min)
				}
			}
			got := float64(len(rows["bronze.transactions"]))
			if want := float64(c.transactions); got < 0.5*want || got > 2*want {
				t.Errorf("%.0f transactions, not about %.0f", got, want)
			}
		})
	}
}
