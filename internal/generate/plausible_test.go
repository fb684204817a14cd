package generate_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"maps"
	"math"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/generate"
)

// shape is what one looks at to tell a real log from a made-up one. Shares are
// of lines unless the name says otherwise.
type shape map[string]float64

// measure takes the shape of any log, real or synthetic.
func measure(records []record) shape {
	s := shape{}
	n := float64(len(records))
	orders := map[string]map[string]float64{} // customer: invoice: value
	last := map[string]time.Time{}
	lines, busy := map[string]float64{}, map[time.Month]float64{}
	product := regexp.MustCompile(`^\d{5}`)
	returned := map[string]bool{}
	for _, r := range records {
		key := "sale"
		switch {
		case strings.HasPrefix(r.invoice, "A"):
			key = "bad debt"
		case r.pence == 0 && r.customer != "":
			key = "gift"
		case r.pence == 0 && r.quantity < 0:
			key = "write-off"
		case r.pence == 0:
			key = "found"
		case r.quantity < 0 && r.customer != "":
			key = "return"
			returned[r.invoice] = true
		case r.quantity < 0:
			key = "guest return"
		case r.customer == "":
			key = "guest"
		}
		s[key] += 1 / n
		if r.description == "" {
			s["no description"] += 1 / n
		}
		if r.country != "United Kingdom" {
			s["abroad"] += 1 / n
		}
		if !product.MatchString(r.code) {
			s["no product"] += 1 / n
		}
		if key != "sale" {
			continue
		}
		if orders[r.customer] == nil {
			orders[r.customer] = map[string]float64{}
		}
		orders[r.customer][r.invoice] += float64(r.amount()) / 100
		lines[r.invoice]++
		last[r.customer] = r.at
		if r.at.Year() == records[len(records)-1].at.Year() {
			busy[r.at.Month()]++
		}
	}
	s["November against June"] = busy[time.November] / busy[time.June]
	describeCustomers(s, orders, last, records[len(records)-1].at)
	s["credit notes an order"] = float64(len(returned)) / float64(len(lines))
	sizes := slices.Sorted(maps.Values(lines))
	s["lines an order, median"] = sizes[len(sizes)/2]
	return s
}

func describeCustomers(s shape, orders map[string]map[string]float64, last map[string]time.Time, end time.Time) {
	var values, money, frequency []float64
	lapsed := 0.0
	for c, byInvoice := range orders {
		sum := 0.0
		for _, v := range byInvoice {
			values = append(values, v)
			sum += v
		}
		money = append(money, sum)
		frequency = append(frequency, float64(len(byInvoice)))
		if end.Sub(last[c]) > 90*24*time.Hour {
			lapsed++
		}
	}
	n := float64(len(orders))
	s["customers lapsed"] = lapsed / n
	s["customers with one order"] = float64(count(frequency, 1)) / n
	s["orders a customer, mean"] = float64(len(values)) / n
	s["orders a customer, 90th percentile"] = percentile(frequency, 0.9)
	s["order value, median"] = percentile(values, 0.5)
	s["spend a customer, 90th percentile over median"] = percentile(money, 0.9) / percentile(money, 0.5)
}

func count(all []float64, want float64) int {
	n := 0
	for _, v := range all {
		if v == want {
			n++
		}
	}
	return n
}

func percentile(all []float64, p float64) float64 {
	slices.Sort(all)
	return all[int(p*float64(len(all)-1))]
}

func realLog(t *testing.T) []record {
	t.Helper()
	f, err := os.Open("../../../shared/data/online_retail.csv.gz")
	if err != nil {
		t.Skipf("the real log is not at hand: %v", err)
	}
	t.Cleanup(func() { _ = f.Close() })
	gz, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(gz)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, bytes.NewReader(text))
}

// The shape of the real log, measured once, with how far a synthetic one may be
// from it: the ratio of the two lies within 1/within and within.
func TestLogLooksLikeARealOne(t *testing.T) {
	t.Parallel()
	log, _ := write(t, generate.Config{Rows: 150_000})
	got := measure(parse(t, bytes.NewReader(log)))
	for name, want := range realShape() {
		if off := math.Abs(math.Log(got[name] / want.value)); !(off <= math.Log(want.within)) {
			t.Errorf("%s is %.4f, in the real log %.4f (allowed: a factor of %.2f)", name, got[name], want.value, want.within)
		}
	}
}

type figure struct{ value, within float64 }

func realShape() map[string]figure {
	return map[string]figure{
		"sale": {0.7342, 1.04}, "guest": {0.2440, 1.10}, "return": {0.0164, 1.15}, "guest return": {0.0007, 1.4},
		"write-off": {0.00247, 1.15}, "found": {0.00210, 1.2}, "gift": {0.00008, 2.5}, "bad debt": {0.0000055, 5},
		"no description": {0.00268, 1.15}, "no product": {0.0055, 1.3}, "abroad": {0.0857, 1.3},
		"customers lapsed": {0.3337, 1.25}, "customers with one order": {0.344, 1.15},
		"orders a customer, mean": {4.27, 1.15}, "orders a customer, 90th percentile": {9, 1.2},
		"order value, median": {303, 1.6}, "spend a customer, 90th percentile over median": {5.4, 1.25},
		"credit notes an order": {0.197, 1.3}, "lines an order, median": {15, 1.5},
		"November against June": {2.37, 1.35},
	}
}

