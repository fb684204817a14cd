package e2e

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// engagement selects what is made of points, visits and messages.
const engagement = "+mart_loyalty_breakage +mart_loyalty_monthly +mart_journey_funnel +mart_journey_paths " +
	"+mart_communication_performance +mart_send_times"

// What is loaded in two halves, with a build between them, becomes what it is when
// loaded at once: late events join visits, rows are corrected to other customers,
// orders come after the messages that they answer, and the snapshot date moves on.
func TestEngagementInTwoHalves(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	first, second := drawHalves(rand.New(rand.NewPCG(8, 1)))
	var found [2]string
	for i, name := range []string{"once", "halves"} {
		well(t, home, "init", name)
		dir := filepath.Join(home, name)
		loadHalf(t, dir, "first", first)
		if name == "halves" {
			buildEngagement(t, dir)
		}
		loadHalf(t, dir, "second", second)
		buildEngagement(t, dir)
		found[i] = engagementFigures(t, dir)
	}
	if found[0] != found[1] {
		t.Errorf("loaded at once:\n%s\nin two halves:\n%s", found[0], found[1])
	}
}

func loadHalf(t *testing.T, dir, half string, tables map[string][]string) {
	t.Helper()
	for _, source := range halfSources() {
		file := half + "_" + source.name + ".csv"
		write(t, dir, files{file: source.header + "\n" + strings.Join(tables[source.name], "\n") + "\n"})
		well(t, dir, "load", source.name, file)
	}
}

func buildEngagement(t *testing.T, dir string) {
	t.Helper()
	well(t, dir, "build", "--select", engagement, "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
}

// engagementFigures are the rows of all tables in one text, without what they say of
// their own making.
func engagementFigures(t *testing.T, dir string) string {
	t.Helper()
	var out strings.Builder
	for _, table := range []string{
		"silver.int_loyalty_matches", "gold.mart_loyalty_breakage", "gold.mart_loyalty_monthly", "silver.int_journey_sessions",
		"gold.mart_journey_funnel", "gold.mart_journey_paths", "gold.communication_logs", "gold.mart_communication_performance",
	} {
		made := query(t, dir, "select columns(c -> not starts_with(c, '_')) from "+table+" order by all")
		if made == "" {
			t.Errorf("%s is empty, so that the test says nothing of it", table)
		}
		fmt.Fprintf(&out, "%s\n%s\n", table, made)
	}
	return out.String()
}

// halfSource is a source whose rows are drawn.
type halfSource struct {
	name, header string
	draw         func(random *rand.Rand, id int) string
}

func halfSources() []halfSource {
	return []halfSource{
		{"transactions", "transaction_id,customer_id,transaction_at,amount", drawTransaction},
		{"loyalty_ledger", "entry_id,customer_id,entry_at,entry_type,points", drawEntry},
		{"journey_events", "event_id,customer_id,session_id,event_at,event_name", drawEvent},
		{"communications", "communication_id,customer_id,campaign_id,assignment,channel,sent_at,opened_at", drawMessage},
	}
}

// drawHalves deals the rows of each source onto two loads. Some of the first
// come again in the second, as they are or changed. The second brings the last day.
func drawHalves(random *rand.Rand) (first, second map[string][]string) {
	first, second = map[string][]string{}, map[string][]string{}
	for _, source := range halfSources() {
		for id := range 300 {
			row := source.draw(random, id)
			switch random.IntN(10) {
			case 0:
				first[source.name] = append(first[source.name], row)
				second[source.name] = append(second[source.name], source.draw(random, id))
			case 1:
				first[source.name] = append(first[source.name], row)
				second[source.name] = append(second[source.name], row)
			case 2, 3, 4, 5:
				first[source.name] = append(first[source.name], row)
			default:
				second[source.name] = append(second[source.name], row)
			}
		}
	}
	// Two visits that become one, so that there is one visit less.
	first["journey_events"] = append(first["journey_events"], "j1,c9,,2024-02-05 10:00:00,visit", "j2,c9,,2024-02-05 10:40:00,product_view")
	second["journey_events"] = append(second["journey_events"], "j3,c9,,2024-02-05 10:20:00,newsletter")
	second["transactions"] = append(second["transactions"], "last,c1,2024-04-10 12:00:00,1.00")
	return first, second
}

// someTime is a time in the hundred days up to the tenth of April, or soon after.
func someTime(random *rand.Rand) string {
	return time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(random.IntN(103*24*60)) * time.Minute).Format(time.DateTime)
}

func someCustomer(random *rand.Rand) string { return fmt.Sprintf("c%d", random.IntN(8)) }

func drawTransaction(random *rand.Rand, id int) string {
	at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(random.IntN(95*24*60)) * time.Minute)
	return fmt.Sprintf("t%d,%s,%s,%d.50", id, someCustomer(random), at.Format(time.DateTime), 1+random.IntN(50))
}

func drawEntry(random *rand.Rand, id int) string {
	kind := []string{"earn", "earn", "redeem", "expire", "adjust"}[random.IntN(5)]
	points := 1 + random.IntN(90)
	if kind == "redeem" || kind == "expire" {
		points = -points
	}
	return fmt.Sprintf("e%d,%s,%s,%s,%d", id, someCustomer(random), someTime(random), kind, points)
}

// drawEvent draws events of few visitors close together, half of them with a session.
func drawEvent(random *rand.Rand, id int) string {
	day := time.Date(2024, time.Month(1+random.IntN(4)), 1+9*random.IntN(2), 23, 0, 0, 0, time.UTC)
	at := day.Add(time.Duration(random.IntN(200)) * time.Minute)
	session := ""
	if random.IntN(2) == 0 {
		session = fmt.Sprintf("s%d", random.IntN(40))
	}
	name := []string{"visit", "product_view", "add_to_cart", "checkout", "purchase", "newsletter"}[random.IntN(6)]
	return fmt.Sprintf("v%d,%s,%s,%s,%s", id, someCustomer(random), session, at.Format(time.DateTime), name)
}

func drawMessage(random *rand.Rand, id int) string {
	assignment := []string{"treated", "treated", "holdout"}[random.IntN(3)]
	sent, opened := someTime(random), ""
	if random.IntN(2) == 0 {
		opened = sent
	}
	return fmt.Sprintf("m%d,%s,k%d,%s,email,%s,%s", id, someCustomer(random), random.IntN(2), assignment, sent, opened)
}
