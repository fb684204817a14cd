package profile_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/kith-analytics/kith/internal/profile"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// row is a row of the random tables; nil for null.
type row struct {
	word   *string
	number *float64
	day    *time.Time
}

// words have a bit of everything: whole numbers, other numbers, dates, addresses that are none.
func words() []string {
	return []string{"1", "22", "-3", "4.5", "", "  ", " a", "a", "A", "b ", "n/a", "2024-01-31", "2024-02-31", "31.12.2023", "yes", "null", "Ä", "ä", "1,234.5", "12:30", "2024-01-01 10:00"}
}

func randomRows(rng *rand.Rand, n int) []row {
	known := words()
	if rng.IntN(2) == 0 {
		known = []string{"10", "20", "7", "7", "8", "9", "11", "12", "13", "14", "15", "16", "17", "x"} // nearly all are numbers
	}
	out := make([]row, n)
	for i := range out {
		if rng.IntN(6) > 0 {
			out[i].word = &known[rng.IntN(len(known))]
		}
		if rng.IntN(6) > 0 {
			x := math.Round(rng.NormFloat64()*400) / 4 // halves and quarters are exact
			if rng.IntN(20) == 0 {
				x *= 64
			}
			out[i].number = &x
		}
		if rng.IntN(6) > 0 {
			d := time.Date(1965+rng.IntN(70), 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rng.IntN(365))
			if rng.IntN(3) > 0 {
				d = noon().Truncate(24*time.Hour).AddDate(0, 0, -rng.IntN(400))
			}
			out[i].day = &d
		}
	}
	return out
}

func fillTable(t *testing.T, s warehouse.Session, rows []row) {
	t.Helper()
	if _, err := s.Exec(t.Context(), "create or replace table t (word varchar, number double, day date)"); err != nil {
		t.Fatal(err)
	}
	a, err := s.Append(t.Context(), "main", "t")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		values := []any{nil, nil, nil}
		if r.word != nil {
			values[0] = *r.word
		}
		if r.number != nil {
			values[1] = *r.number
		}
		if r.day != nil {
			values[2] = *r.day
		}
		if err := a.Append(values...); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

func some[T any](rows []row, of func(row) *T) (out []T) {
	for _, r := range rows {
		if v := of(r); v != nil {
			out = append(out, *v)
		}
	}
	return out
}

// quantile is the linear one, of Hyndman & Fan's seventh kind.
func quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	below := int(math.Floor(at))
	above := min(below+1, len(sorted)-1)
	return sorted[below] + (at-float64(below))*(sorted[above]-sorted[below])
}

func distinctOf[T comparable](values []T) int64 {
	seen := map[T]bool{}
	for _, v := range values {
		seen[v] = true
	}
	return int64(len(seen))
}

