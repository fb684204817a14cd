package seed

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

func write(t testing.TB, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "it's a seed.csv")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func newLoader(t testing.TB) *adapter.Adapter {
	t.Helper()
	engine, err := duckdb.Open(context.Background(), duckdb.Config{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	session, err := engine.Session(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := session.Close(); err != nil {
			t.Error(err)
		}
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	})
	return adapter.New(adapter.Config{Session: session, Database: engine.Database(), Quote: adapter.All()})
}

// load makes the table t of the file and gives its rows as text.
func load(t testing.TB, ad *adapter.Adapter, f *file, overrides map[string]string) ([][]string, error) {
	t.Helper()
	heads := f.heads()
	var quoted, types, ddl []string
	for _, h := range heads {
		typ := h.Type
		if o, ok := overrides[h.Name]; ok {
			typ = o
		}
		quoted, types = append(quoted, adapter.Quote(h.Name)), append(types, typ)
		ddl = append(ddl, adapter.Quote(h.Name)+" "+typ)
	}
	ctx := t.Context()
	run := func(sql string) error { _, _, err := ad.Execute(ctx, sql, adapter.Options{}); return err }
	if err := run("create or replace table t (" + strings.Join(ddl, ", ") + ")"); err != nil {
		t.Fatal(err)
	}
	if err := run(f.LoadSQL("t", quoted, types)); err != nil {
		return nil, err
	}
	_, table, err := ad.Execute(ctx, "select columns(*)::varchar from t", adapter.Options{Fetch: true})
	if err != nil {
		t.Fatal(err)
	}
	return texts(t, table), nil
}

func texts(t testing.TB, table *adapter.Table) [][]string {
	t.Helper()
	rows, err := table.Rows()
	if err != nil {
		t.Fatal(err)
	}
	out := make([][]string, len(rows))
	for i, row := range rows {
		for _, v := range row {
			out[i] = append(out[i], jinja.Str(v))
		}
	}
	return out
}

// testdata/types.json holds columns of values with the type that dbt 1.12 infers
// and what dbt-duckdb 1.11 then loads; null where the load fails. Where it fails
// we do better: these are the types and values instead.
func TestTypesAndValuesAreThoseOfDbt(t *testing.T) {
	raw, err := os.ReadFile("testdata/types.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Values []string
		Type   string
		Loaded []*string
	}
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	better := map[string][]string{
		"5% 10%": {"integer", "5", "10"}, "$5 $1,000": {"integer", "5", "1000"}, "1,000 2": {"integer", "1000", "2"},
		"-$5": {"integer", "-5"}, "$-5": {"integer", "-5"}, "€5": {"integer", "5"}, "5 €": {"integer", "5"},
		"NaN 1": {"float8", "nan", "1.0"}, "inf": {"float8", "inf"}, "--5": {"text", "--5"},
		"null 1": {"integer", "None", "1"}, "null" + " null": {"integer", "None", "None"}, " true ": {"boolean", "true"},
		"  ": {"integer", "None"}, "2147483648": {"bigint", "2147483648"}, "9223372036854775808": {"hugeint", "9223372036854775808"},
		"0.1 null": {"float8", "0.1", "None"}, "1e400": {"float8", "inf"}, "5%%": {"integer", "5"}, "١٢": {"text", "١٢"},
	}
	ad := newLoader(t)
	for _, c := range cases {
		var content strings.Builder
		content.WriteString("v,k\n")
		for _, v := range c.Values {
			content.WriteString(`"` + strings.ReplaceAll(v, `"`, `""`) + "\",k\n")
		}
		f, err := open(write(t, content.String()), Options{})
		if err != nil {
			t.Fatal(err)
		}
		wantType, want := c.Type, []string{}
		for _, v := range c.Loaded {
			if v == nil {
				want = append(want, "None")
			} else {
				want = append(want, *v)
			}
		}
		if c.Loaded == nil {
			b := better[strings.Join(c.Values, " ")]
			if b == nil {
				t.Errorf("%q: dbt fails on it, and there is nothing better", c.Values)
				continue
			}
			wantType, want = b[0], b[1:]
		}
		if got := f.heads()[0].Type; got != wantType {
			t.Errorf("%q: type %s, want %s", c.Values, got, wantType)
			continue
		}
		rows, err := load(t, ad, f, nil)
		if err != nil {
			t.Errorf("%q: %v", c.Values, err)
			continue
		}
		var got []string
		for _, r := range rows {
			got = append(got, r[0])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", c.Values, diff)
		}
	}
}

func TestFilesAsPeopleHaveThem(t *testing.T) {
	ad := newLoader(t)
	for name, c := range map[string]struct {
		content   string
		delimiter string
		types     []string
		rows      [][]string
	}{
		"byte order mark":      {"\ufeffid,name\n1,a\n", "", []string{"integer", "text"}, [][]string{{"1", "a"}}},
		"windows line ends":    {"id,name\r\n1,\"a\r\nb\"\r\n", "", []string{"integer", "text"}, [][]string{{"1", "a\r\nb"}}},
		"mixed line ends":      {"id,name\r\n1,a\n2,b\r\n", "", []string{"integer", "text"}, [][]string{{"1", "a"}, {"2", "b"}}},
		"no last line end":     {"id,name\n1,a", "", []string{"integer", "text"}, [][]string{{"1", "a"}}},
		"blank lines":          {"id,name\n\n1,a\n\n", "", []string{"integer", "text"}, [][]string{{"1", "a"}}},
		"blank lines are rows": {"id\n1\n\n2\n", "", []string{"integer"}, [][]string{{"1"}, {"None"}, {"2"}}},
		"header only":          {"id,name\n", "", []string{"integer", "integer"}, [][]string{}},
		"semicolons":           {"id;name\n1;a,b\n", ";", []string{"integer", "text"}, [][]string{{"1", "a,b"}}},
		"tabs":                 {"id\tname\n1\ta\n", `\t`, []string{"integer", "text"}, [][]string{{"1", "a"}}},
		"quotes":               {"id,name\n1,\"say \"\"hi\"\"\"\n2,5\" wide\n3,\"\"\n", "", []string{"integer", "text"}, [][]string{{"1", `say "hi"`}, {"2", `5" wide`}, {"3", "None"}}},
		"odd names":            {"\"a \"\"b\"\"\",select,ünï\n1,2,3\n", "", []string{"integer", "integer", "integer"}, [][]string{{"1", "2", "3"}}},
		"repeated names":       {"a,a,,a\n1,2,3,4\n", "", []string{"integer", "integer", "integer", "integer"}, [][]string{{"1", "2", "3", "4"}}},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := open(write(t, c.content), Options{Delimiter: c.delimiter})
			if err != nil {
				t.Fatal(err)
			}
			var types []string
			for _, h := range f.heads() {
				types = append(types, h.Type)
			}
			if diff := cmp.Diff(c.types, types); diff != "" {
				t.Error(diff)
			}
			rows, err := load(t, ad, f, nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.rows, rows); diff != "" {
				t.Error(diff)
			}
			if f.rows != len(c.rows) {
				t.Errorf("counted %d rows", f.rows)
			}
		})
	}
}

