package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/docs"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// DocsOptions say what docs generate does.
type DocsOptions struct {
	Selection

	// Compile renders the SQL of the nodes and traces their columns; without it
	// manifest.json and the lineage stay as they are.
	Compile bool
	// EmptyCatalog leaves the warehouse unasked: the catalog has no tables.
	EmptyCatalog bool
	// Static writes the page with everything inside, docs.html.
	Static bool
}

// DocsGenerate writes catalog.json, manifest.json with compiled code, and the
// lineage of columns. It leaves run_results.json alone: the page shows the last
// results of tests, which compiling has none of.
func (a *App) DocsGenerate(ctx context.Context, o DocsOptions) error {
	l, err := a.parsed(ctx)
	if err != nil {
		return err
	}
	a.emit(event.Found{Stats: run.Found(l.manifest)})
	types := append(compilable(), manifest.SourceType)
	ids, err := a.selected(l, o.Selection, types, types, false)
	if err != nil {
		return err
	}
	if o.Compile {
		if err := a.compileAll(ctx, l, ids); err != nil {
			return err
		}
	}
	a.emit(event.BuildingCatalog{})
	var tables []artifact.CatalogTable
	if !o.EmptyCatalog {
		tables, err = a.inspect(ctx, l)
	}
	if err != nil {
		return err
	}
	catalog := docs.CatalogOf(l.manifest, tables, func(id string) bool {
		_, ok := slices.BinarySearch(ids, id)
		return ok
	})
	catalog.Metadata = a.metadata()
	dir := l.artifacts()
	if err := artifact.WriteCatalog(dir, catalog); err != nil {
		return err
	}
	a.emit(event.CatalogWritten{Path: filepath.Join(dir, artifact.CatalogFile)})
	if err := a.writeDocs(ctx, l, o, tables); err != nil {
		return err
	}
	if !o.Static {
		return nil
	}
	path, err := docs.WritePage(dir)
	if err == nil {
		a.emit(event.Text{Lvl: event.Info, Msg: "Page written to " + path})
	}
	return err
}

// writeDocs writes the manifest and the lineage. Without compiling, those of an
// earlier run stay, as they know more.
func (a *App) writeDocs(ctx context.Context, l *loaded, o DocsOptions, tables []artifact.CatalogTable) error {
	if !o.Compile {
		if _, err := os.Stat(filepath.Join(l.artifacts(), artifact.ManifestFile)); err == nil {
			return nil
		}
		return artifact.WriteManifest(l.artifacts(), l.manifest, a.metadata())
	}
	if err := artifact.WriteManifest(l.artifacts(), l.manifest, a.metadata()); err != nil {
		return err
	}
	found, err := a.trace(ctx, l, tables)
	if err != nil {
		return err
	}
	found.GeneratedAt, found.InvocationID = a.cfg.Now().UTC(), a.id
	known, all := found.Coverage()
	a.emit(event.Text{Lvl: event.Info, Msg: fmt.Sprintf("Lineage of %d of %d columns written to %s", known, all, filepath.Join(l.artifacts(), docs.LineageFile))})
	return docs.WriteLineage(l.artifacts(), found)
}

// compileAll renders nodes in the order of the graph.
func (a *App) compileAll(ctx context.Context, l *loaded, ids []string) (err error) {
	w := &workshop{app: a, l: l, lane: readers{a, l}, cache: adapter.NewCache()}
	x, err := w.executor(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	for _, id := range l.graph.Order() {
		n, ok := l.manifest.Nodes[id]
		if _, wanted := slices.BinarySearch(ids, id); !ok || !wanted {
			continue
		}
		if _, err := x.only(ctx, n); err != nil {
			return fmt.Errorf("%s %s: %w", n.ResourceType, n.Name, err)
		}
	}
	return nil
}

// inspect reads what the warehouse has; one that is not there has nothing.
func (a *App) inspect(ctx context.Context, l *loaded) (tables []artifact.CatalogTable, err error) {
	if !exists(l.target) {
		a.emit(event.Warning{Msg: "there is no warehouse at " + l.target.Path + " yet: the catalog is empty; `kith build` makes one"})
	}
	lanes, err := a.openToCompile(ctx, l.target)
	if err != nil {
		return nil, err
	}
	session, err := lanes.Read(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, session.Close()) }()
	return docs.Inspect(ctx, session)
}

// trace follows columns in an engine of its own, which holds tables without rows.
func (a *App) trace(ctx context.Context, l *loaded, tables []artifact.CatalogTable) (found *docs.Lineage, err error) {
	engine, err := duckdb.Open(ctx, duckdb.Config{Path: duckdb.Memory, Threads: 1, Extensions: l.target.Extensions, Logger: a.log})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	session, err := engine.Session(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, session.Close()) }()
	return docs.Trace(ctx, docs.TraceRequest{
		Session: session, Manifest: l.manifest, Order: l.graph.Order(), Tables: tables,
		Database: l.target.Database, Schema: l.target.Schema,
	})
}

// ServeOptions say where docs serve listens.
type ServeOptions struct {
	Host string
	// Port is a TCP port; 0 takes a free one.
	Port int
	// Ready is called with the address once requests are answered; nil is fine.
	Ready func(address string)
}

// Bounds of the server: a reader that is slower than this is cut off, and a stop
// waits no longer than this for answers under way.
const (
	headerTimeout = 10 * time.Second
	answerTimeout = 60 * time.Second
	stopTimeout   = 3 * time.Second
)

// DocsServe serves the documentation until the context ends, which is no error.
func (a *App) DocsServe(ctx context.Context, o ServeOptions) error {
	l, err := a.configured(ctx)
	if err != nil {
		return err
	}
	listener, err := listen(ctx, o)
	if err != nil {
		return err
	}
	address := "http://" + listener.Addr().String()
	server := &http.Server{
		Handler: docs.NewServer(l.artifacts()), ReadHeaderTimeout: headerTimeout, WriteTimeout: answerTimeout,
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	for _, msg := range []string{"Serving docs at " + port, "To access from your browser, navigate to: " + address, "", "Press Ctrl+C to exit."} {
		a.emit(event.Text{Lvl: event.Info, Msg: msg})
	}
	if o.Ready != nil {
		o.Ready(address)
	}
	select {
	case err := <-ended:
		return fault.Wrap(err, fault.Internal, "the server ended")
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	if err := server.Shutdown(stopping); err != nil {
		return errors.Join(server.Close(), fault.Wrap(err, fault.Internal, "the server did not end in %s", stopTimeout))
	}
	return nil
}

// listen takes the port, or says in one line why not.
func listen(ctx context.Context, o ServeOptions) (net.Listener, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", net.JoinHostPort(o.Host, strconv.Itoa(o.Port)))
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fault.New(fault.Held, "port %d on %s is in use", o.Port, o.Host).WithHint("choose another with --port, or 0 for any that is free")
	case errors.Is(err, syscall.EACCES):
		return nil, fault.New(fault.Usage, "port %d may not be used without more rights", o.Port).WithHint("choose one from 1024 on with --port")
	case err != nil:
		return nil, fault.Wrap(err, fault.Usage, "cannot listen on %s, port %d", o.Host, o.Port)
	}
	return listener, nil
}