func frequentOf(values []string) []profile.Frequency {
	counts := map[string]int64{}
	for _, v := range values {
		counts[v]++
	}
	out := []profile.Frequency{}
	for v, n := range counts {
		out = append(out, profile.Frequency{Value: v, Count: n})
	}
	slices.SortFunc(out, func(a, b profile.Frequency) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	few := len(out) <= 5
	out = out[:min(5, len(out))]
	return slices.DeleteFunc(out, func(f profile.Frequency) bool { return f.Count == 1 && !few })
}

func anomaliesOf(c profile.Column) map[string]int64 {
	out := map[string]int64{}
	for _, a := range c.Anomalies {
		out[a.Rule] = a.Count
	}
	return out
}

func where[T any](values []T, is func(T) bool) (n int64) {
	for _, v := range values {
		if is(v) {
			n++
		}
	}
	return n
}

// readAs counts what texts read as, by the standard library.
func readAs(values []string) map[profile.Kind]int64 {
	number := regexp.MustCompile(`^[+-]?(\d+|\d{1,3}([.,' ]\d{3})+)?([.,]\d+)?$`)
	day := func(v string) bool {
		for _, layout := range []string{"2006-1-2", "2006/1/2", "2.1.2006", "2/1/2006", "1/2/2006", "2-1-2006", "1-2-2006"} {
			if _, err := time.Parse(layout, v); err == nil {
				return true
			}
		}
		return false
	}
	out := map[profile.Kind]int64{}
	for _, v := range values {
		w := strings.TrimSpace(v)
		if _, err := strconv.Atoi(w); err == nil {
			out[profile.Integer]++
		}
		if number.MatchString(w) && strings.ContainsAny(w, "0123456789") {
			out[profile.Decimal]++
		}
		date, _, timed := strings.Cut(w, " ")
		if day(w) {
			out[profile.Date]++
		}
		if day(w) || timed && day(date) {
			out[profile.Timestamp]++
		}
		if slices.Contains([]string{"yes", "no", "true", "false"}, w) {
			out[profile.Boolean]++
		}
	}
	return out
}

// Figures are those that the same rows give when they are gone through one by one.
func TestFiguresAreThoseOfGoingThroughTheRows(t *testing.T) {
	t.Parallel()
	s := session(t)
	for seed := range uint64(40) {
		rng := rand.New(rand.NewPCG(seed, 7))
		rows := randomRows(rng, 1+rng.IntN(300))
		fillTable(t, s, rows)
		table := look(t, s, "t")
		texts := some(rows, func(r row) *string { return r.word })
		numbers := some(rows, func(r row) *float64 { return r.number })
		days := some(rows, func(r row) *time.Time { return r.day })
		slices.Sort(numbers)
		all := make([]string, len(rows))
		for i, r := range rows {
			for _, part := range []any{r.word != nil, value(r.word), r.number != nil, value(r.number), r.day != nil, value(r.day)} {
				all[i] += fmt.Sprintf("%v\x00", part)
			}
		}
		if table.Rows != int64(len(rows)) || table.DuplicateRows != int64(len(rows))-distinctOf(all) {
			t.Fatalf("seed %d: %d rows of %d, %d repeated of %d", seed, table.Rows, len(rows), table.DuplicateRows, int64(len(rows))-distinctOf(all))
		}
		checkTexts(t, seed, table.Columns[0], texts, len(rows))
		checkNumbers(t, seed, table.Columns[1], numbers, len(rows))
		checkDays(t, seed, table.Columns[2], days)
	}
}

func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

func checkTexts(t *testing.T, seed uint64, c profile.Column, values []string, rows int) {
	t.Helper()
	blank := where(values, func(v string) bool { return strings.TrimSpace(v) == "" })
	if c.Nulls != int64(rows-len(values)) || c.Blanks != blank || c.Distinct.Count != distinctOf(values) {
		t.Errorf("seed %d: %d null, %d blank, %d distinct", seed, c.Nulls, c.Blanks, c.Distinct.Count)
	}
	if diff := gocmp.Diff(frequentOf(values), c.Frequent); diff != "" {
		t.Errorf("seed %d: frequent: %s", seed, diff)
	}
	if len(values) > 0 {
		lengths := []int64{}
		for _, v := range values {
			lengths = append(lengths, int64(len([]rune(v))))
		}
		if *c.Shortest != slices.Min(lengths) || *c.Longest != slices.Max(lengths) || *c.Least != slices.Min(values) || *c.Greatest != slices.Max(values) {
			t.Errorf("seed %d: %q to %q, %d to %d", seed, *c.Least, *c.Greatest, *c.Shortest, *c.Longest)
		}
	}
	reads, filled := readAs(values), int64(len(values))-blank
	if c.Kind != profile.Text && c.Malformed != filled-reads[c.Kind] {
		t.Errorf("seed %d: %d do not read as %s, not %d", seed, filled-reads[c.Kind], c.Kind, c.Malformed)
	}
	for _, kind := range []profile.Kind{profile.Integer, profile.Decimal} {
		if c.Kind == profile.Text && filled > 0 && float64(reads[kind]) >= 0.9*float64(filled) {
			t.Errorf("seed %d: %d of %d read as %s, and it is a text", seed, reads[kind], filled, kind)
		}
	}
	want := map[string]int64{
		"blank_edges": where(values, func(v string) bool { w := strings.TrimSpace(v); return w != v && w != "" }),
		"placeholder": where(values, func(v string) bool { return v == "n/a" || v == "null" }),
	}
	spellings := map[string]map[string]int64{}
	for _, v := range values {
		low := strings.ToLower(v)
		if spellings[low] == nil {
			spellings[low] = map[string]int64{}
		}
		spellings[low][v]++
	}
	for _, of := range spellings {
		most, total := int64(0), int64(0)
		for _, n := range of {
			most, total = max(most, n), total+n
		}
		want["case_variants"] += total - most
	}
	got := anomaliesOf(c)
	for rule, n := range want {
		if got[rule] != n {
			t.Errorf("seed %d: %s: %d, not %d", seed, rule, got[rule], n)
		}
	}
}

func checkNumbers(t *testing.T, seed uint64, c profile.Column, sorted []float64, rows int) {
	t.Helper()
	if c.Nulls != int64(rows-len(sorted)) || c.Distinct.Count != distinctOf(sorted) {
		t.Errorf("seed %d: %d null, %d distinct", seed, c.Nulls, c.Distinct.Count)
	}
	if len(sorted) == 0 {
		return
	}
	sum, squares := 0.0, 0.0
	for _, x := range sorted {
		sum += x
	}
	mean := sum / float64(len(sorted))
	for _, x := range sorted {
		squares += (x - mean) * (x - mean)
	}
	q1, q3 := quantile(sorted, 0.25), quantile(sorted, 0.75)
	want := profile.Numbers{Mean: mean, LowerQuartile: q1, Median: quantile(sorted, 0.5), UpperQuartile: q3}
	if len(sorted) > 1 {
		sd := math.Sqrt(squares / float64(len(sorted)-1))
		want.Deviation = &sd
	}
	if diff := gocmp.Diff(&want, c.Numbers, cmpopts.EquateApprox(1e-9, 1e-9)); diff != "" {
		t.Errorf("seed %d: %s", seed, diff)
	}
	counts := map[string]int64{}
	if iqr := q3 - q1; iqr > 0 {
		counts["far_low"] = where(sorted, func(x float64) bool { return x < q1-3*iqr })
		counts["low"] = where(sorted, func(x float64) bool { return x < q1-1.5*iqr }) - counts["far_low"]
		counts["far_high"] = where(sorted, func(x float64) bool { return x > q3+3*iqr })
		counts["high"] = where(sorted, func(x float64) bool { return x > q3+1.5*iqr }) - counts["far_high"]
	}
	got := anomaliesOf(c)
	for _, rule := range []string{"far_low", "low", "high", "far_high"} {
		if got[rule] != counts[rule] {
			t.Errorf("seed %d: %s: %d, not %d", seed, rule, got[rule], counts[rule])
		}
	}
	if c.Histogram == nil {
		return
	}
	total := int64(0)
	for _, n := range c.Histogram.Counts {
		total += n
	}
	if total != int64(len(sorted)) {
		t.Errorf("seed %d: the bars have %d of %d values", seed, total, len(sorted))
	}
}

func checkDays(t *testing.T, seed uint64, c profile.Column, days []time.Time) {
	t.Helper()
	got := anomaliesOf(c)
	if n := where(days, func(d time.Time) bool { return d.After(noon()) }); got["future"] != n {
		t.Errorf("seed %d: %d days in the future, not %d", seed, got["future"], n)
	}
	early := where(days, func(d time.Time) bool { return d.Year() < 1970 })
	if float64(early) > 0.05*float64(len(days)) {
		early = 0 // not rare
	}
	if got["before_1970"] != early {
		t.Errorf("seed %d: %d days before 1970, not %d", seed, got["before_1970"], early)
	}
}

// The order of rows says nothing about them.
func TestShufflingRowsChangesNothing(t *testing.T) {
	t.Parallel()
	s := session(t)
	for seed := range uint64(15) {
		rng := rand.New(rand.NewPCG(seed, 11))
		rows := randomRows(rng, 200)
		fillTable(t, s, rows)
		before := look(t, s, "t")
		rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		fillTable(t, s, rows)
		if diff := gocmp.Diff(before, look(t, s, "t"), cmpopts.EquateApprox(1e-9, 1e-9)); diff != "" {
			t.Errorf("seed %d: %s", seed, diff)
		}
	}
}
