package e2e

import (
	"encoding/csv"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// moneyColumns are the columns of sources that hold money.
func moneyColumns() []string {
	return []string{"unit_price", "amount", "discount_amount", "cost", "unit_cost", "list_price", "reward_amount", "market_size", "credit_limit"}
}

// A million of another currency may be what one was in the first: no figure overflows, money is a million times as much but for cents
// that were rounded away before, and everything else is the same.
func TestASmallUnitOfMoneyChangesMoneyAlone(t *testing.T) {
	t.Parallel()
	w := theWorld(t)
	small := &world{dir: filepath.Join(t.TempDir(), "small"), sources: map[string]string{}}
	for source, text := range w.sources {
		small.sources[source] = inMillionths(t, text)
	}
	well(t, filepath.Dir(small.dir), "init", "small")
	if err := small.load(small.dir, "", func(string, int) bool { return true }); err != nil {
		t.Fatal(err)
	}
	holds(t, well(t, small.dir, "build", "--exclude-resource-type", "unit_test"), []string{"ERROR=0 SKIP=0"})

	for name, of := range map[string]func(unit string) string{
		"customers": func(unit string) string {
			return "select customer_id, order_count, net_revenue * " + unit + ", net_margin * " + unit + " from silver.int_customer_totals"
		},
		"classic formulas": func(unit string) string {
			return "select customer_id, frequency, historic_margin * " + unit + ", cltv_classic_profit * " + unit + " from silver.int_customer_classic_kpis"
		},
		"segments": func(string) string {
			return "select customer_id, spending_segment, rfm_cell, rfm_group, behavioural_group from gold.customer_segments"
		},
		"campaigns": func(unit string) string {
			return "select campaign_id, treated_count, is_significant, effect_low * " + unit + ", return_on_cost from gold.mart_campaign_effects"
		},
		"days": func(unit string) string {
			return "select revenue_date, net_revenue * " + unit + " from gold.mart_daily_revenue"
		},
	} {
		want, got := rows(t, w.dir, of("1e6")+" order by 1"), rows(t, small.dir, of("1e0")+" order by 1")
		if len(want) == 0 || len(got) != len(want) {
			t.Errorf("%s: %d rows, not %d", name, len(got), len(want))
			continue
		}
		for i := range want {
			if !slices.EqualFunc(want[i], got[i], nearly) {
				t.Errorf("%s: %v, not %v", name, got[i], want[i])
				break
			}
		}
	}
}

// nearly says whether two texts are the same, or numbers within a hundredth of a percent.
func nearly(one, other string) bool {
	a, errA := strconv.ParseFloat(one, 64)
	b, errB := strconv.ParseFloat(other, 64)
	return one == other || errA == nil && errB == nil && math.Abs(a-b) <= 1e-4*math.Abs(a)
}

// inMillionths gives a source with its money in a unit of which a million make one of the first.
func inMillionths(t *testing.T, text string) string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, column := range rows[0] {
		if slices.Contains(moneyColumns(), column) {
			for _, row := range rows[1:] {
				row[i] = shifted(row[i])
			}
		}
	}
	var b strings.Builder
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// shifted moves the point of a numeral by six places.
func shifted(numeral string) string {
	if numeral == "" {
		return ""
	}
	whole, places, _ := strings.Cut(numeral, ".")
	places += strings.Repeat("0", max(0, 6-len(places)))
	return whole + places[:6] + "." + places[6:] + "0"
}
