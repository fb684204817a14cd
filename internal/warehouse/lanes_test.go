package warehouse_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func lanes(t *testing.T, o warehouse.LaneOptions) *warehouse.Lanes {
	t.Helper()
	e, err := duckdb.Open(t.Context(), duckdb.Config{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return warehouse.NewLanes(e, o)
}

//nolint:thelper // the function it gives is the helper
func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestOneJobWrites(t *testing.T) {
	t.Parallel()
	l := lanes(t, warehouse.LaneOptions{})
	setup := must[*warehouse.WriteLane](t)(l.Write(t.Context()))
	s := must[warehouse.Session](t)(setup.Session(t.Context()))
	must[int64](t)(s.Exec(t.Context(), "CREATE TABLE t (n BIGINT); INSERT INTO t VALUES (0)"))
	if err := errors.Join(s.Close(), setup.Release()); err != nil {
		t.Fatal(err)
	}

	// Read, add one, write: without the lane these would lose updates or conflict.
	var jobs sync.WaitGroup
	for range 8 {
		jobs.Go(func() {
			for range 5 {
				w, err := l.Write(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				s, err := w.Session(t.Context())
				if err == nil {
					_, err = s.Exec(t.Context(), "UPDATE t SET n = n + 1")
				}
				if err := errors.Join(err, w.Release()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	jobs.Wait()
	r := must[warehouse.Session](t)(l.Read(t.Context()))
	defer func() { _ = r.Close() }()
	rows := must[warehouse.Rows](t)(r.Query(t.Context(), "SELECT n FROM t"))
	if !rows.Next() || rows.Values()[0] != int64(40) {
		t.Errorf("40 updates give another sum: %v", rows.Err())
	}
	_ = rows.Close()
}

func TestAJobHasSeveralSessions(t *testing.T) {
	t.Parallel()
	l := lanes(t, warehouse.LaneOptions{})
	w := must[*warehouse.WriteLane](t)(l.Write(t.Context()))
	a := must[warehouse.Session](t)(w.Session(t.Context()))
	b := must[warehouse.Session](t)(w.Session(t.Context()))
	must[int64](t)(a.Exec(t.Context(), "CREATE TABLE x AS SELECT 1"))
	must[int64](t)(b.Exec(t.Context(), "CREATE TABLE y AS SELECT * FROM x"))
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Release(), w.Release()); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Exec(t.Context(), "CREATE TABLE z AS SELECT 1"); err == nil {
		t.Error("a session writes after its lane was given back")
	}
	if _, err := w.Session(t.Context()); err == nil {
		t.Error("a lane that was given back opens sessions")
	}
}

// still gives sessions without a database, so that waiting can be tried in fake time.
type still struct{ warehouse.Engine }

func (still) Session(context.Context) (warehouse.Session, error) { return stillSession{}, nil }

type stillSession struct{ warehouse.Session }

func (stillSession) Close() error { return nil }

func (stillSession) Exec(ctx context.Context, _ string, _ ...any) (int64, error) {
	<-ctx.Done()
	return 0, context.Cause(ctx)
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := warehouse.NewLanes(still{}, warehouse.LaneOptions{Readers: 1})
		w := must[*warehouse.WriteLane](t)(l.Write(t.Context()))
		r := must[warehouse.Session](t)(l.Read(t.Context()))
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		start := time.Now()
		_, writeErr := l.Write(ctx)
		_, readErr := l.Read(ctx)
		for _, err := range []error{writeErr, readErr} {
			if !fault.Is(err, fault.Cancelled) || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v, want code cancelled", err)
			}
		}
		if waited := time.Since(start); waited != time.Minute {
			t.Errorf("waited %s", waited)
		}
		if err := errors.Join(w.Release(), r.Close(), r.Close()); err != nil {
			t.Fatal(err)
		}
		// A second Close must not give back a lane that is not its own.
		must[warehouse.Session](t)(l.Read(t.Context()))
		short, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		if _, err := l.Read(short); err == nil {
			t.Error("two readers have the one lane")
		}
	})
}

func TestReadersAreBoundedInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := warehouse.NewLanes(still{}, warehouse.LaneOptions{ReadTimeout: 30 * time.Second})
		r := must[warehouse.Session](t)(l.Read(t.Context()))
		_, err := r.Exec(t.Context(), "SELECT forever")
		if !fault.Is(err, fault.Cancelled) || err.Error() != "the query ran longer than 30s; ask for less, or raise the limit" {
			t.Errorf("got %v", err)
		}
		_ = r.Close()
	})
}

func TestReadTimeoutReachesTheEngine(t *testing.T) {
	t.Parallel()
	l := lanes(t, warehouse.LaneOptions{ReadTimeout: 50 * time.Millisecond})
	r := must[warehouse.Session](t)(l.Read(t.Context()))
	defer func() { _ = r.Close() }()
	rows, err := r.Query(t.Context(), "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a.range + b.range) = 0")
	if err == nil {
		rows.Next()
		err = errors.Join(rows.Err(), rows.Close())
	}
	if !fault.Is(err, fault.Cancelled) {
		t.Errorf("got %v, want code cancelled", err)
	}
}
