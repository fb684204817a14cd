package terminal_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/terminal"
	"github.com/kith-analytics/kith/internal/warehouse"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// rows is a result held in memory.
type rows struct {
	columns []warehouse.Column
	values  [][]any
	next    int
	failure error
}

func (r *rows) Columns() []warehouse.Column { return r.columns }
func (r *rows) Values() []any               { return r.values[r.next-1] }
func (r *rows) Close() error                { return nil }
func (r *rows) Next() bool                  { r.next++; return r.next <= len(r.values) }

func (r *rows) Err() error {
	if r.next > len(r.values) {
		return r.failure
	}
	return nil
}

func decimal(unscaled int64, scale uint8) warehouse.Decimal {
	return warehouse.Decimal{Unscaled: big.NewInt(unscaled), Scale: scale}
}

func columns(pairs ...string) []warehouse.Column {
	all := make([]warehouse.Column, 0, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		all = append(all, warehouse.Column{Name: pairs[i], Type: pairs[i+1]})
	}
	return all
}

func sales() *rows {
	return &rows{
		columns: columns("customer_id", "BIGINT", "name", "VARCHAR", "spent", "DECIMAL(12,2)", "share", "DOUBLE",
			"last_order", "TIMESTAMP", "since", "DATE", "active", "BOOLEAN"),
		values: [][]any{
			{
				int64(17850), "Ada, \"the first\"", decimal(528863, 2), 0.25,
				time.Date(2011, 12, 9, 12, 50, 0, 0, time.UTC), time.Date(2010, 12, 1, 0, 0, 0, 0, time.UTC), true,
			},
			{int64(9), "", decimal(-150, 2), 1.0, time.Date(2011, 1, 2, 3, 4, 5, 600_000, time.UTC), nil, false},
			{nil, nil, nil, nil, nil, nil, nil},
			{int64(-1), "line\nbreak \x1b[31mred", decimal(5, 2), math.NaN(), nil, nil, nil},
			{int64(1 << 60), "日本 and a name that goes on for quite a while", decimal(100000000, 2), 1e-9, nil, nil, nil},
		},
	}
}

func everyType() *rows {
	huge, _ := new(big.Int).SetString("170141183460469231731687303715884105727", 10)
	day := time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)
	return &rows{
		columns: columns("h", "HUGEINT", "b", "BLOB", "bit", "BIT", "i", "INTERVAL", "t", "TIME", "z", "TIMESTAMP WITH TIME ZONE",
			"days", "DATE[]", "prices", "DECIMAL(5,2)[2]", "s", "STRUCT(a INTEGER, b VARCHAR)", "u", "UUID", "u", "UUID"),
		values: [][]any{
			{
				huge,
				[]byte{0, 0xfe},
				[]byte("0101"),
				warehouse.Interval{Months: 14, Days: -3, Micros: 3_600_500_000},
				"08:26:00.5",
				time.Date(2024, 2, 29, 1, 2, 3, 0, time.FixedZone("", 3600)),
				[]any{day, nil},
				[]any{decimal(150, 2), decimal(5, 2)},
				map[string]any{"b": "x\"y", "a": int64(1)},
				"one", "two",
			},
			{
				big.NewInt(1), []byte{}, []byte("1"), warehouse.Interval{}, "-infinity", nil, []any{}, nil, nil, nil, nil,
			},
			{
				big.NewInt(-1), nil, nil, warehouse.Interval{Months: -1, Micros: math.MinInt64}, nil, nil, nil, nil, nil, nil, nil,
			},
		},
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; -update rewrites it):\n%s", path, diff)
	}
}

func TestWriteTable(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		golden string
		rows   *rows
		format terminal.Format
		opts   terminal.Options
		want   int
	}{
		{"sales.table", sales(), terminal.Table, terminal.Options{}, 5},
		{"sales_80.table", sales(), terminal.Table, terminal.Options{Width: 80}, 5},
		{"sales_color.table", sales(), terminal.Table, terminal.Options{Width: 100, Color: true}, 5},
		{"sales.csv", sales(), terminal.CSV, terminal.Options{}, 5},
		{"sales.json", sales(), terminal.JSON, terminal.Options{}, 5},
		{"types.table", everyType(), terminal.Table, terminal.Options{HideCount: true}, 3},
		{"types.csv", everyType(), terminal.CSV, terminal.Options{}, 3},
		{"types.json", everyType(), terminal.JSON, terminal.Options{}, 3},
		{"empty.table", &rows{columns: columns("a", "INTEGER", "b", "VARCHAR")}, terminal.Table, terminal.Options{}, 0},
		{"empty.csv", &rows{columns: columns("a", "INTEGER", "b", "VARCHAR")}, terminal.CSV, terminal.Options{}, 0},
		{"empty.json", &rows{columns: columns("a", "INTEGER", "b", "VARCHAR")}, terminal.JSON, terminal.Options{}, 0},
		{"one.table", &rows{columns: columns("n", "BIGINT"), values: [][]any{{int64(541909)}}}, terminal.Table, terminal.Options{}, 1},
	} {
		t.Run(tc.golden, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			n, err := terminal.WriteTable(&out, tc.rows, tc.format, tc.opts)
			if err != nil || n != tc.want {
				t.Fatalf("got %d rows and %v, want %d", n, err, tc.want)
			}
			golden(t, tc.golden, out.String())
		})
	}
}

