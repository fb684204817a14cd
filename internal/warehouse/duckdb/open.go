package duckdb

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	mapping "github.com/duckdb/duckdb-go-bindings"
	driver "github.com/duckdb/duckdb-go/v2"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
)

var _ warehouse.Engine = (*Engine)(nil)

// lockConfiguration is the setting after which no other can be changed.
const lockConfiguration = "lock_configuration"

// storageVersion is the format of new files: since 1.5 the engine stores repeated texts
// as numbers of a dictionary, which makes writing cheaper by a third. An older engine
// cannot read such a file; a file that exists keeps its own.
const (
	storageSetting = "storage_compatibility_version"
	storageVersion = "v1.5.0"
)

// Engine is one open DuckDB database.
type Engine struct {
	path     string
	database string
	readOnly bool
	local    []string // statements that every new session runs
	log      *slog.Logger

	// wholeQueries are those that run now; other statements give way to them.
	wholeQueries atomic.Int32

	mu     sync.Mutex
	db     mapping.Database
	closed bool
}

// Open opens the database that c names. A file that another process holds gives a
// fault of code Held, a full disk or missing right code Disk, and a file that is
// no database, or settings that DuckDB does not take, code Invalid.
func Open(ctx context.Context, c Config) (*Engine, error) {
	if ctx.Err() != nil {
		return nil, cancelled(ctx)
	}
	if c.Path == "" {
		c.Path = Memory
	}
	e := &Engine{path: c.Path, readOnly: c.ReadOnly, log: c.Logger}
	if e.log == nil {
		e.log = slog.New(slog.DiscardHandler)
	}
	if err := checkPath(c); err != nil {
		return nil, err
	}
	sessionSettings, err := e.open(c)
	if err != nil {
		return nil, err
	}
	if err := e.prepare(ctx, c, sessionSettings); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	e.log.Debug("warehouse opened", "path", c.Path, "read_only", c.ReadOnly)
	return e, nil
}

// checkPath finds what DuckDB would report in the words of its file layer.
func checkPath(c Config) error {
	if c.Path == Memory {
		return nil
	}
	info, err := os.Stat(c.Path)
	switch {
	case err == nil && info.IsDir():
		return fault.New(fault.Invalid, "%s is a directory, not a warehouse file", c.Path).WithHint("name a file inside it")
	case err == nil || !errors.Is(err, os.ErrNotExist):
		return nil
	}
	dir := filepath.Dir(c.Path)
	if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
		return fault.New(fault.NotFound, "the folder %s for the warehouse file %s does not exist", dir, filepath.Base(c.Path)).
			WithHint("create the folder or set another path")
	}
	if c.ReadOnly {
		return fault.New(fault.NotFound, "the warehouse file %s does not exist", c.Path).
			WithHint("load data or run a build first")
	}
	return nil
}

// open gives the settings that DuckDB takes only on a session.
func (e *Engine) open(c Config) ([]string, error) {
	var config mapping.Config
	if mapping.CreateConfig(&config) == mapping.StateError {
		return nil, fault.New(fault.Internal, "DuckDB gave no configuration")
	}
	defer mapping.DestroyConfig(&config)
	set := func(name, value string) error {
		if mapping.SetConfig(config, name, value) == mapping.StateError {
			return fault.New(fault.Invalid, "DuckDB does not take the setting %s = %s", name, value)
		}
		return nil
	}
	if err := e.basics(c, set); err != nil {
		return nil, err
	}
	var session []string
	for _, name := range slices.Sorted(maps.Keys(c.Settings)) {
		if strings.EqualFold(name, "timezone") || strings.EqualFold(name, lockConfiguration) {
			continue
		}
		value := settingText(c.Settings[name])
		if set(name, value) != nil {
			session = append(session, "SET "+quoteName(name)+" = "+quoteText(value))
		}
	}

	var message string
	var state mapping.State
	if c.Path == Memory {
		state = mapping.OpenExt("", &e.db, config, &message)
	} else {
		// The instance cache makes a second Open of one file in this process share the
		// database. Without it two would write the same file.
		state = mapping.GetOrCreateFromCache(driver.GetInstanceCache(), c.Path, &e.db, config, &message)
	}
	if state == mapping.StateError {
		mapping.Close(&e.db)
		return nil, openFault(c, message)
	}
	return session, nil
}

