package cli_test

import (
	"strings"
	"testing"
)

func TestWarningsMayBeErrors(t *testing.T) {
	t.Parallel()
	const (
		unused = "UnusedResourceConfigPath"
		log    = "JinjaLogWarning"
		test   = "LogTestResult"
	)
	settings := projectFile + "models:\n  shop:\n    gone:\n      +materialized: table\n"
	for name, c := range map[string]struct {
		project string
		args    []string
		env     string
		code    int
		want    string // in what is printed; "-x" must not be there
	}{
		"warnings warn":          {settings, []string{"build"}, "", 0, "dbt_project.yml:7: the settings of models.shop.gone apply to nothing"},
		"the model warns":        {projectFile, []string{"build"}, "", 0, "careful"},
		"--warn-error":           {settings, []string{"build", "--warn-error"}, "", 2, "apply to nothing; --warn-error makes this warning an error"},
		"--warn-error, template": {projectFile, []string{"run", "--warn-error"}, "", 1, "models/a.sql:1:38: careful"},
		"all":                    {settings, []string{"parse", "--warn-error-options", "{error: all}"}, "", 2, "apply to nothing"},
		"all but one":            {settings, []string{"parse", "--warn-error-options", "{include: all, exclude: [" + unused + "]}"}, "", 0, "apply to nothing"},
		"one":                    {settings, []string{"parse", "--warn-error-options", "{error: [" + unused + "]}"}, "", 2, "make an error of " + unused},
		"another":                {settings, []string{"parse", "--warn-error-options", "{error: [" + log + "]}"}, "", 0, "apply to nothing"},
		"silence":                {settings, []string{"parse", "--warn-error-options", "{silence: [" + unused + "]}"}, "", 0, "-apply to nothing"},
		"silence, template":      {projectFile, []string{"run", "--warn-error-options", "{error: all, silence: [" + log + "]}"}, "", 0, "-careful"},
		"template":               {projectFile, []string{"run"}, "DBT_WARN_ERROR_OPTIONS={error: [" + log + "]}", 1, "careful"},
		"of the project":         {settings + "flags: {warn_error_options: {error: [" + unused + "]}}\n", []string{"parse"}, "", 2, "apply to nothing"},
		"tests":                  {projectFile, []string{"build", "--warn-error-options", "{error: [" + test + "]}"}, "", 1, "Got 1 result, configured to fail if != 0"},
		"no mapping":             {projectFile, []string{"parse", "--warn-error-options", "all"}, "", 2, "options is no mapping; it takes error"},
		"unknown key":            {projectFile, []string{"parse", "--warn-error-options", "{errors: all}"}, "", 2, "has the key 'errors'"},
		"no list":                {projectFile, []string{"parse", "--warn-error-options", "{silence: x}"}, "", 2, "has for silence no list of names"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := project(t, files{
				"dbt_project.yml": c.project,
				"models/a.sql":    "{% if execute %}{% do exceptions.warn('careful') %}{% endif %}select 1 as id",
				"tests/t.sql":     "{{ config(severity='warn') }} select * from {{ ref('a') }}",
			})
			out := invocation{dir: dir, env: []string{c.env}}.kith(t, c.args...)
			want, absent := strings.CutPrefix(c.want, "-")
			if out.code != c.code || strings.Contains(out.stdout+out.stderr, want) == absent {
				t.Errorf("exit %d, %s%s", out.code, out.stdout, out.stderr)
			}
		})
	}
}

func TestKeysThatAProjectFileDoesNotHave(t *testing.T) {
	t.Parallel()
	dir := project(t, files{"dbt_project.yml": projectFile + "modles:\n  +materialized: table\n"})
	if out := kith(t, dir, "parse"); out.code != 2 || !strings.Contains(out.stderr, `kith: dbt_project.yml:4: there is no key "modles" in a project file`) {
		t.Errorf("exit %d, %s", out.code, out.stderr)
	}
}
