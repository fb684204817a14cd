package duckdb_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// column is a type with a generator of values as Rows gives them.
type column struct {
	typ    string
	values *rapid.Generator[any]
}

func ints(from, to int64) *rapid.Generator[any] { return rapid.Int64Range(from, to).AsAny() }

func decimals(digits int, scale uint8) *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		n, _ := new(big.Int).SetString(rapid.StringMatching(`[0-9]{1,`+big.NewInt(int64(digits)).String()+`}`).Draw(t, "digits"), 10)
		if rapid.Bool().Draw(t, "negative") {
			n.Neg(n)
		}
		return warehouse.Decimal{Unscaled: n, Scale: scale}
	})
}

func bigInts(bits uint, negative bool) *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		n := new(big.Int).SetBytes(rapid.SliceOfN(rapid.Byte(), 0, int(bits/8)).Draw(t, "bytes"))
		if n.BitLen() >= int(bits) {
			n.Rsh(n, 1)
		}
		if negative && rapid.Bool().Draw(t, "sign") {
			n.Neg(n)
		}
		if n.IsInt64() {
			return n.Int64()
		}
		return n
	})
}

func moments(unit time.Duration) *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		return time.Unix(rapid.Int64Range(-9e9, 9e9).Draw(t, "seconds"), rapid.Int64Range(0, 999999999).Draw(t, "nanos")).UTC().Truncate(unit)
	})
}

func text() *rapid.Generator[any] { return rapid.StringN(0, 40, -1).AsAny() }

func lists(of *rapid.Generator[any]) *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		return append([]any{}, rapid.SliceOfN(maybe(of), 0, 5).Draw(t, "list")...)
	})
}

func maybe(g *rapid.Generator[any]) *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		if rapid.IntRange(0, 4).Draw(t, "null") == 0 {
			return nil
		}
		return g.Draw(t, "value")
	})
}

func columns() []column {
	return []column{
		{"BOOLEAN", rapid.Bool().AsAny()},
		{"TINYINT", ints(math.MinInt8, math.MaxInt8)},
		{"SMALLINT", ints(math.MinInt16, math.MaxInt16)},
		{"INTEGER", ints(math.MinInt32, math.MaxInt32)},
		{"BIGINT", ints(math.MinInt64, math.MaxInt64)},
		{"UTINYINT", ints(0, math.MaxUint8)},
		{"USMALLINT", ints(0, math.MaxUint16)},
		{"UINTEGER", ints(0, math.MaxUint32)},
		{"UBIGINT", bigInts(64, false)},
		{"HUGEINT", bigInts(120, true)},
		{"UHUGEINT", bigInts(128, false)},
		{"BIGNUM", bigInts(400, true)},
		{"DOUBLE", rapid.Float64().AsAny()},
		{"DECIMAL(4,1)", decimals(4, 1)},
		{"DECIMAL(9,2)", decimals(9, 2)},
		{"DECIMAL(18,4)", decimals(18, 4)},
		{"DECIMAL(38,10)", decimals(38, 10)},
		{"VARCHAR", text()},
		{"BLOB", rapid.Custom(func(t *rapid.T) any { return append([]byte{}, rapid.SliceOfN(rapid.Byte(), 0, 30).Draw(t, "b")...) })},
		{"BIT", rapid.Custom(func(t *rapid.T) any { return []byte(rapid.StringMatching("[01]{1,20}").Draw(t, "b")) })},
		{"UUID", rapid.StringMatching("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}").AsAny()},
		{"ENUM('low', 'medium', 'high')", rapid.SampledFrom([]any{"low", "medium", "high"})},
		{"DATE", moments(24 * time.Hour)},
		{"TIME", rapid.SampledFrom([]any{"00:00:00", "08:26:00.5", "23:59:59.999999"})},
		{"TIMETZ", rapid.SampledFrom([]any{"00:00:00+00", "08:26:00.5-03", "23:59:59+05:30"})},
		{"TIMESTAMP", moments(time.Microsecond)},
		{"TIMESTAMP_S", moments(time.Second)},
		{"TIMESTAMP_MS", moments(time.Millisecond)},
		{"TIMESTAMP_NS", moments(time.Nanosecond)},
		{"TIMESTAMPTZ", moments(time.Microsecond)},
		{"INTERVAL", rapid.Custom(func(t *rapid.T) any {
			return warehouse.Interval{Months: rapid.Int32().Draw(t, "m"), Days: rapid.Int32().Draw(t, "d"), Micros: rapid.Int64().Draw(t, "u")}
		})},
		{"INTEGER[]", lists(ints(-5, 5))},
		{"VARCHAR[][]", lists(lists(text()))},
		{"DOUBLE[2]", rapid.Custom(func(t *rapid.T) any { return []any{rapid.Float64().Draw(t, "a"), nil} })},
		{"STRUCT(a INTEGER, b VARCHAR[])", rapid.Custom(func(t *rapid.T) any {
			return map[string]any{"a": maybe(ints(0, 9)).Draw(t, "a"), "b": lists(text()).Draw(t, "b")}
		})},
		{"MAP(VARCHAR, BIGINT)", rapid.Custom(func(t *rapid.T) any {
			out := map[string]any{}
			maps.Copy(out, rapid.MapOfN(rapid.String(), ints(0, 9), 0, 4).Draw(t, "map"))
			return out
		})},
	}
}

