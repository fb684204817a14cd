package duckdb

import (
	"context"
	"errors"

	mapping "github.com/duckdb/duckdb-go-bindings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
)

var _ warehouse.Session = (*Session)(nil)

// Session is one DuckDB connection.
type Session struct {
	engine   *Engine
	conn     mapping.Connection
	rows     *Rows     // open ones
	appender *Appender // the open one
	inTx     bool      // between BEGIN and COMMIT or ROLLBACK, in whatever way they came
	closed   bool
}

// Exec runs the statements of sql in order; args bind to the last one. The first
// error ends it: what ran before stays, unless a transaction is rolled back.
func (s *Session) Exec(ctx context.Context, sql string, args ...any) (int64, error) {
	if err := s.ready(ctx); err != nil {
		return 0, err
	}
	list, err := s.extract(sql)
	if err != nil {
		return 0, err
	}
	defer list.destroy()

	stop := watch(ctx, s.conn)
	defer stop()
	var changed int64
	for i := range list.count {
		var bound []any
		if i == list.count-1 {
			bound = args
		}
		if changed, err = s.execOne(ctx, list, i, bound); err != nil {
			return 0, err
		}
	}
	return changed, nil
}

func (s *Session) execOne(ctx context.Context, list statements, i mapping.IdxT, args []any) (int64, error) {
	stmt, err := s.prepare(ctx, list, i)
	if err != nil {
		return 0, err
	}
	defer mapping.DestroyPrepare(&stmt)
	if err := bind(stmt, args); err != nil {
		return 0, err
	}
	res, err := s.execute(ctx, stmt, false)
	if mapping.PreparedStatementType(stmt) == mapping.StatementTypeTransaction {
		s.inTx = s.inTransaction()
	}
	if err != nil {
		return 0, err
	}
	defer mapping.DestroyResult(&res)
	return rowsChanged(&res), nil
}

// inTransaction asks DuckDB, whose C interface does not tell: outside of a
// transaction each statement has an id of its own.
func (s *Session) inTransaction() bool {
	var ids [2]int64
	for i := range ids {
		var res mapping.Result
		state := mapping.Query(s.conn, "SELECT txid_current()::BIGINT", &res)
		if state == mapping.StateSuccess {
			chunk := mapping.FetchChunk(res)
			ids[i] = *(*int64)(mapping.VectorGetData(mapping.DataChunkGetVector(chunk, 0)))
			mapping.DestroyDataChunk(&chunk)
		}
		mapping.DestroyResult(&res)
		if state == mapping.StateError {
			return true // an aborted one takes nothing but ROLLBACK
		}
	}
	return ids[0] == ids[1]
}

// rowsChanged also reads the count that CREATE TABLE AS gives as a result row.
func rowsChanged(res *mapping.Result) int64 {
	if mapping.ResultStatementType(*res) != mapping.StatementTypeCreate || mapping.ColumnCount(res) != 1 ||
		mapping.ColumnType(res, 0) != mapping.TypeBigInt {
		return int64(mapping.RowsChanged(res)) //nolint:gosec // a count of rows
	}
	chunk := mapping.FetchChunk(*res)
	defer mapping.DestroyDataChunk(&chunk)
	if chunk.Ptr == nil || mapping.DataChunkGetSize(chunk) == 0 {
		return 0
	}
	return *(*int64)(mapping.VectorGetData(mapping.DataChunkGetVector(chunk, 0)))
}

// Query runs the one statement in sql and streams its rows. The rows must be
// closed, or read to their end, before the session does anything else.
func (s *Session) Query(ctx context.Context, sql string, args ...any) (warehouse.Rows, error) {
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	list, err := s.extract(sql)
	if err != nil {
		return nil, err
	}
	defer list.destroy()
	if list.count != 1 {
		return nil, notOne(list.count)
	}
	stop := watch(ctx, s.conn)
	stmt, err := s.prepare(ctx, list, 0)
	if err != nil {
		stop()
		return nil, err
	}
	if err := bind(stmt, args); err != nil {
		stop()
		mapping.DestroyPrepare(&stmt)
		return nil, err
	}
	res, err := s.execute(ctx, stmt, true)
	if err != nil {
		stop()
		mapping.DestroyPrepare(&stmt)
		return nil, err
	}
	rows, err := newRows(ctx, s, stmt, res, stop)
	if err != nil {
		return nil, err
	}
	s.rows = rows
	return rows, nil
}

