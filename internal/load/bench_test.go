package load_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/xuri/excelize/v2"

	"github.com/kith-analytics/kith/internal/load"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// bench skips unless figures are asked for by KITH_BENCH=1.
func bench(t *testing.T) {
	t.Helper()
	if os.Getenv("KITH_BENCH") == "" {
		t.Skip("figures are taken with KITH_BENCH=1")
	}
}

const referenceColumns = `{InvoiceNo: 'VARCHAR', StockCode: 'VARCHAR', Description: 'VARCHAR', Quantity: 'BIGINT',
	InvoiceDate: 'TIMESTAMP', UnitPrice: 'DECIMAL(18,4)', CustomerID: 'VARCHAR', Country: 'VARCHAR'}`

// best gives the shortest of a few runs, each with a warehouse file of its own.
func best(t *testing.T, runs int, run func(w *store)) time.Duration {
	t.Helper()
	var out time.Duration
	for i := range runs {
		w := openStore(t, duckdb.Config{Path: filepath.Join(t.TempDir(), strconv.Itoa(i)+".duckdb")})
		start := time.Now()
		run(w)
		if d := time.Since(start); out == 0 || d < out {
			out = d
		}
	}
	return out
}

func TestBenchLoadCSV(t *testing.T) {
	bench(t)
	path := retailPath(t)
	for _, c := range []struct{ name, path string }{{"load_csv", path}, {"load_csv_plain", unpacked(t, path)}} {
		ours := best(t, 3, func(w *store) { w.load(load.Request{Paths: []string{c.path}, Source: "online-retail"}) })
		ref := best(t, 3, func(w *store) {
			if _, err := w.s.Exec(t.Context(), "CREATE TABLE t AS SELECT * FROM read_csv(?, header = true, columns = "+referenceColumns+")", c.path); err != nil {
				t.Fatal(err)
			}
		})
		fmt.Printf("bench: %s ours=%.2fs ref=%.2fs ratio=%.2f\n", c.name, ours.Seconds(), ref.Seconds(), ours.Seconds()/ref.Seconds())
	}
}

func unpacked(t *testing.T, path string) string {
	t.Helper()
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	z, err := gzip.NewReader(in)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return write(t, "online_retail.csv", string(raw))
}

func TestBenchLoadXLSX(t *testing.T) {
	bench(t)
	csvPath := unpacked(t, retailPath(t))
	path := asWorkbook(t, csvPath)
	debug.FreeOSMemory()
	var memory [2]runtime.MemStats
	runtime.ReadMemStats(&memory[0])
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // the peak so far is that of making the file
	before := residentPeak(t)
	ours := best(t, 1, func(w *store) {
		if f := w.load(load.Request{Paths: []string{path}}).Files[0]; f.Rows != 541_909 || f.Rejected != 0 {
			t.Errorf("loaded %+v", f)
		}
	})
	peak := residentPeak(t)
	runtime.ReadMemStats(&memory[1])
	heap := func(m *runtime.MemStats) uint64 { return (m.HeapSys - m.HeapReleased) >> 20 }
	ref := best(t, 1, func(w *store) {
		if _, err := w.s.Exec(t.Context(), "CREATE TABLE t AS SELECT * FROM read_csv(?, header = true, columns = "+referenceColumns+")", csvPath); err != nil {
			t.Fatal(err)
		}
	})
	fmt.Printf("bench: load_xlsx ours=%.2fs ref=%.2fs(csv of the same rows by DuckDB's reader) ratio=%.1f peak=%dMB before=%dMB go_heap=%dMB before=%dMB\n",
		ours.Seconds(), ref.Seconds(), ours.Seconds()/ref.Seconds(), peak, before, heap(&memory[1]), heap(&memory[0]))
}

// residentPeak is the process's greatest memory so far, in MB.
func residentPeak(t *testing.T) int {
	t.Helper()
	raw, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(raw)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.Atoi(strings.Fields(rest)[0])
			return kb >> 10
		}
	}
	return 0
}

// asWorkbook writes the real rows into an XLSX, dates as dates.
func asWorkbook(t *testing.T, csvPath string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "online_retail.xlsx")
	f := excelize.NewFile()
	out, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.NewStyle(&excelize.Style{NumFmt: 22})
	if err != nil {
		t.Fatal(err)
	}
	w := newStore(t)
	rows, err := w.s.Query(t.Context(), "SELECT * FROM read_csv(?, header = true, columns = "+referenceColumns+")", csvPath)
	if err != nil {
		t.Fatal(err)
	}
	header := []any{"InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"}
	if err := out.SetRow("A1", header); err != nil {
		t.Fatal(err)
	}
	for n := 2; rows.Next(); n++ {
		v := rows.Values()
		v[4] = excelize.Cell{StyleID: style, Value: v[4]}
		price, _ := strconv.ParseFloat(fmt.Sprint(v[5]), 64)
		v[5] = price
		if err := out.SetRow("A"+strconv.Itoa(n), v); err != nil {
			t.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	_ = f.Close()
	return path
}
