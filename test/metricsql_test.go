package e2e

import (
	"os/exec"
	"testing"
)

// The SQL of a metric query, run by hand, gives what the query gives: with few periods,
// and with so many that they travel as one text.
func TestMetricSQLGivesTheSameRows(t *testing.T) {
	t.Parallel()
	dir := theWorld(t).dir
	printed := func(args ...string) string {
		t.Helper()
		out, err := command(t.Context(), dir, args...).Output()
		if err != nil {
			var text []byte
			if exit, ok := err.(*exec.ExitError); ok { //nolint:errorlint // Output gives it as it is
				text = exit.Stderr
			}
			t.Fatalf("kith %v: %v\n%s", args, err, text)
		}
		return string(out)
	}
	for name, query := range map[string][]string{
		"one row":           {"net_revenue", "orders", "--compare", "previous"},
		"months":            {"net_revenue", "--grain", "month", "--compare", "year"},
		"two years of days": {"net_revenue", "orders", "--grain", "day"},
		"groups":            {"net_revenue", "--by", "country", "--top", "3+rest", "--filter", "country!=it's"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked := printed(append([]string{"metrics", "query", "--format", "csv"}, query...)...)
			sql := printed(append([]string{"metrics", "query", "--sql"}, query...)...)
			if byHand := printed("query", "--format", "csv", sql); byHand != asked {
				t.Errorf("by hand:\n%.600s\nasked:\n%.600s", byHand, asked)
			}
		})
	}
}
