package deliver

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/kith-analytics/kith/internal/generate/world"
	"github.com/kith-analytics/kith/internal/load"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// hidden ends the names of tables that are being filled.
const hidden = "__generating"

// target is a table and what goes into it.
type target struct {
	table world.Table
	stamp world.Stamp
	hash  string
	rows  atomic.Int64
}

func (t *target) name() string       { return quoted(t.table.Schema, t.table.Name) }
func (t *target) hiddenName() string { return quoted(t.table.Schema, t.table.Name+hidden) }

// quoted writes a name of ours, which holds no quotes.
func quoted(schema, table string) string { return `"` + schema + `"."` + table + `"` }

// strings gives the first column of a query as texts.
func (d *delivery) strings(sql string, args ...any) ([]string, error) {
	rows, err := d.session.Query(d.ctx, sql, args...)
	if err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	var out []string
	for rows.Next() {
		text, _ := rows.Values()[0].(string)
		out = append(out, text)
	}
	return out, errors.Join(rows.Err(), rows.Close())
}

// has says whether a table is there.
func (d *delivery) has(schema, table string) (bool, error) {
	found, err := d.strings(`SELECT table_name FROM information_schema.tables
		WHERE table_catalog = current_database() AND table_schema = ? AND table_name = ?`, schema, table)
	return len(found) > 0, err
}

// known reads which synthetic world the warehouse has, nil for none.
func (d *delivery) known() (*knownWorld, error) {
	if there, err := d.has(world.Truth, "parameters"); err != nil || !there {
		return nil, err
	}
	rows, err := d.session.Query(d.ctx, "SELECT name, value FROM truth.parameters")
	if err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	all := map[string]string{}
	for rows.Next() {
		v := rows.Values()
		name, _ := v[0].(string)
		all[name], _ = v[1].(string)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	cfg, through, ok := world.ReadParameters(all)
	if !ok {
		return nil, nil //nolint:nilnil // a table of that name that is not ours
	}
	return &knownWorld{cfg, through}, nil
}

// prepare makes the schemas, the bookkeeping and the empty tables to fill.
func (d *delivery) prepare() error {
	for _, schema := range []string{world.Bronze, world.Truth} {
		found, err := d.strings("SELECT schema_name FROM information_schema.schemata WHERE catalog_name = current_database() AND schema_name = ?", schema)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			d.made = append(d.made, schema)
		}
		if err := d.exec("CREATE SCHEMA IF NOT EXISTS " + schema); err != nil {
			return err
		}
	}
	if err := d.sweep(); err != nil {
		return err
	}
	id, err := d.nextLoad()
	if err != nil {
		return err
	}
	at := d.request.now().UnixMicro()
	for _, t := range append(world.Tables(), world.SalesLog()) {
		x := &target{table: t, hash: d.hash(t), stamp: world.Stamp{File: d.cfg.Mark(), LoadID: id, LoadedAt: at}}
		if t.Raw() {
			id++
		}
		d.tables = append(d.tables, x)
		if err := d.exec("CREATE TABLE " + x.hiddenName() + " (" + definitions(t) + ")"); err != nil {
			return err
		}
	}
	return nil
}

func definitions(t world.Table) string {
	var defs []string
	for _, c := range t.All() {
		defs = append(defs, c.Name+" "+c.Type)
	}
	return strings.Join(defs, ", ")
}

func (d *delivery) exec(sql string, args ...any) error {
	if _, err := d.session.Exec(d.ctx, sql, args...); err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	return nil
}

func (d *delivery) nextLoad() (int64, error) {
	there, err := d.has(world.Bronze, "loads")
	if err != nil || !there {
		return 1, err
	}
	last, err := d.strings("SELECT coalesce(max(load_id), 0)::VARCHAR FROM bronze.loads")
	if err != nil || len(last) == 0 {
		return 1, err
	}
	n, err := strconv.ParseInt(last[0], 10, 64)
	return n + 1, err //nolint:wrapcheck // a number of the warehouse's own
}

// hash is a fingerprint of what makes a table's content: configuration and days.
func (d *delivery) hash(t world.Table) string {
	all := d.cfg.Parameters(d.window.To)
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		fmt.Fprintf(h, "%s=%s\n", name, all[name])
	}
	fmt.Fprintf(h, "%s.%s from %d\n", t.Schema, t.Name, d.window.From)
	return hex.EncodeToString(h.Sum(nil))
}

