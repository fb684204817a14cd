package metric

import (
	"strconv"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

// static is SQL that stands in this package's source: constants convert to it by
// themselves and strings of other origin do not, so that none is pasted into SQL.
type static string

// piece is a bit of SQL, or a value to bind when isValue is set.
type piece struct {
	text    string
	value   any
	isValue bool
}

// fragment is SQL under construction with the values it binds. It is never changed:
// operations give a new one.
type fragment struct{ pieces []piece }

// raw is SQL from this package's source.
func raw(s static) fragment { return fragment{pieces: []piece{{text: string(s)}}} }

// ident is a quoted identifier.
func ident(name string) fragment {
	return fragment{pieces: []piece{{text: `"` + strings.ReplaceAll(name, `"`, `""`) + `"`}}}
}

// column is a quoted column of an alias.
func column(alias static, name string) fragment { return cat(raw(alias), raw("."), ident(name)) }

// bind is a value that travels beside the SQL.
func bind(v any) fragment { return fragment{pieces: []piece{{value: v, isValue: true}}} }

// number is a numeral that the expression parser has read.
func number(n numberNode) fragment { return fragment{pieces: []piece{{text: string(n)}}} }

// cat joins fragments.
func cat(parts ...fragment) fragment {
	n := 0
	for _, p := range parts {
		n += len(p.pieces)
	}
	out := make([]piece, 0, n)
	for _, p := range parts {
		out = append(out, p.pieces...)
	}
	return fragment{pieces: out}
}

// form puts fragments in the place of the marks (%) of a text.
func form(text static, parts ...fragment) fragment {
	var out []fragment
	rest := string(text)
	for _, p := range parts {
		before, after, found := strings.Cut(rest, "%")
		if !found {
			break
		}
		out = append(out, raw(static(before)), p)
		rest = after
	}
	return cat(append(out, raw(static(rest)))...)
}

// list joins fragments with a separator.
func list(separator static, parts []fragment) fragment {
	var out []fragment
	for i, p := range parts {
		if i > 0 {
			out = append(out, raw(separator))
		}
		out = append(out, p)
	}
	return cat(out...)
}

// statement gives the SQL with a mark for each value, and the values.
func (f fragment) statement() (sql string, args []any) {
	var b strings.Builder
	for _, p := range f.pieces {
		if p.isValue {
			b.WriteByte('?')
			args = append(args, p.value)
			continue
		}
		b.WriteString(p.text)
	}
	return b.String(), args
}

// written gives the SQL with its values written out, for reading.
func (f fragment) written(d Dialect) (string, error) {
	var b strings.Builder
	for _, p := range f.pieces {
		if !p.isValue {
			b.WriteString(p.text)
			continue
		}
		text, ok := d.Literal(p.value)
		if !ok {
			return "", fault.New(fault.Internal, "a value of type %T has no literal", p.value)
		}
		b.WriteString(text)
	}
	return b.String(), nil
}

// day is a day as a literal.
func day(d Day) fragment { return fragment{pieces: []piece{{text: "date '" + d.String() + "'"}}} }

// integer is a whole number as a literal.
func integer(n int) fragment { return fragment{pieces: []piece{{text: strconv.Itoa(n)}}} }