func TestLongResultsAreStreamedAndCounted(t *testing.T) {
	t.Parallel()
	const n = 2_345
	values := make([][]any, n)
	for i := range values {
		values[i] = []any{int64(i), "x"}
	}
	values[n-1][1] = "wider than anything in the sample"
	for _, format := range []terminal.Format{terminal.Table, terminal.CSV, terminal.JSON} {
		var out strings.Builder
		got, err := terminal.WriteTable(&out, &rows{columns: columns("i", "BIGINT", "text", "VARCHAR"), values: values},
			format, terminal.Options{Width: 80})
		if err != nil || got != n {
			t.Errorf("%s: got %d rows and %v, want %d", format, got, err, n)
		}
		if lines := strings.Count(out.String(), "\n"); lines < n {
			t.Errorf("%s: %d lines for %d rows", format, lines, n)
		}
	}
}

func TestNoLineIsWiderThanAsked(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		count := rapid.IntRange(1, 6).Draw(rt, "columns")
		r := &rows{}
		for i := range count {
			r.columns = append(r.columns, warehouse.Column{
				Name: rapid.String().Draw(rt, "name"), Type: []string{"VARCHAR", "BIGINT"}[i%2],
			})
		}
		for range rapid.IntRange(0, 5).Draw(rt, "rows") {
			row := make([]any, count)
			for i := range row {
				row[i] = rapid.OneOf(rapid.String().AsAny(), rapid.Int64().AsAny(), rapid.Just[any](nil)).Draw(rt, "cell")
			}
			r.values = append(r.values, row)
		}
		var out strings.Builder
		const width = 60
		if _, err := terminal.WriteTable(&out, r, terminal.Table, terminal.Options{Width: width}); err != nil {
			rt.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if len(lines) != len(r.values)+3 {
			rt.Fatalf("%d lines for %d rows:\n%s", len(lines), len(r.values), out.String())
		}
		for _, line := range lines {
			if terminal.Columns(line) > width {
				rt.Fatalf("%d columns: %q", terminal.Columns(line), line)
			}
		}
	})
}

// What is written as CSV or JSON comes back from a standard reader as it was.
func TestWrittenTextIsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		// csv.Reader folds \r\n to \n inside quotes, so the texts have no \r.
		cell := rapid.Map(rapid.String(), func(s string) string { return strings.ReplaceAll(s, "\r", "") })
		texts := rapid.SliceOfN(rapid.SliceOfN(cell, 2, 2), 0, 6).Draw(rt, "texts")
		r := &rows{columns: columns("first", "VARCHAR", "second", "VARCHAR")}
		for _, line := range texts {
			r.values = append(r.values, []any{line[0], line[1]})
		}
		var asCSV, asJSON bytes.Buffer
		for format, out := range map[terminal.Format]*bytes.Buffer{terminal.CSV: &asCSV, terminal.JSON: &asJSON} {
			r.next = 0
			if _, err := terminal.WriteTable(out, r, format, terminal.Options{}); err != nil {
				rt.Fatal(err)
			}
		}
		read, err := csv.NewReader(&asCSV).ReadAll()
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(append([][]string{{"first", "second"}}, texts...), read); diff != "" {
			rt.Fatalf("csv (-want +got):\n%s", diff)
		}
		var objects []struct{ First, Second string }
		if err := json.Unmarshal(asJSON.Bytes(), &objects); err != nil {
			rt.Fatalf("%v in %s", err, asJSON.String())
		}
		for i, o := range objects {
			if diff := cmp.Diff(texts[i], []string{o.First, o.Second}); diff != "" {
				rt.Fatalf("json (-want +got):\n%s", diff)
			}
		}
	})
}

var errQuery, errPipe = errors.New("the query broke off"), errors.New("broken pipe")

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errPipe }

func TestErrorsComeThrough(t *testing.T) {
	t.Parallel()
	for _, format := range []terminal.Format{terminal.Table, terminal.CSV, terminal.JSON} {
		t.Run(string(format), func(t *testing.T) {
			t.Parallel()
			broken := sales()
			broken.failure = errQuery
			if _, err := terminal.WriteTable(io.Discard, broken, format, terminal.Options{}); !errors.Is(err, errQuery) {
				t.Errorf("a broken result gives %v", err)
			}
			_, err := terminal.WriteTable(brokenPipe{}, sales(), format, terminal.Options{})
			if !errors.Is(err, errPipe) || !fault.Is(err, fault.Disk) {
				t.Errorf("a broken pipe gives %v", err)
			}
		})
	}
}

func TestParseFormat(t *testing.T) {
	t.Parallel()
	for _, name := range append(terminal.Formats(), "JSON") {
		if f, err := terminal.ParseFormat(name); err != nil || !strings.EqualFold(string(f), name) {
			t.Errorf("%s gives %q and %v", name, f, err)
		}
	}
	_, err := terminal.ParseFormat("xml")
	if want := `there is no format "xml"; use one of table, csv, json`; fmt.Sprint(err) != want || !fault.Is(err, fault.Usage) {
		t.Errorf("got %v, want %s", err, want)
	}
}
