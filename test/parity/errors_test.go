package parity

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// mistake is a project of few files with one thing wrong.
type mistake struct {
	name  string
	files map[string]string
	// at is where our message has to point: file and line of the source.
	at string
	// says are words that it has to hold besides.
	says []string
}

const pad = "{% macro pad(text, width=2) %}\n  lpad('{{ text }}', {{ width }}, ' ')\n{% endmacro %}\n"

func mistakes() []mistake {
	model := func(text string) map[string]string { return map[string]string{"models/a.sql": text} }
	with := func(files map[string]string, more ...string) map[string]string {
		for i := 0; i < len(more); i += 2 {
			files[more[i]] = more[i+1]
		}
		return files
	}
	return []mistake{
		{"undefined macro", model("select\n  {{ no_such_macro(1) }} as x\n"), "models/a.sql:2", []string{"no_such_macro"}},
		{"macro name with a typo in a package", model("select {{ dbt.dateadded('day', 1, 'x') }}\n"), "models/a.sql:1", []string{"dateadded"}},
		{"wrong keyword argument", with(model("select 1 as one,\n  {{ pad('x', widht=3) }} as x\n"), "macros/pad.sql", pad), "models/a.sql:2", []string{"widht", "pad"}},
		{"error two macros deep", with(model("\n\nselect {{ outer() }}\n"), "macros/deep.sql", "{% macro outer() %}\n{{ inner(none) }}\n{% endmacro %}\n\n{% macro inner(x) %}\n{{ x.y.z }}\n{% endmacro %}\n"), "macros/deep.sql:6", []string{"in macro inner", "in macro outer", "macros/deep.sql:2", "models/a.sql:3"}},
		{"raise_compiler_error in a macro", with(model("select\n{{ check(0) }}\n"), "macros/check.sql", "{% macro check(n) %}\n{% if n < 1 %}\n{{ exceptions.raise_compiler_error('n is ' ~ n) }}\n{% endif %}\n{% endmacro %}\n"), "macros/check.sql:3", []string{"n is 0", "in macro check"}},
		{"missing ref", with(model("select * from {{ ref('customer') }}\n"), "models/customers.sql", "select 1 as id"), "models/a.sql:1", []string{"customer", `"customers"`}},
		{"missing source", model("select 1\nunion all\nselect * from {{ source('raw', 'orders') }}\n"), "models/a.sql:3", []string{"raw", "orders"}},
		{"disabled ref", with(model("select * from {{ ref('b') }}\n"), "models/b.sql", "{{ config(enabled=false) }} select 1"), "models/a.sql:1", []string{"disabled", "models/b.sql"}},
		{"cycle", with(model("select * from {{ ref('b') }}\n"), "models/b.sql", "select * from {{ ref('a') }}\n"), "models/", []string{"a --> "}},
		{"two models of one name", with(model("select 1"), "models/sub/a.sql", "select 2"), "models/sub/a.sql:1", []string{"models/a.sql"}},
		{"bad YAML", with(model("select 1"), "models/schema.yml", "version: 2\nmodels:\n  - name: a\n   description: x\n"), "models/schema.yml:4:", nil},
		{"unclosed block", model("select 1\n{% if true %}\n, 2\n"), "models/a.sql:", []string{"if", "line 2"}},
		{"unknown tag", model("select 1\n{% fro x in [] %}{% endfor %}\n"), "models/a.sql:2", []string{"fro"}},
		{"SQL syntax error after a long macro", with(model("{{ header() }}\nselect 1 as x\nform y\n"), "macros/h.sql", "{% macro header() %}\n-- one\n-- two\n-- three\n{% endmacro %}\n"), "models/a.sql:3", []string{"syntax error"}},
		{"no such column", model("with x as (\n  select 1 as id\n)\nselect id,\n  naem\nfrom x\n"), "models/a.sql:5", []string{"naem"}},
		{"no such column below an ephemeral model", with(model("select\n  id,\n  nope\nfrom {{ ref('e') }}\n"), "models/e.sql", "{{ config(materialized='ephemeral') }}\nselect 1 as id\n"), "models/a.sql:3", []string{"nope"}},
		{"type error in SQL", model("{{ config(materialized='table') }}\nselect 1 as id,\n  date '2024-01-01' + true as x\n"), "models/a.sql:3", nil},
		{"unknown test", with(model("select 1 as id"), "models/schema.yml", "version: 2\nmodels:\n  - name: a\n    columns:\n      - name: id\n        data_tests:\n          - uniqe\n"), "models/schema.yml:7", []string{"uniqe"}},
		{"wrong argument of a test", with(model("select 1 as id"), "models/schema.yml", "version: 2\nmodels:\n  - name: a\n    columns:\n      - name: id\n        data_tests:\n          - accepted_values:\n              arguments: {value: [1]}\n"), "models/schema.yml:7", []string{"value"}},
		{"variable that is not given", model("select\n\n'{{ var('start') }}'\n"), "models/a.sql:3", []string{"start"}},
		{"environment variable that is not given", model("select 1,\n'{{ env_var('NOT_GIVEN') }}'\n"), "models/a.sql:2", []string{"NOT_GIVEN"}},
		{"unknown materialization", model("{{ config(materialized='tabel') }}\nselect 1\n"), "models/a.sql", []string{"tabel"}},
		{"strategy that DuckDB has not", model("{{ config(materialized='incremental', incremental_strategy='insert_overwrite') }}\nselect 1 as id\n"), "models/a.sql", []string{"insert_overwrite", "delete+insert"}},
		{"broken contract", with(model("select 1 as id, 'x' as name\n"), "models/schema.yml", "version: 2\nmodels:\n  - name: a\n    config: {contract: {enforced: true}, materialized: table}\n    columns:\n      - {name: id, data_type: varchar}\n      - {name: label, data_type: varchar}\n"), "models/a.sql", []string{"contract", "label"}},
		{"ragged seed", map[string]string{"seeds/s.csv": "id,name\n1,a\n2\n"}, "seeds/s.csv:3", nil},
		{"snapshot without a key", map[string]string{"snapshots/s.sql": "{% snapshot s %}\n{{ config(strategy='timestamp', updated_at='t', target_schema='h') }}\nselect 1 as id, now() as t\n{% endsnapshot %}\n"}, "snapshots/s.sql", []string{"unique_key"}},
	}
}