func TestColumnTypesWin(t *testing.T) {
	var warned []string
	f, err := open(write(t, "id,zip,amount\n1,007,1.005\n2,,3\n"), Options{
		ColumnTypes: []string{"zip", "amount", "gone"}, Warn: func(m string) { warned = append(warned, m) },
	})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := load(t, newLoader(t), f, map[string]string{"zip": "varchar(5)", "amount": "decimal(10,2)"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{{"1", "007", "1.01"}, {"2", "None", "3.00"}}, rows); diff != "" {
		t.Error(diff)
	}
	if len(warned) != 1 || !strings.Contains(warned[0], "gone") {
		t.Errorf("warnings: %q", warned)
	}
}

func TestRowsForTemplates(t *testing.T) {
	table, err := Read(write(t, "n,d,ts,b,x,s\n\"1,000\",2024-01-02,2024-01-02T03:04:05Z,true,1.50,a\nnull,,,,2,null\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"1000", "2024-01-02", "2024-01-02 03:04:05+00:00", "True", "1.50", "a"}, {"None", "None", "None", "None", "2", "None"}}
	if diff := cmp.Diff(want, texts(t, table)); diff != "" {
		t.Error(diff)
	}
}

func TestBadFilesNameTheLine(t *testing.T) {
	for name, c := range map[string]struct{ content, says string }{
		"empty":           {"", "seed.csv:1: the seed has no header"},
		"short row":       {"a,b\n1,2\n3\n", "seed.csv:3: the row has 1 field, the header has 2"},
		"long row":        {"a,b\n\"1\n1\",2\n1,2,3\n", "seed.csv:4: the row has 3 fields, the header has 2"},
		"open quote":      {"a,b\n1,\"2\n3,4\n", "seed.csv:2: a quote is opened here and never closed"},
		"text behind":     {"a,b\n1,\"2\"x\n", "seed.csv:2: text follows a closing quote"},
		"latin 1":         {"a,b\n1,2\n1,\xe9\n", "seed.csv:3: the line is not UTF-8"},
		"utf-16":          {"\xff\xfea\x00", "seed.csv:1: the seed is UTF-16"},
		"names like case": {"Id,ID\n1,2\n", "differ in case only"},
	} {
		_, err := Read(write(t, c.content), Options{Name: "seeds/seed.csv"})
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Read("no/such.csv", Options{}); !fault.Is(err, fault.NotFound) {
		t.Errorf("a missing file: %v", err)
	}
	if _, err := Read(write(t, "a\n"), Options{Delimiter: "::"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a delimiter of two characters: %v", err)
	}
}

// Whatever is in a file: it is refused with a reason, or the engine loads as many
// rows as were counted.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "a\n\n1\n", "a,b\r\n\"x\"\"y\",2020-01-01\n", "a;b\n1e999999999;$5\n", "\ufeffa\n\"", "a,a,\n,,\n", "\ufeff\"\n\""} {
		f.Add(s)
	}
	ad := newLoader(f)
	f.Fuzz(func(t *testing.T, content string) {
		got, err := open(write(t, content), Options{})
		if err != nil {
			if fault.CodeOf(err) != fault.Invalid {
				t.Errorf("not a fault of the input: %v", err)
			}
			return
		}
		if rows, err := got.load(); err != nil || len(rows) != got.rows {
			t.Errorf("read again: %d rows of %d, %v", len(rows), got.rows, err)
		}
		if strings.ContainsAny(content, "\x00") || strings.Contains(strings.ReplaceAll(content, "\r\n", ""), "\r") {
			return // the engine has rules of its own for these
		}
		if rows, err := load(t, ad, got, nil); err != nil || len(rows) != got.rows {
			t.Errorf("loaded %d rows of %d, %v\n%q", len(rows), got.rows, err, content)
		}
	})
}
