package macros_test

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/macros"
	"github.com/kith-analytics/kith/internal/dbt/pydate"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// world is a warehouse and the built-in macros, in the place of a whole project.
type world struct {
	t       testing.TB
	engine  *duckdb.Engine
	session warehouse.Session
	cache   *adapter.Cache
	adapter *adapter.Adapter
	defs    map[string]*jinja.MacroDef
	flags   *jinja.Dict
	clock   time.Time
	sql     []string // statements sent
	warned  []string
}

func library(t testing.TB, extra ...string) map[string]*jinja.MacroDef {
	t.Helper()
	files, err := macros.Files()
	if err != nil {
		t.Fatal(err)
	}
	for i, src := range extra {
		files = append(files, macros.File{Package: "root", Path: fmt.Sprintf("extra%d.sql", i), Source: src})
	}
	defs := map[string]*jinja.MacroDef{}
	for _, f := range files {
		tmpl, err := jinja.Parse(f.Package+"/"+f.Path, f.Source)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range tmpl.Macros() {
			defs[d.FullName] = d
		}
	}
	return defs
}

func newWorld(t testing.TB, extra ...string) *world {
	t.Helper()
	return openWorld(t, "", extra...)
}

func openWorld(t testing.TB, path string, extra ...string) *world {
	t.Helper()
	ctx := context.Background()
	engine, err := duckdb.Open(ctx, duckdb.Config{Path: path, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{
		t: t, engine: engine, cache: adapter.NewCache(), defs: library(t, extra...), flags: jinja.NewDict(),
		clock: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
	}
	w.session, err = engine.Session(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.close() })
	w.adapter = adapter.New(adapter.Config{
		Session: w.session, Cache: w.cache, Database: engine.Database(), Quote: adapter.All(),
		ErrorLine: duckdb.ErrorLine,
		Warn:      func(m string) { w.warned = append(w.warned, m) },
		OnSQL:     func(sql string, _ time.Duration, _ error) { w.sql = append(w.sql, sql) },
		Now:       w.now,
	})
	w.flags.SetStr("FULL_REFRESH", false)
	w.flags.SetStr("STORE_FAILURES", false)
	w.exec("create schema if not exists s")
	if err := w.cache.Load(ctx, w.session, []adapter.SchemaRef{{Database: engine.Database(), Schema: "s"}}); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) close() {
	if w.session == nil {
		return
	}
	if err := w.session.Close(); err != nil {
		w.t.Error(err)
	}
	if err := w.engine.Close(); err != nil {
		w.t.Error(err)
	}
	w.session = nil
}

// now moves on with every question, so that names made of the time differ.
func (w *world) now() time.Time {
	w.clock = w.clock.Add(time.Microsecond)
	return w.clock
}

func (w *world) exec(sql string) {
	w.t.Helper()
	if _, err := w.session.Exec(context.Background(), sql); err != nil {
		w.t.Fatalf("%v\n%s", err, sql)
	}
}

// rows gives a query's rows as text, columns parted by |.
func (w *world) rows(sql string) []string {
	w.t.Helper()
	_, table, err := w.adapter.Execute(context.Background(), sql, adapter.Options{Fetch: true})
	if err != nil {
		w.t.Fatalf("%v\n%s", err, sql)
	}
	rows, err := table.Rows()
	if err != nil {
		w.t.Fatal(err)
	}
	out := make([]string, len(rows))
	for i, row := range rows {
		cells := make([]string, len(row))
		for j, v := range row {
			cells[j] = jinja.Str(v)
		}
		out[i] = strings.Join(cells, "|")
	}
	return out
}

// node is what a model's templates see besides macros.
type node struct {
	w       *world
	name    string
	config  *jinja.Dict
	model   *jinja.Dict
	names   map[string]jinja.Value
	results map[string]*jinja.Dict
	bound   map[string]*jinja.Macro
	written string
}

// node makes the names of a model. config pairs are key, value, ...
func (w *world) node(name, sql string, config ...any) *node {
	n := &node{
		w: w, name: name, config: jinja.NewDict(), model: jinja.NewDict(), names: map[string]jinja.Value{},
		results: map[string]*jinja.Dict{}, bound: map[string]*jinja.Macro{},
	}
	contract := jinja.NewDict()
	contract.SetStr("enforced", false)
	n.config.SetStr("contract", contract)
	for i := 0; i < len(config); i += 2 {
		n.config.SetStr(config[i].(string), value(config[i+1]))
	}
	database := w.engine.Database()
	for k, v := range map[string]any{
		"name": name, "alias": name, "unique_id": "model.p." + name, "database": database, "schema": "s",
		"compiled_code": sql, "resource_type": "model", "config": n.config, "columns": jinja.NewDict(),
		"constraints": jinja.NewList(), "description": "",
	} {
		n.model.SetStr(k, v)
	}
	target := jinja.NewDict()
	for k, v := range map[string]any{"database": database, "schema": "s", "name": "dev"} {
		target.SetStr(k, v)
	}
	modules := jinja.NewDict()
	modules.SetStr("datetime", pydate.NewDatetime(w.now))
	everything := contextObject{n}
	maps.Copy(n.names, map[string]jinja.Value{
		"execute": true, "this": adapter.NewRelation(database, "s", name, "", adapter.All()),
		"model": n.model, "config": configObject{n}, "sql": sql, "compiled_code": sql, "target": target,
		"database": database, "schema": "s", "flags": w.flags, "pre_hooks": jinja.NewList(), "post_hooks": jinja.NewList(),
		"adapter": w.adapter.Object(n), "api": adapter.NewAPI(adapter.All()), "modules": modules, "context": everything,
		"exceptions": exceptions{n}, "dbt": everything, "defer_relation": nil, "selected_resources": jinja.NewList(),
		"return": jinja.ReturnFunc(),
	})
	n.functions()
	return n
}

func value(v any) jinja.Value {
	switch v := v.(type) {
	case []string:
		l := jinja.NewList()
		for _, s := range v {
			l.Append(s)
		}
		return l
	case int:
		return int64(v)
	}
	return v
}

func (n *node) functions() {
	fn := func(name string, f func(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error)) {
		n.names[name] = jinja.NewFunc(name, f)
	}
	fn("log", func(*jinja.Runtime, jinja.Args) (jinja.Value, error) { return "", nil })
	fn("write", func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		n.written = jinja.Str(args.Pos[0])
		return "", nil
	})
	fn("render", func(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		t, err := jinja.Parse("hook", jinja.Str(args.Pos[0]))
		if err != nil {
			return nil, err
		}
		return rt.Render(t, n)
	})
	fn("store_result", func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		bound, err := args.Bind("store_result", jinja.Req("name"), jinja.Req("response"), jinja.Opt("agate_table", nil))
		if err != nil {
			return nil, err
		}
		d := jinja.NewDict()
		d.SetStr("response", bound[1])
		d.SetStr("table", bound[2])
		n.results[jinja.Str(bound[0])] = d
		return "", nil
	})
	fn("store_raw_result", func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		d := args.KwDict()
		n.results[jinja.Str(args.Pos[0])] = d
		return "", nil
	})
	fn("load_result", func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		if d, ok := n.results[jinja.Str(args.Pos[0])]; ok {
			return d, nil
		}
		return nil, nil //nolint:nilnil // none is a value
	})
	fn("diff_of_two_dicts", func(*jinja.Runtime, jinja.Args) (jinja.Value, error) { return jinja.NewDict(), nil })
	fn("tojson", func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		raw, err := jinja.ToJSON(args.Pos[0])
		return string(raw), err
	})
	fn("try_or_compiler_error", func(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		v, err := rt.Call(args.Pos[1], jinja.Args{Pos: args.Pos[2:]})
		if err != nil {
			return nil, fault.New(fault.Compile, "%s", jinja.Str(args.Pos[0]))
		}
		return v, nil
	})
}

