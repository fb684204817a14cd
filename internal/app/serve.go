package app

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/host"
	"github.com/kith-analytics/kith/internal/httpapi"
	"github.com/kith-analytics/kith/internal/metric"
	"github.com/kith-analytics/kith/internal/relay"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
	"github.com/kith-analytics/kith/web"
)

// Execute runs a command that somebody else passed to the host of the warehouse.
type Execute func(ctx context.Context, h *host.Host, inv relay.Invocation, s relay.Streams) int

// ServerOptions say how to serve. Addr, RuntimeDir, Execute and Logger must be set.
type ServerOptions struct {
	// Addr is where to listen, such as 127.0.0.1:8080; port 0 is any that is free.
	Addr string
	// RuntimeDir is the private folder for the socket that commands are passed over.
	RuntimeDir string
	// Readers is how many queries run at once, 0 for the default; QueryTimeout bounds each.
	Readers      int
	QueryTimeout time.Duration
	// MemoryLimit bounds the engine, such as 4GB; "" leaves it to the project or the engine.
	MemoryLimit string
	// MetricsToken lets a monitoring system read /metrics; "" for none.
	MetricsToken string
	// Link prints a link to sign in even when somebody is signed in.
	Link    bool
	Execute Execute
	Logger  *slog.Logger
	// Ready hears where people find the server, when it answers.
	Ready func(Serving)
}

// Serving is where people find a server.
type Serving struct {
	Address string
	// Link signs in once; "" where somebody is signed in and none was asked for.
	Link string
}

// How long a server takes to end at most, and to read the head of a request.
const (
	endTimeout  = 10 * time.Second
	headTimeout = 10 * time.Second
	idleTimeout = 2 * time.Minute
)

// Serve owns the warehouse and answers until ctx ends: people over HTTP, other
// commands over a socket. A warehouse that another server has gives code Held.
func (a *App) Serve(ctx context.Context, o ServerOptions) (err error) {
	path, err := a.WarehousePath(ctx)
	if err != nil {
		return err
	}
	if path == "" {
		return fault.New(fault.Usage, "a warehouse in memory cannot be served").WithHint("give the profile's target a path")
	}
	if owner, ok, err := relay.Find(ctx, path); err != nil || ok {
		if err == nil {
			err = fault.New(fault.Held, "the warehouse %s is served already, by process %d at %s", path, owner.PID, owner.Address).
				WithHint("`kith link` prints a link to it")
		}
		return err
	}
	listener, err := bind(ctx, o.Addr)
	if err != nil {
		return err
	}
	defer func() { _ = listener.Close() }() // the HTTP server has closed it, unless it never began
	h, err := a.host(ctx, path, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	s := &service{app: a, o: o, host: h, address: "http://" + listener.Addr().String()}
	return s.run(ctx, path, listener)
}

// bind takes the address, or says in one line why not.
func bind(ctx context.Context, addr string) (net.Listener, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fault.New(fault.Held, "the address %s is in use", addr).WithHint("choose another with --addr, or port 0 for any that is free")
	case errors.Is(err, syscall.EACCES):
		return nil, fault.New(fault.Usage, "the address %s may not be used without more rights", addr).WithHint("choose a port from 1024 on with --addr")
	case err != nil:
		return nil, fault.Wrap(err, fault.Usage, "cannot listen on %s", addr).WithHint("give host and port, such as 127.0.0.1:8080")
	}
	return listener, nil
}

// host opens the warehouse for good.
func (a *App) host(ctx context.Context, path string, o ServerOptions) (*host.Host, error) {
	l, err := a.configured(ctx)
	if err != nil {
		return nil, err
	}
	return host.Open(ctx, host.Config{
		Warehouse: duckdb.Config{
			Path: path, MemoryLimit: o.MemoryLimit, Settings: a.searched(settings(l.target)), Extensions: l.target.Extensions,
			Attach: attached(l.target), Logger: o.Logger,
		},
		ControlPath: statePath(path), Readers: o.Readers, QueryTimeout: o.QueryTimeout, Now: a.cfg.Now, Logger: o.Logger,
	})
}

// service is one server at work.
type service struct {
	app     *App
	o       ServerOptions
	host    *host.Host
	address string
	view    atomic.Pointer[httpapi.Project]
	jobs    *jobs
}

