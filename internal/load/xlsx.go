package load

import (
	"archive/zip"
	"errors"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/kith-analytics/kith/internal/fault"
)

// workbook reads one sheet of an XLSX, row by row. It reads the sheet's XML as it
// lies in the archive: a general XML reader takes ten times as long, and a
// spreadsheet library twenty.
type workbook struct {
	cells

	file   *os.File
	done   atomic.Int64 // bytes read of the file on disk
	parts  map[string]*zip.File
	sheet  string
	others []string // the sheets that are not read
	epoch  int64
	dated  []bool // by style: whether its numbers are dates
	shared texts

	in   *xmlScanner
	part io.ReadCloser
	row  int64
}

// cells are the values of one row.
type cells struct {
	bytes []byte
	ends  []cellEnd
}

type cellEnd struct {
	column, from, to int
}

const (
	// xlsxUnzipped bounds a part that unpacks to much more than it looks.
	xlsxUnzipped = 8 << 30
	// xlsxTexts bounds the texts of a workbook, which are held in memory.
	xlsxTexts = 1 << 30
	// xlsxColumns is how many columns a sheet can have.
	xlsxColumns = 16_384
)

func openWorkbook(path, sheet string) (*workbook, error) {
	file, err := openFile(path)
	if err != nil {
		return nil, err
	}
	w := &workbook{file: file, parts: map[string]*zip.File{}, epoch: epoch1900}
	if err := w.open(path, sheet); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

func (w *workbook) open(path, sheet string) error {
	unreadable := func(err error) error {
		return fault.Wrap(err, fault.Invalid, "%s is not a readable XLSX", path).WithHint("save it again as .xlsx, or as CSV")
	}
	info, err := w.file.Stat()
	if err != nil {
		return unreadable(err)
	}
	archive, err := zip.NewReader(&countedAt{in: w.file, n: &w.done}, info.Size())
	if err != nil {
		return unreadable(err)
	}
	for _, f := range archive.File {
		w.parts[strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")] = f
	}
	index, err := w.readIndex()
	if err != nil {
		return unreadable(err)
	}
	names := make([]string, len(index))
	for i := range index {
		names[i] = index[i].Name
	}
	at := slices.Index(names, sheet)
	switch {
	case len(names) == 0:
		return fault.New(fault.Invalid, "%s has no sheet", path)
	case sheet == "":
		at = 0
	case at < 0:
		return fault.New(fault.NotFound, "%s has no sheet %q", path, sheet).WithHint("it has: %s", strings.Join(names, ", "))
	}
	w.sheet = names[at]
	w.others = slices.Delete(names, at, at+1)
	if err := w.readStyles(); err != nil {
		return unreadable(err)
	}
	if err := w.readTexts(); err != nil {
		return unreadable(err)
	}
	if w.in, w.part, err = w.scan(index[at].part); err != nil {
		return unreadable(err)
	}
	return nil
}

// scan opens a part of the archive.
func (w *workbook) scan(name string) (*xmlScanner, io.ReadCloser, error) {
	f, ok := w.parts[name]
	if !ok {
		return nil, nil, fault.New(fault.Invalid, "the part %s is missing", name)
	}
	in, err := f.Open()
	if err != nil {
		return nil, nil, err
	}
	return newXMLScanner(&limited{in: in, left: xlsxUnzipped}), in, nil
}

// next reads a row into rec; empty rows are skipped. It gives io.EOF behind the
// last. Dates come as ISO text, numbers with the 15 digits that a spreadsheet
// shows, truths as TRUE and FALSE.
func (w *workbook) next(rec *record) error {
	for {
		if err := w.in.next(); err != nil {
			if errors.Is(err, io.EOF) {
				return io.ErrUnexpectedEOF // the end of the sheet was not seen
			}
			return err
		}
		switch w.in.name() {
		case "row":
			w.row++
			if n, ok := number(w.in.attr("r")); ok {
				w.row = n
			}
			w.bytes, w.ends = w.bytes[:0], w.ends[:0]
		case "c":
			if err := w.cell(); err != nil {
				return err
			}
		case "/row":
			if w.emit(rec) {
				return nil
			}
		case "/sheetData":
			return io.EOF
		case "sheetData":
			if w.in.empty() {
				return io.EOF
			}
		}
	}
}

// cell reads the cell whose tag was just read.
func (w *workbook) cell() error {
	column := 0
	if len(w.ends) > 0 {
		column = w.ends[len(w.ends)-1].column + 1
	}
	if ref := w.in.attr("r"); len(ref) > 0 {
		column = columnOf(ref)
	}
	if column < 0 || column >= xlsxColumns {
		return fault.New(fault.Invalid, "a cell stands outside of the sheet")
	}
	kind := string(w.in.attr("t"))
	style, _ := number(w.in.attr("s"))
	from := len(w.bytes)
	if !w.in.empty() {
		if err := w.in.texts("c", &w.bytes); err != nil {
			return err
		}
	}
	w.finish(kind, int(style), from)
	w.ends = append(w.ends, cellEnd{column: column, from: from, to: len(w.bytes)})
	return nil
}

// finish puts what the file has for a cell into the form that is loaded.
func (w *workbook) finish(kind string, style, from int) {
	raw := w.bytes[from:]
	if len(raw) == 0 {
		return
	}
	switch kind {
	case "s":
		if i, ok := number(raw); ok {
			w.bytes = append(w.bytes[:from], w.shared.get(i)...)
		}
	case "b":
		truth := "FALSE"
		if raw[0] == '1' {
			truth = "TRUE"
		}
		w.bytes = append(w.bytes[:from], truth...)
	case "", "n":
		if style < len(w.dated) && w.dated[style] {
			// Below 1 it is a time of day without a date.
			if m, ok := parseSerial(raw, w.epoch); ok && m >= (w.epoch+1)*microsPerDay {
				w.bytes = append(w.bytes[:from], isoText(m)...)
				return
			}
		}
		w.bytes = append(w.bytes[:from], tidyNumber(raw)...)
	}
}

func (w *workbook) emit(rec *record) bool {
	*rec = record{line: w.row, fields: rec.fields[:0], column: -1}
	some := false
	for _, c := range w.ends {
		if c.from == c.to {
			continue
		}
		some = true
		for len(rec.fields) <= c.column {
			rec.fields = append(rec.fields, nil)
		}
		rec.fields[c.column] = w.bytes[c.from:c.to:c.to]
	}
	return some
}

// columnOf reads the letters of a cell's name: A1 is 0, AB7 is 27; -1 where it has none.
func columnOf(ref []byte) int {
	n := 0
	for _, c := range ref {
		if c < 'A' || c > 'Z' || n > xlsxColumns {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n - 1
}

func (w *workbook) Close() error {
	var errs []error
	if w.part != nil {
		errs = append(errs, w.part.Close())
	}
	return errors.Join(append(errs, w.file.Close())...)
}

// tidyNumber writes a number of a workbook with the 15 digits that a spreadsheet
// shows: the file may have 2.5499999999999998 for 2.55.
func tidyNumber(b []byte) []byte {
	const digitsShown = 15
	if len(b) <= digitsShown+1 || b[0] != '-' && (b[0] < '0' || b[0] > '9') {
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

type countedAt struct {
	in io.ReaderAt
	n  *atomic.Int64
}

func (c *countedAt) ReadAt(p []byte, at int64) (int, error) {
	n, err := c.in.ReadAt(p, at)
	c.n.Add(int64(n))
	return n, err
}
