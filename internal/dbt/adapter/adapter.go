package adapter

import (
	"context"
	"slices"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// Macros finds macros for the node that runs.
type Macros interface {
	// Dispatch gives the macro that adapter.dispatch(name, namespace) means.
	// namespace is "" when the caller gave none. Nothing found is an error that
	// lists where was searched.
	Dispatch(name, namespace string) (jinja.Value, error)
	// Macro gives the macro that a plain name means to the node.
	Macro(name string) (jinja.Value, bool)
}

// Config is what an adapter needs. Session and Cache must be set for New; Quote
// is All unless the project says otherwise.
type Config struct {
	Session  warehouse.Session
	Cache    *Cache
	Dialect  string // adapter.type(); "duckdb" when empty
	Database string // that names without a database are in
	Quote    Policy
	// ExternalRoot is the folder that external models are written to; "." when empty.
	ExternalRoot string
	// Behavior holds the project's behavior flags that are on.
	Behavior map[string]bool
	// Warn takes each warning for people once a run; nil drops it.
	Warn func(message string)
	// Print takes what templates print for people, without a newline; nil drops it.
	Print func(string)
	// OnSQL is told each statement after it ran, with its time; nil for nobody.
	OnSQL func(sql string, took time.Duration, err error)
	// ErrorLine gives the line of a statement that the engine complains about; nil when it cannot tell.
	ErrorLine func(error) (line int, ok bool)
	// Now is the clock; time.Now when nil.
	Now func() time.Time
}

// Adapter is one worker's door to the warehouse. It is not safe for concurrent
// use; make one for each session.
type Adapter struct {
	cfg  Config
	open bool // a transaction is
	undo []undo
}

// undo restores one cache entry.
type undo struct {
	database, schema, identifier string
	before                       *Relation
}

// New makes an adapter.
func New(cfg Config) *Adapter { return &Adapter{cfg: withDefaults(cfg)} }

func withDefaults(cfg Config) Config {
	if cfg.Dialect == "" {
		cfg.Dialect = "duckdb"
	}
	if cfg.ExternalRoot == "" {
		cfg.ExternalRoot = "."
	}
	if cfg.Cache == nil {
		cfg.Cache = NewCache()
	}
	if cfg.Warn == nil {
		cfg.Warn = func(string) {}
	}
	if cfg.Print == nil {
		cfg.Print = func(string) {}
	}
	if cfg.OnSQL == nil {
		cfg.OnSQL = func(string, time.Duration, error) {}
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return cfg
}

// Options say how Execute runs a statement.
type Options struct {
	// AutoBegin opens a transaction first when there is none.
	AutoBegin bool
	// Fetch reads the rows; sql must then be one statement, apart from leading
	// ones that give no rows.
	Fetch bool
	// Limit is the number of rows to fetch, 0 for all.
	Limit int
}

// Execute runs sql. The table is nil unless rows were fetched; a statement
// without rows gives an empty one. An error of the engine is a fault whose Line
// is a line of sql and whose cause is a *SQLError.
func (a *Adapter) Execute(ctx context.Context, sql string, opt Options) (Response, *Table, error) {
	if opt.AutoBegin {
		if err := a.Begin(ctx); err != nil {
			return Response{}, nil, err
		}
	}
	start := a.cfg.Now()
	var table *Table
	var err error
	if opt.Fetch {
		table, err = a.fetch(ctx, sql, opt.Limit)
	} else {
		_, err = a.cfg.Session.Exec(ctx, sql)
	}
	a.cfg.OnSQL(sql, a.cfg.Now().Sub(start), err)
	if err != nil {
		return Response{}, nil, a.statementFault(sql, err)
	}
	return Response{Message: "OK"}, table, nil
}

// Begin opens a transaction unless one is open.
func (a *Adapter) Begin(ctx context.Context) error {
	if a.open {
		return nil
	}
	if err := a.cfg.Session.Begin(ctx); err != nil {
		return fault.Wrap(err, fault.CodeOf(err), "cannot begin a transaction")
	}
	a.open, a.undo = true, a.undo[:0]
	return nil
}

// Commit makes lasting what was done since Begin. Without a transaction it does nothing.
func (a *Adapter) Commit(ctx context.Context) error {
	if !a.open {
		return nil
	}
	if err := a.cfg.Session.Commit(ctx); err != nil {
		return fault.Wrap(err, fault.CodeOf(err), "cannot commit")
	}
	a.open, a.undo = false, a.undo[:0]
	return nil
}

// Rollback takes back what was done since Begin, in the warehouse and in the
// cache. Call it when a node ends, whether it failed or not: after Commit it
// does nothing.
func (a *Adapter) Rollback(ctx context.Context) error {
	if !a.open {
		return nil
	}
	a.open = false
	for _, u := range slices.Backward(a.undo) {
		a.cfg.Cache.put(u.database, u.schema, u.identifier, u.before)
	}
	a.undo = a.undo[:0]
	if err := a.cfg.Session.Rollback(ctx); err != nil {
		return fault.Wrap(err, fault.CodeOf(err), "cannot roll back")
	}
	return nil
}

// InTransaction says whether a transaction is open.
func (a *Adapter) InTransaction() bool { return a.open }

// remember changes a cache entry so that Rollback can restore it.
func (a *Adapter) remember(named, r *Relation) {
	before := a.cfg.Cache.put(named.Database, named.Schema, named.Identifier, r)
	if a.open {
		a.undo = append(a.undo, undo{named.Database, named.Schema, named.Identifier, before})
	}
}
