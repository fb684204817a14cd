package app

import (
	"context"
	"errors"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// Query runs one statement that only reads and hands its rows to use, streamed,
// at most limit of them unless that is below 0. Anything that could write, to the
// warehouse or to files, is refused with code Usage.
func (a *App) Query(ctx context.Context, sql string, limit int, use func(warehouse.Rows) error) (err error) {
	if err := onlyReads(sql); err != nil {
		return err
	}
	l, err := a.configured(ctx)
	if err != nil {
		return err
	}
	lanes, err := a.openToRead(ctx, l.target)
	if err != nil {
		return err
	}
	session, err := lanes.ReadHeld(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, session.Close()) }()
	rows, err := session.Query(ctx, strings.TrimSpace(sql))
	if err != nil {
		return err
	}
	if limit >= 0 {
		rows = &firstRows{Rows: rows, left: limit}
	}
	err = use(rows)
	if err == nil {
		err = rows.Err()
	}
	return errors.Join(err, rows.Close())
}

// firstRows ends a result early.
type firstRows struct {
	warehouse.Rows
	left int
}

// Next steps to the next row, up to the limit.
func (r *firstRows) Next() bool {
	r.left--
	return r.left >= 0 && r.Rows.Next()
}

// onlyReads refuses statements that begin with a word that does not read. The
// warehouse is opened without the right to change it besides; what this keeps
// out are the ways to other files: COPY, EXPORT, ATTACH, INSTALL.
func onlyReads(sql string) error {
	word := firstWord(sql)
	switch word {
	case "":
		return fault.New(fault.Usage, "there is no SQL to run").WithHint("give a query, or - to read it from the standard input")
	case "select", "with", "from", "values", "table", "show", "describe", "desc", "summarize", "pivot", "unpivot", "explain", "(":
		return nil
	}
	return fault.New(fault.Usage, "%s is not a query", strings.ToUpper(word)).
		WithHint("kith query only reads; tables are made by models and by `kith load`")
}

// firstWord gives the first word of SQL in lower case, behind comments; "(" for a bracket.
func firstWord(sql string) string {
	for {
		sql = strings.TrimLeft(sql, " \t\r\n\f\v;\ufeff")
		switch {
		case strings.HasPrefix(sql, "--"):
			_, sql, _ = strings.Cut(sql, "\n")
		case strings.HasPrefix(sql, "/*"):
			_, sql, _ = strings.Cut(sql[2:], "*/")
		case strings.HasPrefix(sql, "("):
			return "("
		default:
			end := strings.IndexFunc(sql, func(r rune) bool {
				return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '_'
			})
			switch end {
			case -1:
				return strings.ToLower(sql)
			case 0:
				return strings.ToLower(sql[:1])
			}
			return strings.ToLower(sql[:end])
		}
	}
}
