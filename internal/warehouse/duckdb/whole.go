package duckdb

import (
	"context"
	"time"

	mapping "github.com/duckdb/duckdb-go-bindings"

	"github.com/kith-analytics/kith/internal/warehouse"
)

var _ warehouse.HoldingSession = (*Session)(nil)

// QueryWhole runs the one statement in sql to its end and gives its rows, which
// cannot fail any more. A statement that ctx stops leaves the session's transaction
// as it was, which an interrupted Query does not: DuckDB aborts the transaction of a
// statement that ends with an error, and a statement that is put away before its end
// has none.
func (s *Session) QueryWhole(ctx context.Context, sql string, args ...any) (warehouse.Rows, error) {
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
	stmt, err := s.prepare(ctx, list, 0)
	if err != nil {
		return nil, err
	}
	if err := bind(stmt, args); err != nil {
		mapping.DestroyPrepare(&stmt)
		return nil, err
	}
	res, err := s.finish(ctx, stmt)
	if err != nil {
		mapping.DestroyPrepare(&stmt)
		return nil, err
	}
	rows, err := newRows(context.WithoutCancel(ctx), s, stmt, res, func() {})
	if err != nil {
		return nil, err
	}
	s.rows = rows
	return rows, nil
}

// finish runs a statement task by task, looking at ctx between them.
func (s *Session) finish(ctx context.Context, stmt mapping.PreparedStatement) (mapping.Result, error) {
	var res mapping.Result
	var pending mapping.PendingResult
	state := mapping.PendingPrepared(stmt, &pending)
	defer mapping.DestroyPending(&pending)
	if state == mapping.StateError {
		return res, statementFault(mapping.PendingError(pending))
	}
	s.engine.wholeQueries.Add(1)
	defer s.engine.wholeQueries.Add(-1)
	ok, err := await(pending, func(time.Duration) error { return ctx.Err() })
	switch {
	case err != nil:
		// The flag stops the tasks that other threads are at; nobody asks for their error.
		mapping.Interrupt(s.conn)
		return res, cancelled(ctx)
	case !ok:
		return res, statementFault(mapping.PendingError(pending))
	}
	if mapping.ExecutePending(pending, &res) == mapping.StateError {
		err := statementFault(mapping.ResultError(&res))
		mapping.DestroyResult(&res)
		return res, err
	}
	return res, nil
}

// Hold begins a transaction that only reads, and makes it see the data as they are now.
func (s *Session) Hold(ctx context.Context) error {
	if _, err := s.Exec(ctx, "BEGIN TRANSACTION READ ONLY"); err != nil {
		return err
	}
	s.inTx = true
	// DuckDB takes the state at the first statement, not at BEGIN.
	rows, err := s.Query(ctx, "SELECT txid_current()")
	if err != nil {
		return err
	}
	for rows.Next() {
		continue // to its end
	}
	return rows.Err()
}

// Holds says whether the transaction of Hold still takes statements: most errors of
// a statement abort it.
func (s *Session) Holds() bool {
	if s.closed || !s.inTx {
		return false
	}
	var res mapping.Result
	defer mapping.DestroyResult(&res)
	return mapping.Query(s.conn, "SELECT 1", &res) == mapping.StateSuccess
}
