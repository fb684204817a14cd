package control

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

// How long links and sessions are good for.
const (
	LinkLife    = 30 * time.Minute
	SessionLife = 30 * 24 * time.Hour
)

// Session is somebody who signed in.
type Session struct {
	Person  string
	Created time.Time
	Expires time.Time
}

// NewLink makes a link's secret, which signs a person in once within LinkLife.
func (s *Store) NewLink(ctx context.Context, person string) (secret string, err error) {
	secret, hash := newSecret()
	now := s.now()
	err = s.exec(ctx, "insert into links (hash, person, created_at, expires_at) values (?, ?, ?, ?)",
		hash, person, millis(now), millis(now.Add(LinkLife)))
	return secret, err
}

// UseLink takes a link's secret for a session's. A link that was used, has expired
// or never was gives a fault of code Denied, the same for all three.
func (s *Store) UseLink(ctx context.Context, link string) (secret string, session Session, err error) {
	now := s.now()
	var person string
	// One statement: of two who come at once, one gets in.
	err = s.db.QueryRowContext(ctx, "update links set used_at = ? where hash = ? and used_at is null and expires_at > ? returning person",
		millis(now), hashOf(link), millis(now)).Scan(&person)
	if errors.Is(err, sql.ErrNoRows) {
		return "", session, fault.New(fault.Denied, "this link was used already or has expired").WithHint("`kith link` prints a new one")
	}
	if err != nil {
		return "", session, failed(err)
	}
	secret, hash := newSecret()
	session = Session{Person: person, Created: now.UTC(), Expires: now.Add(SessionLife).UTC()}
	err = s.exec(ctx, "insert into sessions (hash, person, created_at, expires_at) values (?, ?, ?, ?)",
		hash, person, millis(now), millis(session.Expires))
	return secret, session, err
}

// Session gives the session of a secret; false when there is none any more.
func (s *Store) Session(ctx context.Context, secret string) (Session, bool, error) {
	var person string
	var created, expires int64
	err := s.db.QueryRowContext(ctx, "select person, created_at, expires_at from sessions where hash = ? and expires_at > ?",
		hashOf(secret), millis(s.now())).Scan(&person, &created, &expires)
	if errors.Is(err, sql.ErrNoRows) {
		return Session{}, false, nil
	}
	if err != nil {
		return Session{}, false, failed(err)
	}
	return Session{Person: person, Created: moment(created), Expires: moment(expires)}, true, nil
}

// EndSession signs out.
func (s *Store) EndSession(ctx context.Context, secret string) error {
	err := s.exec(ctx, "delete from sessions where hash = ?", hashOf(secret))
	return err
}

// HasSessions says whether anybody is signed in.
func (s *Store) HasSessions(ctx context.Context) (bool, error) {
	var n int
	err := s.db.QueryRowContext(ctx, "select count(*) from sessions where expires_at > ?", millis(s.now())).Scan(&n)
	return n > 0, failed(err)
}

// Sweep deletes the links and sessions that have expired.
func (s *Store) Sweep(ctx context.Context) error {
	now := millis(s.now())
	links := s.exec(ctx, "delete from links where expires_at <= ?", now)
	sessions := s.exec(ctx, "delete from sessions where expires_at <= ?", now)
	return errors.Join(links, sessions)
}