// Lookup gives a name: the node's own, then a macro.
func (n *node) Lookup(name string) (jinja.Value, bool) {
	if v, ok := n.names[name]; ok {
		return v, true
	}
	return n.Macro(name)
}

func (n *node) Macro(name string) (jinja.Value, bool) {
	if m, ok := n.bound[name]; ok {
		return m, true
	}
	def, ok := n.w.defs[name]
	if !ok {
		return nil, false
	}
	m := jinja.NewMacro(def, n)
	n.bound[name] = m
	return m, true
}

func (n *node) Dispatch(name, _ string) (jinja.Value, error) {
	for _, prefix := range []string{"duckdb__", "default__"} {
		if m, ok := n.Macro(prefix + name); ok {
			return m, nil
		}
	}
	return nil, fault.New(fault.Compile, "no macro %s to dispatch to", name)
}

// call runs a macro of the node.
func (n *node) call(name string, args ...jinja.Value) (jinja.Value, error) {
	n.w.t.Helper()
	m, ok := n.Macro(name)
	if !ok {
		n.w.t.Fatalf("no macro %s", name)
	}
	rt := jinja.NewRuntime(context.Background(), jinja.Options{Undefined: jinja.Strict})
	return rt.Call(m, jinja.Pos(args...))
}

// render renders a text with the node's names.
func (n *node) render(text string) (string, error) {
	t, err := jinja.Parse("test.sql", text)
	if err != nil {
		return "", err
	}
	return jinja.NewRuntime(context.Background(), jinja.Options{Undefined: jinja.Strict}).Render(t, n)
}