func TestAppendedValuesComeBack(t *testing.T) {
	t.Parallel()
	s := session(t, open(t, duckdb.Config{Threads: 1}))
	list := columns()
	types := make([]string, len(list))
	for i, c := range list {
		types[i] = fmt.Sprintf("c%d %s", i, c.typ)
	}
	rapid.Check(t, func(rt *rapid.T) {
		ctx := context.Background()
		if _, err := s.Exec(ctx, "CREATE OR REPLACE TABLE t ("+strings.Join(types, ", ")+", n BIGINT)"); err != nil {
			rt.Fatal(err)
		}
		want := make([][]any, rapid.IntRange(1, 8).Draw(rt, "rows"))
		a, err := s.Append(ctx, "main", "t")
		if err != nil {
			rt.Fatal(err)
		}
		for i := range want {
			for _, c := range list {
				want[i] = append(want[i], maybe(c.values).Draw(rt, c.typ))
			}
			if err := a.Append(append(want[i], i)...); err != nil {
				rt.Fatal(err)
			}
		}
		if err := a.Close(); err != nil {
			rt.Fatal(err)
		}
		for i, row := range query(t, s, "SELECT * EXCLUDE n FROM t ORDER BY n") {
			for c := range list {
				if !cmp.Equal(row[c], want[i][c], compareBig()) {
					rt.Fatalf("row %d, %s: wrote %#v, read %#v", i, list[c].typ, want[i][c], row[c])
				}
			}
		}
	})
}

