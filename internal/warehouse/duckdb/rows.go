package duckdb

import (
	"context"
	"errors"

	mapping "github.com/duckdb/duckdb-go-bindings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
)

var _ warehouse.Rows = (*Rows)(nil)

// Rows is a result, fetched a chunk at a time.
type Rows struct {
	session *Session
	ctx     context.Context //nolint:containedctx // it bounds the result, whose methods take none
	stmt    mapping.PreparedStatement
	res     mapping.Result
	stop    func()

	columns []warehouse.Column
	readers []reader
	chunk   mapping.DataChunk
	row     int // in the chunk
	size    int // of the chunk
	ended   bool
	closed  bool
	err     error
}

func newRows(ctx context.Context, s *Session, stmt mapping.PreparedStatement, res mapping.Result, stop func()) (*Rows, error) {
	r := &Rows{session: s, ctx: ctx, stmt: stmt, res: res, stop: stop, row: -1}
	for i := range mapping.ColumnCount(&r.res) {
		lt := mapping.ColumnLogicalType(&r.res, i)
		sh := newShape(lt)
		mapping.DestroyLogicalType(&lt)
		name := mapping.ColumnName(&r.res, i)
		r.columns = append(r.columns, warehouse.Column{Name: name, Type: sh.name})
		if sh.unreadable() {
			err := fault.New(fault.Database, "the column %s is of type %s, which cannot be read", name, sh.name).
				WithHint("cast it to VARCHAR")
			return nil, errors.Join(err, r.Close())
		}
		r.readers = append(r.readers, reader{shape: sh})
	}
	return r, nil
}

// Columns describes the result.
func (r *Rows) Columns() []warehouse.Column { return r.columns }

// Next moves to the next row. After false, Err says whether it was the end.
func (r *Rows) Next() bool {
	if r.closed || r.ended {
		return false
	}
	r.row++
	for r.row >= r.size {
		if !r.fetch() {
			r.ended = true
			if err := r.Close(); err != nil && r.err == nil {
				r.err = err
			}
			return false
		}
	}
	return true
}

func (r *Rows) fetch() bool {
	mapping.DestroyDataChunk(&r.chunk)
	if r.ctx.Err() != nil {
		r.err = cancelled(r.ctx)
		return false
	}
	r.chunk = mapping.FetchChunk(r.res)
	if r.chunk.Ptr == nil {
		if message := mapping.ResultError(&r.res); message != "" {
			r.err = runFault(r.ctx, message)
		}
		return false
	}
	r.row, r.size = 0, int(mapping.DataChunkGetSize(r.chunk)) //nolint:gosec // a chunk holds 2048 rows
	for i := range r.readers {
		r.readers[i].attach(mapping.DataChunkGetVector(r.chunk, mapping.IdxT(i)))
	}
	return true
}

// Values gives the current row.
func (r *Rows) Values() []any {
	out := make([]any, len(r.readers))
	for i := range r.readers {
		out[i] = r.readers[i].value(r.row)
	}
	return out
}

// Err gives what ended the rows early; code Cancelled when the context did.
func (r *Rows) Err() error { return r.err }

// Close gives the session free. A second Close is no error.
func (r *Rows) Close() error {
	if r.closed {
		return nil
	}
	r.closed = true
	r.stop()
	mapping.DestroyDataChunk(&r.chunk)
	mapping.DestroyResult(&r.res)
	mapping.DestroyPrepare(&r.stmt)
	s := r.session
	s.rows = nil
	if !r.ended && !s.closed {
		// A stream that was not read to its end leaves its own transaction open until
		// the connection's next statement, and with it an old snapshot of the data.
		var res mapping.Result
		mapping.Query(s.conn, "SELECT 1", &res)
		mapping.DestroyResult(&res)
	}
	return nil
}
