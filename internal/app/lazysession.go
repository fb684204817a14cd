package app

import (
	"context"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// lazySession opens its session when something is first asked of it, so that
// compiling what asks nothing leaves the warehouse alone.
type lazySession struct {
	open  func(ctx context.Context) (warehouse.Session, error)
	inner warehouse.Session
}

func (s *lazySession) session(ctx context.Context) (warehouse.Session, error) {
	if s.inner == nil {
		inner, err := s.open(ctx)
		if err != nil {
			return nil, err
		}
		s.inner = inner
	}
	return s.inner, nil
}

// Exec runs statements.
func (s *lazySession) Exec(ctx context.Context, sql string, args ...any) (int64, error) {
	inner, err := s.session(ctx)
	if err != nil {
		return 0, err
	}
	return inner.Exec(ctx, sql, args...)
}

// Query runs one statement.
func (s *lazySession) Query(ctx context.Context, sql string, args ...any) (warehouse.Rows, error) {
	inner, err := s.session(ctx)
	if err != nil {
		return nil, err
	}
	return inner.Query(ctx, sql, args...)
}

// Begin opens a transaction.
func (s *lazySession) Begin(ctx context.Context) error {
	inner, err := s.session(ctx)
	if err != nil {
		return err
	}
	return inner.Begin(ctx)
}

// Commit ends a transaction; there is none before the first question.
func (s *lazySession) Commit(ctx context.Context) error {
	if s.inner == nil {
		return nil
	}
	return s.inner.Commit(ctx)
}

// Rollback ends a transaction; there is none before the first question.
func (s *lazySession) Rollback(ctx context.Context) error {
	if s.inner == nil {
		return nil
	}
	return s.inner.Rollback(ctx)
}

// Append refuses: compiling does not write.
func (s *lazySession) Append(context.Context, string, string) (warehouse.Appender, error) {
	return nil, fault.New(fault.Internal, "compiling does not write")
}

// Close closes the session when one was opened.
func (s *lazySession) Close() error {
	if s.inner == nil {
		return nil
	}
	inner := s.inner
	s.inner = nil
	return inner.Close()
}

// readers opens lazy sessions for compiling.
type readers struct {
	app *App
	l   *loaded
}

// Session gives a session that opens the warehouse when it is first asked, or
// refuses to where introspection is switched off.
func (r readers) Session(context.Context) (warehouse.Session, error) {
	return &lazySession{open: func(ctx context.Context) (warehouse.Session, error) {
		if on := r.app.cfg.Flags.Introspect; on != nil && !*on {
			return nil, fault.New(fault.Compile, "the template asks the warehouse, which --no-introspect forbids").
				WithHint("compile without --no-introspect")
		}
		lanes, err := r.app.openToCompile(ctx, r.l.target)
		if err != nil {
			return nil, err
		}
		return lanes.Read(ctx)
	}}, nil
}