// sweep drops what an earlier run left under the names of tables being filled.
func (d *delivery) sweep() error {
	left, err := d.strings(`SELECT '"' || table_schema || '"."' || table_name || '"' FROM information_schema.tables
		WHERE table_catalog = current_database() AND table_schema IN ('bronze', 'truth') AND ends_with(table_name, ?)`, hidden)
	if err != nil {
		return err
	}
	for _, name := range left {
		if err := d.exec("DROP TABLE " + name); err != nil {
			return err
		}
	}
	return nil
}

// clear drops what is left under other names, also after a cancel.
func (d *delivery) clear() error {
	d.ctx = context.WithoutCancel(d.ctx)
	if err := errors.Join(d.session.Rollback(d.ctx), d.sweep()); err != nil {
		return err //nolint:wrapcheck // of the warehouse
	}
	for _, schema := range d.made {
		found, err := d.strings("SELECT table_name FROM information_schema.tables WHERE table_catalog = current_database() AND table_schema = ?", schema)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			if err := d.exec("DROP SCHEMA " + schema); err != nil {
				return err
			}
		}
	}
	return nil
}

// publish puts all tables in their places in one transaction.
func (d *delivery) publish() error {
	if err := d.session.Begin(d.ctx); err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	for _, sql := range load.Bookkeeping() {
		if err := d.exec(sql); err != nil {
			return err
		}
	}
	if d.replacing {
		if err := d.forget(); err != nil {
			return err
		}
	}
	for _, t := range d.tables {
		if err := d.place(t); err != nil {
			return err
		}
	}
	if err := d.session.Commit(d.ctx); err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	return nil
}

// forget removes the rows of another synthetic world.
func (d *delivery) forget() error {
	for _, t := range d.tables {
		there, err := d.has(t.table.Schema, t.table.Name)
		if err != nil {
			return err
		}
		if there && t.table.Raw() {
			if err := d.exec("DELETE FROM "+t.name()+" WHERE starts_with(_file, ?)", world.MarkPrefix); err != nil {
				return err
			}
		}
		if there && !t.table.Raw() {
			if err := d.exec("DROP TABLE " + t.name()); err != nil {
				return err
			}
		}
	}
	return d.exec("DELETE FROM bronze.loads WHERE source = ? AND starts_with(file, ?)", Source, world.MarkPrefix)
}

// place makes a filled table the one of its name: by renaming where that one is
// not there or has no rows, and else by adding the rows to it.
func (d *delivery) place(t *target) error {
	there, err := d.has(t.table.Schema, t.table.Name)
	if err != nil {
		return err
	}
	rows := t.rows.Load()
	swap := !there || !t.table.Grows()
	if there && !swap {
		if swap, err = d.empty(t); err != nil {
			return err
		}
	}
	switch {
	case swap:
		if there {
			if err := d.exec("DROP TABLE " + t.name()); err != nil {
				return err
			}
		}
		if err := d.exec("ALTER TABLE " + t.hiddenName() + ` RENAME TO "` + t.table.Name + `"`); err != nil {
			return err
		}
	case rows > 0:
		if err := d.exec("INSERT INTO " + t.name() + " BY NAME SELECT * FROM " + t.hiddenName()); err != nil {
			return err
		}
	}
	if !t.table.Raw() || rows == 0 {
		return nil
	}
	now := d.request.now()
	return d.exec("INSERT INTO bronze.loads VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", t.stamp.LoadID, Source,
		t.table.Schema+"."+t.table.Name, t.stamp.File, t.hash, int64(0), rows, int64(0), time.UnixMicro(t.stamp.LoadedAt).UTC(), now)
}

// empty says whether a table has no rows and just our columns, so that ours can
// take its place.
func (d *delivery) empty(t *target) (bool, error) {
	some, err := d.strings("SELECT 'row' FROM " + t.name() + " LIMIT 1")
	if err != nil || len(some) > 0 {
		return false, err
	}
	have, err := d.strings(`SELECT lower(column_name) || ' ' || data_type FROM information_schema.columns
		WHERE table_catalog = current_database() AND table_schema = ? AND table_name = ? ORDER BY ordinal_position`, t.table.Schema, t.table.Name)
	if err != nil {
		return false, err
	}
	want := make([]string, 0, len(have))
	for _, c := range t.table.All() {
		want = append(want, c.Name+" "+c.Type)
	}
	return slices.Equal(have, want), nil
}

var _ world.Sink = warehouse.BatchAppender(nil)
