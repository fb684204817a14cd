package load_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/load"
)

// workbook writes an XLSX, one sheet after the other.
func workbook(t testing.TB, sheets map[string][][]any, order ...string) string {
	t.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	style, err := f.NewStyle(&excelize.Style{NumFmt: 22})
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range order {
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range sheets[name] {
			for c, v := range row {
				cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
				if err := f.SetCellValue(name, cell, v); err != nil {
					t.Fatal(err)
				}
				if _, ok := v.(time.Time); ok {
					if err := f.SetCellStyle(name, cell, cell, style); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
	path := filepath.Join(t.TempDir(), "book.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWorkbook(t *testing.T) {
	t.Parallel()
	at := time.Date(2010, 12, 1, 8, 26, 0, 0, time.UTC)
	path := workbook(t, map[string][][]any{
		"Online Retail": {
			{"InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"},
			{536365, "85123A", "HEART", 6, at, 2.55, 17850.0, "United Kingdom"},
			{},
			{"C536379", "D", nil, -1, "12/1/2010 9:41", 0.1 + 0.2, nil, "France"},
			{536380, 22, "x", "six", at, 1, nil, "France"},
			{536381, 22, "x", 1, at.Add(time.Second), 1, 12345, "France", "too much"},
			{536382, 22, "y", 1, at.Add(time.Second), 1},
			{nil, 22, `5" "x", y`, nil, nil, 1, nil, nil, nil, "z"},
			{nil, 22, strings.Repeat("é", 600), nil, nil, nil, nil, nil, "z"},
		},
		"Notes": {{"nothing"}},
	}, "Online Retail", "Notes")
	w := newStore(t)
	f := w.load(load.Request{Paths: []string{path}}).Files[0]
	if f.Rows != 3 || f.Rejected != 4 || f.Source != "transaction_logs" {
		t.Errorf("summary %+v", f)
	}
	same(t, "rows", w.lines("SELECT * EXCLUDE (_file, _load_id, _loaded_at) FROM bronze.transaction_logs ORDER BY _line"), `
536365|85123A|HEART|6|2010-12-01 08:26:00|2.5500|17850|United Kingdom|2
C536379|D|-|-1|2010-12-01 09:41:00|0.3000|-|France|4
536382|22|y|1|2010-12-01 08:26:01|1.0000|-|-|7
`)
	same(t, "rejects", w.lines("SELECT line, column_name, value, reason FROM bronze.rejects ORDER BY line"), `
5|quantity|six|not a whole number
6|-|536381,22,x,1,2010-12-01 08:26:01,1,12345,France,too much|9 values where the header has 8 columns
8|-|,22,"5"" ""x"", y",,,1,,,,z|10 values where the header has 8 columns
9|-|,22,`+strings.Repeat("é", 498)+`...|9 values where the header has 8 columns
`)
	if again := w.load(load.Request{Paths: []string{path}}).Files[0]; again.Skipped == "" {
		t.Errorf("the second load gives %+v", again)
	}
	plans, err := load.Plan(t.Context(), load.Request{Paths: []string{path}})
	if err != nil {
		t.Fatal(err)
	}
	if p := plans[0]; p.Sheet != "Online Retail" || len(p.Notes) != 1 || p.Notes[0] != "not read: the sheets Notes" {
		t.Errorf("plan %+v", p)
	}
	if _, err := load.Plan(t.Context(), load.Request{Paths: []string{path}, Sheet: "None"}); !fault.Is(err, fault.NotFound) ||
		!strings.Contains(err.Error(), "it has: Online Retail, Notes") {
		t.Errorf("a missing sheet gives %v", err)
	}
}

func TestWorkbookTypesAreFound(t *testing.T) {
	t.Parallel()
	day := time.Date(2011, 3, 4, 0, 0, 0, 0, time.UTC)
	path := workbook(t, map[string][][]any{"s": {
		{"Id", "When", "Amount", "Open"},
		{1, day, 1.5, true},
		{2, day.Add(36 * time.Hour), 2.25, false},
	}}, "s")
	w := newStore(t)
	w.load(load.Request{Paths: []string{path}, Table: "t"})
	same(t, "rows", w.lines("SELECT * EXCLUDE (_file, _load_id, _loaded_at), typeof(\"when\"), typeof(amount) FROM bronze.t ORDER BY id"), `
1|2011-03-04 00:00:00|1.50|true|2|TIMESTAMP|DECIMAL(18,2)
2|2011-03-05 12:00:00|2.25|false|3|TIMESTAMP|DECIMAL(18,2)
`)
}

func TestParquet(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	path := filepath.Join(t.TempDir(), "it's.parquet")
	if _, err := w.s.Exec(t.Context(), `COPY (SELECT * FROM (VALUES
		('536365', '85123A', 'HEART', 6, '2010-12-01 08:26:00', 2.55::DOUBLE, '17850.0', 'UK'),
		('C536379', 'D', '  ', -1, '12/1/2010 9:41', 27.5, NULL, 'France'),
		('536380', '22', 'x', 1, 'soon', 1, NULL, 'France'),
		(NULL, '22', 'x', 1, '2010-12-01', 1, NULL, 'France'))
		t(InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID, Country)) TO '`+strings.ReplaceAll(path, "'", "''")+`' (FORMAT parquet)`); err != nil {
		t.Fatal(err)
	}
	f := w.load(load.Request{Paths: []string{path}}).Files[0]
	if f.Rows != 2 || f.Rejected != 2 {
		t.Errorf("summary %+v", f)
	}
	same(t, "rows", w.lines("SELECT * EXCLUDE (_file, _load_id, _loaded_at) FROM bronze.transaction_logs ORDER BY _line"), `
536365|85123A|HEART|6|2010-12-01 08:26:00|2.5500|17850|UK|1
C536379|D|-|-1|2010-12-01 09:41:00|27.5000|-|France|2
`)
	same(t, "rejects", w.lines("SELECT line, column_name, value, reason FROM bronze.rejects ORDER BY line"), `
3|invoice_date|soon|not a date that exists, or of another format; expected: iso, mdy
4|invoice_no||there is no value, and one is required
`)
	if again := w.load(load.Request{Paths: []string{path}}).Files[0]; again.Skipped == "" {
		t.Errorf("the second load gives %+v", again)
	}
	// Without a preset the file's own types are kept.
	w.load(load.Request{Paths: []string{path}, Table: "raw", Source: "raw"})
	same(t, "types", w.lines("SELECT typeof(quantity), typeof(unit_price), count(*) FROM bronze.raw GROUP BY ALL"), "\nINTEGER|DOUBLE|4\n")
}
