package duckdb

import (
	"context"
	"errors"
	"testing"
	"time"

	mapping "github.com/duckdb/duckdb-go-bindings"

	"github.com/kith-analytics/kith/internal/fault"
)

// inMemory opens an engine and a session of it, which end with the test.
func inMemory(t *testing.T) (*Engine, *Session) {
	t.Helper()
	e, err := Open(t.Context(), Config{Path: Memory})
	if err != nil {
		t.Fatal(err)
	}
	opened, err := e.Session(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(opened.Close(), e.Close()); err != nil {
			t.Error(err)
		}
	})
	s, _ := opened.(*Session)
	return e, s
}

// However a whole query ends, nobody gives way to it afterwards.
func TestWholeQueriesAreCounted(t *testing.T) {
	t.Parallel()
	e, s := inMemory(t)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for name, run := range map[string]func() error{
		"to its end": func() error {
			rows, err := s.QueryWhole(t.Context(), "SELECT sum(range) FROM range(1000)")
			if err != nil {
				return err
			}
			return rows.Close()
		},
		"an error of its own": func() error {
			_, err := s.QueryWhole(t.Context(), "SELECT error('no')")
			if err == nil {
				t.Error("no error")
			}
			return nil
		},
		"cancelled": func() error {
			_, err := s.QueryWhole(cancelled, "SELECT 1")
			if err == nil {
				t.Error("no error")
			}
			return nil
		},
	} {
		if err := run(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if n := e.wholeQueries.Load(); n != 0 {
			t.Errorf("%s: %d whole queries are counted", name, n)
		}
	}
}

func TestStatementsGiveWayToWholeQueries(t *testing.T) {
	t.Parallel()
	e := &Engine{}
	e.wholeQueries.Add(1)
	began := time.Now()
	if err := e.giveWay(5 * time.Millisecond); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took < 5*time.Millisecond {
		t.Errorf("gave way for %v", took)
	}
}

// A statement that is cancelled as it begins is not worked on by the next one.
func TestCancelAtTheBeginning(t *testing.T) {
	t.Parallel()
	_, s := inMemory(t)
	list, err := s.extract("SELECT count(*) FROM range(100000) AS a, range(100000) AS b WHERE a.range + b.range = -1")
	if err != nil {
		t.Fatal(err)
	}
	defer list.destroy()
	stmt, err := s.prepare(t.Context(), list, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer mapping.DestroyPrepare(&stmt)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.execute(cancelled, stmt, false); !fault.Is(err, fault.Cancelled) {
		t.Errorf("%v", err)
	}
	began := time.Now()
	if _, err := s.Exec(t.Context(), "SELECT 1"); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("the next statement took %v", took)
	}
}
