package compile_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/dbt/compile"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
)

// testdata/inject.json holds what dbt makes of each statement and two CTEs.
func TestEphemeralParentsAreInjectedAsDbtDoes(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/inject.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ SQL, Dbt string }
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	ctes := []manifest.InjectedCTE{
		{ID: "a", SQL: " __dbt__cte__a as (\nselect 1\n)"}, {ID: "b", SQL: " __dbt__cte__b as (\nselect 2\n)"},
	}
	for _, c := range cases {
		if got := compile.InjectCTEs(c.SQL, ctes); got != c.Dbt {
			t.Errorf("%q became\n%q, dbt makes it\n%q", c.SQL, got, c.Dbt)
		}
		if got := compile.InjectCTEs(c.SQL, nil); got != c.SQL {
			t.Errorf("no CTEs changed %q to %q", c.SQL, got)
		}
	}
}

func FuzzInjectCTEs(f *testing.F) {
	for _, s := range []string{"with a as (select 1) select 1", "select '", "/*", "((", "with", "with recursive", "--"} {
		f.Add(s)
	}
	ctes := []manifest.InjectedCTE{{ID: "a", SQL: " x as (select 1)"}}
	f.Fuzz(func(t *testing.T, sql string) {
		got := compile.InjectCTEs(sql, ctes)
		if !strings.Contains(got, ctes[0].SQL) || len(got) < len(sql) {
			t.Fatalf("%q became %q", sql, got)
		}
	})
}

func TestNearestNames(t *testing.T) {
	t.Parallel()
	names := []string{"customers", "orders", "order_items", "stg_payments"}
	for name, want := range map[string]string{
		"custmers": "customers", "order": "orders", "stg_payment": "stg_payments", "weather": "", "": "", "orders": "orders",
	} {
		if got := compile.Nearest(name, names); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", name, got, want)
		}
	}
}
