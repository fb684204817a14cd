// Package duckdb is the embedded engine. It speaks DuckDB's C interface without
// database/sql, which would hide three things that Kith needs: results that
// stream, a say in how a statement waits for other threads, and writing by column.
//
// A session is one DuckDB connection:
//
//	idle --Exec--> idle
//	idle --Query--> rows open --last row, error or Rows.Close--> idle
//	idle --Append--> appender open --Close or Abort--> idle
//
// While rows are open the connection is busy with them, so any other statement of
// the same session is refused rather than silently ending the result.
package duckdb
