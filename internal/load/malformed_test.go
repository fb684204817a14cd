package load_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/load"
)

func zst(t testing.TB, content []byte) []byte {
	t.Helper()
	z, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	return z.EncodeAll(content, nil)
}

func utf16(t testing.TB, s string, order unicode.Endianness, mark unicode.BOMPolicy) string {
	t.Helper()
	out, err := unicode.UTF16(order, mark).NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestTexts loads files of many forms and shows rows and rejects.
func TestTexts(t *testing.T) {
	t.Parallel()
	latin, err := charmap.Windows1252.NewEncoder().String("name,price\ncafé,1\n€uro,2\n")
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("x", 1_000_000)
	plain := "a,b\n1,x\n2,y\n"
	for _, c := range []struct {
		name, file, content string
		request             load.Request
		rows, rejects       string
	}{
		{name: "byte order mark", file: "t.csv", content: "\ufeffa,b\n1,x\n", rows: "1|x|2\n"},
		{name: "UTF-16 LE", file: "t.csv", content: utf16(t, "a,b\n1,ü\n", unicode.LittleEndian, unicode.UseBOM), rows: "1|ü|2\n"},
		{name: "UTF-16 BE", file: "t.csv", content: utf16(t, "a,b\n1,ü\n", unicode.BigEndian, unicode.UseBOM), rows: "1|ü|2\n"},
		{name: "UTF-16 without mark", file: "t.csv", content: utf16(t, "a,b\n1,x\n", unicode.LittleEndian, unicode.IgnoreBOM), rows: "1|x|2\n"},
		{name: "declared encoding", file: "t.csv", content: latin, request: load.Request{Encoding: "windows-1252"}, rows: "café|1|2\n€uro|2|3\n"},
		{
			name: "wrong encoding", file: "t.csv", content: latin + "tea,3\n", rows: "tea|3|4\n",
			rejects: `2|name|caf\xe9|not valid UTF-8; if the file has another encoding, name it` + "\n" +
				`3|name|\x80uro|not valid UTF-8; if the file has another encoding, name it` + "\n",
		},
		{name: "gzip", file: "t.csv.gz", content: string(gz(t, []byte(plain))), rows: "1|x|2\n2|y|3\n"},
		{name: "gzip in parts", file: "t.csv.gz", content: string(gz(t, []byte("a,b\n1,"))) + string(gz(t, []byte("x\n2,y\n"))), rows: "1|x|2\n2|y|3\n"},
		{name: "zstd", file: "t.csv.zst", content: string(zst(t, []byte(plain))), rows: "1|x|2\n2|y|3\n"},
		{name: "tabs", file: "t.tsv", content: "a\tb\n1\tx,y\n", rows: "1|x,y|2\n"},
		{name: "semicolons and decimal commas", file: "t.csv", content: "a;b\nx;1,50\ny;-2,25\nz;1.234,5\n", rows: "x|1.50|2\ny|-2.25|3\nz|1234.50|4\n"},
		{name: "bars", file: "t.txt", content: "a|b\n1|x\n", rows: "1|x|2\n"},
		{name: "a given delimiter", file: "t.csv", content: "a:b\n1:x\n", request: load.Request{Delimiter: ':'}, rows: "1|x|2\n"},
		{name: "thousands", file: "t.csv", content: "a,b\nx,\"1,234.5\"\ny,7\n", rows: "x|1234.5|2\ny|7.0|3\n"},
		{name: "CRLF", file: "t.csv", content: "a,b\r\n1,x\r\n2,\"y\"\r\n", rows: "1|x|2\n2|y|3\n"},
		{name: "CR", file: "t.csv", content: "a,b\r1,x\r2,\"y\"\r", rows: "1|x|2\n2|y|3\n"},
		{name: "no line end at the end", file: "t.csv", content: "a,b\n1,x", rows: "1|x|2\n"},
		{name: "empty lines", file: "t.csv", content: "\n\na,b\n\n1,x\n\n\n2,y\n", rows: "1|x|5\n2|y|8\n"},
		{name: "quotes", file: "t.csv", content: "a,b\n1,\"x, \"\"y\"\"\nz\"\n2,6\" rule\n", rows: "1|x, \"y\"\nz|2\n2|6\" rule|4\n"},
		{
			name: "ragged", file: "t.csv", content: "a,b\n1\n2,x\n3,y,z\n", rows: "2|x|3\n",
			rejects: "2|-|1|1 values where the header has 2 columns\n4|-|3,y,z|3 values where the header has 2 columns\n",
		},
		{
			name: "NUL", file: "t.csv", content: "a,b\n1,x\n2,y\x00\n3,z\n", rows: "1|x|2\n3|z|4\n",
			rejects: `3|b|y\x00|a NUL byte is in the value` + "\n",
		},
		{
			name: "text behind a quote", file: "t.csv", content: "a,b\n1,\"x\"y\n2,z\n", rows: "2|z|3\n",
			rejects: `2|-|1,"x"y|text stands behind a closing quote; a quote inside a quoted value must be doubled` + "\n",
		},
		{
			name: "a quote never closed", file: "t.csv", content: "a,b\n1,\"x\n2,y\n3,z\n", rows: "2|y|3\n3|z|4\n",
			rejects: `2|-|1,"x|a quote is opened and never closed` + "\n",
		},
		{
			name: "a quote closed rows later", file: "t.csv", content: "a,b\n1,\"x\n2,y\n3,\"z\"\n", rows: "2|y|3\n3|z|4\n",
			rejects: `2|-|1,"x|text stands behind a closing quote; a quote inside a quoted value must be doubled` + "\n",
		},
		{
			name: "a quote closed too far", file: "t.csv", content: "a,b\n1,\"x\n" + strings.Repeat("2,y\n", 30) + "\"\n",
			request: load.Request{MaxField: 20}, rows: strings.Repeat("2|y|-\n", 30),
			rejects: `2|-|1,"x|a quote is opened and not closed within 80 bytes` + "\n" +
				`33|-|"|a quote is opened and never closed` + "\n",
		},
		{
			name: "a very long line", file: "t.csv", content: "a,b\n1,x\n2," + long + "\n3,z\n", rows: "1|x|2\n3|z|4\n",
			rejects: "3|b|" + long[:1000] + "...|the value is longer than 262144 bytes\n",
		},
		{
			name: "a line beyond memory", file: "t.csv", content: "a,b\n1,x\n" + strings.Repeat(long, 3) + "\n3,z\n", rows: "1|x|2\n3|z|4\n",
			rejects: "3|-|" + long[:1000] + "|the row is longer than 1048576 bytes\n",
		},
		{
			name: "mixed dates", file: "t.csv", content: "a,d\nx,2010-12-31\ny,12/30/2010\nz,1/2/2011\n",
			rows: "x|2010-12-31 00:00:00|2\ny|2010-12-30 00:00:00|3\nz|2011-01-02 00:00:00|4\n",
		},
		{
			name: "dates with the day first", file: "t.csv", content: "a,d\nx,31.12.2010 8:26\ny,01.02.2011 09:00:30\n",
			rows: "x|2010-12-31 08:26:00|2\ny|2011-02-01 09:00:30|3\n",
		},
		{name: "header only", file: "t.csv", content: "a,b\n", rows: ""},
		{name: "no header", file: "t.csv", content: "1,x\n2,y\n", request: load.Request{NoHeader: true}, rows: "1|x|1\n2|y|2\n"},
		{name: "duplicate names", file: "t.csv", content: "price,price,,\n1,2,3,4\n", rows: "1|2|3|4|2\n"},
		{name: "ids", file: "t.csv", content: "a,b\n007,12345678901234567890\n010,1\n", rows: "007|12345678901234567890|2\n010|1|3\n"},
		{name: "booleans and nothing", file: "t.csv", content: "a,b\ntrue,\nno,NA\n,\n", rows: "true|-|2\nfalse|NA|3\n-|-|4\n"},
		{name: "floats", file: "t.csv", content: "a,b\nx,1e-7\ny,2.5\nz,NULL\n", rows: "x|1e-07|2\ny|2.5|3\nz|-|4\n"},
		{
			name: "JSON lines", file: "t.jsonl",
			content: `{"a": 1, "b": "x\n\"y\""}` + "\n\n" + `{"b": {"c": [1, "}"]}, "a": null}` + "\r\n" + `{"a": 2, "b": "x"` + "\n[1]\n" + `{"a": 1.5, "b": "\u00fc"}`,
			rows:    "1.0|x\n\"y\"|1\n-|{\"c\": [1, \"}\"]}|3\n1.5|ü|6\n",
			rejects: "4|-|{\"a\": 2, \"b\": \"x\"|not valid JSON\n5|-|[1]|not a JSON object\n",
		},
		{name: "JSON lines, gzip", file: "t.json.gz", content: string(gz(t, []byte(`{"a":"2010-12-01T08:26:00Z","b":true}`))), rows: "2010-12-01 08:26:00|true|1\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newStore(t)
			r := c.request
			r.Paths, r.Table = []string{write(t, c.file, c.content)}, "t"
			sum := w.load(r)
			_, _, _ = sum.Totals()
			line := "_line"
			if c.request.MaxField > 0 {
				line = "NULL"
			}
			same(t, "rows", w.lines("SELECT * EXCLUDE (_file, _line, _load_id, _loaded_at), "+line+" FROM bronze.t ORDER BY t._line"), "\n"+c.rows)
			same(t, "rejects", w.lines("SELECT line, column_name, value, reason FROM bronze.rejects ORDER BY line"), "\n"+c.rejects)
			if got := int64(strings.Count(w.lines("SELECT 1 FROM bronze.t"), "\n")); got != sum.Files[0].Rows {
				t.Errorf("the summary says %d rows, the table has %d", sum.Files[0].Rows, got)
			}
		})
	}
}

