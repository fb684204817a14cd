package load

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/kith-analytics/kith/internal/fault"
)

const (
	// xlsxInMemory is how large a part of a workbook may be before it goes to a temporary file.
	xlsxInMemory = 16 << 20
	// xlsxUnzipped bounds a workbook that unpacks to much more than it looks.
	xlsxUnzipped = 4 << 30
)

// workbook reads one sheet of an XLSX, row by row.
type workbook struct {
	file   *excelize.File
	sheet  string
	others []string // the sheets that are not read
	epoch  int64
	rows   *excelize.Rows
	row    int64
}

func openWorkbook(path, sheet string) (*workbook, error) {
	file, err := excelize.OpenFile(path, excelize.Options{
		RawCellValue: true, UnzipXMLSizeLimit: xlsxInMemory, UnzipSizeLimit: xlsxUnzipped,
	})
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "%s is not a readable XLSX", path).WithHint("save it again as .xlsx, or as CSV")
	}
	w := &workbook{file: file, epoch: epoch1900}
	sheets := file.GetSheetList()
	switch {
	case len(sheets) == 0:
		return nil, errors.Join(fault.New(fault.Invalid, "%s has no sheet", path), file.Close())
	case sheet == "":
		w.sheet = sheets[0]
	case slices.Contains(sheets, sheet):
		w.sheet = sheet
	default:
		return nil, errors.Join(fault.New(fault.NotFound, "%s has no sheet %q", path, sheet).
			WithHint("it has: %s", strings.Join(sheets, ", ")), file.Close())
	}
	for _, s := range sheets {
		if s != w.sheet {
			w.others = append(w.others, s)
		}
	}
	if props, err := file.GetWorkbookProps(); err == nil && props.Date1904 != nil && *props.Date1904 {
		w.epoch = epoch1904
	}
	if w.rows, err = file.Rows(w.sheet); err != nil {
		return nil, errors.Join(fault.Wrap(err, fault.Invalid, "sheet %s of %s cannot be read", w.sheet, path), file.Close())
	}
	return w, nil
}

// next reads a row into rec; empty rows are skipped. It gives io.EOF behind the last.
func (w *workbook) next(rec *record) error {
	for w.rows.Next() {
		w.row++
		cells, err := w.rows.Columns()
		if err != nil {
			return err //nolint:wrapcheck // the caller names file and row
		}
		if !slices.ContainsFunc(cells, func(s string) bool { return s != "" }) {
			continue
		}
		*rec = record{line: w.row, fields: rec.fields[:0], column: -1}
		for _, cell := range cells {
			rec.fields = append(rec.fields, []byte(cell))
		}
		return nil
	}
	if err := w.rows.Error(); err != nil {
		return err //nolint:wrapcheck // the caller names file and row
	}
	return io.EOF
}

func (w *workbook) Close() error {
	return errors.Join(w.rows.Close(), w.file.Close())
}

// shown gives the first rows as a spreadsheet shows them, which tells dates from
// numbers: in the file both are numbers.
func (w *workbook) shown(limit int) ([][]string, error) {
	rows, err := w.file.Rows(w.sheet)
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller names the file
	}
	defer func() { _ = rows.Close() }()
	var out [][]string
	for len(out) < limit && rows.Next() {
		cells, err := rows.Columns(excelize.Options{RawCellValue: false})
		if err != nil {
			return nil, err //nolint:wrapcheck // the caller names the file
		}
		if slices.ContainsFunc(cells, func(s string) bool { return s != "" }) {
			out = append(out, cells)
		}
	}
	return out, nil
}

// tidyNumber writes a number of a workbook with the 15 digits that a spreadsheet
// shows: the file may have 2.5499999999999998 for 2.55.
func tidyNumber(b []byte) []byte {
	const digitsShown = 15
	if len(b) <= digitsShown+1 || !(b[0] == '-' || b[0] >= '0' && b[0] <= '9') {
		return b
	}
	f, err := strconv.ParseFloat(string(b), 64)
	if err != nil {
		return b
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', digitsShown, 64), 64)
	if err != nil {
		return b
	}
	return strconv.AppendFloat(nil, short, 'f', -1, 64)
}
