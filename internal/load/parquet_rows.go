package load

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// parquetRows gives the rows of a Parquet file as texts, so that they are read as
// those of a CSV are: with the file's own decimal separator, order of dates, words
// for no value. A number or a date of the file comes in the form of its column.
type parquetRows struct {
	engine  *duckdb.Engine
	session warehouse.Session
	rows    warehouse.Rows
	texts   [][]byte
}

func (l *loader) openParquet() (o *opened, err error) {
	p := l.plan
	info, err := os.Stat(p.Path)
	if err != nil {
		return nil, fault.Wrap(err, fault.Disk, "%s cannot be read", p.Path)
	}
	in := &parquetRows{texts: make([][]byte, len(p.names))}
	defer func() {
		if err != nil {
			err = errors.Join(err, in.Close())
		}
	}()
	if in.engine, err = duckdb.Open(l.ctx, duckdb.Config{Threads: 1}); err != nil {
		return nil, fmt.Errorf("load %s: %w", p.Path, err)
	}
	if in.session, err = in.engine.Session(l.ctx); err != nil {
		return nil, fmt.Errorf("load %s: %w", p.Path, err)
	}
	total, err := one(l.ctx, in.session, "SELECT count(*) FROM "+p.scan())
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "%s is not a readable Parquet file", p.Path)
	}
	if in.rows, err = in.session.Query(l.ctx, p.asTexts()); err != nil {
		return nil, fmt.Errorf("load %s: %w", p.Path, err)
	}
	return &opened{
		rows: in, epoch: epoch1900, close: in.Close,
		done: func() (int64, int64) { return info.Size() * (l.rows + l.rejected) / max(total, 1), info.Size() },
		hash: func() (string, error) {
			sum, _, err := contentHash(l.ctx, p.Path, "")
			return sum, err
		},
		size: info.Size,
	}, nil
}

// asTexts is the query for the columns of the file, those that go into a column of
// another type than text in its form where they can be.
func (p *FilePlan) asTexts() string {
	texts := make([]string, len(p.names))
	for i, name := range p.names {
		texts[i] = "CAST(" + quoteName(name) + " AS VARCHAR)"
		for _, c := range p.Columns {
			if c.index != i {
				continue
			}
			if form := c.form(); form != "" {
				texts[i] = "coalesce(CAST(TRY_CAST(" + quoteName(name) + " AS " + form + ") AS VARCHAR), " + texts[i] + ")"
			}
		}
	}
	return "SELECT " + strings.Join(texts, ", ") + ", " + rowNumber + " + 1 FROM " + p.scan()
}

// form is the type that a value of the file is first brought to: a number to that
// of its column, seconds and the like that the file holds as floats to whole ones.
func (c *ColumnPlan) form() string {
	isFloat := c.fileType == "DOUBLE" || c.fileType == "FLOAT"
	switch {
	case c.conv.isMoment() && isFloat:
		return "BIGINT"
	case c.conv.isNumber() && c.fileType != "VARCHAR" && c.fileType != "BLOB":
		return c.Type
	}
	return ""
}

func (r *parquetRows) next(rec *record) error {
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return err
		}
		return io.EOF
	}
	values := r.rows.Values()
	*rec = record{fields: rec.fields[:0], column: -1}
	for i, v := range values[:len(values)-1] {
		text, ok := v.(string)
		if !ok {
			rec.fields = append(rec.fields, nil)
			continue
		}
		r.texts[i] = append(r.texts[i][:0], text...)
		rec.fields = append(rec.fields, r.texts[i])
	}
	rec.line, _ = values[len(values)-1].(int64)
	return nil
}

func (r *parquetRows) Close() error {
	var errs []error
	if r.rows != nil {
		errs = append(errs, r.rows.Close())
	}
	if r.session != nil {
		errs = append(errs, r.session.Close())
	}
	if r.engine != nil {
		errs = append(errs, r.engine.Close())
	}
	return errors.Join(errs...)
}