func TestRefusedFiles(t *testing.T) {
	t.Parallel()
	body := []byte(retailHeader + strings.Repeat("536365,85123A,HEART,6,2010-12-01 08:26:00,2.55,17850,United Kingdom\n", 20_000))
	packed := gz(t, body)
	damaged := bytes.Clone(packed)
	damaged[len(damaged)-5] ^= 0xff
	for _, c := range []struct {
		name, file, content string
		request             load.Request
		code                fault.Code
		message             string
	}{
		{"truncated gz", "t.csv.gz", string(packed[:len(packed)*2/3]), load.Request{}, fault.Invalid, "truncated or damaged behind this line"},
		{"damaged gz", "t.csv.gz", string(damaged), load.Request{}, fault.Invalid, "truncated or damaged behind this line"},
		{"no gz", "t.csv.gz", "a,b\n1,this is no gzip file\n", load.Request{}, fault.Invalid, "is not compressed, whatever its name says"},
		{"empty gz file", "t.csv.gz", "", load.Request{}, fault.Invalid, "is truncated"},
		{"empty", "t.csv", "", load.Request{}, fault.Invalid, "is empty: it has no header"},
		{"a table of loads", "rejects.csv", "a,b\n1,2\n", load.Request{}, fault.Invalid, "loads keep account in bronze.rejects"},
		{"a table of loads by name", "t.csv", "a,b\n1,2\n", load.Request{Table: "Loads"}, fault.Invalid, "loads keep account in bronze.loads"},
		{"a source's name", "transactions.csv", "Bon;Preis;Wann\n1;5;heute\n", load.Request{}, fault.Invalid, "the columns are not those of transactions, and would go into its table"},
		{"a source's table", "t.csv", "a,b\n1,2\n", load.Request{Table: "bronze.customers"}, fault.Invalid, "the columns are not those of customers"},
		{"only blanks", "t.csv", "\n \n", load.Request{}, fault.Invalid, "is empty: it has no header"},
		{"a zip as CSV", "t.csv", "PK\x03\x04rest", load.Request{}, fault.Invalid, "is a zip archive or an XLSX, not csv"},
		{"no XLSX", "t.xlsx", "a,b\n1,2\n", load.Request{}, fault.Invalid, "is not a readable XLSX"},
		{"no Parquet", "t.parquet", "a,b\n1,2\n", load.Request{}, fault.Invalid, "is not a readable Parquet file"},
		{"no JSON", "t.jsonl", "a,b\n1,2\n", load.Request{}, fault.Invalid, "has no JSON object"},
		{
			"missing column", "t.csv", "InvoiceNo,StockCode,Description,Quantity,InvoceDat,UnitPrice,CustomerID,Country\n",
			load.Request{Source: "online-retail"},
			fault.Invalid,
			`t.csv: the required column invoice_date is missing; the file has InvoiceNo, StockCode, Description, Quantity, InvoceDat, UnitPrice, CustomerID, Country; if it is "InvoceDat", say --column invoice_date=InvoceDat`,
		},
		{
			"column twice", "t.csv", "Quantity," + retailHeader,
			load.Request{Source: "online-retail"},
			fault.Invalid,
			`the columns "Quantity" and "Quantity" (1 and 5) are both quantity`,
		},
		{"unknown source", "t.csv", "a\n", load.Request{Source: "nope"}, fault.NotFound, `there is no source "nope"; known are: acquisition_costs, `},
		{"unknown encoding", "t.csv", "a\n", load.Request{Encoding: "ebcdic"}, fault.Usage, `the encoding "ebcdic" is not known`},
		{"unknown format", "t.csv", "a\n", load.Request{Format: "odt"}, fault.Usage, `the format "odt" is not known`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newStore(t)
			c.request.Paths = []string{write(t, c.file, c.content)}
			_, err := load.Run(t.Context(), w.engine, c.request, nil)
			if !fault.Is(err, c.code) || !strings.Contains(err.Error(), c.message) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got  %v (%s)\nwant %s (%s)", err, fault.CodeOf(err), c.message, c.code)
			}
			if got := w.lines("SELECT table_name FROM information_schema.tables WHERE table_schema = 'bronze'"); got != "" {
				t.Errorf("something was written: %s", got)
			}
		})
	}
}

