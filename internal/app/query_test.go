package app

import (
	"strings"
	"testing"
)

func TestFirstWord(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]string{
		"select 1": "select", "  \n\tSELECT 1": "select", "-- a\n-- b\nwith x": "with", "/* a */ from t": "from", "/* -- */select": "select",
		"(select 1)": "(", "( select 1)": "(", "select*from t": "select", ";;select": "select", "": "", "-- only": "", "/* open": "", "'x'": "'", "\ufeffselect 1": "select",
		"create_table": "create_table",
	} {
		if got := firstWord(sql); got != want {
			t.Errorf("%q: %q, want %q", sql, got, want)
		}
	}
}

func FuzzOnlyReads(f *testing.F) {
	for _, sql := range []string{"select 1", "/* x */ drop table t", "-- a\ndelete from t", "(values (1))", "\x00", "/*", "é"} {
		f.Add(sql)
	}
	f.Fuzz(func(t *testing.T, sql string) {
		err := onlyReads(sql)
		word := strings.ToLower(strings.TrimSpace(sql))
		for _, writes := range []string{"create", "insert", "update", "delete", "drop", "copy", "attach", "alter", "install"} {
			if strings.HasPrefix(word, writes+" ") && err == nil {
				t.Errorf("%q was taken for a query", sql)
			}
		}
	})
}
