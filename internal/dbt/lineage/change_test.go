package lineage_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/dbt/lineage"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// TestChangesFollowLineage runs every case on random rows, changes one parent
// column after the other, and sees which output columns change: only those that
// name the column in From, or all when it stands in Rows.
func TestChangesFollowLineage(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("testdata", "cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ Name, SQL string }
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	s := session(t)
	exec(t, s, "ATTACH ':memory:' AS shop; CREATE SCHEMA shop.s; USE shop.s")
	tables := randomTables()
	tr := shop(t)
	changed := 0
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 7))
		for _, table := range tables {
			table.fill(r)
			table.write(t, s)
		}
		for _, c := range cases {
			if strings.Contains(c.SQL, "now()") || strings.Contains(c.SQL, "sample") || strings.Contains(c.SQL, "__dbt__cte__") ||
				strings.Contains(c.SQL, "information_schema") {
				continue
			}
			got, err := tr.Trace(t.Context(), c.SQL, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got.Unknown != "" {
				continue
			}
			before := columnsOf(t, s, c.SQL)
			for _, table := range tables {
				for i := range table.columns {
					undo := table.change(r, i)
					table.write(t, s)
					for j, now := range columnsOf(t, s, c.SQL) {
						if slices.Equal(before[j], now) {
							continue
						}
						changed++
						if !claims(got, j, table.name, table.columns[i].name) {
							t.Errorf("%s: %s changes with %s.%s, which its lineage does not name", c.Name, got.Columns[j].Name, table.name, table.columns[i].name)
						}
					}
					undo()
					table.write(t, s)
				}
			}
		}
	}
	if changed < 300 {
		t.Errorf("only %d changes were seen: the data is too dull to show anything", changed)
	}
}

// claims says whether a result admits that an output depends on a column.
func claims(r lineage.Result, output int, table, column string) bool {
	return slices.ContainsFunc(r.Columns[output].From, func(s lineage.Source) bool { return s.Relation.Name == table && s.Name == column }) ||
		slices.ContainsFunc(r.Rows, func(u lineage.Use) bool { return u.Relation.Name == table && u.Name == column })
}

type randomColumn struct {
	name, kind string
	value      func(r *rand.Rand) string
}

type randomTable struct {
	name    string
	columns []randomColumn
	cells   [][]string // by column
}

const randomRows = 12

func randomTables() []*randomTable {
	number := func(r *rand.Rand) string { return strconv.Itoa(r.IntN(9)) }
	word := func(r *rand.Rand) string { return "'" + string(rune('a'+r.IntN(6))) + "'" }
	return []*randomTable{
		{name: "orders", columns: []randomColumn{
			{"id", "INTEGER", number},
			{"cust", "INTEGER", number},
			{"amt", "DECIMAL(12,2)", func(r *rand.Rand) string { return strconv.Itoa(r.IntN(40) - 8) }},
			{"d", "DATE", func(r *rand.Rand) string {
				if r.IntN(4) == 0 {
					return "NULL"
				}
				return fmt.Sprintf("DATE '20%02d-01-01'", 15+r.IntN(10))
			}},
			{"tags", "VARCHAR[]", func(r *rand.Rand) string { return "[" + strings.Repeat("'x',", r.IntN(3)) + word(r) + "]" }},
			{"st", "STRUCT(a INTEGER, b INTEGER)", func(r *rand.Rand) string { return fmt.Sprintf("{'a': %d, 'b': 2}", r.IntN(9)) }},
		}},
		{name: "cust", columns: []randomColumn{
			{"id", "INTEGER", number},
			{"name", "VARCHAR", word},
			{"Mixed Case", "ENUM('a', 'b')", func(r *rand.Rand) string { return "'" + string(rune('a'+r.IntN(2))) + "'" }},
		}},
	}
}

func (t *randomTable) fill(r *rand.Rand) {
	t.cells = make([][]string, len(t.columns))
	for i := range t.columns {
		t.cells[i] = t.random(r, i)
	}
	if t.name == "cust" {
		// Customers are unique, as scalar subqueries want them.
		for i := range t.cells[0] {
			t.cells[0][i] = strconv.Itoa(i)
		}
	}
}

func (t *randomTable) random(r *rand.Rand, i int) []string {
	cells := make([]string, randomRows)
	for j := range cells {
		cells[j] = t.columns[i].value(r)
	}
	return cells
}

// change gives a column other values; undo takes that back. Keys stay unique.
func (t *randomTable) change(r *rand.Rand, i int) (undo func()) {
	old := t.cells[i]
	t.cells[i] = t.random(r, i)
	if t.name == "cust" && i == 0 {
		for j, k := range r.Perm(randomRows) {
			t.cells[i][j] = strconv.Itoa(k + 1)
		}
	}
	return func() { t.cells[i] = old }
}

// write makes the table anew, its rows always in one order.
func (t *randomTable) write(tb testing.TB, s warehouse.Session) {
	tb.Helper()
	var columns, rows []string
	for _, c := range t.columns {
		columns = append(columns, `"`+c.name+`" `+c.kind)
	}
	for j := range randomRows {
		var cells []string
		for i := range t.columns {
			cells = append(cells, t.cells[i][j])
		}
		rows = append(rows, "("+strings.Join(cells, ", ")+")")
	}
	exec(tb, s, "CREATE OR REPLACE TABLE shop.s."+t.name+" ("+strings.Join(columns, ", ")+"); INSERT INTO shop.s."+t.name+" VALUES "+strings.Join(rows, ", "))
}

func exec(tb testing.TB, s warehouse.Session, sql string) {
	tb.Helper()
	if _, err := s.Exec(tb.Context(), sql); err != nil {
		tb.Fatal(err)
	}
}

// columnsOf gives each column's values, sorted.
func columnsOf(tb testing.TB, s warehouse.Session, sql string) [][]string {
	tb.Helper()
	rows, err := s.Query(tb.Context(), sql)
	if err != nil {
		tb.Fatalf("%s: %v", sql, err)
	}
	defer func() {
		if err := rows.Close(); err != nil {
			tb.Error(err)
		}
	}()
	out := make([][]string, len(rows.Columns()))
	for rows.Next() {
		for i, v := range rows.Values() {
			out[i] = append(out[i], fmt.Sprint(v))
		}
	}
	if err := rows.Err(); err != nil {
		tb.Fatalf("%s: %v", sql, err)
	}
	for i := range out {
		slices.Sort(out[i])
	}
	return out
}
