package parity

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2" //nolint:depguard // the third process reads both warehouses without Kith's help
)

// facts are what a project's steps left behind.
type facts struct {
	Steps []stepFacts
	// Ls holds the lines by selection.
	Ls map[string][]string
}

// stepFacts are what one command left behind.
type stepFacts struct {
	Args      []string
	Exit      int
	Manifest  map[string]map[string]any
	Results   map[string]result
	Relations map[string]relation
}

type result struct {
	Status   string
	Failures *int64
	Message  string `json:",omitempty"`
}

type relation struct {
	Kind    string
	Columns [][2]string
	Count   int
	Rows    []string `json:",omitempty"`
	Digest  string   `json:",omitempty"`
}

// manyRows is from where rows are kept as a digest.
const manyRows = 60

// keys of a node that are compared.
func nodeKeys() []string {
	return []string{
		"database", "schema", "name", "resource_type", "path", "original_file_path", "fqn", "alias", "config", "tags", "meta",
		"description", "relation_name", "refs", "sources", "depends_on", "checksum", "column_name", "attached_node", "test_metadata", "columns",
		"access", "group", "version", "latest_version", "compiled_code", "unrendered_config", "identifier", "source_name", "freshness",
		"loaded_at_field", "type", "owner", "file_key_name", "patch_path", "constraints", "contract", "primary_key", "overrides", "given", "expect", "model",
	}
}

func readJSON(t *testing.T, path string, into any) bool {
	t.Helper()
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false
	}
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return true
}

// collect reads the artifacts and the warehouse that a step left in dir.
func collect(t *testing.T, dir, projectDir string, s *spec, f *stepFacts) {
	t.Helper()
	var m map[string]json.RawMessage
	f.Manifest = map[string]map[string]any{}
	if readJSON(t, filepath.Join(dir, "manifest.json"), &m) {
		for _, section := range []string{"nodes", "sources", "exposures", "groups", "unit_tests"} {
			var things map[string]map[string]any
			if err := json.Unmarshal(m[section], &things); err != nil {
				t.Fatalf("%s: %s: %v", dir, section, err)
			}
			for id, thing := range things {
				f.Manifest[id] = pick(thing, projectDir)
			}
		}
		var disabled map[string][]any
		if err := json.Unmarshal(m["disabled"], &disabled); err != nil {
			t.Fatalf("%s: disabled: %v", dir, err)
		}
		for id, list := range disabled {
			f.Manifest["disabled "+id] = map[string]any{"count": float64(len(list))}
		}
	}
	var results struct {
		Results []struct {
			UniqueID string `json:"unique_id"`
			Status   string
			Failures *int64
			Message  *string
		}
	}
	f.Results = map[string]result{}
	if readJSON(t, filepath.Join(dir, "run_results.json"), &results) {
		for _, r := range results.Results {
			got := result{Status: r.Status, Failures: r.Failures}
			if r.Message != nil && r.Status != "error" {
				got.Message = strings.ReplaceAll(*r.Message, projectDir, "<dir>")
			}
			f.Results[r.UniqueID] = got
		}
	}
	var fresh struct {
		Results []struct {
			UniqueID string `json:"unique_id"`
			Status   string
		}
	}
	if readJSON(t, filepath.Join(dir, "sources.json"), &fresh) {
		for _, r := range fresh.Results {
			f.Results["freshness of "+r.UniqueID] = result{Status: r.Status}
		}
	}
	f.Relations = relations(t, filepath.Join(dir, s.Database), s.Volatile)
}

// pick keeps the compared keys of a node, without what says nothing.
func pick(thing map[string]any, projectDir string) map[string]any {
	out := map[string]any{}
	for _, key := range nodeKeys() {
		v, ok := thing[key]
		if !ok || v == nil {
			continue
		}
		if text, ok := v.(string); ok {
			v = strings.ReplaceAll(text, projectDir, "<dir>")
		}
		if list, ok := v.([]any); ok && len(list) == 0 {
			continue
		}
		if dict, ok := v.(map[string]any); ok && len(dict) == 0 {
			continue
		}
		out[key] = v
	}
	return out
}

func open(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", path+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// relations reads every relation of a warehouse.
func relations(t *testing.T, path string, volatile []string) map[string]relation {
	t.Helper()
	out := map[string]relation{}
	if _, err := os.Stat(path); err != nil {
		return out
	}
	db := open(t, path)
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), `
		select case when t.table_type = 'VIEW' then 'view' else 'table' end, t.table_schema, t.table_name, c.column_name, c.data_type
		from information_schema.tables t
		join information_schema.columns c using (table_catalog, table_schema, table_name)
		where t.table_catalog = current_database() order by t.table_schema, t.table_name, c.ordinal_position`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var kind, schema, name, column, typ string
		if err := rows.Scan(&kind, &schema, &name, &column, &typ); err != nil {
			t.Fatal(err)
		}
		key := schema + "." + name
		r := out[key]
		r.Kind, r.Columns = kind, append(r.Columns, [2]string{column, typ})
		out[key] = r
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for key, r := range out {
		if !slices.Contains(volatile, key) {
			out[key] = withRows(t, db, key, r, volatile)
		}
	}
	return out
}

// stable lists a relation's columns but those that hold the moment of the run.
func stable(key string, r relation, volatile []string) []string {
	var out []string
	for _, c := range r.Columns {
		if !slices.Contains(volatile, key+"."+c[0]) && !slices.Contains(volatile, "*."+c[0]) {
			out = append(out, quote(c[0]))
		}
	}
	return out
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func qualified(key string) string {
	schema, name, _ := strings.Cut(key, ".")
	return quote(schema) + "." + quote(name)
}

func withRows(t *testing.T, db *sql.DB, key string, r relation, volatile []string) relation {
	t.Helper()
	parts := []string{"''"}
	for _, c := range stable(key, r, volatile) {
		parts = append(parts, "coalesce(cast("+c+" as varchar), 'NULL')")
	}
	from := fmt.Sprintf("from (select concat_ws('|', %s) as line from %s)", strings.Join(parts[1:], ", "), qualified(key))
	if len(parts) == 1 {
		from = "from (select '' as line from " + qualified(key) + ")"
	}
	var digest sql.NullString
	err := db.QueryRowContext(t.Context(), "select count(*), md5(string_agg(line, chr(10) order by line)) "+from).Scan(&r.Count, &digest)
	if err != nil {
		// A view over what is gone: the same on both sides, or a difference.
		r.Digest = "cannot be read"
		return r
	}
	if r.Count > manyRows {
		r.Digest = digest.String
		return r
	}
	rows, err := db.QueryContext(t.Context(), "select line "+from+" order by line")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		r.Rows = append(r.Rows, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return r
}