func (e *Engine) basics(c Config, set func(name, value string) error) error {
	if c.ReadOnly {
		if err := set("access_mode", "READ_ONLY"); err != nil {
			return err
		}
	}
	if err := set(storageSetting, storageVersion); err != nil {
		return err
	}
	if c.Threads > 0 {
		if err := set("threads", strconv.Itoa(c.Threads)); err != nil {
			return err
		}
	}
	if c.MemoryLimit != "" {
		if err := set("memory_limit", c.MemoryLimit); err != nil {
			return fault.New(fault.Invalid, "%q is no amount of memory", c.MemoryLimit).WithHint("write it like 4GB")
		}
	}
	if c.TempDirectory != "" {
		return set("temp_directory", c.TempDirectory)
	}
	return nil
}

// prepare loads, attaches and sets what needs a connection.
func (e *Engine) prepare(ctx context.Context, c Config, sessionSettings []string) error {
	s, err := e.connect()
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	for _, ext := range c.Extensions {
		if err := s.loadExtension(ctx, ext); err != nil {
			return err
		}
	}
	for _, a := range c.Attach {
		if _, err := s.Exec(ctx, a.statement()); err != nil {
			return attachFault(a, err)
		}
	}
	// Global, so that a session opened after lock_configuration has it too.
	if _, err := s.Exec(ctx, "SET GLOBAL TimeZone = 'UTC'"); err != nil {
		return err
	}
	e.local = sessionSettings
	for _, sql := range e.local {
		if _, err := s.Exec(ctx, sql); err != nil {
			return fault.Wrap(err, fault.Invalid, "a setting of the warehouse is refused: %s", sql)
		}
	}
	if e.database, err = s.text(ctx, "SELECT current_database()"); err != nil {
		return err
	}
	for name, value := range c.Settings {
		if strings.EqualFold(name, lockConfiguration) && settingText(value) == "true" {
			// Sessions can set nothing of their own from here on.
			e.local = nil
			if _, err := s.Exec(ctx, "SET lock_configuration = true"); err != nil {
				return err
			}
		}
	}
	return nil
}

// Dialect is "duckdb".
func (e *Engine) Dialect() string { return "duckdb" }

// Database is the name of the main catalog.
func (e *Engine) Database() string { return e.database }

// Path is the file as it was given to Open.
func (e *Engine) Path() string { return e.path }

// Version is the version of the DuckDB library, such as v1.5.5.
func (e *Engine) Version() string { return mapping.LibraryVersion() }

// Session opens a connection of its own, in UTC and with the engine's settings.
func (e *Engine) Session(ctx context.Context) (warehouse.Session, error) {
	s, err := e.connect()
	if err != nil {
		return nil, err
	}
	for _, sql := range e.local {
		if _, err := s.Exec(ctx, sql); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	return s, nil
}

func (e *Engine) connect() (*Session, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil, fault.New(fault.Internal, "the warehouse %s is closed", e.path)
	}
	s := &Session{engine: e}
	if mapping.Connect(e.db, &s.conn) == mapping.StateError {
		return nil, fault.New(fault.Database, "DuckDB gives no connection to %s", e.path)
	}
	return s, nil
}

// Close gives the file free once the sessions are closed too. A second Close is no error.
func (e *Engine) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil
	}
	e.closed = true
	mapping.Close(&e.db)
	e.log.Debug("warehouse closed", "path", e.path)
	return nil
}

func (a Attach) statement() string {
	var b strings.Builder
	b.WriteString("ATTACH " + quoteText(a.Path))
	if a.Alias != "" {
		b.WriteString(" AS " + quoteName(a.Alias))
	}
	var options []string
	if a.Type != "" {
		options = append(options, "TYPE "+quoteName(a.Type))
	}
	if a.ReadOnly {
		options = append(options, "READ_ONLY")
	}
	if len(options) > 0 {
		b.WriteString(" (" + strings.Join(options, ", ") + ")")
	}
	return b.String()
}

// loadExtension loads, and installs only when that fails, so that built-in ones
// need no network.
func (s *Session) loadExtension(ctx context.Context, ext string) error {
	name, from, _ := strings.Cut(ext, " ")
	_, loadErr := s.Exec(ctx, "LOAD "+quoteName(name))
	if loadErr == nil {
		return nil
	}
	install := "INSTALL " + quoteName(name)
	if words := strings.Fields(from); len(words) == 2 && strings.EqualFold(words[0], "from") {
		install += " FROM " + quoteName(words[1])
	}
	if _, err := s.Exec(ctx, install); err != nil {
		return fault.Wrap(err, fault.Invalid, "the DuckDB extension %s cannot be installed", name).
			WithHint("check the name and the network, or install it by hand")
	}
	if _, err := s.Exec(ctx, "LOAD "+quoteName(name)); err != nil {
		return fault.Wrap(err, fault.Invalid, "the DuckDB extension %s cannot be loaded", name)
	}
	return nil
}

func settingText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case nil:
		return ""
	default:
		return fmt.Sprint(v)
	}
}

func quoteName(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
func quoteText(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
