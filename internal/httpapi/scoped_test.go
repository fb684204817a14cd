package httpapi_test

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/app"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/host"
	"github.com/kith-analytics/kith/internal/httpapi"
	"github.com/kith-analytics/kith/internal/metric"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// noJobs starts nothing.
type noJobs struct{}

func (noJobs) Start(context.Context, string, string) (string, error) { return "run-1", nil }
func (noJobs) Cancel(string) error                                   { return nil }

// office is the shop's warehouse, served to people with other rights than its owner.
type office struct {
	host    *host.Host
	project *httpapi.Project
	server  *httptest.Server
	state   string // the file of links and of the audit
	scope   atomic.Pointer[access.Scope]
}

// openOffice serves a copy of the shop's warehouse, changed by statements before.
func openOffice(t *testing.T, statements ...string) *office {
	t.Helper()
	s := served(t)
	data, err := os.ReadFile(s.copied)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "kith.duckdb") // the name is in views
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	o := &office{state: path + ".state"}
	o.host, err = host.Open(t.Context(), host.Config{
		Warehouse: duckdb.Config{Path: path}, ControlPath: o.state, Readers: 2, QueryTimeout: time.Minute, Now: time.Now,
		Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := o.host.Close(); err != nil {
			t.Error(err)
		}
	})
	lane, err := o.host.Lanes().Write(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	session, err := lane.Session(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range statements {
		if _, err := session.Exec(t.Context(), statement); err != nil {
			t.Errorf("%s: %v", statement, err)
		}
	}
	if err := errors.Join(session.Close(), lane.Release()); err != nil {
		t.Fatal(err)
	}
	id := 0
	newID := func() string { id++; return "0000000" + strconv.Itoa(id) }
	o.project = app.New(app.Config{
		WorkDir: s.dir, Env: func(string) (string, bool) { return "", false }, Now: time.Now, NewID: newID, Events: event.Discard{},
	}).View(t.Context())
	if o.project.Problem != nil {
		t.Fatal(o.project.Problem)
	}
	o.may(access.All())
	var requests atomic.Int64
	o.server = httptest.NewServer(httpapi.New(httpapi.Config{
		Version: "test", Data: o.host, Control: o.host.Control(), Jobs: noJobs{}, Project: func() *httpapi.Project { return o.project },
		Runner: func(ctx context.Context, db metric.Reader, p *httpapi.Project) (*metric.Runner, error) {
			snapshot, err := metric.ReadSnapshot(ctx, db, p.Catalog, p.Currency)
			return metric.NewRunner(p.Catalog, metric.DuckDB{}, snapshot), err
		},
		Scope: func(string) access.Scope { return *o.scope.Load() },
		App:   http.NotFoundHandler(), Now: time.Now, NewID: func() string { return "request-" + strconv.FormatInt(requests.Add(1), 10) },
		Logger: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError})),
	}))
	t.Cleanup(o.server.Close)
	return o
}

// may sets what people may see from now on.
func (o *office) may(s access.Scope) { o.scope.Store(&s) }

// signIn gives somebody who is signed in.
func (o *office) signIn(t *testing.T) *shop {
	t.Helper()
	secret, err := o.host.Control().NewLink(t.Context(), "ann")
	if err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &shop{address: o.server.URL, client: &http.Client{Jar: jar, Transport: &http.Transport{}}}
	t.Cleanup(s.client.CloseIdleConnections)
	if a := s.ask(t, http.MethodGet, "/login?token="+url.QueryEscape(secret), ""); a.status != http.StatusNotFound {
		t.Fatalf("signing in leads to %d", a.status) // the app, which there is none of
	}
	return s
}

// values gives the first column of a query on the warehouse.
func (o *office) values(t *testing.T, query string, args ...any) []string {
	t.Helper()
	db, err := o.host.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(t.Context(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		if text, ok := rows.Values()[0].(string); ok {
			out = append(out, text)
		}
	}
	return out
}

// breakAudit has the state refuse entries of the audit from now on, as a full disk would.
func (o *office) breakAudit(t *testing.T) {
	t.Helper()
	db, err := sql.Open("sqlite", o.state)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "create trigger broken before insert on audit begin select raise(abort, 'the disk is full'); end"); err != nil {
		t.Fatal(err)
	}
}