func TestTruncatedFileNamesItsLine(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	packed := gz(t, []byte("a,b\n"+strings.Repeat("1,some text\n", 100_000)))
	path := write(t, "t.csv.gz", string(packed[:len(packed)-100]))
	_, err := load.Run(t.Context(), w.engine, load.Request{Paths: []string{path}}, nil)
	var f *fault.Error
	if !errors.As(err, &f) || f.File != path || f.Line < 50_000 || f.Line > 100_001 {
		t.Fatalf("got %v", err)
	}
	// The whole file loads afterwards: the truncated one left no mark.
	if err := os.WriteFile(path, packed, 0o600); err != nil {
		t.Fatal(err)
	}
	if sum := w.load(load.Request{Paths: []string{path}}); sum.Files[0].Rows != 100_000 {
		t.Errorf("the whole file gives %+v", sum)
	}
}

func TestPaths(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"b.csv": "a,b\n1,x\n", "a.csv": "a,b\n2,y\n", "sub/c.csv": "a,b\n3,z\n", "notes.md": "no data", ".hidden.csv": "a,b\n9,9\n",
	} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(content), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		paths []string
		want  string
	}{
		{[]string{dir}, "a.csv b.csv c.csv"},
		{[]string{filepath.Join(dir, "*.csv")}, ".hidden.csv a.csv b.csv"},
		{[]string{filepath.Join(dir, "b.csv"), dir}, "b.csv a.csv c.csv"},
	} {
		plans, err := load.Plan(t.Context(), load.Request{Paths: c.paths})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, p := range plans {
			names = append(names, filepath.Base(p.Path))
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("%v gives %s, want %s", c.paths, got, c.want)
		}
	}
	for _, c := range []struct {
		path    string
		code    fault.Code
		message string
	}{
		{"", fault.Usage, "no file to load is named"},
		{filepath.Join(dir, "no.csv"), fault.NotFound, "does not exist"},
		{filepath.Join(dir, "*.xlsx"), fault.NotFound, "no file matches"},
		{filepath.Join(dir, "[x.csv"), fault.Usage, "the pattern"},
		{t.TempDir(), fault.NotFound, "has no file that can be loaded"},
	} {
		r := load.Request{}
		if c.path != "" {
			r.Paths = []string{c.path}
		}
		if _, err := load.Plan(t.Context(), r); !fault.Is(err, c.code) || !strings.Contains(err.Error(), c.message) {
			t.Errorf("%q gives %v (%s)", c.path, err, fault.CodeOf(err))
		}
	}
}

