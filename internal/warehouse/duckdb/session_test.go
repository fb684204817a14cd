package duckdb_test

import (
	"context"
	"errors"
	"math/big"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

func open(t *testing.T, c duckdb.Config) *duckdb.Engine {
	t.Helper()
	e, err := duckdb.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func session(t *testing.T, e warehouse.Engine) warehouse.Session {
	t.Helper()
	s, err := e.Session(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func run(t *testing.T, s warehouse.Session, sql string, args ...any) int64 {
	t.Helper()
	n, err := s.Exec(t.Context(), sql, args...)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return n
}

func query(t *testing.T, s warehouse.Session, sql string, args ...any) [][]any {
	t.Helper()
	rows, err := s.Query(t.Context(), sql, args...)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	defer func() { _ = rows.Close() }()
	var out [][]any
	for rows.Next() {
		out = append(out, rows.Values())
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return out
}

func TestExec(t *testing.T) {
	t.Parallel()
	s := session(t, open(t, duckdb.Config{}))
	for _, c := range []struct {
		sql     string
		args    []any
		changed int64
	}{
		{sql: "CREATE TABLE t (a BIGINT, b VARCHAR)"},
		{sql: "INSERT INTO t VALUES (1, 'x'), (2, 'y')", changed: 2},
		{sql: "INSERT INTO t VALUES (?, ?)", args: []any{3, "z"}, changed: 1},
		{sql: "UPDATE t SET b = 'w' WHERE a >= $1", args: []any{int64(2)}, changed: 2},
		{sql: "CREATE TABLE u AS SELECT * FROM t", changed: 3},
		{sql: "DELETE FROM u; DELETE FROM t WHERE a = ?", args: []any{1}, changed: 1},
	} {
		if got := run(t, s, c.sql, c.args...); got != c.changed {
			t.Errorf("%s changed %d rows, want %d", c.sql, got, c.changed)
		}
	}
	if got := query(t, s, "SELECT a, b FROM t ORDER BY a"); !cmp.Equal(got, [][]any{{int64(2), "w"}, {int64(3), "w"}}) {
		t.Errorf("the table holds %v", got)
	}
}

func TestQueryTakesOneStatement(t *testing.T) {
	t.Parallel()
	s := session(t, open(t, duckdb.Config{}))
	run(t, s, "CREATE TABLE t (a INTEGER)")
	for _, sql := range []string{"SELECT 1; DROP TABLE t", "SELECT 1; SELECT 2", "", " -- nothing"} {
		_, err := s.Query(t.Context(), sql)
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%q gives %v, want code invalid", sql, err)
		}
	}
	if got := query(t, s, "SELECT count(*) FROM t;"); !cmp.Equal(got, [][]any{{int64(0)}}) {
		t.Errorf("the table is not what it was: %v", got)
	}
}

//nolint:tparallel // the cases share a session
func TestValues(t *testing.T) {
	t.Parallel()
	s := session(t, open(t, duckdb.Config{}))
	huge, _ := new(big.Int).SetString("170141183460469231731687303715884105727", 10)
	for _, c := range []struct {
		sql, typ string
		want     any
	}{
		{"NULL::INTEGER", "INTEGER", nil},
		{"true", "BOOLEAN", true},
		{"(-5)::TINYINT", "TINYINT", int64(-5)},
		{"(-5)::SMALLINT", "SMALLINT", int64(-5)},
		{"-5", "INTEGER", int64(-5)},
		{"9223372036854775807", "BIGINT", int64(9223372036854775807)},
		{"250::UTINYINT", "UTINYINT", int64(250)},
		{"18446744073709551615::UBIGINT", "UBIGINT", new(big.Int).SetUint64(18446744073709551615)},
		{"7::HUGEINT", "HUGEINT", int64(7)},
		{"(-7)::HUGEINT", "HUGEINT", int64(-7)},
		{"170141183460469231731687303715884105727::HUGEINT", "HUGEINT", huge},
		{"(-170141183460469231731687303715884105727)::HUGEINT", "HUGEINT", new(big.Int).Neg(huge)},
		{"300::BIGNUM", "BIGNUM", int64(300)},
		{"(-300)::BIGNUM", "BIGNUM", int64(-300)},
		{"1.5::FLOAT", "FLOAT", 1.5},
		{"1.25::DOUBLE", "DOUBLE", 1.25},
		{"1.50::DECIMAL(4,2)", "DECIMAL(4,2)", warehouse.Decimal{Unscaled: big.NewInt(150), Scale: 2}},
		{"(-1.5)::DECIMAL(9,2)", "DECIMAL(9,2)", warehouse.Decimal{Unscaled: big.NewInt(-150), Scale: 2}},
		{"1.5::DECIMAL(18,4)", "DECIMAL(18,4)", warehouse.Decimal{Unscaled: big.NewInt(15000), Scale: 4}},
		{"(-1.5)::DECIMAL(38,4)", "DECIMAL(38,4)", warehouse.Decimal{Unscaled: big.NewInt(-15000), Scale: 4}},
		{"'short'", "VARCHAR", "short"},
		{"'longer than twelve characters ü'", "VARCHAR", "longer than twelve characters ü"},
		{"''", "VARCHAR", ""},
		{`'\x00\xff'::BLOB`, "BLOB", []byte{0, 255}},
		{"'0100000001'::BIT", "BIT", []byte("0100000001")},
		{"'b'::ENUM('a', 'b')", "ENUM('a', 'b')", "b"},
		{"'4ac7a9e9-607c-4c8a-84f3-843f0191e3fd'::UUID", "UUID", "4ac7a9e9-607c-4c8a-84f3-843f0191e3fd"},
		{"DATE '2011-12-10'", "DATE", time.Date(2011, 12, 10, 0, 0, 0, 0, time.UTC)},
		{"DATE '1890-01-02'", "DATE", time.Date(1890, 1, 2, 0, 0, 0, 0, time.UTC)},
		{"DATE 'infinity'", "DATE", "infinity"},
		{"TIMESTAMP '-infinity'", "TIMESTAMP", "-infinity"},
		{"TIME '08:26:00.5'", "TIME", "08:26:00.5"},
		{"TIMETZ '08:26:00+05:30'", "TIME WITH TIME ZONE", "08:26:00+05:30"},
		{"TIMETZ '08:26:00-03'", "TIME WITH TIME ZONE", "08:26:00-03"},
		{"TIMESTAMP '2010-12-01 08:26:00.123456'", "TIMESTAMP", time.Date(2010, 12, 1, 8, 26, 0, 123456000, time.UTC)},
		{"TIMESTAMP_S '2010-12-01 08:26:00'", "TIMESTAMP_S", time.Date(2010, 12, 1, 8, 26, 0, 0, time.UTC)},
		{"TIMESTAMP_MS '2010-12-01 08:26:00.12'", "TIMESTAMP_MS", time.Date(2010, 12, 1, 8, 26, 0, 120000000, time.UTC)},
		{"TIMESTAMP_NS '2010-12-01 08:26:00.123456789'", "TIMESTAMP_NS", time.Date(2010, 12, 1, 8, 26, 0, 123456789, time.UTC)},
		{"TIMESTAMPTZ '2010-12-01 08:26:00+02'", "TIMESTAMP WITH TIME ZONE", time.Date(2010, 12, 1, 6, 26, 0, 0, time.UTC)},
		{"INTERVAL '1 month 2 days 3 seconds'", "INTERVAL", warehouse.Interval{Months: 1, Days: 2, Micros: 3000000}},
		{"[1, NULL, 3]", "INTEGER[]", []any{int64(1), nil, int64(3)}},
		{"[]::INTEGER[]", "INTEGER[]", []any{}},
		{"[[1], [2, 3]]", "INTEGER[][]", []any{[]any{int64(1)}, []any{int64(2), int64(3)}}},
		{"[1, 2]::INTEGER[2]", "INTEGER[2]", []any{int64(1), int64(2)}},
		{"{'a': 1, 'b c': 'x'}", `STRUCT("a" INTEGER, "b c" VARCHAR)`, map[string]any{"a": int64(1), "b c": "x"}},
		{"MAP {'k': 1.5}", "MAP(VARCHAR, DECIMAL(2,1))", map[string]any{"k": warehouse.Decimal{Unscaled: big.NewInt(15), Scale: 1}}},
		{"MAP {DATE '2011-12-10': 1}", "MAP(DATE, INTEGER)", map[string]any{"2011-12-10T00:00:00Z": int64(1)}},
		{"union_value(n := 2)", `UNION("n" INTEGER)`, int64(2)},
		{`'{"a":1}'::JSON`, "JSON", `{"a":1}`},
	} {
		t.Run(c.sql, func(t *testing.T) {
			rows, err := s.Query(t.Context(), "SELECT "+c.sql+" AS x")
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = rows.Close() }()
			if got := rows.Columns(); !cmp.Equal(got, []warehouse.Column{{Name: "x", Type: c.typ}}) {
				t.Errorf("column %v, want type %s", got, c.typ)
			}
			if !rows.Next() {
				t.Fatalf("no row: %v", rows.Err())
			}
			if got := rows.Values()[0]; !cmp.Equal(got, c.want, compareBig()) {
				t.Errorf("got %#v, want %#v", got, c.want)
			}
		})
	}
}

func compareBig() cmp.Option {
	return cmp.Comparer(func(a, b *big.Int) bool { return a.Cmp(b) == 0 })
}

func TestBoundValuesComeBack(t *testing.T) {
	t.Parallel()
	s := session(t, open(t, duckdb.Config{}))
	for _, v := range []any{
		nil, true, int64(-3), 2.5, "it's; -- fine",
		[]byte{0, 1},
		time.Date(2011, 12, 10, 1, 2, 3, 4000, time.UTC),
		warehouse.Interval{Months: 1, Days: -2, Micros: 3},
		warehouse.Decimal{Unscaled: big.NewInt(-12345), Scale: 3},
		[]any{int64(1), nil, int64(2)},
		[]any{"a"},
		[]any{[]any{2.5}},
		new(big.Int).Lsh(big.NewInt(-3), 100),
	} {
		if got := query(t, s, "SELECT ?", v)[0][0]; !cmp.Equal(got, v, compareBig()) {
			t.Errorf("%#v comes back as %#v", v, got)
		}
	}
	for _, v := range []any{struct{}{}, []any{1, "a"}, new(big.Int).Lsh(big.NewInt(1), 200)} {
		if _, err := s.Query(t.Context(), "SELECT ?", v); !fault.Is(err, fault.Invalid) {
			t.Errorf("binding %v gives %v, want code invalid", v, err)
		}
	}
	if _, err := s.Query(t.Context(), "SELECT ?, ?", 1); !fault.Is(err, fault.Invalid) {
		t.Errorf("a missing value gives %v, want code invalid", err)
	}
}

func TestTransactions(t *testing.T) {
	t.Parallel()
	e := open(t, duckdb.Config{Path: filepath.Join(t.TempDir(), "w.duckdb")})
	a, b := session(t, e), session(t, e)
	run(t, a, "CREATE TABLE t (x INTEGER)")
	count := func(s warehouse.Session) any { return query(t, s, "SELECT count(*) FROM t")[0][0] }
	check := func(step string, got, want any) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %v rows, want %v", step, got, want)
		}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(a.Begin(t.Context()))
	run(t, a, "INSERT INTO t VALUES (1)")
	check("inside", count(a), int64(1))
	check("outside before the commit", count(b), int64(0))
	must(a.Commit(t.Context()))
	check("outside after the commit", count(b), int64(1))

	must(a.Begin(t.Context()))
	run(t, a, "DELETE FROM t")
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	must(a.Rollback(gone))
	check("after a rollback with a cancelled context", count(a), int64(1))
	must(a.Rollback(t.Context()))
}

func TestSessionsAreInUTC(t *testing.T) {
	t.Parallel()
	for _, settings := range []map[string]any{nil, {"TimeZone": "Asia/Tokyo"}, {"lock_configuration": true}} {
		e := open(t, duckdb.Config{Settings: settings})
		for range 2 {
			if got := query(t, session(t, e), "SELECT current_setting('TimeZone')")[0][0]; got != "UTC" {
				t.Errorf("with settings %v the time zone is %v", settings, got)
			}
		}
	}
}

func TestCancelStopsAStatement(t *testing.T) {
	t.Parallel()
	s := session(t, open(t, duckdb.Config{Threads: 1}))
	long := "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a.range + b.range) = 0"
	for _, stopped := range []func(context.Context) error{
		func(ctx context.Context) error { _, err := s.Exec(ctx, long); return err },
		func(ctx context.Context) error {
			rows, err := s.Query(ctx, long)
			if err != nil {
				return err
			}
			rows.Next()
			return errors.Join(rows.Err(), rows.Close())
		},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		err := stopped(ctx)
		cancel()
		if !fault.Is(err, fault.Cancelled) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want code cancelled", err)
		}
		if got := query(t, s, "SELECT 1")[0][0]; got != int64(1) {
			t.Errorf("the session is not usable after: %v", got)
		}
	}
}

func TestRowsStream(t *testing.T) {
	t.Parallel()
	s := session(t, open(t, duckdb.Config{MemoryLimit: "200MB", Threads: 1}))
	rows, err := s.Query(t.Context(), "SELECT range, 'a text of more than a few bytes ' || range FROM range(100000000)")
	if err != nil {
		t.Fatal(err)
	}
	for i := range int64(5000) {
		if !rows.Next() {
			t.Fatal(rows.Err())
		}
		if got := rows.Values()[0]; got != i {
			t.Fatalf("row %d is %v", i, got)
		}
	}
	if _, err := s.Exec(t.Context(), "SELECT 1"); err == nil {
		t.Error("a statement beside open rows is not refused")
	}
	if err := rows.Close(); err != nil {
		t.Fatal(err)
	}
	run(t, s, "SELECT 1")
}

func TestRowsTellOfALateError(t *testing.T) {
	t.Parallel()
	s := session(t, open(t, duckdb.Config{}))
	rows, err := s.Query(t.Context(), "SELECT CAST(CASE WHEN range < 500000 THEN '1' ELSE 'x' END AS INTEGER) FROM range(1000000)")
	if err == nil {
		for rows.Next() {
			_ = rows.Values()
		}
		err = rows.Err()
	}
	if !fault.Is(err, fault.Database) {
		t.Errorf("got %v, want code database", err)
	}
	run(t, s, "SELECT 1")
}

func TestFormatOfFiles(t *testing.T) {
	t.Parallel()
	const stored = "SELECT tags['storage_version'] FROM duckdb_databases() WHERE NOT internal"
	for _, c := range []struct {
		name, want string
		settings   map[string]any
	}{
		{"a new file", "v1.5.0+", nil},
		{"the profile names an older format", "v1.2.0+", map[string]any{"storage_compatibility_version": "v1.2.0"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "k.duckdb")
			s := session(t, open(t, duckdb.Config{Path: path, Settings: c.settings}))
			if got := query(t, s, stored); got[0][0] != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
		})
	}
}

func TestAFileKeepsItsFormat(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "k.duckdb")
	old, err := duckdb.Open(t.Context(), duckdb.Config{Path: path, Settings: map[string]any{"storage_compatibility_version": "v1.2.0"}})
	if err != nil {
		t.Fatal(err)
	}
	s, err := old.Session(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	run(t, s, "CREATE TABLE t AS SELECT 'x' AS a")
	if err := errors.Join(s.Close(), old.Close()); err != nil {
		t.Fatal(err)
	}
	s = session(t, open(t, duckdb.Config{Path: path}))
	run(t, s, "INSERT INTO t VALUES ('y')")
	if got := query(t, s, "SELECT string_agg(a, '' ORDER BY a), (SELECT tags['storage_version'] FROM duckdb_databases() WHERE NOT internal) FROM t"); got[0][0] != "xy" || got[0][1] != "v1.2.0+" {
		t.Errorf("got %v", got)
	}
}