func (s *service) run(ctx context.Context, path string, listener net.Listener) (err error) {
	if err := s.app.importResults(ctx, s.host); err != nil {
		return err
	}
	s.read(ctx)
	s.jobs = newJobs(ctx, s.app.cfg, s.host)
	defer s.jobs.close()
	s.host.Afterward(s.jobs.again(s.read))
	relayed, err := relay.Listen(ctx, path, s.o.RuntimeDir, relay.Owner{
		PID: os.Getpid(), Version: s.app.cfg.Version, StartedAt: s.app.cfg.Now().UTC(), Address: s.address,
	}, func(ctx context.Context, inv relay.Invocation, streams relay.Streams) int {
		return s.o.Execute(ctx, s.host, inv, streams)
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, relayed.Close()) }()
	server := &http.Server{
		Handler: s.handler(), ReadHeaderTimeout: headTimeout, IdleTimeout: idleTimeout,
		ErrorLog: slog.NewLogLogger(s.o.Logger.Handler(), slog.LevelWarn),
	}
	server.RegisterOnShutdown(s.host.Silence)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	serving, err := s.greeting(ctx)
	if err != nil {
		return errors.Join(err, server.Close())
	}
	s.o.Ready(serving)
	select {
	case err := <-failed:
		return fault.Wrap(err, fault.Internal, "the server stopped")
	case <-ctx.Done():
	}
	s.o.Logger.Info("stopping")
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTimeout)
	defer cancel()
	if err := server.Shutdown(ending); err != nil {
		return errors.Join(server.Close(), fault.Wrap(err, fault.Internal, "answers did not end in %s", endTimeout))
	}
	return nil
}

func (s *service) handler() http.Handler {
	return httpapi.New(httpapi.Config{
		Version: s.app.cfg.Version, Data: s.host, Control: s.host.Control(), Jobs: s.jobs, Project: s.view.Load, Runner: s.runner,
		Scope: scopeOf, App: web.Handler(), Now: s.app.cfg.Now, NewID: s.jobs.newID, Logger: s.o.Logger, MetricsToken: s.o.MetricsToken,
	})
}

// scopeOf is the one place where it is decided what somebody may see: everybody who is
// signed in owns the machine that Kith runs on.
func scopeOf(string) access.Scope { return access.All() }

// read reads the project's files anew. What cannot be read stays as it was before,
// and the problem is shown.
func (s *service) read(ctx context.Context) {
	c := s.app.cfg
	c.Events, c.Host = event.Discard{}, s.host
	c.NewID = s.newRevision
	fresh := New(c).View(ctx)
	if before := s.view.Load(); fresh.Problem != nil {
		s.o.Logger.Warn("the project's files cannot be read", "problem", fresh.Problem)
		if before != nil {
			kept := *before
			kept.Problem = fresh.Problem
			fresh = &kept
		}
	}
	s.view.Store(fresh)
}

// newRevision tells readings of the files apart.
func (s *service) newRevision() string { return s.app.id + s.app.cfg.Now().Format(time.RFC3339Nano) }

// runner makes the answering of metrics for a state of the data.
func (s *service) runner(ctx context.Context, db metric.Reader, p *httpapi.Project) (*metric.Runner, error) {
	snapshot, err := metric.ReadSnapshot(ctx, db, p.Catalog, p.Currency)
	if err != nil {
		return nil, err
	}
	return metric.NewRunner(p.Catalog, metric.DuckDB{}, snapshot), nil
}

// greeting says where people find the server, with a link where nobody is signed in.
func (s *service) greeting(ctx context.Context) (Serving, error) {
	out := Serving{Address: s.address}
	known, err := s.host.Control().HasSessions(ctx)
	if err != nil || known && !s.o.Link {
		return out, err
	}
	out.Link, err = newLink(ctx, s.host, s.address)
	return out, err
}

// owner is who a link signs in: the one who can run commands on the machine.
const owner = access.Owner

func newLink(ctx context.Context, h *host.Host, address string) (string, error) {
	secret, err := h.Control().NewLink(ctx, owner)
	return strings.TrimSuffix(address, "/") + "/login?token=" + url.QueryEscape(secret), err
}

// Link makes a link that signs in once, to the server that runs the command.
func (a *App) Link(ctx context.Context) (string, error) {
	path, err := a.WarehousePath(ctx)
	if err != nil {
		return "", err
	}
	if a.cfg.Host == nil || !a.cfg.Host.Owns(path) {
		return "", notServed()
	}
	server, ok, err := relay.Find(ctx, path)
	if err != nil || !ok {
		return "", errors.Join(err, notServed())
	}
	return newLink(ctx, a.cfg.Host, server.Address)
}

// Publish shows the tables as they are, although a run has left some unfinished.
func (a *App) Publish(ctx context.Context) (version string, err error) {
	path, err := a.WarehousePath(ctx)
	if err != nil {
		return "", err
	}
	if a.cfg.Host == nil || !a.cfg.Host.Owns(path) {
		return "", notServed()
	}
	err = a.cfg.Host.PublishAnyway(ctx)
	return a.cfg.Host.State().Version, err
}

func notServed() error {
	return fault.New(fault.NotFound, "no server has this project's warehouse").WithHint("start one with `kith serve`")
}