func TestSameContentAddsNothing(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	content := "a,b\n1,x\n2,bad\"\n"
	plain := write(t, "t.csv", content)
	packed := write(t, "t.csv.gz", string(gz(t, []byte(content))))
	other := write(t, "t.csv.zst", string(zst(t, []byte(content))))
	w.load(load.Request{Paths: []string{plain}, Table: "t"})
	for _, path := range []string{plain, packed, other} {
		sum := w.load(load.Request{Paths: []string{path}, Table: "t"})
		if f := sum.Files[0]; f.Skipped != "already loaded: load 1 of 2011-12-10 08:00 brought the same content" || f.Rows != 0 {
			t.Errorf("%s gives %+v", path, f)
		}
	}
	elsewhere := w.load(load.Request{Paths: []string{packed}, Table: "other"})
	again := w.load(load.Request{Paths: []string{packed}, Table: "t", Again: true})
	if elsewhere.Files[0].Rows != 2 || again.Files[0].Rows != 2 || again.Files[0].LoadID != 3 {
		t.Errorf("another table gives %+v, once more %+v", elsewhere, again)
	}
	same(t, "tables", w.lines("SELECT (SELECT count(*) FROM bronze.t), (SELECT count(*) FROM bronze.other), (SELECT count(*) FROM bronze.loads)"), "\n4|2|3\n")
}

