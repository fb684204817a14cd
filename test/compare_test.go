package e2e

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// loadColumns tell which load of which file a row came with. They differ where the
// same rows were loaded in other files or in another order, and no figure reads them.
func loadColumns() []string { return []string{"_load_id", "_file", "_line", "_loaded_at"} }

// loadTables have rows for each load.
func loadTables() []string {
	return []string{"bronze.loads", "bronze.rejects", "silver.int_newest_events"}
}

// reading opens a project's warehouse to read, with others attached, as long as use takes.
func reading(t *testing.T, dir string, use func(warehouse.Session), attach ...duckdb.Attach) {
	t.Helper()
	engine, err := duckdb.Open(t.Context(), duckdb.Config{Path: filepath.Join(dir, warehouseFile), ReadOnly: true, Attach: attach})
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
		t.Error(err)
		return
	}
	defer func() {
		if err := session.Close(); err != nil {
			t.Error(err)
		}
	}()
	use(session)
}

// asked gives the rows of a query, each as its values with blanks between.
func asked(t *testing.T, s warehouse.Session, sql string) []string {
	t.Helper()
	result, err := s.Query(t.Context(), sql)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for result.Next() {
		out = append(out, strings.TrimSuffix(fmt.Sprintln(result.Values()...), "\n"))
	}
	if err := result.Err(); err != nil {
		t.Fatal(err)
	}
	if err := result.Close(); err != nil {
		t.Fatal(err)
	}
	return out
}

// relations gives the columns of all tables and views of a catalog, by schema.name.
func relations(t *testing.T, s warehouse.Session, catalog string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, row := range asked(t, s, `select schema_name || '.' || table_name || ' ' || column_name from duckdb_columns()
		where not internal and database_name = `+catalog+` order by schema_name, table_name, column_index`) {
		relation, column, _ := strings.Cut(row, " ")
		out[relation] = append(out[relation], column)
	}
	return out
}

// sameWarehouses checks that two projects hold the same relations with the same
// rows, but for some columns and relations.
func sameWarehouses(t *testing.T, one, other string, butColumns, butRelations []string) {
	t.Helper()
	reading(t, one, func(s warehouse.Session) {
		left, right := relations(t, s, "current_database()"), relations(t, s, "'other'")
		if a, b := slices.Sorted(maps.Keys(left)), slices.Sorted(maps.Keys(right)); !slices.Equal(a, b) {
			t.Fatalf("relations:\n%v\n%v", a, b)
		}
		for _, relation := range slices.Sorted(maps.Keys(left)) {
			if slices.Contains(butRelations, relation) {
				continue
			}
			if !slices.Equal(left[relation], right[relation]) {
				t.Errorf("columns of %s: %v and %v", relation, left[relation], right[relation])
				continue
			}
			columns := slices.DeleteFunc(slices.Clone(left[relation]), func(c string) bool { return slices.Contains(butColumns, c) })
			sameRows(t, s, relation, `"`+strings.Join(columns, `", "`)+`"`)
		}
	}, duckdb.Attach{Path: filepath.Join(other, warehouseFile), Alias: "other", ReadOnly: true})
}

func sameRows(t *testing.T, s warehouse.Session, relation, columns string) {
	t.Helper()
	// Sums of hashes first: they cost a small part of setting rows against rows.
	if here, there := fingerprint(t, s, relation, columns), fingerprint(t, s, "other."+relation, columns); here == there {
		return
	}
	counts := asked(t, s, fmt.Sprintf("select (select count(*) from %[1]s), (select count(*) from other.%[1]s)", relation))[0]
	if here, there, _ := strings.Cut(counts, " "); here != there {
		t.Errorf("%s has %s rows here, %s there", relation, here, there)
	}
	// Of two bags of one size that are not the same, each has a row that the other lacks.
	lacks := asked(t, s, fmt.Sprintf("select %[2]s from %[1]s except all select %[2]s from other.%[1]s limit 3", relation, columns))
	if len(lacks) > 0 {
		t.Errorf("%s has rows (%s) that the other lacks:\n%s", relation, columns, strings.Join(lacks, "\n"))
	}
}

// fingerprint is the number of rows and a sum over their hashes, which does not depend on their order.
func fingerprint(t *testing.T, s warehouse.Session, relation, columns string) string {
	t.Helper()
	return asked(t, s, fmt.Sprintf("select count(*), coalesce(sum(hash(r)), 0)::varchar from (select %s from %s) as r", columns, relation))[0]
}

// fingerprints gives the fingerprint of each relation of a warehouse.
func fingerprints(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	reading(t, dir, func(s warehouse.Session) {
		for relation := range relations(t, s, "current_database()") {
			out[relation] = fingerprint(t, s, relation, "*")
		}
	})
	return out
}