func TestAppendAcrossChunks(t *testing.T) {
	t.Parallel()
	s := session(t, open(t, duckdb.Config{}))
	run(t, s, "CREATE TABLE t (n BIGINT, s VARCHAR, l BIGINT[])")
	a, err := s.Append(t.Context(), "main", "t")
	if err != nil {
		t.Fatal(err)
	}
	const rows = 300_000
	for i := range int64(rows) {
		var text any
		if i%3 > 0 {
			text = strings.Repeat("x", int(i%30))
		}
		if err := a.Append(i, text, []any{i, i}); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	got := query(t, s, `SELECT count(*), sum(n)::BIGINT, count(s), sum(len(s))::BIGINT, sum(list_sum(l))::BIGINT FROM t`)[0]
	// Of each 30 rows, 20 have a text; their lengths are those of 0..29 not divisible by 3.
	want := []any{int64(rows), int64(rows) * (rows - 1) / 2, int64(rows / 3 * 2), int64(rows / 30 * 300), int64(rows) * (rows - 1)}
	if !cmp.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAppendBatch(t *testing.T) {
	t.Parallel()
	s := session(t, open(t, duckdb.Config{}))
	run(t, s, `CREATE TABLE t (f VARCHAR, i INTEGER, d DECIMAL(18,4), small DECIMAL(6,4), day DATE, moment TIMESTAMP, b BOOLEAN, x DOUBLE, s VARCHAR,
		word VARCHAR, n BIGINT, moment2 TIMESTAMP, nothing VARCHAR)`)
	cols := make([]warehouse.Vector, 13)
	for i, kind := range []warehouse.Kind{
		warehouse.KindText, warehouse.KindInt, warehouse.KindDecimal, warehouse.KindDecimal, warehouse.KindDate,
		warehouse.KindTimestamp, warehouse.KindBool, warehouse.KindFloat, warehouse.KindText,
		warehouse.KindWord, warehouse.KindInt, warehouse.KindTimestamp, warehouse.KindText,
	} {
		cols[i].Kind, cols[i].Scale = kind, 4
	}
	cols[9].Words = []string{"short", "a word that is longer than twelve bytes", "", "never"}
	for c := 10; c < 13; c++ {
		cols[c].Constant = true
	}
	cols[10].AddInt(42)
	cols[11].AddInt(1_700_000_000_000_000)
	cols[12].AddNull()
	cols[0].Constant = true
	cols[0].AddString("one text for all the rows")
	const rows = 2048
	for i := range int64(rows) {
		for c := 1; c < 10; c++ {
			switch {
			case i%7 == 0:
				cols[c].AddNull()
			case c == 9:
				cols[c].AddInt(i % 3)
			case c == 7:
				cols[c].AddFloat(float64(i) / 2)
			case c == 8:
				cols[c].AddString(strings.Repeat("ü", int(i%5*2)))
			case c == 6:
				cols[c].AddInt(i % 2)
			default:
				cols[c].AddInt(i)
			}
		}
	}
	batch := &warehouse.Batch{Len: rows, Columns: cols}

	// The slow way writes the same.
	run(t, s, "CREATE TABLE twin AS SELECT * FROM t")
	for _, table := range []string{"t", "twin"} {
		a, err := s.Append(t.Context(), "main", table)
		if err != nil {
			t.Fatal(err)
		}
		if table == "twin" {
			a = struct{ warehouse.Appender }{a}
		}
		for range 2 {
			if err := warehouse.AppendBatch(a, batch); err != nil {
				t.Fatal(err)
			}
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if got := query(t, s, "SELECT * FROM t ORDER BY ALL"); !cmp.Equal(got, query(t, s, "SELECT * FROM twin ORDER BY ALL"), compareBig()) || len(got) != 2*rows {
		t.Errorf("%d rows differ from those written one by one", len(got))
	}
}

func TestAppendInATransaction(t *testing.T) {
	t.Parallel()
	e := open(t, duckdb.Config{})
	s, other := session(t, e), session(t, e)
	run(t, s, "CREATE TABLE t (x BIGINT)")
	count := func(s warehouse.Session) any { return query(t, s, "SELECT count(*) FROM t")[0][0] }
	write := func(n int) warehouse.Appender {
		t.Helper()
		a, err := s.Append(t.Context(), "main", "t")
		if err != nil {
			t.Fatal(err)
		}
		for i := range n {
			if err := a.Append(i); err != nil {
				t.Fatal(err)
			}
		}
		return a
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	expect := func(step string, s warehouse.Session, want int64) {
		t.Helper()
		if got := count(s); got != want {
			t.Errorf("%s: %v rows, want %d", step, got, want)
		}
	}
	a := write(500_000) // more than DuckDB flushes by itself
	expect("others see before Close", other, 0)
	must(a.Close())
	expect("others see after Close", other, 500_000)

	must(write(500_000).Abort())
	expect("after Abort", s, 500_000)

	must(s.Begin(t.Context()))
	must(write(10).Close())
	expect("inside the transaction", s, 500_010)
	expect("others see before the commit", other, 500_000)
	must(s.Rollback(t.Context()))
	expect("after the rollback", s, 500_000)

	must(s.Begin(t.Context()))
	_ = write(10)
	must(s.Rollback(t.Context()))
	expect("after the rollback of an open writer", s, 500_000)
	must(write(1).Close())
	expect("the session writes again", other, 500_001)
}

func TestAppendRefuses(t *testing.T) {
	t.Parallel()
	s := session(t, open(t, duckdb.Config{}))
	if _, err := s.Append(t.Context(), "main", "nope"); !fault.Is(err, fault.Database) || !strings.Contains(err.Error(), "nope") {
		t.Errorf("a missing table gives %v", err)
	}
	run(t, s, "CREATE TABLE t (a SMALLINT, b DECIMAL(5,2), c VARCHAR NOT NULL, d UUID)")
	a, err := s.Append(t.Context(), "main", "t")
	if err != nil {
		t.Fatal(err)
	}
	dec := func(n int64, scale uint8) warehouse.Decimal {
		return warehouse.Decimal{Unscaled: big.NewInt(n), Scale: scale}
	}
	for _, row := range [][]any{
		{1},
		{40000, nil, "", nil},
		{1, dec(100000, 2), "", nil},
		{1, dec(1, 3), "", nil},
		{1, nil, "\xff", nil},
		{1, nil, "", "no uuid"},
		{"1", nil, "", nil},
		{1.5, nil, "", nil},
		{struct{}{}, nil, "", nil},
	} {
		if err := a.Append(row...); !fault.Is(err, fault.Invalid) {
			t.Errorf("%v gives %v, want code invalid", row, err)
		}
	}
	if err := a.Append(nil, dec(1000, 3), "good", nil); err != nil {
		t.Errorf("the writer does not go on after a bad row: %v", err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if got := query(t, s, "SELECT * FROM t"); !cmp.Equal(got, [][]any{{nil, dec(100, 2), "good", nil}}, compareBig()) {
		t.Errorf("the table has %v", got)
	}

	a, err = s.Append(t.Context(), "main", "t")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Append(1, nil, nil, nil); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); !fault.Is(err, fault.Database) || !strings.Contains(err.Error(), "NOT NULL") {
		t.Errorf("a NULL in a NOT NULL column gives %v", err)
	}
	if err := a.Close(); err == nil {
		t.Error("a second Close is not refused")
	}
	if got := query(t, s, "SELECT count(*) FROM t")[0][0]; got != int64(1) {
		t.Errorf("after the refused row the table has %v rows", got)
	}
}

func TestAppendIsCancelled(t *testing.T) {
	t.Parallel()
	s := session(t, open(t, duckdb.Config{}))
	run(t, s, "CREATE TABLE t (x BIGINT)")
	ctx, cancel := context.WithCancelCause(t.Context())
	a, err := s.Append(ctx, "main", "t")
	if err != nil {
		t.Fatal(err)
	}
	cancel(errors.New("the user pressed stop"))
	var got error
	for i := 0; i < 10_000 && got == nil; i++ {
		got = a.Append(i)
	}
	if !fault.Is(got, fault.Cancelled) || !errors.Is(got, context.Canceled) || !strings.Contains(got.Error(), "the user pressed stop") {
		t.Errorf("got %v, want code cancelled with its cause", got)
	}
	if err := a.Abort(); err != nil {
		t.Fatal(err)
	}
	if got := query(t, s, "SELECT count(*) FROM t")[0][0]; got != int64(0) {
		t.Errorf("%v rows stayed", got)
	}
}
