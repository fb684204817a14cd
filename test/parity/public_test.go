package parity

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPublicProjects compares projects of others, from the folder PARITY_DIR. What
// they need besides their own files is in public/PROJECT: it is copied over them.
func TestPublicProjects(t *testing.T) {
	t.Parallel()
	python, folder := os.Getenv("PARITY_PYTHON"), os.Getenv("PARITY_DIR")
	if python == "" || folder == "" {
		t.Skip("public projects are compared with PARITY_PYTHON and PARITY_DIR only")
	}
	for _, name := range []string{"jaffle_shop_duckdb", "dbt-duckdb-analytics-kit", "dbt-utils"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from := filepath.Join(folder, name)
			if _, err := os.Stat(from); err != nil {
				t.Skipf("%s is not in PARITY_DIR", name)
			}
			dir := filepath.Join(t.TempDir(), name)
			if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
				t.Fatal(err)
			}
			overlay(t, filepath.Join("public", name), dir)
			live(t, python, dir, "")
		})
	}
}

// TestShippedProject compares the project that Kith ships, over a synthetic world
// and with other constants the second time.
func TestShippedProject(t *testing.T) {
	t.Parallel()
	python := os.Getenv("PARITY_PYTHON")
	if python == "" {
		t.Skip("the shipped project is compared with PARITY_PYTHON only")
	}
	dir := filepath.Join(t.TempDir(), "kith")
	for _, args := range [][]string{
		{"init", dir},
		{"generate", "--customers", "100", "--transactions", "3000", "--project-dir", dir},
	} {
		if code, stdout, stderr := kith(t, filepath.Dir(dir), nil, args...); code != 0 {
			t.Fatalf("%v: %s%s", args, stdout, stderr)
		}
	}
	onlyBronze(t, filepath.Join(dir, "kith.duckdb"))
	constants := filepath.Join(dir, "seeds", "business_constants.csv")
	text, err := os.ReadFile(constants)
	if err != nil {
		t.Fatal(err)
	}
	other := strings.ReplaceAll(string(text), "0.", "0.1")
	if other == string(text) {
		t.Fatal("no constant was changed")
	}
	if err := os.MkdirAll(filepath.Join(dir, "changed", "seeds"), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "changed", "seeds", "business_constants.csv"), []byte(other), 0o600); err != nil {
		t.Fatal(err)
	}
	// The numbering of customers is named after the moment of the run.
	numbered := `{"volatile": ["silver.int_customer_numbers._numbering", "silver.int_customer_products._inputs",
		"silver.int_customer_monthly._inputs", "gold.metric_customer_months._inputs", "gold.mart_customer_daily._inputs"]}`
	if err := os.WriteFile(filepath.Join(dir, "parity.json"), []byte(numbered), 0o600); err != nil {
		t.Fatal(err)
	}
	live(t, python, dir, "")
}

// onlyBronze drops what the models made, so that both build it.
func onlyBronze(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("duckdb", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, schema := range []string{"silver", "gold"} {
		if _, err := db.ExecContext(t.Context(), "drop schema if exists "+schema+" cascade"); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
