package load_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// sheet is a file as a table of texts; nil is no value.
type sheet struct {
	header []string
	rows   [][]*string
}

func readSheet(t testing.TB, s sample) sheet {
	t.Helper()
	raw, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	var out sheet
	if filepath.Ext(s.path) == ".jsonl" {
		index := map[string]int{}
		for line := range strings.Lines(string(raw)) {
			d := json.NewDecoder(strings.NewReader(line))
			d.UseNumber()
			var object map[string]any
			if err := d.Decode(&object); err != nil {
				t.Fatal(err)
			}
			for name := range object {
				if _, ok := index[name]; !ok {
					index[name] = len(out.header)
					out.header = append(out.header, name)
				}
			}
			row := make([]*string, len(out.header))
			for name, v := range object {
				if v != nil {
					text := fmt.Sprint(v)
					row[index[name]] = &text
				}
			}
			out.rows = append(out.rows, row)
		}
		for i := range out.rows {
			out.rows[i] = append(out.rows[i], make([]*string, len(out.header)-len(out.rows[i]))...)
		}
		return out
	}
	in := csv.NewReader(strings.NewReader(string(raw)))
	head, _, _ := strings.Cut(string(raw), "\n")
	for _, d := range ";\t|" {
		if strings.ContainsRune(head, d) {
			in.Comma = d
		}
	}
	rows, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out.header = rows[0]
	for _, row := range rows[1:] {
		cells := make([]*string, len(row))
		for i := range row {
			if row[i] != "" {
				cells[i] = &row[i]
			}
		}
		out.rows = append(out.rows, cells)
	}
	return out
}

// csv writes the rows with semicolons, so that the file's dialect stays.
func (s sheet) csv(t testing.TB, delimiter rune) string {
	t.Helper()
	var b strings.Builder
	out := csv.NewWriter(&b)
	out.Comma = delimiter
	records := [][]string{s.header}
	for _, row := range s.rows {
		cells := make([]string, len(row))
		for i, c := range row {
			if c != nil {
				cells[i] = *c
			}
		}
		records = append(records, cells)
	}
	if err := out.WriteAll(records); err != nil {
		t.Fatal(err)
	}
	return write(t, "t.csv", b.String())
}

func (s sheet) jsonl(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	for _, row := range s.rows {
		object := map[string]*string{}
		for i, name := range s.header {
			object[name] = row[i]
		}
		raw, err := json.Marshal(object)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(raw, '\n'))
	}
	return write(t, "t.jsonl", b.String())
}

func (s sheet) xlsx(t testing.TB) string {
	t.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	for i, name := range s.header {
		cell, _ := excelize.CoordinatesToCellName(i+1, 1)
		if err := f.SetCellStr("Sheet1", cell, name); err != nil {
			t.Fatal(err)
		}
	}
	for r, row := range s.rows {
		for i, c := range row {
			cell, _ := excelize.CoordinatesToCellName(i+1, r+2)
			if c == nil {
				continue
			}
			if err := f.SetCellStr("Sheet1", cell, *c); err != nil {
				t.Fatal(err)
			}
		}
	}
	path := filepath.Join(t.TempDir(), "t.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// parquet writes all columns as texts.
func (s sheet) parquet(t testing.TB, w *store) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "t.parquet")
	quoted := make([]string, len(s.header))
	for i, name := range s.header {
		quoted[i] = `"` + name + `"`
	}
	tuples := make([]string, len(s.rows))
	var args []any
	for i, row := range s.rows {
		tuples[i] = "(" + strings.TrimSuffix(strings.Repeat("CAST(? AS VARCHAR), ", len(row)), ", ") + ")"
		for _, c := range row {
			if c == nil {
				args = append(args, nil)
			} else {
				args = append(args, *c)
			}
		}
	}
	if _, err := w.s.Exec(t.Context(), "CREATE TEMP TABLE staged AS SELECT * FROM (VALUES "+strings.Join(tuples, ", ")+
		") t("+strings.Join(quoted, ", ")+")", args...); err != nil {
		t.Fatal(err)
	}
	if _, err := w.s.Exec(t.Context(), "COPY staged TO '"+path+"' (FORMAT parquet)"); err != nil {
		t.Fatal(err)
	}
	return path
}

// only keeps some columns; a name that is none becomes a column without values.
func (s sheet) only(names []string) sheet {
	out := sheet{header: names}
	for _, row := range s.rows {
		cells := make([]*string, len(names))
		for i, name := range names {
			if at := slices.Index(s.header, name); at >= 0 {
				cells[i] = row[at]
			}
		}
		out.rows = append(out.rows, cells)
	}
	return out
}
