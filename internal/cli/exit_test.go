package cli_test

import (
	"strings"
	"testing"
)

// The endings of commands: the exit code, and the one line that says why.
func TestEndings(t *testing.T) {
	t.Parallel()
	const own = "" // each test has the project of orders to itself
	failing := project(t, files{"models/a.sql": "select 1 as id", "tests/t.sql": "select * from {{ ref('a') }}"})
	broken := project(t, files{"models/a.sql": "select nocol"})
	for _, tc := range []struct {
		name   string
		dir    string
		args   []string
		code   int
		stderr string // the whole of it, without "kith: "
	}{
		{"no command shows the help", own, nil, 0, ""},
		{"help", own, []string{"build", "--help"}, 0, ""},
		{"version", own, []string{"version"}, 0, ""},
		{"unknown command", own, []string{"explode"}, 2, "there is no command \"explode\"; see `kith --help`"},
		{"misspelt command", own, []string{"biuld"}, 2, "there is no command \"biuld\"; did you mean `kith build`?"},
		{"unknown flag", own, []string{"run", "--explode"}, 2, "unknown flag: --explode; see `kith run --help`"},
		{"flag without value", own, []string{"run", "--select"}, 2, "flag needs an argument: --select; see `kith run --help`"},
		{"argument that is not taken", own, []string{"run", "orders"}, 2, "kith run takes no argument \"orders\"; see `kith run --help`"},
		{"bad number", own, []string{"run", "--threads", "many"}, 2, "invalid argument \"many\" for \"--threads\" flag: strconv.ParseInt: parsing \"many\": invalid syntax; see `kith run --help`"},
		{"no threads", own, []string{"run", "--threads", "0"}, 2, "--threads is 0; give a number from 1 on"},
		{"unknown log format", own, []string{"run", "--log-format", "xml"}, 2, "--log-format: there is no format \"xml\"; use text, debug or json"},
		{"unknown log level", own, []string{"run", "--log-level", "loud"}, 2, "--log-level: there is no level \"loud\"; use debug, info, warn, error or none"},
		{"unknown form of listing", own, []string{"ls", "--output", "xml"}, 2, "--output: there is no form \"xml\"; use selector, name, path or json"},
		{"unknown resource type", own, []string{"ls", "--resource-type", "table"}, 2, "--resource-type: there is no resource type \"table\"; use one of analysis, exposure, model, seed, snapshot, source, test, unit_test, all, default"},
		{"vars that are no mapping", own, []string{"run", "--vars", "[1]"}, 2, "--vars is not a mapping of names to values; write it as '{name: value}'"},
		{"models and select", own, []string{"ls", "-m", "a", "-s", "b"}, 2, "--models does not go with --select or --resource-type; use --select and --resource-type model"},
		{"show without anything", own, []string{"show"}, 2, "show needs a node or a query; give --select or --inline"},
		{"everything fine", own, []string{"build"}, 0, ""},
		{"nothing selected", own, []string{"build", "-s", "nowhere"}, 0, ""},
		{"nothing selected, warnings are errors", own, []string{"build", "--warn-error", "-s", "nowhere"}, 2, "The selection criterion 'nowhere' does not match any enabled nodes; --warn-error makes this warning an error"},
		{"a failed test", failing, []string{"build"}, 1, ""},
		{"a failed model", broken, []string{"run"}, 1, ""},
		{"a query that is refused", own, []string{"query", "drop table orders"}, 2, "DROP is not a query; kith query only reads; tables are made by models and by `kith load`"},
		{"a query that fails", own, []string{"query", "select * from nowhere"}, 1, "*"},
		{"a file that is not there", own, []string{"load", "nowhere.csv"}, 1, "*"},
		{"unknown shell", own, []string{"completion", "cmd"}, 2, "there is no completion for \"cmd\"; use bash, zsh, fish or powershell"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			dir := tc.dir
			if dir == own {
				dir = orders(t)
			}
			out := kith(t, dir, tc.args...)
			if out.code != tc.code {
				t.Errorf("exit %d, want %d\n%s%s", out.code, tc.code, out.stdout, out.stderr)
			}
			line := strings.TrimPrefix(strings.TrimSuffix(out.stderr, "\n"), "kith: ")
			if tc.stderr == "*" {
				if line == "" || strings.Contains(line, "\n") {
					t.Errorf("not one line: %q", out.stderr)
				}
				return
			}
			if line != tc.stderr {
				t.Errorf("\n got %s\nwant %s", line, tc.stderr)
			}
		})
	}
}

