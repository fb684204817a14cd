package warehouse_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// shelf is a warehouse file with a number in two tables, and its published state.
type shelf struct {
	t         *testing.T
	path      string
	lanes     *warehouse.Lanes
	published *warehouse.Published
}

func newShelf(t *testing.T, o warehouse.PublishOptions) *shelf {
	t.Helper()
	s := &shelf{t: t, path: filepath.Join(t.TempDir(), "w.duckdb")}
	e, err := duckdb.Open(t.Context(), duckdb.Config{Path: s.path, Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	s.lanes = warehouse.NewLanes(e, warehouse.LaneOptions{})
	s.published = warehouse.NewPublished(s.lanes, o)
	s.write("create table a as select 1 as n; create table b as select 1 as n", "1")
	t.Cleanup(func() {
		if err := errors.Join(s.published.Close(), e.Close()); err != nil {
			t.Error(err)
		}
	})
	return s
}

// write runs a job and publishes it, unless the version is "".
func (s *shelf) write(sql, version string) {
	s.t.Helper()
	w := must[*warehouse.WriteLane](s.t)(s.lanes.Write(s.t.Context()))
	session := must[warehouse.Session](s.t)(w.Session(s.t.Context()))
	must[int64](s.t)(session.Exec(s.t.Context(), sql))
	if err := session.Close(); err != nil {
		s.t.Fatal(err)
	}
	if version != "" {
		must[bool](s.t)(s.published.Publish(s.t.Context(), version))
	}
	if err := w.Release(); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shelf) read(sql string) (value any, version string, err error) {
	s.t.Helper()
	r, err := s.published.Read(s.t.Context())
	if err != nil {
		return nil, "", err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	rows, err := r.Query(s.t.Context(), sql)
	if err != nil {
		return nil, r.Version(), err
	}
	if rows.Next() {
		value = rows.Values()[0]
	}
	return value, r.Version(), errors.Join(rows.Err(), rows.Close())
}

func (s *shelf) shows(sql string, want any, version string) {
	s.t.Helper()
	got, is, err := s.read(sql)
	if err != nil || got != want || is != version {
		s.t.Errorf("%s gives %v of version %q (%v), want %v of %q", sql, got, is, err, want, version)
	}
}

func TestAPublishedStateStaysUntilTheNext(t *testing.T) {
	t.Parallel()
	s := newShelf(t, warehouse.PublishOptions{Readers: 2, Drain: time.Second})
	s.write("create or replace table a as select 2 as n; drop table b; create table c as select 1", "")
	s.shows("select a.n + b.n from a, b", int64(2), "1")
	if _, _, err := s.read("select * from c"); err == nil {
		t.Error("a table is read that was not published")
	}
	s.write("create table b as select 2 as n", "2")
	s.shows("select a.n + b.n from a, b", int64(4), "2")
}

func TestAReadingKeepsItsStateOverAPublication(t *testing.T) {
	t.Parallel()
	s := newShelf(t, warehouse.PublishOptions{Readers: 2})
	r := must[*warehouse.Reading](t)(s.published.Read(t.Context()))
	s.write("update a set n = 7", "2")
	rows := must[warehouse.Rows](t)(r.Query(t.Context(), "select n from a"))
	if !rows.Next() || rows.Values()[0] != int64(1) || r.Version() != "1" {
		t.Errorf("the reading sees another state")
	}
	if err := errors.Join(rows.Close(), r.Close(), r.Close()); err != nil {
		t.Fatal(err)
	}
	s.shows("select n from a", int64(7), "2")
}

func TestNobodyWritesThroughAReading(t *testing.T) {
	t.Parallel()
	s := newShelf(t, warehouse.PublishOptions{Readers: 1, Spare: 1})
	for _, sql := range []string{"create table x as select 1", "with q as (select 1) delete from a", "insert into a values (3)"} {
		if _, _, err := s.read(sql); err == nil {
			t.Errorf("%s was taken", sql)
		}
	}
	s.shows("select count(*) from a", int64(1), "1")
}

func TestAStoppedQueryKeepsTheState(t *testing.T) {
	t.Parallel()
	s := newShelf(t, warehouse.PublishOptions{Readers: 1, ReadTimeout: time.Second})
	s.write("update a set n = 9", "")
	for range 3 {
		_, _, err := s.read("select sum(x.range * y.range) from range(1000000) x, range(1000000) y")
		if !fault.Is(err, fault.Cancelled) || !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("got %v, want code cancelled", err)
		}
		s.shows("select n from a", int64(1), "1")
	}
}

func TestErrorsOfQueriesAreMadeUpFor(t *testing.T) {
	t.Parallel()
	s := newShelf(t, warehouse.PublishOptions{Readers: 1, Spare: 1})
	bad := func() {
		if _, _, err := s.read("select cast(n || 'x' as integer) from a"); err == nil || fault.Is(err, fault.Unavailable) {
			t.Errorf("got %v", err)
		}
	}
	for range 5 {
		bad() // nobody writes: the state can be held again
	}
	s.shows("select n from a", int64(1), "1")
	bad()
	s.write("update a set n = 9", "")
	s.shows("select n from a", int64(1), "1")
	bad()
	bad() // the last that holds the state
	if _, _, err := s.read("select n from a"); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a state that is lost is read: %v", err)
	}
	s.write("select 1", "2")
	s.shows("select n from a", int64(9), "2")
}

func TestReadersSeeNoMixture(t *testing.T) {
	t.Parallel()
	s := newShelf(t, warehouse.PublishOptions{Readers: 4, Drain: time.Second})
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for range 16 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if got, version, err := s.read("select a.n - b.n from a, b"); err != nil || got != int64(0) {
					t.Errorf("version %s: %v %v", version, got, err)
					return
				}
			}
		})
	}
	for i := range 20 {
		s.write("create or replace table a as select "+string(rune('0'+i%10))+" as n", "")
		s.write("create or replace table b as select * from a", "next")
	}
	close(stop)
	readers.Wait()
}

func TestPublishingEmptiesTheLog(t *testing.T) {
	t.Parallel()
	s := newShelf(t, warehouse.PublishOptions{Readers: 2, Drain: 10 * time.Second})
	s.write("create table big as select range as n from range(100000)", "2")
	w := must[*warehouse.WriteLane](t)(s.lanes.Write(t.Context()))
	defer func() { _ = w.Release() }()
	if done, err := s.published.Publish(t.Context(), "3"); !done || err != nil {
		t.Errorf("no checkpoint: %v %v", done, err)
	}
}

func TestWaitingForAPlaceEndsWithTheContext(t *testing.T) {
	t.Parallel()
	s := newShelf(t, warehouse.PublishOptions{Readers: 1})
	r := must[*warehouse.Reading](t)(s.published.Read(t.Context()))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.published.Read(ctx); !fault.Is(err, fault.Cancelled) {
		t.Errorf("got %v", err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
}
