package rowdiff_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/kith-analytics/kith/internal/dbt/rowdiff"
)

// table reads columns and rows: "id,name|1,a|2,NULL".
func table(text string) rowdiff.Table {
	lines := strings.Split(text, "|")
	t := rowdiff.Table{Columns: strings.Split(lines[0], ";")}
	for _, line := range lines[1:] {
		var row []*string
		for value := range strings.SplitSeq(line, ";") {
			if value == "NULL" {
				row = append(row, nil)
				continue
			}
			row = append(row, &value)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// What dbt 1.12 shows for the same rows.
func TestDiff(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, expected, actual, want string }{
		{"alike in another order", "id;twice|2;4|1;2", "id;twice|1;2|2;4", ""},
		{"no rows", "id", "id", ""},
		{
			"changed, added and removed", "id;twice|1;3|2;4|7;14", "id;twice|1;2|2;4|5;10",
			"@@ ,id,twice\n→  ,1 ,3→2\n   ,2 ,4\n+++,5 ,10\n---,7 ,14\n",
		},
		{"missing", "id;twice|1;2|3;6", "id;twice|1;2", "@@ ,id,twice\n   ,1 ,2\n---,3 ,6\n"},
		{"repeated", "id;name|1;a|2;b", "id;name|1;a|1;a|2;b", "@@ ,id,name\n   ,1 ,a\n+++,1 ,a\n   ,2 ,b\n"},
		{
			"one column", "name|a|x", "name|a|b|c|d d|e,e",
			"@@ ,name\n   ,a\n+++,b\n+++,c\n+++,d d\n+++,\"e,e\"\n---,x\n",
		},
		{
			"far from changes", "id;name|1;a|2;b|3;c|4;d|5;e|6;f|7;NULL", "id;name|1;a|2;b|3;NULL|4;d|5;e|6;f|7;g",
			"@@ ,id ,name\n...,...,...\n   ,2  ,b\n→  ,3  ,c→NULL\n   ,4  ,d\n...,...,...\n   ,6  ,f\n→  ,7  ,NULL→g\n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := strings.ReplaceAll(rowdiff.Diff(table(c.expected), table(c.actual)), "\r\n", "\n"); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// The order of rows never matters, and one row more or less always does.
func TestOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Custom(func(t *rapid.T) *string {
			v := rapid.SampledFrom([]string{"", "a", "b", "10", "9", "a,b", "NULL"}).Draw(t, "value")
			if v == "" {
				return nil
			}
			return &v
		})
		row := rapid.SliceOfN(value, 2, 2)
		rows := rapid.SliceOfN(row, 0, 8).Draw(t, "rows")
		a := rowdiff.Table{Columns: []string{"x", "y"}, Rows: rows}
		b := rowdiff.Table{Columns: a.Columns, Rows: rapid.Permutation(rows).Draw(t, "order")}
		if diff := rowdiff.Diff(a, b); diff != "" {
			t.Fatalf("the same rows differ:\n%s", diff)
		}
		b.Rows = append(b.Rows, row.Draw(t, "more"))
		if rowdiff.Diff(a, b) == "" || rowdiff.Diff(b, a) == "" {
			t.Fatal("a row more makes no difference")
		}
	})
}
