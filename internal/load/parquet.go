package load

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// planParquet reads the columns and types that the file itself names.
func (p *FilePlan) planParquet(ctx context.Context, r Request) (err error) {
	if p.Compression != "" {
		return fault.New(fault.Invalid, "%s is compressed a second time", p.Path).WithHint("unpack it to a .parquet file")
	}
	file, err := openFile(p.Path)
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return fault.Wrap(err, fault.Disk, "%s cannot be read", p.Path)
	}
	e, err := duckdb.Open(ctx, duckdb.Config{Threads: 1})
	if err != nil {
		return fmt.Errorf("plan %s: %w", p.Path, err)
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	s, err := e.Session(ctx)
	if err != nil {
		return fmt.Errorf("plan %s: %w", p.Path, err)
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	types, guesses, err := p.sampleParquet(ctx, s)
	if err != nil {
		return err
	}
	if err := p.mapColumns(r, guesses); err != nil {
		return err
	}
	for i := range p.Columns {
		c := &p.Columns[i]
		switch {
		case p.mapping == nil:
			c.Type = types[c.index]
		case c.Value != "":
			p.texts = p.texts || c.conv.kind != warehouse.KindText
		case c.index >= 0:
			c.fileType = types[c.index]
			p.texts = p.texts || c.readAsText()
		}
	}
	return nil
}

// sampleParquet reads the columns with their types, and the first rows.
func (p *FilePlan) sampleParquet(ctx context.Context, s warehouse.Session) (types []string, guesses []guess, err error) {
	rows, err := s.Query(ctx, fmt.Sprintf("SELECT * EXCLUDE %s FROM %s LIMIT %d", rowNumber, p.scan(), presetRows))
	if err != nil {
		return nil, nil, fault.Wrap(err, fault.Invalid, "%s is not a readable Parquet file", p.Path)
	}
	for _, c := range rows.Columns() {
		p.names = append(p.names, c.Name)
		types = append(types, c.Type)
	}
	guesses = make([]guess, len(p.names))
	for rows.Next() {
		for i, v := range rows.Values() {
			switch v := v.(type) {
			case nil:
			case float64:
				guesses[i].add(strconv.AppendFloat(nil, v, 'f', -1, 64))
			default:
				guesses[i].add(fmt.Append(nil, v))
			}
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, nil, fmt.Errorf("plan %s: %w", p.Path, err)
	}
	return types, guesses, nil
}

// readAsText says whether the values of the column are written in some way that has
// to be understood: texts, and moments as numbers.
func (c *ColumnPlan) readAsText() bool {
	if c.conv.kind == warehouse.KindText {
		return len(c.conv.nulls) > 0
	}
	switch c.fileType {
	case "VARCHAR", "BLOB":
		return true
	case "BIGINT", "INTEGER", "UBIGINT", "UINTEGER", "DOUBLE", "FLOAT":
		return c.conv.isMoment()
	}
	return false
}

// rowNumber is the column that read_parquet adds on request.
const rowNumber = "file_row_number"

func (p *FilePlan) scan() string {
	return "read_parquet(" + quoteText(p.Path) + ", file_row_number = true)"
}

// cast gives the expression that makes a value of the column, NULL where it cannot,
// and the raw value as text or NULL where there is none.
func (c *ColumnPlan) cast() (value, raw string) {
	switch {
	case c.Value != "":
		return quoteText(c.Value), "NULL"
	case c.index < 0:
		return "CAST(NULL AS " + c.Type + ")", "NULL"
	}
	raw = quoteName(c.From)
	if c.conv.id {
		raw = `regexp_replace(trim(CAST(` + raw + ` AS VARCHAR)), '^(\d+)\.0$', '\1')`
	}
	if strings.EqualFold(c.Type, "VARCHAR") {
		text := "CAST(" + raw + " AS VARCHAR)"
		return "CASE WHEN trim(" + text + ") <> '' THEN " + text + " END", "nullif(trim(" + text + "), '')"
	}
	return "TRY_CAST(" + raw + " AS " + c.Type + ")", raw
}

// loadParquet lets DuckDB read the file, once for the good rows and once for the others.
func (l *loader) loadParquet(out *FileSummary) (string, error) {
	p := l.plan
	hash, size, err := contentHash(l.ctx, p.Path, "")
	if err != nil {
		return "", err
	}
	out.Bytes = size
	l.progress.File(p.Path, 0, size, 0, 0)

	var names, values, bad []string
	var column, raws, reasons strings.Builder
	for i := range p.Columns {
		c := &p.Columns[i]
		value, raw := c.cast()
		if c.conv.numbered {
			value = fmt.Sprintf("coalesce(%s, '%s%d-' || (%s + 1))", value, numberedPrefix, l.mark.load, rowNumber)
		}
		names, values = append(names, quoteName(c.To)), append(values, value)
		wrong := "(" + raw + " IS NOT NULL AND " + value + " IS NULL)"
		reason := quoteText("the value does not fit " + c.Type)
		if c.conv.notNull {
			wrong = "(" + value + " IS NULL)"
			reason = "CASE WHEN " + raw + " IS NULL THEN " + quoteText(reasonEmpty) + " ELSE " + reason + " END"
		}
		bad = append(bad, wrong)
		fmt.Fprintf(&column, " WHEN %s THEN %s", wrong, quoteText(c.To))
		fmt.Fprintf(&raws, " WHEN %s THEN left(CAST(%s AS VARCHAR), %d)", wrong, raw, maxValue)
		fmt.Fprintf(&reasons, " WHEN %s THEN %s", wrong, reason)
	}
	isBad := strings.Join(bad, " OR ")
	line := rowNumber + " + 1"
	at := time.UnixMicro(l.mark.loadedAt).UTC()
	schema, table, _ := strings.Cut(p.Table, ".")
	insert := "INSERT INTO " + quoteName(schema) + "." + quoteName(table) +
		" (" + strings.Join(names, ", ") + ", _file, _line, _load_id, _loaded_at) SELECT " + strings.Join(values, ", ") +
		", ?, " + line + ", ?, ? FROM " + p.scan() + " WHERE NOT (" + isBad + ")"
	if l.rows, err = l.session.Exec(l.ctx, insert, l.mark.file, l.mark.load, at); err != nil {
		return "", fmt.Errorf("load %s: %w", p.Path, err)
	}
	rejects := "INSERT INTO bronze.rejects SELECT ?, ?, " + line + ", CASE" + column.String() + " END, CASE" + raws.String() +
		" END, CASE" + reasons.String() + " END, ?, ? FROM " + p.scan() + " WHERE " + isBad
	if l.rejected, err = l.session.Exec(l.ctx, rejects, p.Source, l.mark.file, l.mark.load, at); err != nil {
		return "", fmt.Errorf("load %s: %w", p.Path, err)
	}
	l.progress.File(p.Path, size, size, l.rows, l.rejected)
	return hash, nil
}
