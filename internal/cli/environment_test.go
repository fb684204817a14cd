package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestProjectIsFoundAbove(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	out := well(t, filepath.Join(dir, "models", "marts"), "ls", "-q", "--output", "name", "-s", "totals")
	if !strings.HasPrefix(out.stdout, "totals\n") {
		t.Error(out.stdout)
	}
	out = kith(t, t.TempDir(), "ls")
	if out.code != 2 || !strings.Contains(out.stderr, "no dbt_project.yml in") || !strings.Contains(out.stderr, "kith init DIR") {
		t.Errorf("exit %d: %s", out.code, out.stderr)
	}
	out = kith(t, dir, "ls", "--project-dir", "models")
	if out.code != 2 || !strings.HasPrefix(out.stderr, "kith: models holds no project: it has no dbt_project.yml; ") {
		t.Errorf("exit %d: %s", out.code, out.stderr)
	}
}

func TestProfilesAreSearchedInOrder(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	if err := os.Remove(filepath.Join(dir, "profiles.yml")); err != nil {
		t.Fatal(err)
	}
	at := func(database string) string {
		d := t.TempDir()
		write(t, d, files{"profiles.yml": "shop: {target: dev, outputs: {dev: {type: duckdb, path: '" + filepath.ToSlash(dir) + "/" + database + ".duckdb'}}}\n"})
		return d
	}
	given, variable, here, home := at("given"), at("variable"), at("here"), t.TempDir()
	compiled := func(i invocation, args ...string) string {
		out := i.kith(t, append([]string{"compile", "-q", "--project-dir", dir, "--inline", "{{ target.database }}"}, args...)...)
		return strings.TrimSpace(out.stdout + out.stderr)
	}
	env := []string{"DBT_PROFILES_DIR=" + variable}
	for _, tc := range []struct {
		name string
		i    invocation
		args []string
		want string
	}{
		{"flag", invocation{dir: here, env: env}, []string{"--profiles-dir", given}, "given"},
		{"variable", invocation{dir: here, env: env}, nil, "variable"},
		{"engine variable", invocation{dir: here, env: append(env, "DBT_ENGINE_PROFILES_DIR="+given)}, nil, "given"},
		{"working directory", invocation{dir: here}, nil, "here"},
	} {
		if got := compiled(tc.i, tc.args...); got != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
	}
	if got := compiled(invocation{dir: home}); !strings.Contains(got, "no profiles.yml in") || !strings.Contains(got, "--profiles-dir") {
		t.Error(got)
	}
}

func TestFlagsComeFromTheEnvironment(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	i := invocation{dir: t.TempDir(), env: []string{"DBT_PROJECT_DIR=" + dir, "DBT_PROFILES_DIR=" + dir, "DBT_TARGET=prod", "DBT_QUIET=1", "DBT_TARGET_PATH=out"}}
	out := i.kith(t, "compile", "--inline", "{{ target.name }} {{ target.schema }} {{ flags.WHICH }}")
	if out.code != 0 || strings.TrimSpace(out.stdout) != "prod live compile" {
		t.Errorf("exit %d: %s%s", out.code, out.stdout, out.stderr)
	}
	if out := i.kith(t, "compile"); out.code != 0 || !exists(dir, "out", "compiled", "shop", "models", "orders.sql") {
		t.Errorf("exit %d: %s", out.code, out.stderr)
	}
	// The command line wins.
	out = i.kith(t, "compile", "--no-quiet", "--target", "dev", "--inline", "{{ target.name }}")
	if !strings.Contains(out.stdout, "Running with kith=1.2.3 (dbt 1.12)") || !strings.HasSuffix(out.stdout, "dev\n") {
		t.Error(out.stdout)
	}
	i.env = append(i.env, "DBT_FAIL_FAST=maybe")
	if out := i.kith(t, "ls"); out.code != 2 || out.stderr != "kith: the variable DBT_FAIL_FAST is \"maybe\", which is neither true nor false\n" {
		t.Errorf("exit %d: %s", out.code, out.stderr)
	}
}

func TestVarsOfTheCommandLineWin(t *testing.T) {
	t.Parallel()
	dir := project(t, files{"dbt_project.yml": projectFile + "vars: {colour: red}\n"})
	for vars, want := range map[string]string{"{}": "red", "{colour: blue}": "blue", `{"colour": 7}`: "7", "colour: [1, 2]": "[1, 2]"} {
		out := well(t, dir, "compile", "-q", "--vars", vars, "--inline", "{{ var('colour') }}")
		if got := strings.TrimSpace(out.stdout); got != want {
			t.Errorf("%s: %s", vars, got)
		}
	}
}

// Scripts written for dbt run unchanged.
func TestDbtFlagsWithoutMeaningHereAreTaken(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	well(t, dir, "--no-partial-parse", "--no-send-anonymous-usage-stats", "run", "--no-version-check", "--cache-selected-only", "--log-path", "logs",
		"--static-parser", "--printer-width", "120", "--single-threaded", "--use-colors", "-m", "orders")
}

func TestFailFastOfTheProject(t *testing.T) {
	t.Parallel()
	more := files{
		"dbt_project.yml": projectFile + "flags: {fail_fast: true}\n",
		"models/a.sql":    "select nope", "models/b.sql": "select 1 as b",
	}
	dir := project(t, more)
	if out := kith(t, dir, "run"); out.code != 1 {
		t.Fatal(out)
	}
	if s := runResults(t, dir)["model.shop.b"]; s != "skipped" {
		t.Errorf("b: %s", s)
	}
	if out := kith(t, dir, "run", "--no-fail-fast"); out.code != 1 {
		t.Fatal(out)
	}
	if s := runResults(t, dir)["model.shop.b"]; s != "success" {
		t.Errorf("b: %s", s)
	}
}

func TestSecretsOfTheEnvironmentAreHidden(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	write(t, dir, files{"profiles.yml": "shop: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb, schema: \"{{ env_var('DBT_ENV_SECRET_NAME') }}\"}}}\n"})
	out := invocation{dir: dir, env: []string{"DBT_ENV_SECRET_NAME=hunter2"}}.kith(t, "compile", "-s", "totals")
	if out.code != 0 || strings.Contains(out.stdout, "hunter2") || !strings.Contains(out.stdout, `from "shop"."*****"."orders"`) {
		t.Errorf("exit %d\n%s%s", out.code, out.stdout, out.stderr)
	}
}
