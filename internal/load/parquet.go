package load

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
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
	rows, err := s.Query(ctx, "SELECT * FROM "+p.scan()+" LIMIT 1")
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "%s is not a readable Parquet file", p.Path)
	}
	types := map[string]string{}
	for _, c := range rows.Columns() {
		if c.Name == rowNumber {
			continue
		}
		p.names = append(p.names, c.Name)
		types[c.Name] = c.Type
	}
	guesses := make([]guess, len(p.names))
	if rows.Next() {
		for i, v := range rows.Values()[:len(guesses)] {
			if v != nil {
				guesses[i].sample = shown(fmt.Append(nil, v), sampleLength)
			}
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return fmt.Errorf("plan %s: %w", p.Path, err)
	}
	if err := p.mapColumns(r, guesses); err != nil {
		return err
	}
	if m, err := r.mapping(p.names); err == nil && m == nil {
		for i := range p.Columns {
			p.Columns[i].Type = types[p.Columns[i].From]
		}
	}
	return nil
}

// rowNumber is the column that read_parquet adds on request.
const rowNumber = "file_row_number"

func (p *FilePlan) scan() string {
	return "read_parquet(" + quoteText(p.Path) + ", file_row_number = true)"
}

// cast gives the expression that makes a value of the column, NULL where it cannot,
// and the raw value as text or NULL where there is none.
func (c *ColumnPlan) cast() (value, raw string) {
	if c.index < 0 {
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
	value = "TRY_CAST(" + raw + " AS " + c.Type + ")"
	if c.conv.isMoment() && c.conv.formats&(formatMDY|formatDMY) != 0 {
		order := "'%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y', '%m/%d/%y %H:%M'"
		if c.conv.formats&formatDMY != 0 {
			order = strings.ReplaceAll(order, "%m/%d", "%d/%m")
		}
		value = "coalesce(" + value + ", CAST(try_strptime(CAST(" + raw + " AS VARCHAR), [" + order + "]) AS " + c.Type + "))"
	}
	return value, raw
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