func notOne(n mapping.IdxT) error {
	return fault.New(fault.Invalid, "one statement is expected here, not %d", n).WithHint("remove the semicolon between them")
}

// Begin opens a transaction.
func (s *Session) Begin(ctx context.Context) error {
	_, err := s.Exec(ctx, "BEGIN TRANSACTION")
	return err
}

// Commit makes the transaction's changes lasting and visible.
func (s *Session) Commit(ctx context.Context) error {
	_, err := s.Exec(ctx, "COMMIT")
	return err
}

// Rollback undoes the transaction, also when ctx is cancelled already. It closes
// rows and drops an appender that are still open.
func (s *Session) Rollback(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	if s.rows != nil {
		if err := s.rows.Close(); err != nil {
			return err
		}
	}
	if a := s.appender; a != nil {
		a.destroy(true)
	}
	if !s.inTx {
		return nil
	}
	_, err := s.Exec(ctx, "ROLLBACK")
	return err
}

// Close ends the connection; an open transaction is rolled back. A second Close
// is no error.
func (s *Session) Close() error {
	var errs []error
	if s.rows != nil {
		errs = append(errs, s.rows.Close())
	}
	if s.appender != nil {
		s.appender.destroy(true)
	}
	if s.closed {
		return nil
	}
	s.closed = true
	mapping.Disconnect(&s.conn)
	return errors.Join(errs...)
}

func (s *Session) ready(ctx context.Context) error {
	switch {
	case s.closed:
		return fault.New(fault.Internal, "the warehouse session is closed")
	case s.rows != nil:
		return fault.New(fault.Internal, "the warehouse session still has open rows")
	case ctx.Err() != nil:
		return cancelled(ctx)
	}
	return nil
}

// statements is a parsed text.
type statements struct {
	text  string
	list  mapping.ExtractedStatements
	count mapping.IdxT
}

func (l *statements) destroy() { mapping.DestroyExtracted(&l.list) }

func (s *Session) extract(sql string) (statements, error) {
	l := statements{text: sql}
	l.count = mapping.ExtractStatements(s.conn, sql, &l.list)
	if l.count > 0 {
		return l, nil
	}
	message := mapping.ExtractStatementsError(l.list)
	l.destroy()
	if message == "" {
		return l, fault.New(fault.Invalid, "there is no statement to run")
	}
	return l, statementFault(message)
}

func (s *Session) prepare(ctx context.Context, l statements, i mapping.IdxT) (mapping.PreparedStatement, error) {
	var stmt mapping.PreparedStatement
	if mapping.PrepareExtractedStatement(s.conn, l.list, i, &stmt) == mapping.StateSuccess {
		return stmt, nil
	}
	err := runFault(ctx, mapping.PrepareError(stmt))
	mapping.DestroyPrepare(&stmt)
	if _, placed := ErrorLine(err); placed || l.count == 1 || !fault.Is(err, fault.Database) {
		return stmt, err
	}
	// DuckDB drops the place of an error in any but the first statement of a text.
	// The statement by itself, moved to where it stood, has it.
	if parts := split(l.text); mapping.IdxT(len(parts)) > i {
		if mapping.Prepare(s.conn, parts[i], &stmt) == mapping.StateError {
			err = statementFault(mapping.PrepareError(stmt))
		}
		mapping.DestroyPrepare(&stmt)
	}
	return stmt, err
}

// text gives the one value of a one-row result.
func (s *Session) text(ctx context.Context, sql string) (string, error) {
	rows, err := s.Query(ctx, sql)
	if err != nil {
		return "", err
	}
	var out string
	if rows.Next() {
		out, _ = rows.Values()[0].(string)
	}
	if err := rows.Err(); err != nil {
		return "", errors.Join(err, rows.Close())
	}
	return out, rows.Close()
}
