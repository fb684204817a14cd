package load

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

// FilePlan says how a file will be read, before anything is written.
type FilePlan struct {
	Path        string
	Format      string // csv, jsonl, parquet or xlsx
	Compression string // gz, zst or none
	Encoding    string // of CSV and JSON lines
	Delimiter   string // of CSV
	Header      bool   // of CSV and XLSX
	Sheet       string // of XLSX
	Source      string
	Table       string // with its schema
	Columns     []ColumnPlan
	Ignored     []string // columns of the file that are not loaded
	Notes       []string // what a reader should know

	name     string // as what the file was named
	newline  byte
	names    []string // the columns of the file
	maxField int
	mapping  *Mapping // what decide gave
	decided  bool
	texts    bool // of Parquet: values are read as those of a CSV are
}

// ColumnPlan says where one column of the table comes from.
type ColumnPlan struct {
	From string // in the file; empty when the file has it not, and it stays NULL
	To   string
	// Value is what all rows get, where the request sets it.
	Value string
	// Numbered says that each row gets a value of its own where the file has none.
	Numbered bool
	// Generic says that From is a name that files of many kinds have.
	Generic bool
	Type    string
	Formats string // of dates
	Decimal string // "," where that is the separator
	Sample  string // the first value in the file

	index int // in the file; -1 when missing
	conv  converter
	// fileType is the column's type in a Parquet file.
	fileType string
	// habit is how the values are written, and unsure says that they do not tell
	// the order of day and month, or the decimal separator.
	habit  habits
	unsure bool
}

// Missing says that the file has nothing for the column, so that it stays NULL.
func (c *ColumnPlan) Missing() bool { return c.index < 0 && c.Value == "" && !c.conv.numbered }

// Plan shows how the files of a request will be read: format, delimiter, encoding,
// mapping and types. Nothing is written. Types of a table that exists already
// replace the ones found here.
func Plan(ctx context.Context, r Request) ([]FilePlan, error) {
	r, err := r.prepared()
	if err != nil {
		return nil, err
	}
	files, err := expand(r.Dir, r.Paths)
	if err != nil {
		return nil, err
	}
	plans := make([]FilePlan, 0, len(files))
	for _, file := range files {
		p, err := planFile(ctx, r, file.path)
		if err != nil {
			return nil, err
		}
		p.name = file.name
		plans = append(plans, *p)
	}
	return plans, nil
}

func planFile(ctx context.Context, r Request, path string) (*FilePlan, error) {
	p := &FilePlan{Path: path, Format: r.Format, maxField: r.maxField()}
	byName, compression := formatByName(path)
	p.Compression = compression
	if p.Format == "" {
		p.Format = byName
	}
	var guesses []guess
	var err error
	switch p.Format {
	case formatXLSX:
		guesses, err = p.sampleWorkbook(r)
	case formatParquet:
		err := p.planParquet(ctx, r)
		return p, err
	case formatJSON:
		guesses, err = p.sampleText(ctx, r)
	case formatCSV, "":
		p.Format = formatCSV
		guesses, err = p.sampleText(ctx, r)
	default:
		return nil, fault.New(fault.Usage, "the format %q is not known", r.Format).WithHint("use csv, jsonl, parquet or xlsx")
	}
	if err != nil {
		return nil, err
	}
	err = p.mapColumns(r, guesses)
	return p, err
}

func (p *FilePlan) delimiter() byte {
	if p.Delimiter == "" {
		return 0
	}
	return p.Delimiter[0]
}

// sampleWorkbook reads the head of an XLSX.
func (p *FilePlan) sampleWorkbook(r Request) (guesses []guess, err error) {
	w, err := openWorkbook(p.Path, r.Sheet)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	p.Sheet, p.Header = w.sheet, true
	if len(w.others) > 0 {
		p.Notes = append(p.Notes, "not read: the sheets "+strings.Join(w.others, ", "))
	}
	var rec record
	limit := workbookSample
	for n := 0; n < limit; n++ {
		if err := w.next(&rec); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "row %d cannot be read", w.row).At(p.Path, 0)
		}
		if n == 0 {
			p.header(&rec)
			guesses = make([]guess, len(p.names))
			if p.limit(r) == presetRows {
				limit = presetRows
			}
			continue
		}
		for i := range min(len(rec.fields), len(guesses)) {
			guesses[i].add(rec.fields[i])
		}
	}
	if p.names == nil {
		return nil, p.empty()
	}
	return guesses, nil
}

// workbookSample is how many rows of a workbook show its types.
const workbookSample = 20_000

func (p *FilePlan) empty() error {
	return fault.New(fault.Invalid, "%s is empty: it has no header", p.Path).WithHint("check where it comes from")
}

func (p *FilePlan) header(rec *record) {
	p.names = make([]string, len(rec.fields))
	for i, f := range rec.fields {
		p.names[i] = shown(trim(f), maxName)
	}
}

// maxName is the most bytes that a column's name may have.
const maxName = 200
