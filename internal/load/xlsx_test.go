package load

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// readWorkbook gives the rows of the first sheet.
func readWorkbook(path string) ([][]string, error) {
	w, err := openWorkbook(path, "")
	if err != nil {
		return nil, err
	}
	defer func() { _ = w.Close() }()
	var out [][]string
	var rec record
	for {
		err := w.next(&rec)
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		row := make([]string, len(rec.fields))
		for i, f := range rec.fields {
			row[i] = string(f)
		}
		out = append(out, row)
	}
}

// TestWorkbookAgainstExcelize writes random cells with a spreadsheet library and
// reads them with it and with ours, from shared and from inline texts.
func TestWorkbookAgainstExcelize(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.xlsx")
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.OneOf(
			rapid.Just[any](nil), rapid.Int32().AsAny(), rapid.Float64Range(-1e6, 1e6).AsAny(), rapid.Bool().AsAny(),
			rapid.StringMatching(`[a-zü<>&"' \n]{0,12}`).AsAny(), rapid.SampledFrom([]any{"_x000D_", "&amp;", "]]>", "a\tb", "<v>1</v>"}),
		)
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 1, 5), 1, 8).Draw(t, "rows")
		f := excelize.NewFile()
		if rapid.Bool().Draw(t, "inline") {
			out, err := f.NewStreamWriter("Sheet1")
			if err != nil {
				t.Fatal(err)
			}
			for i, row := range rows {
				if err := out.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
					t.Fatal(err)
				}
			}
			if err := out.Flush(); err != nil {
				t.Fatal(err)
			}
		} else {
			for i := range rows {
				if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &rows[i]); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := errors.Join(f.SaveAs(path), f.Close()); err != nil {
			t.Fatal(err)
		}
		got, err := readWorkbook(path)
		if err != nil {
			t.Fatal(err)
		}
		if want := excelizeRows(t, path); !cmp.Equal(got, want) {
			t.Fatalf("%q gives %q, want %q", rows, got, want)
		}
	})
}

// excelizeRows reads with the library, and brings its raw values into our form.
func excelizeRows(t *rapid.T, path string) [][]string {
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows("Sheet1", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for r, row := range rows {
		for c := range row {
			name, _ := excelize.CoordinatesToCellName(c+1, r+1)
			kind, err := f.GetCellType("Sheet1", name)
			if err != nil {
				t.Fatal(err)
			}
			switch kind { //nolint:exhaustive // the others are texts
			case excelize.CellTypeBool:
				row[c] = map[string]string{"1": "TRUE", "0": "FALSE"}[row[c]]
			case excelize.CellTypeNumber, excelize.CellTypeUnset:
				row[c] = string(tidyNumber([]byte(row[c])))
			}
		}
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		if len(row) > 0 {
			out = append(out, row)
		}
	}
	return out
}

// packed makes an XLSX of given parts.
func packed(t testing.TB, parts map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "x.xlsx")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func sheetParts(sheet string) map[string]string {
	return map[string]string{
		"xl/workbook.xml": `<x:workbook xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
			xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
			<x:workbookPr date1904="1"/><x:sheets><x:sheet name="One" sheetId="1" r:id="rId7"/></x:sheets></x:workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
			<Relationship Id="rId7" Target="/xl/worksheets/s.xml"/></Relationships>`,
		"xl/styles.xml": `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
			<numFmts><numFmt numFmtId="170" formatCode="[$-409]d\-mmm\-yy;@"/><numFmt numFmtId="171" formatCode="0.0&quot; days&quot;"/></numFmts>
			<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="22"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml": `<sst><si><r><t>rich </t></r><r><t xml:space="preserve">text</t></r><rPh sb="0" eb="1"><t>hint</t></rPh></si><si/><si><t>two &amp; &#x fc;</t></si></sst>`,
		"xl/worksheets/s.xml":  sheet,
	}
}

func TestWorkbookParts(t *testing.T) {
	t.Parallel()
	path := packed(t, sheetParts(`<?xml version="1.0"?><!-- a > b --><x:worksheet><x:sheetPr note="a>b"/><x:sheetData>
		<x:row r="3"><x:c r="A3" t="s"><x:v>0</x:v></x:c><x:c r='C3' s="1"><x:v>1</x:v></x:c><x:c s="2"><x:v>1.5</x:v></x:c></x:row>
		<x:row r="5"/><x:row><x:c t="s"><x:v>2</x:v></x:c><x:c t="s"><x:v>99</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c>
		<x:c t="str"><x:f>A1&amp;"x"</x:f><x:v>1&lt;2</x:v></x:c><x:c t="inlineStr"><x:is><x:t>in<![CDATA[<line>]]></x:t></x:is></x:c>
		<x:c s="3"><x:v>39051.351388888892</x:v></x:c><x:c s="3"><x:v>0.5</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c></x:row>
		</x:sheetData><x:row><x:c><x:v>not data</x:v></x:c></x:row></x:worksheet>`))
	got, err := readWorkbook(path)
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"rich text", "", "1904-01-02", "1.5"},
		{"two & &#x fc;", "", "TRUE", "1<2", "in<line>", "2010-12-01 08:26:00", "0.5", "#N/A"},
	}
	if !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
}

func TestDateFormats(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{
		"General": false, "0.00": false, "#,##0 \"days\"": false, "[Red]0": false, "0\\d": false, "@": false, "0.00E+00": false, "[>=100]0;0": false,
		"yyyy-mm-dd": true, "m/d/yy h:mm": true, "[h]:mm": true, "[$-409]d-mmm": true, "mm:ss.0": true, "hh:mm AM/PM": true, "\"on \"d": true,
	} {
		if got := isDateFormat(code); got != want {
			t.Errorf("%s is a date: %v, want %v", code, got, want)
		}
	}
}

func FuzzWorkbook(f *testing.F) {
	for _, seed := range []string{
		`<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>`, `<row><c r="ZZZZZZ9"><v>1</v>`, `<sheetData/>`, `<c t="inlineStr"><is><t>&#1114112;`,
		`<!-- <c><v>`, `<row r="99999999999999999999"><c/></row>`, "<>", `</sheetData>`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, sheet string) {
		w := &workbook{in: newXMLScanner(strings.NewReader(sheet))}
		var rec record
		for n := 0; w.next(&rec) == nil; n++ {
			if n > len(sheet) || len(rec.fields) > xlsxColumns {
				t.Fatalf("%d rows of %d values out of %d bytes", n, len(rec.fields), len(sheet))
			}
		}
	})
}