// build runs the node's materialization and, as a runner does, tells the cache or
// rolls back.
func (n *node) build(materialization string) error {
	ctx := context.Background()
	n.config.SetStr("materialized", materialization)
	name := "materialization_" + materialization + "_duckdb"
	if _, ok := n.w.defs[name]; !ok {
		name = "materialization_" + materialization + "_default"
	}
	v, err := n.call(name)
	if err != nil {
		if rerr := n.w.adapter.Rollback(ctx); rerr != nil {
			n.w.t.Fatal(rerr)
		}
		return err
	}
	if _, err := n.w.adapter.Created(v); err != nil {
		n.w.t.Fatal(err)
	}
	return n.w.adapter.Rollback(ctx)
}

func (n *node) mustBuild(materialization string) {
	n.w.t.Helper()
	if err := n.build(materialization); err != nil {
		n.w.t.Fatalf("%s: %v\nlast: %s", n.name, err, last(n.w.sql))
	}
}

func last(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[len(list)-1]
}

type contextObject struct{ n *node }

func (c contextObject) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	v, ok := c.n.Lookup(name)
	return v, ok, nil
}

func (c contextObject) GetItem(rt *jinja.Runtime, key jinja.Value) (jinja.Value, bool, error) {
	return c.GetAttr(rt, jinja.Str(key))
}

func (c contextObject) Contains(_ *jinja.Runtime, v jinja.Value) (bool, error) {
	_, ok := c.n.Lookup(jinja.Str(v))
	return ok, nil
}

type configObject struct{ n *node }

func (c configObject) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	f := func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		bound, err := args.Bind(name, jinja.Req("name"), jinja.Opt("default", nil))
		if err != nil {
			return nil, err
		}
		if v, ok := c.n.config.GetStr(jinja.Str(bound[0])); ok {
			return v, nil
		}
		return bound[1], nil
	}
	switch name {
	case "get":
	case "persist_relation_docs", "persist_column_docs":
		f = func(*jinja.Runtime, jinja.Args) (jinja.Value, error) {
			v, _ := c.n.config.GetStr("persist_docs")
			return jinja.Truth(v), nil
		}
	default:
		return nil, false, nil
	}
	return jinja.NewFunc(name, f), true, nil
}

type exceptions struct{ n *node }

func (e exceptions) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	return jinja.NewFunc(name, func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		text := make([]string, len(args.Pos))
		for i, v := range args.Pos {
			text[i] = jinja.Str(v)
		}
		message := strings.Join(text, " ")
		if strings.HasPrefix(name, "warn") {
			e.n.w.warned = append(e.n.w.warned, message)
			return "", nil
		}
		return nil, fault.New(fault.Compile, "%s: %s", name, message)
	}), true, nil
}

func tempFile(t testing.TB, name string) string {
	t.Helper()
	return filepath.Join(t.TempDir(), name)
}

func schemaS(w *world) []adapter.SchemaRef {
	return []adapter.SchemaRef{{Database: w.engine.Database(), Schema: "s"}}
}