// Against the real log: the figures above are its own and not our wishes, and
// nothing of it is in ours.
func TestAgainstTheRealLog(t *testing.T) {
	t.Parallel()
	records := realLog(t)
	checkRealShape(t, records)
	checkNothingIsTaken(t, records)
}

func checkRealShape(t *testing.T, records []record) {
	t.Helper()
	got := measure(records)
	for name, want := range realShape() {
		if off := math.Abs(got[name]/want.value - 1); !(off < 0.03) {
			t.Errorf("%s: the test says %.5f, the real log %.5f", name, want.value, got[name])
		}
	}
}

func checkNothingIsTaken(t *testing.T, records []record) {
	t.Helper()
	numbers, names := map[string]bool{}, map[string]bool{}
	for _, r := range records {
		if r.code != "" && r.code[0] >= '0' && r.code[0] <= '9' {
			names[r.description], numbers[r.code] = true, true
		}
		numbers[r.invoice], numbers[r.customer] = true, true
	}
	delete(numbers, "")
	log, _ := write(t, generate.Config{Rows: 150_000})
	for _, r := range parse(t, bytes.NewReader(log)) {
		if numbers[r.invoice] || numbers[r.customer] || numbers[r.code] {
			t.Fatalf("invoice %s, customer %s or product %s is in the real log", r.invoice, r.customer, r.code)
		}
		if r.pence != 0 && r.code[0] == '9' && names[r.description] {
			t.Fatalf("product name %q is in the real log", r.description)
		}
	}
}

// A small log has all the troubles of a large one, or demonstrations and tests
// on it would show nothing.
func TestEvenASmallLogHasEveryTrouble(t *testing.T) {
	t.Parallel()
	log, _ := write(t, generate.Config{})
	records := parse(t, bytes.NewReader(log))
	for name, is := range map[string]func(record) bool{
		"guest":                  func(r record) bool { return r.customer == "" && r.quantity > 0 && r.pence > 0 },
		"return":                 func(r record) bool { return r.quantity < 0 && r.customer != "" },
		"write-off with note":    func(r record) bool { return r.quantity < 0 && r.pence == 0 && r.description == "damaged" },
		"write-off without note": func(r record) bool { return r.quantity < 0 && r.pence == 0 && r.description == "" },
		"question marks":         func(r record) bool { return strings.HasPrefix(r.description, "?") },
		"gift":                   func(r record) bool { return r.pence == 0 && r.customer != "" },
		"bad debt up":            func(r record) bool { return r.code == "B" && r.pence > 0 },
		"bad debt down":          func(r record) bool { return r.code == "B" && r.pence < 0 },
		"postage":                func(r record) bool { return r.code == "POST" },
		"carriage":               func(r record) bool { return r.code == "C2" },
		"parcels":                func(r record) bool { return r.code == "DOT" },
		"manual":                 func(r record) bool { return r.code == "M" },
		"discount":               func(r record) bool { return r.code == "D" && r.quantity < 0 },
		"bank charges":           func(r record) bool { return r.code == "BANK CHARGES" },
		"samples":                func(r record) bool { return r.code == "S" },
		"charity":                func(r record) bool { return r.code == "CRUK" },
		"EIRE":                   func(r record) bool { return r.country == "EIRE" },
		"RSA":                    func(r record) bool { return r.country == "RSA" },
		"USA":                    func(r record) bool { return r.country == "USA" },
		"Channel Islands":        func(r record) bool { return r.country == "Channel Islands" },
		"Unspecified":            func(r record) bool { return r.country == "Unspecified" },
		"European Community":     func(r record) bool { return r.country == "European Community" },
		"product named check":    func(r record) bool { return strings.Contains(r.description, "CHECK ") && r.pence > 0 },
		"product named manual":   func(r record) bool { return strings.Contains(r.description, "MANUAL ") && r.pence > 0 },
	} {
		if !slices.ContainsFunc(records, is) {
			t.Errorf("the default log has no %s", name)
		}
	}
}

// Prices show each pattern that price analysis tells apart.
func TestPricesKeepStepOrSwing(t *testing.T) {
	t.Parallel()
	log, _ := write(t, generate.Config{Rows: 100_000})
	runs := map[string][]int64{} // product: prices of small sales, repeats left out
	for _, r := range parse(t, bytes.NewReader(log)) {
		if r.customer == "" || r.pence == 0 || r.quantity < 0 || r.quantity > 12 || r.code[0] != '9' {
			continue
		}
		if old := runs[r.code]; len(old) == 0 || old[len(old)-1] != r.pence {
			runs[r.code] = append(old, r.pence)
		}
	}
	pattern := map[string]int{}
	for _, prices := range runs {
		distinct := slices.Compact(slices.Sorted(slices.Values(prices)))
		switch {
		case len(distinct) == 1:
			pattern["steady"]++
		case len(prices) == 2:
			pattern["one change"]++
		case len(distinct) == 2:
			pattern["swinging"]++
		default:
			pattern["complex"]++
		}
	}
	for _, name := range []string{"steady", "one change", "swinging", "complex"} {
		if share := float64(pattern[name]) / float64(len(runs)); share < 0.03 {
			t.Errorf("only %.1f %% of the products have a %s price: %v", 100*share, name, pattern)
		}
	}
}
