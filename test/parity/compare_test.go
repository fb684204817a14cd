package parity

import (
	"fmt"
	"maps"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// compare reports every difference between dbt's facts and ours.
func compare(t *testing.T, s *spec, dbt, our facts) {
	t.Helper()
	if len(dbt.Steps) != len(our.Steps) {
		t.Fatalf("%d steps with dbt, %d with ours; make the golden again", len(dbt.Steps), len(our.Steps))
	}
	for i := range dbt.Steps {
		d, o := dbt.Steps[i], our.Steps[i]
		at := fmt.Sprintf("step %d (%s)", i+1, strings.Join(d.Args, " "))
		if d.Exit != o.Exit {
			t.Errorf("%s: exit code %d with dbt, %d with ours", at, d.Exit, o.Exit)
		}
		dbts, ours := normal(s, d), normal(s, o)
		for id, thing := range dbts {
			// A test of what is not there is off: dbt lists it among the others still.
			if config, ok := thing["config"].(map[string]any); ok && config["enabled"] == false {
				delete(dbts, id)
				delete(ours, "disabled "+id)
			}
		}
		compareEach(t, at, "manifest", dbts, ours)
		compareEach(t, at, "result", results(d), results(o))
		compareEach(t, at, "relation", d.Relations, o.Relations)
	}
	for _, selection := range slices.Sorted(maps.Keys(dbt.Ls)) {
		if diff := cmp.Diff(dbt.Ls[selection], our.Ls[selection]); diff != "" {
			t.Errorf("ls %s (-dbt +ours):\n%s", selection, diff)
		}
	}
}

func compareEach[T any](t *testing.T, at, what string, dbt, our map[string]T) {
	t.Helper()
	keys := slices.Sorted(maps.Keys(dbt))
	for key := range our {
		if _, ok := dbt[key]; !ok {
			keys = append(keys, key)
		}
	}
	for _, key := range keys {
		d, inDbt := dbt[key]
		o, inOurs := our[key]
		switch {
		case !inOurs:
			t.Errorf("%s: %s %s: only with dbt", at, what, key)
		case !inDbt:
			t.Errorf("%s: %s %s: only with ours", at, what, key)
		default:
			if diff := cmp.Diff(d, o); diff != "" {
				t.Errorf("%s: %s %s (-dbt +ours):\n%s", at, what, key, diff)
			}
		}
	}
}

// runStart is run_started_at in SQL without its white space.
var runStart = regexp.MustCompile(`\d{4}-\d\d-\d{4}:\d\d:\d\d\.\d{6}\+00:00`)

// normal leaves out what differs on purpose: white space and brackets in
// compiled SQL, for built-in macros set their own, the wording of SQL that they
// write as a whole, and which of them a node uses.
func normal(s *spec, f stepFacts) map[string]map[string]any {
	out := make(map[string]map[string]any, len(f.Manifest))
	brackets := strings.NewReplacer("(", "", ")", "")
	for id, thing := range f.Manifest {
		thing = maps.Clone(thing)
		if strings.HasPrefix(id, "disabled unit_test.") {
			continue // dbt lists unit tests that are off
		}
		if thing["resource_type"] == "unit_test" {
			// dbt fingerprints its own text, and leaves out overrides of nothing.
			delete(thing, "checksum")
			delete(thing, "overrides")
		}
		if slices.Contains(s.NoCompiled, id) || ownWords(thing) {
			delete(thing, "compiled_code")
		}
		if code, ok := thing["compiled_code"].(string); ok {
			code = brackets.Replace(strings.Join(strings.Fields(code), ""))
			thing["compiled_code"] = runStart.ReplaceAllString(code, "run_started_at")
		}
		// How a config was written: dbt keeps Python's text of it, twice at times.
		delete(thing, "unrendered_config")
		if config, ok := thing["config"].(map[string]any); ok {
			config = maps.Clone(config)
			config["tags"] = sorted(config["tags"])
			if strings.HasPrefix(id, "group.") {
				// dbt lists the project's model configs here.
				config = map[string]any{"meta": config["meta"]}
			}
			if slices.Contains(f.Args, "--store-failures") {
				// Our manifest says what was done, dbt's what was asked for.
				delete(config, "store_failures")
				delete(config, "store_failures_as")
			}
			thing["config"] = config
		}
		if f.Args[0] == "compile" && thing["resource_type"] == "operation" {
			delete(thing, "compiled_code") // hooks are no part of compiling
		}
		if strings.HasPrefix(id, "snapshot.") && strings.HasSuffix(fmt.Sprint(thing["original_file_path"]), "ml") {
			delete(thing, "checksum") // dbt's is of its own text
		}
		for _, key := range []string{"refs", "sources"} {
			if list, ok := thing[key].([]any); ok {
				thing[key] = once(list)
			}
		}
		if tags, ok := thing["tags"]; ok {
			thing["tags"] = sorted(tags)
		}
		if depends, ok := thing["depends_on"].(map[string]any); ok {
			nodes, macros := sorted(depends["nodes"]), sorted(depends["macros"])
			if thing["resource_type"] == "test" {
				macros = nil // dbt lists those of arguments only once the test has run
			}
			thing["depends_on"] = map[string]any{"nodes": nodes, "macros": macros}
		}
		out[id] = thing
	}
	return out
}

// once gives a list as a set: dbt's has an order of its own where it parses a
// file without rendering it.
func once(list []any) []any {
	var out []any
	for _, item := range list {
		if !slices.ContainsFunc(out, func(old any) bool { return reflect.DeepEqual(old, item) }) {
			out = append(out, item)
		}
	}
	slices.SortFunc(out, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return out
}

// results are a step's results. dbt compiles hooks too.
func results(f stepFacts) map[string]result {
	if f.Args[0] != "compile" {
		return f.Results
	}
	out := maps.Clone(f.Results)
	maps.DeleteFunc(out, func(id string, _ result) bool { return strings.HasPrefix(id, "operation.") })
	return out
}

// ownWords says whether a node's SQL comes from a built-in macro as a whole.
func ownWords(thing map[string]any) bool {
	meta, ok := thing["test_metadata"].(map[string]any)
	return ok && meta["namespace"] == nil && slices.Contains([]any{"unique", "not_null", "accepted_values", "relationships"}, meta["name"])
}

// sorted gives a list as a set of names, without those of built-in macros.
func sorted(v any) []string {
	out := []string{}
	list, _ := v.([]any)
	for _, item := range list {
		if id, ok := item.(string); ok && !strings.HasPrefix(id, "macro.dbt.") && !strings.HasPrefix(id, "macro.dbt_duckdb.") {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// exact counts the compiled SQL that is equal to the byte.
func exact(dbt, our facts) (same, all int) {
	for i := range dbt.Steps {
		for id, thing := range dbt.Steps[i].Manifest {
			code, ok := thing["compiled_code"]
			if !ok {
				continue
			}
			all++
			if our.Steps[i].Manifest[id]["compiled_code"] == code {
				same++
			}
		}
	}
	return same, all
}

// compareRows asks for the rows that one warehouse has and the other has not.
func compareRows(t *testing.T, s *spec, dbt, our work, f facts) {
	t.Helper()
	for i := range s.Steps {
		if len(f.Steps[i].Relations) == 0 {
			continue
		}
		db := open(t, filepath.Join(dbt.step(i), s.Database))
		path := filepath.Join(our.step(i), s.Database)
		// The catalog's name has to be the stem: views name it. Both cannot have
		// it, so that each side's tables are compared, and views by their digest.
		if _, err := db.ExecContext(t.Context(), "attach '"+path+"' as ours (read_only)"); err != nil {
			t.Fatal(err)
		}
		stem := strings.TrimSuffix(s.Database, ".duckdb")
		for key, r := range f.Steps[i].Relations {
			columns := strings.Join(stable(key, r, s.Volatile), ", ")
			if r.Kind != "table" || columns == "" || slices.Contains(s.Volatile, key) {
				continue
			}
			one := fmt.Sprintf("select %s from %s.%s", columns, quote(stem), qualified(key))
			two := fmt.Sprintf("select %s from ours.%s", columns, qualified(key))
			var here, there int
			err := db.QueryRowContext(t.Context(), fmt.Sprintf(
				"select (select count(*) from (%s except all %s)), (select count(*) from (%s except all %s))", one, two, two, one)).Scan(&here, &there)
			if err != nil {
				t.Errorf("step %d: %s: %v", i+1, key, err)
			} else if here+there > 0 {
				t.Errorf("step %d: %s: %d rows only with dbt, %d only with ours", i+1, key, here, there)
			}
		}
		_ = db.Close()
	}
}
