package cli_test

import (
	"strings"
	"testing"
)

func TestRetry(t *testing.T) {
	t.Parallel()
	dir := project(t, files{
		"models/good.sql":   "select 1 as id",
		"models/bad.sql":    "select * from missing_{{ var('name', 'x') }}",
		"models/below.sql":  "select * from {{ ref('bad') }}",
		"models/beside.sql": "select 1 as id",
		"tests/t.sql":       "select * from {{ ref('good') }}",
	})
	if out := kith(t, dir, "retry"); out.code != 2 || !strings.Contains(out.stderr, "there is no earlier run to retry") {
		t.Errorf("exit %d: %s", out.code, out.stderr)
	}
	if out := kith(t, dir, "build", "--exclude", "beside", "--vars", "{name: table}"); out.code != 1 {
		t.Fatalf("exit %d\n%s", out.code, out.stdout)
	}
	out := kith(t, dir, "retry")
	if out.code != 1 || !strings.Contains(out.stdout, "Done. PASS=0 WARN=0 ERROR=2 SKIP=1 NO-OP=0 REUSED=0 TOTAL=3") || !strings.Contains(out.stdout, "missing_table") {
		t.Errorf("exit %d\n%s%s", out.code, out.stdout, out.stderr)
	}
	write(t, dir, files{"models/bad.sql": "select '{{ var('name') }}' as name", "tests/t.sql": "select * from {{ ref('good') }} where id = 0"})
	out = well(t, dir, "retry")
	if !strings.Contains(out.stdout, "Done. PASS=3") || strings.Contains(out.stdout, "beside") {
		t.Error(out.stdout)
	}
	if got := csv(t, dir, "select name from main.below"); got != "table" {
		t.Errorf("the retry lost the variables: %q", got)
	}
	if out := well(t, dir, "retry"); !strings.Contains(out.stdout, "Nothing to do") {
		t.Error(out.stdout)
	}
	write(t, dir, files{"target/run_results.json": strings.Replace(read(t, dir, "target", "run_results.json"), `"which":"build"`, `"which":"ls"`, 1)})
	if out := kith(t, dir, "retry"); out.code != 2 || !strings.Contains(out.stderr, "the last run was `kith ls`, which cannot be retried") {
		t.Errorf("exit %d: %s", out.code, out.stderr)
	}
}

func TestRunOperation(t *testing.T) {
	t.Parallel()
	dir := project(t, files{
		"macros/op.sql": "{% macro op(a, b=2) %}{{ log('got ' ~ a ~ ' ' ~ b, info=true) }}{% do run_query('create or replace table op as select ' ~ a ~ ' as a') %}{% endmacro %}\n" +
			"{% macro bad() %}{% do run_query('select nope') %}{% endmacro %}",
	})
	out := well(t, dir, "run-operation", "op", "--args", "{a: 7}")
	if !strings.Contains(out.stdout, "got 7 2") || csv(t, dir, "select a from op") != "7" {
		t.Error(out.stdout)
	}
	well(t, dir, "run-operation", "shop.op", "--args", "{a: 8, b: x}")
	out = kith(t, dir, "run-operation", "bad")
	if out.code != 1 || !strings.Contains(out.stdout, "[ERROR]: Encountered an error while running operation: Database Error\n  macros/op.sql:2: Binder Error") {
		t.Errorf("exit %d\n%s", out.code, out.stdout)
	}
	results := read(t, dir, "target", "run_results.json")
	if !strings.Contains(results, `"unique_id":"macro.shop.bad"`) || !strings.Contains(results, `"status":"error"`) {
		t.Error(results)
	}
	write(t, dir, files{"macros/op.sql": "{% macro bad() %}{{ print('mended') }}{% endmacro %}"})
	if out := well(t, dir, "retry"); !strings.Contains(out.stdout, "mended") {
		t.Error(out.stdout)
	}
	for args, want := range map[string]string{
		"run-operation nope":             `there is no macro "nope" in any package`,
		"run-operation other.bad":        `there is no macro "other.bad" in any package`,
		"run-operation bad --args [1]":   "--args is not a mapping",
		"run-operation":                  "takes one macro (0 given)",
		"run-operation bad --args {a:1,": "--args is not YAML",
	} {
		if out := kith(t, dir, strings.Fields(args)...); out.code != 2 || !strings.Contains(out.stderr, want) {
			t.Errorf("%s: exit %d, %s", args, out.code, out.stderr)
		}
	}
}

func TestDeps(t *testing.T) {
	t.Parallel()
	dir := project(t, files{
		"packages.yml":                  "packages:\n  - local: libs/{{ var('lib', 'one') }}\n",
		"libs/one/dbt_project.yml":      "name: one\nversion: '1.0'\n",
		"libs/one/dependencies.yml":     "packages:\n  - local: ../two\n",
		"libs/one/macros/m.sql":         "{% macro one() %}{{ two.two() }} + 1{% endmacro %}",
		"libs/two/dbt_project.yml":      "name: two\nversion: '1.0'\n",
		"libs/two/macros/m.sql":         "{% macro two() %}2{% endmacro %}",
		"models/m.sql":                  "select {{ one.one() }} as three",
		"libs/three/dbt_project.yml":    "name: three\nversion: '1.0'\n",
		"dbt_packages/two/unrelated.md": "",
	})
	if out := kith(t, dir, "deps"); out.code != 2 || !strings.Contains(out.stderr, "is in the way: it is no package; move it away") {
		t.Fatalf("exit %d: %s", out.code, out.stderr)
	}
	write(t, dir, files{"dbt_packages/two/dbt_project.yml": "name: old\nversion: '1.0'\n"})
	out := well(t, dir, "deps")
	if !strings.Contains(out.stdout, "Installing libs/one") || !strings.Contains(out.stdout, "Installed from <local @ ../two>") {
		t.Error(out.stdout)
	}
	if got := read(t, dir, "package-lock.yml"); !strings.HasPrefix(got, "packages:\n  - local: libs/one\n    name: one\nsha1_hash: ") {
		t.Error(got)
	}
	well(t, dir, "deps")
	well(t, dir, "run")
	if got := csv(t, dir, "select three from main.m"); got != "3" {
		t.Error(got)
	}
	for yaml, want := range map[string]string{
		"packages: [{package: dbt-labs/dbt_utils, version: 1.3.0}]": "packages.yml:1: the package dbt-labs/dbt_utils is not in dbt_packages, and Kith fetches nothing; put its folder into dbt_packages/dbt_utils by hand",
		"packages: [{local: nowhere}]":                              "packages.yml:1: the local package nowhere has no dbt_project.yml",
		"packages: [{loc: nowhere}]":                                "packages.yml:1: a package needs local, package, git or tarball",
	} {
		write(t, dir, files{"packages.yml": yaml})
		if out := kith(t, dir, "deps"); out.code == 0 || !strings.Contains(out.stderr, want) {
			t.Errorf("%s: exit %d, %s", yaml, out.code, out.stderr)
		}
	}
	write(t, dir, files{"packages.yml": "packages: [{git: 'https://host/group/two.git'}]"})
	if out := well(t, dir, "deps"); !strings.Contains(out.stdout, "Found https://host/group/two.git in dbt_packages/two") {
		t.Error(out.stdout)
	}
	write(t, dir, files{"packages.yml": ""})
	if out := well(t, dir, "deps"); !strings.Contains(out.stdout, "No packages were found") {
		t.Error(out.stdout)
	}
}
