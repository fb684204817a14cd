package seed

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
)

// LoadSQL gives the statement that fills relation from the file: the engine reads
// it and casts every text to its column's type. quoted are the columns as SQL
// writes them, types those of the table.
func (f *file) LoadSQL(relation string, quoted, types []string) string {
	if f.rows == 0 {
		// Nothing is read: the engine may find fault with a header that stands alone.
		nulls := slices.Repeat([]string{"null"}, len(quoted))
		return fmt.Sprintf("insert into %s (%s)\nselect %s where false", relation, strings.Join(quoted, ", "), strings.Join(nulls, ", "))
	}
	read := make([]string, len(f.names))
	take := make([]string, len(f.names))
	for i := range f.names {
		// The file's own names may repeat: columns are read by position.
		name := fmt.Sprintf("c%d", i)
		typ := types[i]
		take[i] = name
		if c := &f.columns[i]; c.rough && c.kind() != adapter.KindText {
			typ = "varchar"
			take[i] = "cast(" + c.clean(name) + " as " + types[i] + ")"
		}
		read[i] = adapter.Literal(name) + ": " + adapter.Literal(typ)
	}
	lenient := ""
	if f.mixed {
		lenient = ", strict_mode = false"
	}
	return fmt.Sprintf(`insert into %s (%s)
select %s
from read_csv(%s, auto_detect = false, header = true, delim = %s, quote = '"', escape = '"'%s,
  columns = {%s})`,
		relation, strings.Join(quoted, ", "), strings.Join(take, ", "),
		adapter.Literal(f.path), adapter.Literal(string(rune(f.delimiter))), lenient, strings.Join(read, ", "))
}

// clean is the expression that makes a value castable: what inference takes for
// blank is null, and a number loses its signs.
func (c *column) clean(name string) string {
	text := "nullif(trim(" + name + `, E' \t\r\n\f\v'), '')`
	if c.kind() == adapter.KindNumber {
		text = "nullif(regexp_replace(" + name + ", " + adapter.Literal(`[\s,%`+currencies+`]`) + ", '', 'g'), '')"
	}
	return "case when lower(trim(" + name + ")) <> 'null' then " + text + " end"
}
