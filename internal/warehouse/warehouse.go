// Package warehouse is the one door to the analytical database. It names what
// the rest of Kith may ask of an engine (Engine, Session, Rows, Appender) and
// keeps the lanes: one job writes at a time, several readers run beside it.
//
// Engines live in packages below this one (duckdb). Nothing outside them knows
// which engine runs, apart from the SQL dialect that dbt's macros choose by
// Engine.Dialect.
package warehouse

import "context"

// Engine is one open analytical database. It is safe for concurrent use.
type Engine interface {
	// Dialect is dbt's adapter type, such as "duckdb".
	Dialect() string
	// Database is the catalog that unqualified names resolve to; for DuckDB the
	// stem of the file, "memory" for none.
	Database() string
	// Session opens a connection of its own. The caller closes it.
	Session(ctx context.Context) (Session, error)
	// Close waits for nothing: sessions must be closed before.
	Close() error
}

// Session is one connection: its temporary objects, settings and transaction
// are its own. It is not safe for concurrent use.
type Session interface {
	// Exec runs one or more statements and gives the rows that the last one
	// changed. A cancelled context stops it and gives a fault of code Cancelled.
	Exec(ctx context.Context, sql string, args ...any) (int64, error)
	// Query runs exactly one statement and gives its rows, streamed. More than one
	// statement in sql is refused with code Invalid.
	Query(ctx context.Context, sql string, args ...any) (Rows, error)
	// Begin, Commit and Rollback frame a transaction. Rollback without one is no error.
	Begin(ctx context.Context) error
	Commit(ctx context.Context) error
	Rollback(ctx context.Context) error
	// Append opens a bulk writer into an existing table, which joins the
	// session's transaction when there is one.
	Append(ctx context.Context, schema, table string) (Appender, error)
	Close() error
}

// HoldingSession is a Session that can stay at one state of the data while others write.
type HoldingSession interface {
	Session
	// Hold begins a transaction that only reads, at the state of now.
	Hold(ctx context.Context) error
	// QueryWhole is Query, run to its end at once: stopping it leaves the transaction
	// as it was.
	QueryWhole(ctx context.Context, sql string, args ...any) (Rows, error)
	// Holds says whether the session is still at that state; errors of statements may
	// have cost it.
	Holds() bool
}

// Column is a result or table column.
type Column struct {
	Name string
	// Type is the engine's own name of the type, such as DECIMAL(12,2).
	Type string
}

// Rows streams a result. Values are nil, bool, int64, *big.Int (beyond 64 bits),
// float64, Decimal, string, []byte, time.Time (UTC; dates at midnight), Interval,
// []any (lists) or map[string]any (structs; maps with string keys). UUIDs are strings.
type Rows interface {
	Columns() []Column
	Next() bool
	// Values gives the current row. The slice is the caller's to keep.
	Values() []any
	Err() error
	Close() error
}

// Appender writes rows in bulk. Values are of the kinds that Rows gives, in the
// order of the table's columns. Nothing is visible to others before Close (or
// the session's commit); Abort drops what was not flushed.
type Appender interface {
	Append(values ...any) error
	Close() error
	Abort() error
}

// Interval is a span in the engine's three units, which do not convert into each other.
type Interval struct {
	Months, Days int32
	Micros       int64
}
