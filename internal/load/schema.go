package load

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// bronze is the schema of loaded data and of the load's own tables.
const bronze = "bronze"

// Provenance lists the columns that every bronze table has behind its own: the
// file, the line (or row) in it, the load and its time.
func Provenance() []string { return []string{"_file", "_line", "_load_id", "_loaded_at"} }

// The load's own tables.
const (
	tableLoads   = bronze + ".loads"
	tableRejects = bronze + ".rejects"
)

const createLoads = `CREATE TABLE IF NOT EXISTS bronze.loads (
	load_id BIGINT, source VARCHAR, table_name VARCHAR, file VARCHAR, content_hash VARCHAR, bytes BIGINT,
	rows_loaded BIGINT, rows_rejected BIGINT, started_at TIMESTAMP, finished_at TIMESTAMP)`

const createRejects = `CREATE TABLE IF NOT EXISTS bronze.rejects (
	source VARCHAR, file VARCHAR, line BIGINT, column_name VARCHAR, value VARCHAR, reason VARCHAR,
	load_id BIGINT, loaded_at TIMESTAMP)`

// tableColumn is a column of the target as the warehouse has it.
type tableColumn struct {
	name, sqlType string
}

// prepareTables makes the tables, and adds columns that the target has not yet. It
// gives the target's columns in their order.
func prepareTables(ctx context.Context, s warehouse.Session, p *FilePlan) ([]tableColumn, error) {
	schema, table, _ := strings.Cut(p.Table, ".")
	for _, sql := range []string{
		"CREATE SCHEMA IF NOT EXISTS " + bronze, "CREATE SCHEMA IF NOT EXISTS " + quoteName(schema), createLoads, createRejects,
	} {
		if _, err := s.Exec(ctx, sql); err != nil {
			return nil, fmt.Errorf("prepare %s: %w", p.Table, err)
		}
	}
	have, err := columnsOf(ctx, s, schema, table)
	if err != nil {
		return nil, err
	}
	target := quoteName(schema) + "." + quoteName(table)
	if len(have) == 0 {
		if _, err := s.Exec(ctx, "CREATE TABLE "+target+" ("+strings.Join(p.definitions(), ", ")+")"); err != nil {
			return nil, fmt.Errorf("create %s: %w", p.Table, err)
		}
		return columnsOf(ctx, s, schema, table)
	}
	added := false
	for _, def := range p.wanted() {
		if hasColumn(have, def.name) {
			continue
		}
		added = true
		if _, err := s.Exec(ctx, "ALTER TABLE "+target+" ADD COLUMN "+quoteName(def.name)+" "+def.sqlType); err != nil {
			return nil, fmt.Errorf("extend %s: %w", p.Table, err)
		}
	}
	if added {
		return columnsOf(ctx, s, schema, table)
	}
	return have, nil
}

func hasColumn(list []tableColumn, name string) bool {
	for _, c := range list {
		if strings.EqualFold(c.name, name) {
			return true
		}
	}
	return false
}

// wanted lists what the target must have.
func (p *FilePlan) wanted() []tableColumn {
	out := make([]tableColumn, 0, len(p.Columns)+len(Provenance()))
	for _, c := range p.Columns {
		out = append(out, tableColumn{c.To, c.Type})
	}
	for i, name := range Provenance() {
		out = append(out, tableColumn{name, []string{"VARCHAR", "BIGINT", "BIGINT", "TIMESTAMP"}[i]})
	}
	return out
}

func (p *FilePlan) definitions() []string {
	var out []string
	for _, c := range p.wanted() {
		out = append(out, quoteName(c.name)+" "+c.sqlType)
	}
	return out
}

func columnsOf(ctx context.Context, s warehouse.Session, schema, table string) ([]tableColumn, error) {
	rows, err := s.Query(ctx, `SELECT column_name, data_type FROM information_schema.columns
		WHERE table_catalog = current_database() AND lower(table_schema) = lower(?) AND lower(table_name) = lower(?)
		ORDER BY ordinal_position`, schema, table)
	if err != nil {
		return nil, fmt.Errorf("columns of %s.%s: %w", schema, table, err)
	}
	var out []tableColumn
	for rows.Next() {
		v := rows.Values()
		name, _ := v[0].(string)
		sqlType, _ := v[1].(string)
		out = append(out, tableColumn{name, sqlType})
	}
	return out, errors.Join(rows.Err(), rows.Close())
}

// earlier gives the load that brought the same content into the same table. One of which no
// row could be read brought nothing: the file may be read in another way now.
func earlier(ctx context.Context, s warehouse.Session, table, hash string) (load int64, at string, found bool, err error) {
	rows, err := s.Query(ctx, `SELECT load_id, strftime(finished_at, '%Y-%m-%d %H:%M') FROM bronze.loads
		WHERE table_name = ? AND content_hash = ? AND (rows_loaded > 0 OR rows_rejected = 0) ORDER BY load_id LIMIT 1`, table, hash)
	if err != nil {
		return 0, "", false, fmt.Errorf("bronze.loads: %w", err)
	}
	if rows.Next() {
		v := rows.Values()
		load, _ = v[0].(int64)
		at, _ = v[1].(string)
		found = true
	}
	return load, at, found, errors.Join(rows.Err(), rows.Close())
}

// one gives the single value of a query as a whole number.
func one(ctx context.Context, s warehouse.Session, sql string, args ...any) (int64, error) {
	rows, err := s.Query(ctx, sql, args...)
	if err != nil {
		return 0, fmt.Errorf("bronze: %w", err)
	}
	var n int64
	if rows.Next() {
		n, _ = rows.Values()[0].(int64)
	}
	return n, errors.Join(rows.Err(), rows.Close())
}

// retype gives the columns the types of a table that was there before.
func (p *FilePlan) retype(have []tableColumn) error {
	for i := range p.Columns {
		c := &p.Columns[i]
		for _, h := range have {
			if !strings.EqualFold(h.name, c.To) || h.sqlType == c.conv.sql {
				continue
			}
			t, fail := parseType(h.sqlType)
			if fail != nil {
				return fault.New(fault.Invalid, "the column %s of %s has the type %s, which a file cannot be loaded into", h.name, p.Table, h.sqlType).
					WithHint("load into another table")
			}
			c.conv.colType, c.Type = t, t.sql
			if t.isMoment() && c.conv.formats == 0 {
				c.conv.formats = formatISO
			}
		}
	}
	return nil
}
