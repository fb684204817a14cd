// Package control keeps the server's own state: links to sign in, sessions, runs
// and what became of their nodes, and who had or was refused personal data in clear. It is a SQLite
// file beside the warehouse, which holds no figure about customers. It can be deleted:
// what is lost is the history of runs and the audit, and everybody signs in anew.
package control

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"time"

	_ "modernc.org/sqlite" // the database/sql driver

	"github.com/kith-analytics/kith/internal/fault"
)

// Store is the open file. It is safe for concurrent use.
type Store struct {
	db  *sql.DB
	now func() time.Time
}

// Open opens the file, makes it when it is not there, and brings it up to date. Only
// its owner may read it. One process at a time has it: the one that has the warehouse.
func Open(ctx context.Context, path string, now func() time.Time) (*Store, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fault.Wrap(err, fault.Disk, "the server's state cannot be written").WithHint("check the rights of the warehouse's folder")
	}
	if err := file.Close(); err != nil {
		return nil, fault.Wrap(err, fault.Disk, "the server's state cannot be written")
	}
	query := url.Values{"_pragma": {"journal_mode(WAL)", "synchronous(NORMAL)", "foreign_keys(ON)", "busy_timeout(5000)"}}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: url.PathEscape(path), RawQuery: query.Encode()}).String())
	if err != nil {
		return nil, broken(err, path)
	}
	// One connection: what is written is seen by the next read, and nothing waits for a lock.
	db.SetMaxOpenConns(1)
	s := &Store{db: db, now: now}
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(broken(err, path), db.Close())
	}
	return s, nil
}

func broken(err error, path string) error {
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	return fault.Wrap(err, fault.Disk, "the server's state in %s cannot be used", path).
		WithHint("move the file away: a new one is made, without the history of runs")
}

// Close closes the file.
func (s *Store) Close() error {
	if err := s.db.Close(); err != nil {
		return fault.Wrap(err, fault.Disk, "the server's state cannot be closed")
	}
	return nil
}

// failed says that the store does not do what it must.
func failed(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return &fault.Error{Code: fault.Cancelled, Message: "stopped", Err: err}
	}
	return fault.Wrap(err, fault.Disk, "the server's state cannot be read or written").WithHint("check the disk")
}

// exec runs a statement that changes.
func (s *Store) exec(ctx context.Context, query string, args ...any) error {
	_, err := s.db.ExecContext(ctx, query, args...)
	return failed(err)
}

func millis(t time.Time) int64 { return t.UnixMilli() }

func moment(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// optional gives the time of a column that may be empty.
func optional(ms sql.NullInt64) *time.Time {
	if !ms.Valid {
		return nil
	}
	return new(moment(ms.Int64))
}
