package generate_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/generate"
)

// record is one parsed line of a log.
type record struct {
	invoice, code, description, country, customer string

	quantity int
	at       time.Time
	pence    int64
}

func (r record) amount() int64 { return int64(r.quantity) * r.pence }

// parse reads a log with the standard library's reader, a second opinion on
// our own writer.
func parse(t *testing.T, in io.Reader) []record {
	t.Helper()
	reader := csv.NewReader(in)
	reader.ReuseRecord = true
	head, err := reader.Read()
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Fields("InvoiceNo StockCode Description Quantity InvoiceDate UnitPrice CustomerID Country")
	if diff := cmp.Diff(want, head); diff != "" {
		t.Fatalf("columns (-want +got):\n%s", diff)
	}
	var all []record
	for {
		f, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		r := record{
			invoice: strings.Clone(f[0]), code: strings.Clone(f[1]), description: strings.Clone(f[2]),
			customer: strings.Clone(f[6]), country: strings.Clone(f[7]),
		}
		if r.quantity, err = strconv.Atoi(f[3]); err != nil {
			t.Fatal(err)
		}
		if r.at, err = time.Parse(time.DateTime, f[4]); err != nil {
			t.Fatal(err)
		}
		price, err := strconv.ParseFloat(f[5], 64)
		if err != nil {
			t.Fatal(err)
		}
		r.pence = int64(price*100 + 0.5)
		if price < 0 {
			r.pence = int64(price*100 - 0.5)
		}
		all = append(all, r)
	}
}

func write(t *testing.T, cfg generate.Config) ([]byte, generate.Summary) {
	t.Helper()
	var out bytes.Buffer
	summary, err := generate.SalesLog(t.Context(), &out, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), summary
}

func TestSameSeedSameBytes(t *testing.T) {
	t.Parallel()
	first, _ := write(t, generate.Config{Seed: 7, Rows: 5_000})
	again, _ := write(t, generate.Config{Seed: 7, Rows: 5_000})
	other, _ := write(t, generate.Config{Seed: 8, Rows: 5_000})
	if !bytes.Equal(first, again) {
		t.Error("one seed gave two logs")
	}
	if bytes.Equal(first, other) {
		t.Error("two seeds gave one log")
	}
}

func TestZeroConfigMeansTheDefaults(t *testing.T) {
	t.Parallel()
	implied, _ := write(t, generate.Config{})
	spelled, _ := write(t, generate.Config{
		Seed: generate.DefaultSeed, Rows: generate.DefaultRows, Days: generate.DefaultDays,
		Start: time.Date(2024, time.December, 1, 13, 30, 0, 0, time.UTC),
	})
	if !bytes.Equal(implied, spelled) {
		t.Error("the zero Config and the documented defaults differ")
	}
}

func TestSummaryCountsWhatIsThere(t *testing.T) {
	t.Parallel()
	log, got := write(t, generate.Config{Seed: 3, Rows: 20_000})
	records := parse(t, bytes.NewReader(log))
	invoices, customers := map[string]bool{}, map[string]bool{}
	for _, r := range records {
		invoices[r.invoice] = true
		if r.customer != "" {
			customers[r.customer] = true
		}
	}
	want := generate.Summary{
		Rows: len(records), Invoices: len(invoices), Customers: len(customers), Products: got.Products,
		From: records[0].at, To: records[len(records)-1].at,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-counted +told):\n%s", diff)
	}
}

func TestRowsAreAboutWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	const tolerance = 0.08
	for _, rows := range []int{30_000, 60_000, 120_000} {
		for seed := range uint64(2) {
			_, got := write(t, generate.Config{Seed: seed + 1, Rows: rows})
			if off := float64(got.Rows)/float64(rows) - 1; off < -tolerance || off > tolerance {
				t.Errorf("seed %d: asked for %d rows, got %d (%+.1f %%)", seed+1, rows, got.Rows, 100*off)
			}
		}
	}
}

// Whatever the configuration, the log obeys the rules of its own trade.
func TestAnyLogIsConsistent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		cfg := generate.Config{
			Seed:  rapid.Uint64().Draw(rt, "seed"),
			Rows:  rapid.IntRange(100, 2_000).Draw(rt, "rows"),
			Days:  rapid.IntRange(30, 900).Draw(rt, "days"),
			Start: time.Date(rapid.IntRange(1990, 2040).Draw(rt, "year"), time.March, 1, 0, 0, 0, 0, time.UTC),
		}
		log, _ := write(t, cfg)
		checkConsistent(rt, cfg, parse(t, bytes.NewReader(log)))
	})
}