func TestErrorsNeverShowUsageOrStacks(t *testing.T) {
	t.Parallel()
	dir := project(t, files{"models/a.sql": "select {{ nope() }}"})
	for _, args := range [][]string{{"run", "--nope"}, {"build"}, {"compile"}, {"nope"}, {"ls", "--select"}, {"query"}, {"init"}} {
		out := kith(t, dir, args...)
		if out.code == 0 {
			t.Errorf("%v: exit 0", args)
		}
		for _, no := range []string{"Usage:", "goroutine", "panic", ".go:"} {
			if strings.Contains(out.stdout+out.stderr, no) {
				t.Errorf("%v: %q in\n%s%s", args, no, out.stdout, out.stderr)
			}
		}
	}
}

// What keeps a command from running at all ends it with 2, whichever part of the
// project it is in, and before anything runs.
func TestCommandsThatCannotRun(t *testing.T) {
	t.Parallel()
	model := files{"models/a.sql": "select 1 as id"}
	for name, c := range map[string]struct {
		files files
		args  string
		want  string
	}{
		"a file that is no warehouse": {files{"shop.duckdb": strings.Repeat("no warehouse ", 2000)}, "run", "is not a DuckDB database"},
		"a setting that the engine does not know": {
			files{"profiles.yml": "shop: {target: d, outputs: {d: {type: duckdb, path: shop.duckdb, settings: {no_such: 1}}}}"}, "run", "no_such",
		},
		"a selector that nobody asks for": {
			files{"selectors.yml": "selectors:\n  - name: x\n    definition: {method: nope, value: 1}\n"},
			"ls",
			"selectors.yml:2: selector 'x': 'nope' is not a valid method name",
		},
		"selectors of another form": {files{"selectors.yml": "selectors: 5"}, "ls", "selectors.yml:1: the file is a mapping with a list selectors:"},
		"two default selectors": {
			files{"selectors.yml": "selectors:\n  - {name: x, default: true, definition: a}\n  - {name: y, default: true, definition: a}\n"},
			"ls --select a",
			"selectors 'x' and 'y' are both the default",
		},
		"a package that is not there": {files{"packages.yml": "packages: [{local: nowhere}]"}, "deps", "the local package nowhere has no dbt_project.yml"},
		"packages that are not installed": {
			files{"packages.yml": "packages: [{local: a}, {local: b}]", "dbt_packages/a/dbt_project.yml": "name: a\nversion: '1.0'\n"},
			"parse",
			"packages.yml:1: packages.yml asks for 2 packages, but dbt_packages has only 1; run `kith deps`",
		},
		"another dbt": {
			files{"dbt_project.yml": projectFile + "require-dbt-version: [\">=1.0.0\", \"<1.12.0\"]\n"},
			"parse",
			`dbt_project.yml:4: "shop" asks for dbt >=1.0.0, <1.12.0, and this is dbt 1.12.0`,
		},
		"another dbt, of a package": {
			files{"dbt_packages/a/dbt_project.yml": "name: a\nversion: '1.0'\nrequire-dbt-version: \">=2.0.0\"\n"}, "parse", `"a" asks for dbt >=2.0.0`,
		},
		"no version": {files{"dbt_project.yml": projectFile + "require-dbt-version: \">=1.7\"\n"}, "parse", `">=1.7" is no version`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := project(t, model)
			write(t, dir, c.files)
			if out := kith(t, dir, strings.Fields(c.args)...); out.code != 2 || !strings.Contains(out.stderr, c.want) {
				t.Errorf("exit %d, %s%s", out.code, out.stdout, out.stderr)
			}
		})
	}
}

func TestVersionsOfDbtThatFit(t *testing.T) {
	t.Parallel()
	for _, versions := range []string{`">=1.0.0,<2.0.0"`, `1.12.0`, `[">1.12.0-rc1", "<=1.12.0"]`, "\">2.0.0\"\nflags: {version_check: false}"} {
		well(t, project(t, files{"dbt_project.yml": projectFile + "require-dbt-version: " + versions + "\n"}), "parse")
	}
	other := project(t, files{"dbt_project.yml": projectFile + "require-dbt-version: \">2.0.0\"\n"})
	well(t, other, "parse", "--no-version-check")
}

// As in dbt, a variable that nobody has set is an error of the model that needs it.
func TestAVariableThatIsNotSetStopsItsModelOnly(t *testing.T) {
	t.Parallel()
	dir := project(t, files{"models/a.sql": "select 1 as id", "models/b.sql": "select {{ var('nope') }} as x"})
	for _, command := range []string{"parse", "ls", "run --select a"} {
		well(t, dir, strings.Fields(command)...)
	}
	out := kith(t, dir, "run")
	if out.code != 1 || !strings.Contains(out.stdout, "models/b.sql:1:14: Required var 'nope' not found in config") || !strings.Contains(out.stdout, "PASS=1") {
		t.Errorf("exit %d, %s%s", out.code, out.stdout, out.stderr)
	}
}
