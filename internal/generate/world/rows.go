package world

import (
	"github.com/kith-analytics/kith/internal/warehouse"
)

// Stamp is the provenance of the rows of one load.
type Stamp struct {
	File     string
	LoadID   int64
	LoadedAt int64 // microseconds since 1970
}

// Sink takes batches of rows of one table. It does not keep them.
type Sink interface {
	AppendBatch(b *warehouse.Batch) error
}

// rows fills batches of a table, value by value in the order of its columns. The
// first error stays and makes the rest do nothing.
type rows struct {
	sink  Sink
	batch warehouse.Batch
	raw   bool
	own   int // columns before the provenance
	at    int // next column
	line  int64
	total int64
	count func(n int64) // hears of rows that went out
	err   error
}

// newRows starts rows for a table; the provenance of truth tables is left out.
func newRows(t Table, m Stamp, sink Sink, count func(int64)) *rows {
	all := t.All()
	r := &rows{sink: sink, raw: t.Raw(), own: len(t.Columns), count: count}
	r.batch.Columns = make([]warehouse.Vector, len(all))
	for i, c := range all {
		r.batch.Columns[i] = vector(c.Type)
	}
	if r.raw {
		p := r.batch.Columns[r.own:]
		p[0].AddString(m.File)
		p[2].AddInt(m.LoadID)
		p[3].AddInt(m.LoadedAt)
		for _, i := range []int{0, 2, 3} {
			p[i].Constant = true
		}
	}
	return r
}

// words makes a column one of few different texts, which word then names by place.
func (r *rows) words(column int, list []string) {
	r.batch.Columns[column] = warehouse.Vector{Kind: warehouse.KindWord, Words: list}
}

func (r *rows) next() *warehouse.Vector {
	r.at++
	return &r.batch.Columns[r.at-1]
}

func (r *rows) text(s string)     { r.next().AddString(s) }
func (r *rows) bytes(b []byte)    { r.next().AddText(b) }
func (r *rows) word(place int)    { r.next().AddInt(int64(place)) }
func (r *rows) int(n int64)       { r.next().AddInt(n) }
func (r *rows) float(f float64)   { r.next().AddFloat(f) }
func (r *rows) null()             { r.next().AddNull() }
func (r *rows) time(micros int64) { r.next().AddInt(micros) }
func (r *rows) date(days int64)   { r.next().AddInt(days) }
func (r *rows) money(cents int64) { r.next().AddInt(cents) }

// bool writes a truth value.
func (r *rows) bool(b bool) {
	n := int64(0)
	if b {
		n = 1
	}
	r.int(n)
}

// orNull writes a text, NULL for an empty one.
func (r *rows) orNull(s string) {
	if s == "" {
		r.null()
		return
	}
	r.text(s)
}

// timeOrNull writes a time, NULL for 0.
func (r *rows) timeOrNull(micros int64) {
	if micros == 0 {
		r.null()
		return
	}
	r.time(micros)
}

// linesEach is how many lines of a table a customer has to oneself, so that rows can
// be numbered by several at once.
const linesEach = 100_000

// startAt lets the next line be the first of a customer's.
func (r *rows) startAt(index uint64) { r.line = int64(index) * linesEach } //nolint:gosec // below a million

// end closes a row, whose line is the next.
func (r *rows) end() {
	r.line++
	r.endAt(r.line)
}

// endAt closes a row whose line is given.
func (r *rows) endAt(line int64) {
	if r.raw {
		r.batch.Columns[r.own+1].AddInt(line)
	}
	r.at = 0
	r.batch.Len++
	if r.batch.Len == warehouse.BatchRows {
		r.flush()
	}
}

// flush hands over what is there.
func (r *rows) flush() {
	if r.batch.Len == 0 {
		return
	}
	if r.err == nil {
		r.err = r.sink.AppendBatch(&r.batch)
	}
	r.total += int64(r.batch.Len)
	if r.count != nil {
		r.count(int64(r.batch.Len))
	}
	r.batch.Len = 0
	for i := range r.batch.Columns {
		if !r.batch.Columns[i].Constant {
			r.batch.Columns[i].Reset()
		}
	}
}
