package load_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"go.uber.org/goleak"

	"github.com/kith-analytics/kith/internal/load"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// store is a warehouse in memory.
type store struct {
	t      testing.TB
	engine *duckdb.Engine
	s      warehouse.Session
}

func newStore(t testing.TB) *store {
	t.Helper()
	return openStore(t, duckdb.Config{})
}

func openStore(t testing.TB, c duckdb.Config) *store {
	t.Helper()
	e, err := duckdb.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	s, err := e.Session(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(s.Close(), e.Close()); err != nil {
			t.Error(err)
		}
	})
	return &store{t: t, engine: e, s: s}
}

func (w *store) query(sql string, args ...any) [][]any {
	w.t.Helper()
	rows, err := w.s.Query(context.Background(), sql, args...)
	if err != nil {
		w.t.Fatalf("%s: %v", sql, err)
	}
	var out [][]any
	for rows.Next() {
		out = append(out, rows.Values())
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		w.t.Fatalf("%s: %v", sql, err)
	}
	return out
}

// lines gives a result as text, a row a line, with | between values.
func (w *store) lines(sql string, args ...any) string {
	w.t.Helper()
	var b strings.Builder
	for _, row := range w.query(sql, args...) {
		for i, v := range row {
			if i > 0 {
				b.WriteByte('|')
			}
			switch v := v.(type) {
			case nil:
				b.WriteString("-")
			case time.Time:
				b.WriteString(v.Format("2006-01-02 15:04:05.999999"))
			default:
				fmt.Fprint(&b, v)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func clock() time.Time { return time.Date(2011, 12, 10, 8, 0, 0, 0, time.UTC) }

func (w *store) load(r load.Request) load.Summary {
	w.t.Helper()
	if r.Now == nil {
		r.Now = clock
	}
	sum, err := load.Run(context.Background(), w.engine, r, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return sum
}

func write(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func same(t testing.TB, what, got, want string) {
	t.Helper()
	if got != strings.TrimLeft(want, "\n") {
		t.Errorf("%s:\n%s\nwant:%s", what, got, want)
	}
}

const retailHeader = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"

func TestPresetIsDetected(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	path := write(t, "shop.csv", "invoice no,STOCK_CODE,description,Quantity,Invoice Date,unit-price,Customer ID,Country,Extra\n"+
		"536365,85123A,\"HEART, \"\"WHITE\"\"\",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom,x\n"+
		"C536379,D,   ,-1,12/1/2010 9:41,27.5,,France,x\n"+
		"536380,00221,A  ,1,2010-12-01T08:26,0.0015,00123,,\n"+
		"536381,22,,1.5,2010-12-01 08:26,1,1,,\n"+
		"536382,22,,2,2010-13-01 08:26,1,1,,\n"+
		"536383,22,,2,2010-12-01 08:26,1.00001,1,,\n"+
		",22,,2,2010-12-01 08:26,1.00,1,,\n")
	sum := w.load(load.Request{Paths: []string{path}})
	want := load.FileSummary{
		Path: path, Source: "transaction_logs", Table: "bronze.transaction_logs", LoadID: 1, Rows: 3, Rejected: 4, Ignored: []string{"Extra"},
		Bytes: sum.Files[0].Bytes,
	}
	if !cmp.Equal(sum.Files, []load.FileSummary{want}) {
		t.Errorf("summary %+v", sum)
	}
	same(t, "rows", w.lines("SELECT * EXCLUDE _file FROM bronze.transaction_logs ORDER BY _line"), `
536365|85123A|HEART, "WHITE"|6|2010-12-01 08:26:00|2.5500|17850|United Kingdom|2|1|2011-12-10 08:00:00
C536379|D|-|-1|2010-12-01 09:41:00|27.5000|-|France|3|1|2011-12-10 08:00:00
536380|00221|A  |1|2010-12-01 08:26:00|0.0015|00123|-|4|1|2011-12-10 08:00:00
`)
	same(t, "rejects", w.lines("SELECT source, line, column_name, value, reason, load_id, loaded_at FROM bronze.rejects ORDER BY line"), `
transaction_logs|5|quantity|1.5|not a whole number|1|2011-12-10 08:00:00
transaction_logs|6|invoice_date|2010-13-01 08:26|not a date that exists, or of another format; expected: iso, mdy|1|2011-12-10 08:00:00
transaction_logs|7|unit_price|1.00001|the number has more decimals than the column (DECIMAL(18,4))|1|2011-12-10 08:00:00
transaction_logs|8|invoice_no||there is no value, and one is required|1|2011-12-10 08:00:00
`)
	same(t, "loads", w.lines("SELECT load_id, source, table_name, file = ?, length(content_hash), rows_loaded, rows_rejected, started_at FROM bronze.loads", path), `
1|transaction_logs|bronze.transaction_logs|true|64|3|4|2011-12-10 08:00:00
`)
	same(t, "types", w.lines("SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'transaction_logs' ORDER BY ordinal_position"), `
invoice_no|VARCHAR
stock_code|VARCHAR
description|VARCHAR
quantity|BIGINT
invoice_date|TIMESTAMP
unit_price|DECIMAL(18,4)
customer_id|VARCHAR
country|VARCHAR
_file|VARCHAR
_line|BIGINT
_load_id|BIGINT
_loaded_at|TIMESTAMP
`)
}

func retailPath(t testing.TB) string {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", "online_retail.csv.gz")
	if _, err := os.Stat(path); err != nil {
		t.Skip("the Online Retail file is not beside the repository")
	}
	return path
}

func TestOnlineRetail(t *testing.T) {
	t.Parallel()
	path := retailPath(t)
	w := newStore(t)
	var last [4]int64
	r := load.Request{Source: "online-retail", Paths: []string{path}}
	sum, err := load.Run(t.Context(), w.engine, r, progressFunc(func(_ string, done, total, rows, rejected int64) {
		if done < last[0] || done > total || rows < last[2] {
			t.Errorf("progress goes from %v to %v", last, [4]int64{done, total, rows, rejected})
		}
		last = [4]int64{done, total, rows, rejected}
	}))
	if err != nil {
		t.Fatal(err)
	}
	if f := sum.Files[0]; f.Rows != 541_909 || f.Rejected != 0 || last[2] != 541_909 || last[0] != last[1] {
		t.Errorf("loaded %+v, progress %v", f, last)
	}
	same(t, "figures", w.lines(`SELECT count(*), count(*) - count(description), count(*) - count(customer_id),
		sum(quantity * unit_price), min(invoice_date), max(invoice_date), max(_line) FROM bronze.transaction_logs`), `
541909|1454|135080|9747747.9340|2010-12-01 08:26:00|2011-12-09 12:50:00|541910
`)
	// DuckDB's own reader sees the same values.
	same(t, "differences from DuckDB's reader", w.lines(`SELECT count(*) FROM (
		SELECT invoice_no, stock_code, description, quantity, invoice_date, unit_price, customer_id, country FROM bronze.transaction_logs
		EXCEPT ALL
		SELECT InvoiceNo, StockCode, CASE WHEN trim(Description) <> '' THEN Description END, Quantity, InvoiceDate, UnitPrice, CustomerID, Country
		FROM read_csv(?, header = true, columns = {InvoiceNo: 'VARCHAR', StockCode: 'VARCHAR', Description: 'VARCHAR', Quantity: 'BIGINT',
			InvoiceDate: 'TIMESTAMP', UnitPrice: 'DECIMAL(18,4)', CustomerID: 'VARCHAR', Country: 'VARCHAR'}))`, path), `
0
`)
	again, err := load.Run(t.Context(), w.engine, r, nil)
	if err != nil {
		t.Fatal(err)
	}
	if f := again.Files[0]; !strings.HasPrefix(f.Skipped, load.AlreadyLoaded) || f.Rows != 0 {
		t.Errorf("the second load gives %+v", f)
	}
}

type progressFunc func(path string, bytesDone, bytesTotal, rows, rejected int64)

func (f progressFunc) File(path string, done, total, rows, rejected int64) {
	f(path, done, total, rows, rejected)
}

func gz(t testing.TB, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
