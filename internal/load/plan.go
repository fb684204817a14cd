package load

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
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

	newline  byte
	names    []string // the columns of the file
	maxField int
}

// ColumnPlan says where one column of the table comes from.
type ColumnPlan struct {
	From    string // in the file; empty when the file has it not, and it stays NULL
	To      string
	Type    string
	Formats string // of dates
	Decimal string // "," where that is the separator
	Sample  string // the first value in the file

	index int // in the file; -1 when missing
	conv  converter
}

// Plan shows how the files of a request will be read: format, delimiter, encoding,
// mapping and types. Nothing is written. Types of a table that exists already
// replace the ones found here.
func Plan(ctx context.Context, r Request) ([]FilePlan, error) {
	files, err := expand(r.Paths)
	if err != nil {
		return nil, err
	}
	plans := make([]FilePlan, 0, len(files))
	for _, path := range files {
		p, err := planFile(ctx, r, path)
		if err != nil {
			return nil, err
		}
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

// mapColumns decides which column goes where, by mapping, preset or detection.
func (p *FilePlan) mapColumns(r Request, guesses []guess) error {
	m, err := r.mapping(p.names)
	if err != nil {
		return err
	}
	p.name(r, m)
	if m == nil {
		return p.takeAll(r, guesses)
	}
	used := map[int]bool{}
	for i := range m.Columns {
		c, err := p.mapColumn(r, &m.Columns[i], guesses)
		if err != nil {
			return err
		}
		used[c.index] = true
		p.Columns = append(p.Columns, c)
	}
	for i, name := range p.names {
		if !used[i] {
			p.Ignored = append(p.Ignored, name)
		}
	}
	return nil
}

// mapping gives the request's mapping or preset, or the preset whose required
// columns are all among the names, or none.
func (r Request) mapping(names []string) (*Mapping, error) {
	if r.Mapping != nil {
		m := *r.Mapping
		m.Columns = slices.Clone(m.Columns)
		if err := m.check(); err != nil {
			return nil, err
		}
		return &m, nil
	}
	all, err := Presets()
	if err != nil {
		return nil, err
	}
	for _, m := range all {
		if r.Source == m.Source || r.Source == "" && m.fits(names) {
			return m, nil
		}
	}
	if r.Source != "" && r.Table == "" {
		return preset(r.Source)
	}
	return nil, nil //nolint:nilnil // no mapping is an answer: the columns are taken as they are
}

func (m *Mapping) fits(names []string) bool {
	for i := range m.Columns {
		if m.Columns[i].Required && len(m.Columns[i].find(names)) == 0 {
			return false
		}
	}
	return true
}

// find gives the places of the column among the names of a file.
func (c *MappingColumn) find(names []string) []int {
	var at []int
	for i, name := range names {
		if slices.ContainsFunc(append([]string{c.To}, c.From...), func(s string) bool { return bare(s) == bare(name) }) {
			at = append(at, i)
		}
	}
	return at
}

func (p *FilePlan) name(r Request, m *Mapping) {
	p.Table, p.Source = r.Table, r.Source
	if m != nil {
		if p.Table == "" {
			p.Table = m.Table
		}
		if p.Source == "" {
			p.Source = m.Source
		}
	}
	if p.Table == "" {
		p.Table = snake(stem(p.Path))
	}
	if p.Table == "" {
		p.Table = "data"
	}
	if !strings.Contains(p.Table, ".") {
		p.Table = bronze + "." + p.Table
	}
	if p.Source == "" {
		_, p.Source, _ = strings.Cut(p.Table, ".")
	}
}

func (p *FilePlan) mapColumn(r Request, c *MappingColumn, guesses []guess) (ColumnPlan, error) {
	t, fail := parseType(c.Type)
	if fail != nil {
		return ColumnPlan{}, fail
	}
	out := ColumnPlan{To: c.To, Type: t.sql, index: -1}
	at := c.find(p.names)
	switch {
	case len(at) > 1:
		return out, fault.New(fault.Invalid, "the columns %q and %q (%d and %d) are both %s",
			p.names[at[0]], p.names[at[1]], at[0]+1, at[1]+1, c.To).At(p.Path, 0).WithHint("rename one of them")
	case len(at) == 0 && c.Required:
		return out, p.missing(c)
	case len(at) == 1:
		out.index, out.From = at[0], p.names[at[0]]
	}
	out.conv = converter{colType: t, id: c.Clean == cleanID, notNull: c.NotNull, nulls: c.Nulls, epoch: epoch1900}
	if f, fail := parseFormats(c.Formats); fail == nil {
		out.conv.formats = f
	}
	out.conv.comma = c.Decimal == ","
	if out.index >= 0 && out.index < len(guesses) {
		g := &guesses[out.index]
		out.Sample = g.sample
		if out.conv.formats == 0 && t.isMoment() {
			var note string
			out.conv.formats, note = g.format()
			p.note(c.To, note)
		}
		if c.Decimal == "" && t.isNumber() {
			out.conv.comma = g.comma(p.delimiter())
		}
	}
	out.finish(r, p.Format)
	return out, nil
}

func (p *FilePlan) missing(c *MappingColumn) error {
	e := fault.New(fault.Invalid, "the required column %s is missing; the file has %s", c.From[0], listed(p.names)).At(p.Path, 0)
	if near := nearest(c.From[0], p.names); near != "" {
		return e.WithHint("the nearest is %q: rename it or load with a mapping", near)
	}
	return e.WithHint("load with a mapping that says where it is")
}

func listed(names []string) string {
	const most = 30
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ")
}

// takeAll takes the columns as they are, with the types that their values show.
func (p *FilePlan) takeAll(r Request, guesses []guess) error {
	to := make([]string, len(p.names))
	for i, name := range p.names {
		to[i] = snake(name)
		if slices.Contains(provenance(), "_"+to[i]) && strings.HasPrefix(name, "_") {
			to[i] = "file" + name
		}
	}
	for i, name := range distinct(to) {
		if to[i] != "" && name != to[i] {
			p.Notes = append(p.Notes, fmt.Sprintf("column %d, a further %q, becomes %s", i+1, p.names[i], name))
		}
		c := ColumnPlan{From: p.names[i], To: name, index: i, Sample: guesses[i].sample}
		t, f, comma, note := guesses[i].resolve(p.delimiter())
		c.Type = t.sql
		c.conv = converter{colType: t, formats: f, comma: comma, epoch: epoch1900}
		p.note(name, note)
		c.finish(r, p.Format)
		p.Columns = append(p.Columns, c)
	}
	return nil
}

func (p *FilePlan) note(column, note string) {
	if note != "" {
		p.Notes = append(p.Notes, column+": "+note)
	}
}

// finish applies what the request sets for the whole file.
func (c *ColumnPlan) finish(r Request, format string) {
	if r.Decimal != 0 {
		c.conv.comma = r.Decimal == ','
	}
	if c.conv.isMoment() {
		if c.conv.formats == 0 {
			c.conv.formats = formatISO
		}
		if format == formatXLSX {
			c.conv.formats |= formatExcel
		}
		c.Formats = c.conv.formats.String()
	}
	if c.conv.comma && c.conv.isNumber() {
		c.Decimal = ","
	}
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