const errorsFile = "errors.md"

// TestErrors compares our messages with those kept beside dbt's, and looks for
// the place in the source that each has to name.
func TestErrors(t *testing.T) {
	t.Parallel()
	kept := readErrors(t)
	var plans []string
	root := t.TempDir()
	our := map[string]string{}
	for i, m := range mistakes() {
		dir := filepath.Join(root, strconv.Itoa(i), "shop")
		more := map[string]string{
			"dbt_project.yml": "name: shop\nversion: '1.0'\nprofile: shop\n",
			"profiles.yml":    "shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb, threads: 1}\n",
		}
		maps.Copy(more, m.files)
		for name, text := range more {
			path := filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		code, stdout, stderr := kith(t, dir, nil, "--quiet", "build")
		our[m.name] = tidy(stdout+stderr, dir)
		if code == 0 {
			t.Errorf("%s: exit 0", m.name)
		}
		for _, want := range append([]string{m.at}, m.says...) {
			if !strings.Contains(our[m.name], want) {
				t.Errorf("%s: no %q in:\n%s", m.name, want, our[m.name])
			}
		}
		plans = append(plans, errorPlan(t, dir))
	}
	dbt := kept.dbt
	if python := os.Getenv("PARITY_PYTHON"); python != "" && *update {
		dbt = askDbt(t, python, root, plans)
	}
	text := renderErrors(our, dbt)
	if *update {
		if err := os.WriteFile(errorsFile, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, m := range mistakes() {
		if our[m.name] != kept.our[m.name] {
			t.Errorf("%s:\n got %s\nwant %s", m.name, our[m.name], kept.our[m.name])
		}
	}
}

func errorPlan(t *testing.T, dir string) string {
	t.Helper()
	parent := filepath.Dir(dir)
	data, err := json.Marshal(map[string]any{
		"dir": dir, "database": "shop.duckdb", "ls": [][]string{}, "out": filepath.Join(parent, "out.json"),
		"steps": []any{map[string]any{"args": []string{"build"}, "save": filepath.Join(parent, "saved")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(parent, "plan.json")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func askDbt(t *testing.T, python, root string, plans []string) map[string]string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), python, append([]string{"dbtside.py"}, plans...)...)
	cmd.Env = environment(root, nil)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("dbt: %v\n%s", err, out)
	}
	said := map[string]string{}
	for i, m := range mistakes() {
		var out struct {
			Steps []struct{ Message string }
		}
		readJSON(t, filepath.Join(root, strconv.Itoa(i), "out.json"), &out)
		said[m.name] = tidy(out.Steps[0].Message, filepath.Join(root, strconv.Itoa(i), "shop"))
	}
	return said
}

var (
	clock = regexp.MustCompile(`(?m)^\d\d:\d\d:\d\d ? ?`)
	took  = regexp.MustCompile(` in [0-9.]+s\]`)
)

// tidy takes out what changes from run to run.
func tidy(text, dir string) string {
	text = took.ReplaceAllString(clock.ReplaceAllString(strings.ReplaceAll(text, dir, "."), ""), "]")
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimRight(line, " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

type errorTexts struct{ our, dbt map[string]string }

func renderErrors(our, dbt map[string]string) string {
	var b strings.Builder
	b.WriteString("# What is said about mistakes\n\nKith's message first, then dbt's of the same files. `make parity-goldens` writes this file; the test reads it.\n")
	for _, m := range mistakes() {
		fmt.Fprintf(&b, "\n## %s\n\n```text\n%s\n```\n\n```text\n%s\n```\n", m.name, our[m.name], dbt[m.name])
	}
	return b.String()
}

func readErrors(t *testing.T) errorTexts {
	t.Helper()
	out := errorTexts{our: map[string]string{}, dbt: map[string]string{}}
	data, err := os.ReadFile(errorsFile)
	if err != nil && !*update {
		t.Fatal(err)
	}
	for _, section := range strings.Split(string(data), "\n## ")[1:] {
		name, rest, _ := strings.Cut(section, "\n")
		parts := strings.Split(rest, "```text\n")
		if len(parts) != 3 {
			t.Fatalf("%s: section %q has not two texts", errorsFile, name)
		}
		first, _, _ := strings.Cut(parts[1], "\n```")
		second, _, _ := strings.Cut(parts[2], "\n```")
		out.our[name], out.dbt[name] = first, second
	}
	return out
}