func checkConsistent(t *rapid.T, cfg generate.Config, records []record) {
	end := cfg.Start.AddDate(0, 0, cfg.Days)
	last := cfg.Start
	bought := map[string]int{} // customer and product: pieces
	for _, r := range records {
		switch {
		case r.at.Before(last), !r.at.Before(end):
			t.Fatalf("%s is out of order or beyond the last day", r.at)
		case r.at.Weekday() == time.Saturday:
			t.Fatalf("%s is a Saturday", r.at)
		case r.quantity == 0:
			t.Fatalf("invoice %s has a line of quantity 0", r.invoice)
		case strings.HasPrefix(r.invoice, "C") != (r.quantity < 0 && r.pence != 0):
			t.Fatalf("invoice %s has quantity %d at price %d", r.invoice, r.quantity, r.pence)
		case strings.HasPrefix(r.invoice, "A") != (r.code == "B"), r.pence < 0 && r.code != "B":
			t.Fatalf("invoice %s carries code %s at price %d", r.invoice, r.code, r.pence)
		}
		last = r.at
		if r.customer == "" || r.code[0] < '0' || r.code[0] > '9' {
			continue // a booking, or a guest's goods
		}
		key := r.customer + " " + r.code
		if bought[key] += r.quantity; bought[key] < 0 && r.pence != 0 && !strings.HasPrefix(r.invoice, "C") {
			t.Fatalf("invoice %s: customer %s has %d pieces of %s", r.invoice, r.customer, bought[key], r.code)
		}
	}
	for key, pieces := range bought {
		if pieces < 0 {
			t.Fatalf("customer and product %s: %d pieces came back that were never sold", key, -pieces)
		}
	}
}

func TestBadConfigurationSaysWhatIsAllowed(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		cfg  generate.Config
		want string
	}{
		{"too few rows", generate.Config{Rows: 5}, "a synthetic log of 5 rows cannot be made; ask for 100 to 1000000000 rows"},
		{"negative rows", generate.Config{Rows: -1}, "a synthetic log of -1 rows cannot be made; ask for 100 to 1000000000 rows"},
		{"too few days", generate.Config{Days: 7}, "a synthetic log of 7 days cannot be made; ask for 30 to 7320 days"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := generate.SalesLog(t.Context(), io.Discard, tc.cfg)
			if !fault.Is(err, fault.Usage) || err.Error() != tc.want {
				t.Errorf("got %v (code %s), want %q", err, fault.CodeOf(err), tc.want)
			}
		})
	}
}

// full is a disk that takes so many bytes and no more.
type full struct{ room int }

var errFull = errors.New("no space left on device")

func (f *full) Write(p []byte) (int, error) {
	if len(p) > f.room {
		n := f.room
		f.room = 0
		return n, errFull
	}
	f.room -= len(p)
	return len(p), nil
}

func TestFullDiskIsReported(t *testing.T) {
	t.Parallel()
	_, err := generate.SalesLog(t.Context(), &full{room: 200_000}, generate.Config{Rows: 5_000})
	if !fault.Is(err, fault.Disk) || !errors.Is(err, errFull) {
		t.Errorf("got %v (code %s), want code disk and the cause", err, fault.CodeOf(err))
	}
}

func TestFileAppearsWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, generate.SalesLogName)
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := generate.SalesLogFile(stopped, path, generate.Config{Rows: 1_000}); !fault.Is(err, fault.Cancelled) {
		t.Errorf("cancelled: got %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("a cancelled run left %v (%v)", left, err)
	}
	summary, err := generate.SalesLogFile(t.Context(), path, generate.Config{Rows: 1_000})
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := write(t, generate.Config{Rows: 1_000})
	if !bytes.Equal(want, got) || summary.Rows == 0 {
		t.Error("the file differs from the stream")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("want the log alone, got %v (%v)", left, err)
	}
}

func TestMissingFolderIsReported(t *testing.T) {
	t.Parallel()
	_, err := generate.SalesLogFile(t.Context(), filepath.Join(t.TempDir(), "nowhere", "log.csv"), generate.Config{Rows: 1_000})
	if !fault.Is(err, fault.Disk) || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v (code %s)", err, fault.CodeOf(err))
	}
}

func BenchmarkSalesLog(b *testing.B) {
	rows := 0
	for b.Loop() {
		summary, err := generate.SalesLog(b.Context(), io.Discard, generate.Config{})
		if err != nil {
			b.Fatal(err)
		}
		rows += summary.Rows
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}
