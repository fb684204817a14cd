package control

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

// Actions of the audit. Their names are kept for good: entries hold them.
const (
	// Reveal is the action of having a customer's personal data in clear.
	Reveal = "reveal"
	// RevealRefused is the action of asking for it without the right. Nothing was shown.
	RevealRefused = "reveal_refused"
)

// AuditEntry says that somebody had personal data in clear, or was refused it.
type AuditEntry struct {
	// ID counts the entries, from 1. It is set when the entry is kept.
	ID     int64
	At     time.Time
	Person string
	// Action is Reveal or RevealRefused.
	Action string
	// Customer is the id of the customer whose data it was.
	Customer string
	// Columns are what was shown, as model.column; none of a refusal.
	Columns []string
	// RequestID finds the request in the log.
	RequestID string
}

// AddAudit keeps an entry, with the time of now. When it returns without an error the
// entry is on disk: what it records may be done.
func (s *Store) AddAudit(ctx context.Context, e AuditEntry) (_ AuditEntry, err error) {
	e.At = moment(millis(s.now()))
	columns, err := json.Marshal(e.Columns)
	if err != nil {
		return e, fault.Wrap(err, fault.Internal, "the columns cannot be written")
	}
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return e, failed(err)
	}
	defer func() { err = errors.Join(err, failed(conn.Close())) }()
	// Other writes may be lost with the machine's power; this one may not. The store has
	// one connection, so that nobody else meets the setting.
	if _, err := conn.ExecContext(ctx, "pragma synchronous = full"); err != nil {
		return e, failed(err)
	}
	defer func() {
		_, reset := conn.ExecContext(context.WithoutCancel(ctx), "pragma synchronous = normal")
		err = errors.Join(err, failed(reset))
	}()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return e, failed(err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(failed(err), ended(tx.Rollback()))
		}
	}()
	var before []byte
	err = tx.QueryRowContext(ctx, "select id, hash from audit order by id desc limit 1").Scan(&e.ID, &before)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return e, err
	}
	e.ID++
	if _, err = tx.ExecContext(ctx, "insert into audit (id, at, person, action, customer, columns, request_id, hash) values (?, ?, ?, ?, ?, ?, ?, ?)",
		e.ID, millis(e.At), e.Person, e.Action, e.Customer, string(columns), e.RequestID, e.hash(before)); err != nil {
		return e, err
	}
	return e, tx.Commit()
}

// ended takes a transaction that is over for one that was rolled back.
func ended(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// hash is that of an entry behind another.
func (e AuditEntry) hash(before []byte) []byte {
	sum := sha256.New()
	sum.Write(before)
	for _, part := range slices.Concat([]string{
		strconv.FormatInt(e.ID, 10), strconv.FormatInt(millis(e.At), 10), e.Person, e.Action, e.Customer, e.RequestID,
	}, e.Columns) {
		fmt.Fprintf(sum, "%d:%s", len(part), part)
	}
	return sum.Sum(nil)
}

// Audit gives entries, the newest first, that were kept before another one; before is
// an entry's id, 0 for the newest.
func (s *Store) Audit(ctx context.Context, before int64, limit int) ([]AuditEntry, error) {
	entries, _, err := s.audit(ctx, "where ? = 0 or id < ? order by id desc limit ?", before, before, limit)
	return entries, err
}

// CheckAudit gives how many entries there are, and a fault of code Invalid when one
// was changed or taken out. Entries cut off at the end leave no trace here.
func (s *Store) CheckAudit(ctx context.Context) (int, error) {
	entries, hashes, err := s.audit(ctx, "order by id")
	var before []byte
	for i, e := range entries {
		if e.ID != int64(i)+1 || !slices.Equal(hashes[i], e.hash(before)) {
			return len(entries), fault.New(fault.Invalid, "the audit was changed: entry %d does not follow the one before", e.ID).
				WithHint("compare it with a back-up")
		}
		before = hashes[i]
	}
	return len(entries), err
}

func (s *Store) audit(ctx context.Context, where string, args ...any) (out []AuditEntry, hashes [][]byte, err error) {
	//nolint:gosec // where is one of this file's own texts
	rows, err := s.db.QueryContext(ctx, "select id, at, person, action, customer, columns, request_id, hash from audit "+where, args...)
	if err != nil {
		return nil, nil, failed(err)
	}
	defer func() { err = errors.Join(err, failed(rows.Close())) }()
	for rows.Next() {
		var e AuditEntry
		var at int64
		var columns string
		var hash []byte
		if err := rows.Scan(&e.ID, &at, &e.Person, &e.Action, &e.Customer, &columns, &e.RequestID, &hash); err != nil {
			return nil, nil, failed(err)
		}
		if err := json.Unmarshal([]byte(columns), &e.Columns); err != nil {
			return nil, nil, fault.Wrap(err, fault.Invalid, "the audit's entry %d cannot be read", e.ID)
		}
		e.At = moment(at)
		out, hashes = append(out, e), append(hashes, hash)
	}
	return out, hashes, failed(rows.Err())
}
