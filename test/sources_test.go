package e2e

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/warehouse"
)

// examples are one small file of each source, in the columns of the contract.
func examples(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("../internal/load/testdata/sources/*/example.csv")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for i := range paths {
		paths[i] = absolute(t, paths[i])
	}
	return paths
}

// bronze describes the tables of the sources: their columns in order, and their rows.
func bronze(t *testing.T, dir string, paths []string) string {
	t.Helper()
	var b strings.Builder
	reading(t, dir, func(s warehouse.Session) {
		for _, path := range paths {
			source := filepath.Base(filepath.Dir(path))
			fmt.Fprintf(&b, "%s\n%s\n%s\n", source,
				strings.Join(asked(t, s, "select column_name, data_type from information_schema.columns where table_schema = 'bronze' and table_name = '"+source+"' order by ordinal_position"), "\n"),
				strings.Join(asked(t, s, "select * exclude (_load_id, _loaded_at) from bronze."+source+" order by _line"), "\n"))
		}
	})
	return b.String()
}

// TestEverySourceFromFileToGold loads one file of each source, named by its columns
// alone, and builds the shipped project from them: every test holds, and what the
// files say is in the figures. Loaded into the tables that the project made before,
// the same files give the same tables.
func TestEverySourceFromFileToGold(t *testing.T) {
	t.Parallel()
	paths := examples(t)
	root := t.TempDir()
	well(t, root, "init", "first")
	well(t, root, "init", "later")
	first, later := filepath.Join(root, "first"), filepath.Join(root, "later")

	out := well(t, first, append([]string{"load"}, paths...)...)
	for _, path := range paths {
		holds(t, out, []string{" rows into bronze." + filepath.Base(filepath.Dir(path)) + " ("})
	}
	loaded := bronze(t, first, paths)

	holds(t, well(t, later, "run", "--select", "stg_consents"), []string{"Sources without rows"})
	well(t, later, append([]string{"load"}, paths...)...)
	if got := bronze(t, later, paths); got != loaded {
		t.Errorf("into the project's tables:\n%s\nelse:\n%s", got, loaded)
	}

	if out := kith(t, first, "build", "--exclude-resource-type", "unit_test"); out.code != 0 {
		_, failed, _ := strings.Cut(out.stdout, "Finished running")
		t.Fatalf("the build ends with %d:\n%s%s", out.code, failed, out.stderr)
	}
	if got := bronze(t, first, paths); got != loaded {
		t.Error("the build changed what was loaded")
	}
	for sql, want := range map[string]string{
		// Two sales of C-1001 less its return, its log's namesakes apart; a payment; two guests.
		"select sum(amount) from silver.int_transactions where transaction_class in ('sale', 'return') and source_system = 'transactions'": "446.99",
		"select count(*) from silver.int_transactions where transaction_class = 'guest'":                                                   "2",
		"select count(*) from silver.stg_journey_events":                                                                                   "4",
		"select count(*) from gold.dim_customer where customer_id = 'C-1001'":                                                              "2",
		"select sum(points) from silver.stg_loyalty_data where customer_id = 'C-1001'":                                                     "0",
		"select string_agg(score::varchar, ' ' order by response_id) from silver.stg_survey_data":                                          "9.00 4.00 6.00 7.00",
	} {
		if got := query(t, first, sql); got != want {
			t.Errorf("%s gives %s, want %s", sql, got, want)
		}
	}
}