func TestLaterFilesFollowTheTable(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	first := write(t, "t.csv", "id,amount\n1,2.50\n")
	second := write(t, "t.csv", "amount,note,id\n3.75,new,2\nx,,3\n4.125,,4\n")
	w.load(load.Request{Paths: []string{first, second}, Table: "t"})
	same(t, "rows", w.lines("SELECT id, amount, note, _load_id FROM bronze.t ORDER BY id"), "\n1|2.50|-|1\n2|3.75|new|2\n")
	same(t, "rejects", w.lines("SELECT line, column_name, reason FROM bronze.rejects ORDER BY line"), `
3|amount|not a number
4|amount|the number has more decimals than the column (DECIMAL(18,2))
`)
}

func TestMappingFile(t *testing.T) {
	t.Parallel()
	path := write(t, "map.yml", `
source: shop
table: orders
columns:
  - {to: order_id, from: [Order No], clean: id, required: true}
  - {to: amount, from: [Betrag], type: "DECIMAL(10,2)", decimal: ","}
  - {to: ordered_on, from: [Datum], type: DATE, formats: [dmy]}
  - {to: state, nulls: [none]}
  - {to: absent, type: BIGINT}
`)
	m, err := load.ReadMapping(path)
	if err != nil {
		t.Fatal(err)
	}
	w := newStore(t)
	w.load(load.Request{Mapping: m, Paths: []string{write(t, "t.csv", "order_no;BETRAG;datum;state\n 17.0;1.234,50;1.2.2011;none\n18;0,5;28-Feb-2011;open\n")}})
	same(t, "rows", w.lines("SELECT * EXCLUDE (_file, _load_id, _loaded_at) FROM bronze.orders"), `
17|1234.50|2011-02-01 00:00:00|-|-|2
18|0.50|2011-02-28 00:00:00|open|-|3
`)
	for content, message := range map[string]string{
		"":                            "the mapping is empty",
		"columns: []":                 "the mapping has no columns",
		"columns: [{to: a, typ: X}]":  "field typ is no setting of a column",
		"columns: [{to: a, type: X}]": `the type "X" cannot be loaded into`,
		"columns: [{to: a, type: 'DECIMAL(30,2)'}]": "a DECIMAL has up to 18 digits",
		"columns: [{to: a}, {to: a}]":               "names the column a twice",
		"columns: [{to: _line}]":                    "is filled by Kith",
		"columns: [{from: []}]":                     "has no name",
		"columns: [{to: a, formats: [ddmm]}]":       `the date format "ddmm" is not known`,
		"columns: [{to: a, formats: [mdy, dmy]}]":   "cannot be told apart",
		"columns: [{to: a, decimal: ';'}]":          "decimal separator",
		"columns: [{to: a, clean: all}]":            "known are: id, money, percent",
	} {
		_, err := load.ReadMapping(write(t, "m.yml", content))
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), message) || !strings.Contains(err.Error(), "m.yml: ") {
			t.Errorf("%q gives %v, want %s", content, err, message)
		}
	}
	if _, err := load.ReadMapping("no.yml"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a missing mapping gives %v", err)
	}
}

