package terminal

import (
	"bufio"
	"strconv"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
)

func writeCSV(out *bufio.Writer, rows warehouse.Rows) (int, error) {
	columns := rows.Columns()
	kinds := kinds(columns)
	var line []byte
	for i, c := range columns {
		line = appendCSV(separate(line, i, ","), c.Name)
	}
	n := 0
	for {
		if _, err := out.Write(append(line, '\n')); err != nil {
			return n, fault.Wrap(err, fault.Disk, "write the result")
		}
		if !rows.Next() {
			return n, rows.Err()
		}
		n++
		line = line[:0]
		for i, v := range rows.Values() {
			line = separate(line, i, ",")
			if v != nil {
				line = appendCSV(line, text(v, kinds[i]))
			}
		}
	}
}

// appendCSV adds a field. The empty string is quoted, to tell it from NULL.
func appendCSV(line []byte, field string) []byte {
	if field != "" && !strings.ContainsAny(field, "\",\r\n") && field[0] != ' ' && field[len(field)-1] != ' ' {
		return append(line, field...)
	}
	line = append(line, '"')
	line = append(line, strings.ReplaceAll(field, `"`, `""`)...)
	return append(line, '"')
}

func writeJSON(out *bufio.Writer, rows warehouse.Rows) (int, error) {
	columns := rows.Columns()
	kinds := kinds(columns)
	names := uniqueNames(columns)
	line := []byte("[")
	n := 0
	for rows.Next() {
		line = append(separate(line, n, ","), "\n  {"...)
		n++
		for i, v := range rows.Values() {
			line = append(separate(line, i, ", "), names[i]...)
			line = appendJSON(line, v, kinds[i])
		}
		line = append(line, '}')
		if _, err := out.Write(line); err != nil {
			return n, fault.Wrap(err, fault.Disk, "write the result")
		}
		line = line[:0]
	}
	if err := rows.Err(); err != nil {
		return n, err
	}
	if n > 0 {
		line = append(line, '\n')
	}
	if _, err := out.Write(append(line, "]\n"...)); err != nil {
		return n, fault.Wrap(err, fault.Disk, "write the result")
	}
	return n, nil
}

// uniqueNames gives the object's keys, quoted and with their colon. A result may
// have one name twice and an object may not: the second becomes name_2.
func uniqueNames(columns []warehouse.Column) []string {
	taken := make(map[string]bool, len(columns))
	for _, c := range columns {
		taken[c.Name] = true
	}
	seen := make(map[string]int, len(columns))
	keys := make([]string, len(columns))
	for i, c := range columns {
		name := c.Name
		seen[c.Name]++
		if seen[c.Name] > 1 {
			for n := seen[c.Name]; taken[name]; n++ {
				name = c.Name + "_" + strconv.Itoa(n)
			}
			taken[name] = true
		}
		keys[i] = string(append(appendQuoted(nil, name), ": "...))
	}
	return keys
}
