package load

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/kith-analytics/kith/internal/warehouse"
)

// reject is a row that is not loaded.
type reject struct {
	line          int64
	column, value string
	reason        string
}

// maxValue is the most bytes of a value that a reject keeps.
const maxValue = 1000

// parsed is what the parsing goroutine hands over.
type parsed struct {
	batch   warehouse.Batch
	rejects []reject
	line    int64 // reached
}

// stamp is what provenance says about all rows of a load.
type stamp struct {
	file     string
	load     int64
	loadedAt int64 // microseconds since 1970
}

// builder turns records into batches whose columns are those of the table.
type builder struct {
	plan *FilePlan
	cols []placed
	size int // columns of the table
	line int // where in the table _line is
	mark stamp
	kind []warehouse.Vector // an empty vector of each column
	wide int                // columns of the file
}

// placed is a column of the plan with its place in the table.
type placed struct {
	conv  converter
	name  string
	index int // in the file
	at    int // in the table
}

func newBuilder(p *FilePlan, table []tableColumn, m stamp, epoch int64) *builder {
	b := &builder{plan: p, size: len(table), mark: m, wide: len(p.names), kind: make([]warehouse.Vector, len(table))}
	for at, col := range table {
		b.kind[at] = warehouse.Vector{Kind: warehouse.KindText, Constant: true, Null: []bool{true}, Ends: []uint32{0}}
		switch col.name {
		case "_file":
			v := warehouse.Vector{Kind: warehouse.KindText, Constant: true}
			v.AddString(m.file)
			b.kind[at] = v
		case "_line":
			b.line = at
			b.kind[at] = warehouse.Vector{Kind: warehouse.KindInt}
		case "_load_id":
			b.kind[at] = warehouse.Vector{Kind: warehouse.KindInt, Constant: true, Ints: []int64{m.load}}
		case "_loaded_at":
			b.kind[at] = warehouse.Vector{Kind: warehouse.KindTimestamp, Constant: true, Ints: []int64{m.loadedAt}}
		}
		for _, c := range p.Columns {
			if !strings.EqualFold(c.To, col.name) {
				continue
			}
			if c.Value != "" {
				v := warehouse.Vector{Kind: c.conv.kind, Scale: c.conv.scale, Constant: true}
				if c.conv.add(&v, []byte(c.Value)) == "" {
					b.kind[at] = v
				}
				continue
			}
			if c.index >= 0 || c.conv.notNull || c.conv.numbered {
				c.conv.epoch = epoch
				b.cols = append(b.cols, placed{conv: c.conv, name: c.To, index: c.index, at: at})
				b.kind[at] = warehouse.Vector{Kind: c.conv.kind, Scale: c.conv.scale}
			}
		}
	}
	return b
}

// start empties a batch, or makes its columns.
func (b *builder) start(out *parsed) {
	out.rejects = out.rejects[:0]
	out.batch.Len = 0
	if out.batch.Columns == nil {
		out.batch.Columns = make([]warehouse.Vector, b.size)
		copy(out.batch.Columns, b.kind)
		return
	}
	for i := range out.batch.Columns {
		if !b.kind[i].Constant {
			out.batch.Columns[i].Reset()
		}
	}
}

// add adds a record to the batch, or to its rejects.
func (b *builder) add(out *parsed, rec *record) {
	out.line = rec.line
	if rec.reason == "" {
		b.check(rec)
	}
	if rec.reason != "" {
		b.reject(out, rec)
		return
	}
	n := out.batch.Len
	for i := range b.cols {
		c := &b.cols[i]
		var field []byte
		if c.index >= 0 && c.index < len(rec.fields) {
			field = rec.fields[c.index]
		}
		if c.conv.numbered && len(trim(field)) == 0 {
			field = rowNumberOf(b.mark.load, rec.line)
		}
		if reason := c.conv.add(&out.batch.Columns[c.at], field); reason != "" {
			for j := range b.cols[:i+1] {
				out.batch.Columns[b.cols[j].at].Truncate(n)
			}
			out.rejects = append(out.rejects, reject{
				line: rec.line, column: c.name, value: shown(field, maxValue), reason: b.explain(c, reason),
			})
			return
		}
	}
	out.batch.Columns[b.line].AddInt(rec.line)
	out.batch.Len++
}

// rowNumberOf is the value of a numbered column in a row that has none.
func rowNumberOf(load, line int64) []byte {
	return fmt.Appendf(nil, "%s%d-%d", numberedPrefix, load, line)
}

const numberedPrefix = "row-"

// explain adds to a reason what was expected.
func (b *builder) explain(c *placed, reason string) string {
	switch reason {
	case reasonDate:
		return fmt.Sprintf("%s; expected: %s", reason, c.conv.formats)
	case reasonRange, reasonDecimals:
		return fmt.Sprintf("%s (%s)", reason, c.conv.sql)
	}
	return reason
}

// check finds what is wrong with the row as a whole.
func (b *builder) check(rec *record) {
	if len(rec.fields) != b.wide && !b.fewer(rec) {
		rec.reason = fmt.Sprintf("%d values where the header has %d columns", len(rec.fields), b.wide)
		return
	}
	if rec.raw != nil && utf8.Valid(rec.raw) && bytes.IndexByte(rec.raw, 0) < 0 &&
		(b.plan.Format != formatJSON || !bytes.Contains(rec.raw, []byte(`\u0000`))) {
		return
	}
	for i, f := range rec.fields {
		switch {
		case !utf8.Valid(f):
			rec.reason, rec.column = "not valid UTF-8; if the file has another encoding, name it", i
		case bytes.IndexByte(f, 0) >= 0:
			rec.reason, rec.column = "a NUL byte is in the value", i
		case len(f) > b.plan.maxField:
			rec.reason, rec.column = fmt.Sprintf("the value is longer than %d bytes", b.plan.maxField), i
		default:
			continue
		}
		return
	}
}

// fewer says whether the row of a format that leaves empty values away is short
// for that reason.
func (b *builder) fewer(rec *record) bool {
	if b.plan.Format != formatXLSX {
		return false
	}
	for _, f := range rec.fields[min(b.wide, len(rec.fields)):] {
		if len(f) > 0 {
			return false
		}
	}
	return true
}

func (b *builder) reject(out *parsed, rec *record) {
	raw := rec.raw
	if raw == nil {
		raw = lineOf(rec.fields) // a workbook has no line of its own to show
	}
	r := reject{line: rec.line, reason: rec.reason, value: shown(raw, maxValue)}
	if rec.column >= 0 {
		r.column = fmt.Sprintf("column%d", rec.column+1)
		if rec.column < len(b.plan.names) {
			r.column = b.plan.names[rec.column]
		}
		for i := range b.cols {
			if b.cols[i].index == rec.column {
				r.column = b.cols[i].name
			}
		}
		if rec.column < len(rec.fields) {
			r.value = shown(rec.fields[rec.column], maxValue)
		}
	}
	out.rejects = append(out.rejects, r)
}

// lineOf writes fields as the line of a CSV that they would be.
func lineOf(fields [][]byte) []byte {
	values := make([]string, len(fields))
	for i, f := range fields {
		values[i] = string(f)
	}
	var line bytes.Buffer
	w := csv.NewWriter(&line)
	_ = w.Write(values) // a buffer takes everything
	w.Flush()
	return bytes.TrimSuffix(line.Bytes(), []byte("\n"))
}