func TestPlan(t *testing.T) {
	t.Parallel()
	path := write(t, "Shop Data.csv", "Order ID;Amount;When;When;Note\n0012;1,50;01/02/2011;x;\n")
	plans, err := load.Plan(t.Context(), load.Request{Paths: []string{path}})
	if err != nil {
		t.Fatal(err)
	}
	p := plans[0]
	if p.Format != "csv" || p.Delimiter != ";" || p.Encoding != "utf-8" || p.Table != "bronze.shop_data" || p.Source != "shop_data" || !p.Header {
		t.Errorf("plan %+v", p)
	}
	var b strings.Builder
	for _, c := range p.Columns {
		b.WriteString(strings.Join([]string{c.From, c.To, c.Type, c.Formats, c.Decimal, c.Sample}, "|") + "\n")
	}
	for _, n := range p.Notes {
		b.WriteString(n + "\n")
	}
	same(t, "plan", b.String(), `
Order ID|order_id|VARCHAR|||0012
Amount|amount|DECIMAL(18,2)||,|1,50
When|when|DATE|iso, mdy, ymd||01/02/2011
When|when_2|VARCHAR|||x
Note|note|VARCHAR|||
order_id: ids with zeros in front, telephone numbers and more than 18 digits stay text
when: day and month cannot be told apart: read as month/day/year; --dates dmy changes it
column 4, a further "When", becomes when_2
`)
}

func TestCancelledLoadLeavesNothing(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	path := write(t, "t.csv", "a,b\n"+strings.Repeat("1,some text\n", 300_000))
	ctx, cancel := context.WithCancel(t.Context())
	_, err := load.Run(ctx, w.engine, load.Request{Paths: []string{path}},
		progressFunc(func(string, int64, int64, int64, int64) { cancel() }))
	if !fault.Is(err, fault.Cancelled) || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want code cancelled", err)
	}
	if got := w.lines("SELECT table_name FROM information_schema.tables WHERE table_schema = 'bronze'"); got != "" {
		t.Errorf("something stayed: %s", got)
	}
}

func TestManyRejects(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	var b strings.Builder
	b.WriteString(retailHeader)
	for i := range 60_000 {
		price := "1.5"
		if i%2 == 0 {
			price = "free"
		}
		b.WriteString("1,A,x,1,2010-12-01 08:26:00," + price + ",1,UK\n")
	}
	f := w.load(load.Request{Paths: []string{write(t, "t.csv", b.String())}}).Files[0]
	same(t, "counts", w.lines("SELECT (SELECT count(*) FROM bronze.transaction_logs), (SELECT count(DISTINCT line) FROM bronze.rejects)"), "\n30000|30000\n")
	if f.Rows != 30_000 || f.Rejected != 30_000 {
		t.Errorf("summary %+v", f)
	}
}
