package app_test

import (
	"fmt"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// The runner's own comparison of thresholds agrees with the engine's, which is
// what dbt goes by.
func TestThresholdsAgreeWithTheEngine(t *testing.T) {
	t.Parallel()
	engine, err := duckdb.Open(t.Context(), duckdb.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	}()
	session, err := engine.Session(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := session.Close(); err != nil {
			t.Error(err)
		}
	}()
	number := rapid.Custom(func(t *rapid.T) string {
		n := rapid.IntRange(-12, 12).Draw(t, "n")
		switch rapid.IntRange(0, 3).Draw(t, "form") {
		case 0:
			return fmt.Sprintf("%d.5", n)
		case 1:
			return fmt.Sprintf(" %d ", n)
		case 2:
			return strconv.Itoa(n) + "e0"
		}
		return strconv.Itoa(n)
	})
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(-12, 12).Draw(rt, "failures")
		draw := func() string { return number.Draw(rt, "number") }
		var condition string
		switch rapid.IntRange(0, 4).Draw(rt, "kind") {
		case 0:
			condition = "between " + draw() + " and " + draw()
		case 1:
			condition = "NOT BETWEEN " + draw() + " AND " + draw()
		case 2:
			condition = "in (" + draw() + "," + draw() + ")"
		case 3:
			condition = "is not null"
		default:
			op := rapid.SampledFrom([]string{"=", "==", "!=", "<>", "<", "<=", ">", ">="}).Draw(rt, "op")
			condition = op + " " + draw()
		}
		ours, err := run.Threshold(condition, n)
		if err != nil {
			rt.Fatalf("%q: %v", condition, err)
		}
		rows, err := session.Query(t.Context(), fmt.Sprintf("select failures %s from (select %d as failures)", condition, n))
		if err != nil {
			rt.Fatal(err)
		}
		rows.Next()
		theirs := rows.Values()[0]
		if err := rows.Close(); err != nil {
			rt.Fatal(err)
		}
		if theirs != ours {
			rt.Fatalf("%d %s: ours %v, the engine's %v", n, condition, ours, theirs)
		}
	})
}
