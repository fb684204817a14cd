package e2e

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/kith-analytics/kith/test/twin"
)

// What the twin is asked with: the values of the project's own vars.
const (
	expiryDays    = 365
	journeyWindow = 24 * time.Hour
)

// Points and visits that are drawn at random, with accounts that are overdrawn,
// entries of the same second and steps in every order, against the twin.
func TestEngagementAgainstTwin(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	well(t, home, "init", "shop")
	dir := filepath.Join(home, "shop")
	random := rand.New(rand.NewPCG(4, 2))
	snapshot := time.Date(2025, 3, 10, 0, 0, 0, 0, time.UTC)
	ledger, visits := drawLedger(random, snapshot), drawVisits(random, snapshot)
	write(t, dir, files{
		"ledger.csv": ledgerCSV(ledger),
		"events.csv": visitsCSV(visits),
		// The day after it is the snapshot date.
		"transactions.csv": "transaction_id,customer_id,transaction_at,amount\nt1,c0,2025-03-09 10:00:00,5.00\n",
	})
	well(t, dir, "load", "loyalty_ledger", "ledger.csv")
	well(t, dir, "load", "journey_events", "events.csv")
	well(t, dir, "load", "transactions", "transactions.csv")
	well(t, dir, "build", "--select", "+mart_loyalty_breakage +int_journey_sessions",
		"--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
	sameEarnings(t, dir, twin.Breakage(ledger, expiryDays, snapshot))
	sameVisits(t, dir, visits)
}

func sameEarnings(t *testing.T, dir string, want map[string]twin.Earning) {
	t.Helper()
	got := rows(t, dir, `select strftime(earned_month, '%Y-%m'), earned_points, redeemed_points, expired_points, taken_back_points,
		outstanding_points, mature_points, mature_expired_points from gold.mart_loyalty_breakage`)
	if len(got) != len(want) || len(want) < 30 {
		t.Fatalf("%d months with earnings, want %d", len(got), len(want))
	}
	for _, row := range got {
		e := want[row[0]]
		figures := []int64{e.Earned, e.Redeemed, e.Expired, e.TakenBack, e.Outstanding, e.Mature, e.MatureExpired}
		if !slices.Equal(row[1:], texts(figures)) {
			t.Errorf("earned, redeemed, expired, taken back, outstanding, mature, expired of it in %s: %v, want %v", row[0], row[1:], figures)
		}
	}
}

func texts(figures []int64) []string {
	out := make([]string, len(figures))
	for i, f := range figures {
		out[i] = strconv.FormatInt(f, 10)
	}
	return out
}

func sameVisits(t *testing.T, dir string, visits [][]twin.Event) {
	t.Helper()
	got := map[string]string{}
	for _, row := range rows(t, dir, `select distinct events.session_id, sessions.reached_step
		from silver.int_journey_sessions as sessions inner join gold.customer_journey_events as events using (session_key)`) {
		got[row[0]] = row[1]
	}
	if len(got) != len(visits) {
		t.Fatalf("%d visits, want %d", len(got), len(visits))
	}
	reached := map[int]int{}
	for i, visit := range visits {
		want := twin.Reached(visit, journeyWindow)
		reached[want]++
		if got[visitName(i)] != strconv.Itoa(want) {
			t.Errorf("visit %d reached step %s, want %d: %v", i, got[visitName(i)], want, visit)
		}
	}
	for step := range 6 {
		if reached[step] == 0 {
			t.Errorf("no visit reached just step %d, so that the test says nothing of it", step)
		}
	}
}

// drawLedger draws 40 members' entries over three years, up to some days after the
// snapshot. Some accounts go below zero on the way.
func drawLedger(random *rand.Rand, snapshot time.Time) []twin.Entry {
	kinds := []string{"earn", "earn", "earn", "redeem", "redeem", "expire", "adjust", "join"}
	var out []twin.Entry
	for member := range 40 {
		for range 10 + random.IntN(60) {
			e := twin.Entry{
				ID:       fmt.Sprintf("e%05d-%d", random.IntN(100_000), len(out)),
				Customer: fmt.Sprintf("c%d", member),
				Kind:     kinds[random.IntN(len(kinds))],
				// Few times of the day, so that entries share theirs.
				At:     snapshot.AddDate(0, 0, 3-random.IntN(1100)).Add(time.Duration(random.IntN(3)) * 8 * time.Hour),
				Points: int64(1 + random.IntN(300)),
			}
			switch {
			case e.Kind == "redeem" || e.Kind == "expire":
				e.Points = -e.Points
			case e.Kind == "adjust" && random.IntN(2) == 0:
				e.Points = -e.Points
			case e.Kind == "join":
				e.Points = 0
			}
			out = append(out, e)
		}
	}
	return out
}

// drawVisits draws visits of up to nine events in any order, hours apart.
func drawVisits(random *rand.Rand, snapshot time.Time) [][]twin.Event {
	out := make([][]twin.Event, 400)
	for i := range out {
		at := snapshot.AddDate(0, 0, -4-random.IntN(300))
		for range 1 + random.IntN(9) {
			at = at.Add(time.Duration(1+random.IntN(420)) * time.Minute)
			step := random.IntN(6)
			if random.IntN(2) == 0 { // every other one goes on
				step = min(5, len(out[i])+1)
			}
			out[i] = append(out[i], twin.Event{Step: step, At: at})
		}
	}
	return out
}

func visitName(i int) string { return fmt.Sprintf("s%d", i) }

func ledgerCSV(entries []twin.Entry) string {
	var out strings.Builder
	out.WriteString("entry_id,customer_id,entry_at,entry_type,points\n")
	for _, e := range entries {
		fmt.Fprintf(&out, "%s,%s,%s,%s,%d\n", e.ID, e.Customer, e.At.Format(time.DateTime), e.Kind, e.Points)
	}
	return out.String()
}

func visitsCSV(visits [][]twin.Event) string {
	names := []string{"newsletter", "visit", "product_view", "add_to_cart", "checkout", "purchase"}
	var out strings.Builder
	out.WriteString("event_id,session_id,event_at,event_name\n")
	for i, visit := range visits {
		for n, e := range visit {
			fmt.Fprintf(&out, "%d-%d,%s,%s,%s\n", i, n, visitName(i), e.At.Format(time.DateTime), names[e.Step])
		}
	}
	return out.String()
}
