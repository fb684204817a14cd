package duckdb

import (
	"context"
	"errors"
	"slices"
	"unicode/utf8"

	mapping "github.com/duckdb/duckdb-go-bindings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
)

var _ warehouse.BatchAppender = (*Appender)(nil)

// Appender writes rows in bulk into one table.
type Appender struct {
	session *Session
	ctx     context.Context //nolint:containedctx // it bounds the whole write, whose methods take none
	table   string
	raw     mapping.Appender
	chunk   mapping.DataChunk
	types   []mapping.LogicalType
	columns []writer
	row     int  // rows in chunk
	own     bool // whether the transaction is the appender's own
	closed  bool
	err     error // what made it unusable
}

// Append opens a bulk writer. Without a transaction of the session it opens one,
// which its Close commits and its Abort rolls back.
func (s *Session) Append(ctx context.Context, schema, table string) (warehouse.Appender, error) {
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	if s.appender != nil {
		return nil, fault.New(fault.Internal, "the warehouse session already writes to %s", s.appender.table)
	}
	a := &Appender{session: s, ctx: ctx, table: schema + "." + table}
	if a.own = !s.inTx; a.own {
		if err := s.Begin(ctx); err != nil {
			return nil, err
		}
	}
	if err := a.open(schema, table); err != nil {
		a.destroy(true)
		if a.own {
			err = errors.Join(err, s.Rollback(ctx))
		}
		return nil, err
	}
	s.appender = a
	return a, nil
}

func (a *Appender) open(schema, table string) error {
	if mapping.AppenderCreateExt(a.session.conn, "", schema, table, &a.raw) == mapping.StateError {
		return a.fault()
	}
	for i := range mapping.AppenderColumnCount(a.raw) {
		lt := mapping.AppenderColumnType(a.raw, i)
		a.types = append(a.types, lt)
		a.columns = append(a.columns, writer{shape: newShape(lt)})
	}
	a.chunk = mapping.CreateDataChunk(a.types)
	a.attach()
	return nil
}

func (a *Appender) attach() {
	for i := range a.columns {
		a.columns[i].attach(mapping.DataChunkGetVector(a.chunk, mapping.IdxT(i)))
	}
}

// Append adds one row. A value that does not fit its column gives code Invalid
// naming the column by number, and leaves the appender as before the row.
func (a *Appender) Append(values ...any) error {
	if err := a.ready(len(values)); err != nil {
		return err
	}
	for i, v := range values {
		if err := a.columns[i].set(a.row, v); err != nil {
			a.columns[i].clear(a.row)
			return fault.Wrap(err, fault.Invalid, "column %d of %s", i+1, a.table)
		}
	}
	a.row++
	if a.row == warehouse.BatchRows {
		return a.send()
	}
	return nil
}

// AppendBatch adds the rows of b.
func (a *Appender) AppendBatch(b *warehouse.Batch) error {
	if err := a.ready(len(b.Columns)); err != nil {
		return err
	}
	if b.Len > warehouse.BatchRows {
		return fault.New(fault.Internal, "a batch holds at most %d rows, not %d", warehouse.BatchRows, b.Len)
	}
	if a.row > 0 {
		if err := a.send(); err != nil {
			return err
		}
	}
	for i := range b.Columns {
		v := &b.Columns[i]
		need := b.Len
		if v.Constant {
			need = min(1, b.Len)
		}
		if v.Len() < need {
			return fault.New(fault.Internal, "column %d of a batch has %d values for %d rows", i+1, v.Len(), b.Len)
		}
		if v.Kind == warehouse.KindText && !utf8.Valid(v.Bytes) || slices.ContainsFunc(v.Words, func(s string) bool { return !utf8.ValidString(s) }) {
			return fault.New(fault.Invalid, "column %d of %s is given text that is not UTF-8", i+1, a.table)
		}
		if err := a.columns[i].setAll(v, b.Len); err != nil {
			a.reset()
			return fault.Wrap(err, fault.Invalid, "column %d of %s", i+1, a.table)
		}
	}
	a.row = b.Len
	return a.send()
}

func (a *Appender) ready(columns int) error {
	switch {
	case a.closed:
		return fault.New(fault.Internal, "the writer of %s is closed", a.table)
	case a.err != nil:
		return a.err
	case columns != len(a.columns):
		return fault.New(fault.Invalid, "%s has %d columns, %d values are given", a.table, len(a.columns), columns)
	}
	return nil
}

// send hands the chunk to DuckDB, which flushes by itself now and then.
func (a *Appender) send() error {
	if a.row == 0 {
		return nil
	}
	if a.ctx.Err() != nil {
		a.err = cancelled(a.ctx)
		return a.err
	}
	mapping.DataChunkSetSize(a.chunk, mapping.IdxT(a.row)) //nolint:gosec // a.row is not negative
	if mapping.AppendDataChunk(a.raw, a.chunk) == mapping.StateError {
		a.err = a.fault()
		return a.err
	}
	a.reset()
	return nil
}

func (a *Appender) reset() {
	mapping.DataChunkReset(a.chunk)
	a.attach()
	a.row = 0
}

// Close writes what is left and, where the transaction is the appender's own,
// commits it. After an error nothing of an own transaction stays.
func (a *Appender) Close() error {
	if a.closed {
		return fault.New(fault.Internal, "the writer of %s is closed", a.table)
	}
	err := a.err
	if err == nil {
		err = a.send()
	}
	if err == nil {
		stop := watch(a.ctx, a.session.conn)
		if mapping.AppenderFlush(a.raw) == mapping.StateError {
			err = a.fault()
		}
		stop()
	}
	a.destroy(err != nil)
	if !a.own {
		return err
	}
	if err == nil {
		err = a.session.Commit(a.ctx)
	}
	if err != nil {
		// A commit that failed has already rolled back: then this does nothing.
		return errors.Join(err, a.session.Rollback(a.ctx))
	}
	return nil
}

// Abort drops what was not flushed, and all where the transaction is the
// appender's own. After Close it is no error and does nothing.
func (a *Appender) Abort() error {
	if a.closed {
		return nil
	}
	a.destroy(true)
	if a.own {
		return a.session.Rollback(a.ctx)
	}
	return nil
}

// destroy frees the memory. DuckDB flushes on destroying, so what must go is
// cleared first.
func (a *Appender) destroy(drop bool) {
	if a.closed {
		return
	}
	a.closed = true
	a.session.appender = nil
	if a.raw.Ptr != nil {
		if drop {
			mapping.AppenderClear(a.raw)
		}
		mapping.AppenderDestroy(&a.raw)
	}
	mapping.DestroyDataChunk(&a.chunk)
	for i := range a.types {
		mapping.DestroyLogicalType(&a.types[i])
	}
}

func (a *Appender) fault() error {
	data := mapping.AppenderErrorData(a.raw)
	defer mapping.DestroyErrorData(&data)
	return runFault(a.ctx, mapping.ErrorDataMessage(data))
}
