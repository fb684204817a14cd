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
