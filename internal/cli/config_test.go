package cli_test

import (
	"strings"
	"testing"
)

// A setting of a wrong type stops every command before anything runs, with the
// place where it stands.
func TestSettingsOfAWrongType(t *testing.T) {
	t.Parallel()
	inYAML := func(line string) files {
		return files{"models/a.sql": "select 1 as id", "models/a.yml": "models:\n  - name: a\n    " + line + "\n"}
	}
	config := func(setting string) files { return inYAML("config: {" + setting + "}") }
	test := func(setting string) files {
		return inYAML("columns: [{name: id, data_tests: [{not_null: {config: {" + setting + "}}}]}]")
	}
	for name, c := range map[string]struct {
		files files
		want  string
	}{
		"enabled":            {config(`enabled: "no"`), "models/a.yml:3: enabled takes true or false, not 'no'"},
		"contract":           {config("contract: true"), "models/a.yml:3: contract takes a mapping, not True"},
		"contract.enforced":  {config("contract: {enforced: maybe}"), "models/a.yml:3: contract.enforced takes true or false"},
		"full_refresh":       {config("full_refresh: maybe"), "models/a.yml:3: full_refresh takes true or false"},
		"tags, number":       {config("tags: 5"), "models/a.yml:3: tags takes a text or a list of texts, not 5"},
		"tags, mapping":      {inYAML("tags: {x: 1}"), "models/a.yml:3: tags takes a text or a list of texts"},
		"meta":               {config("meta: hello"), "models/a.yml:3: meta takes a mapping"},
		"persist_docs":       {config("persist_docs: true"), "models/a.yml:3: persist_docs takes a mapping"},
		"docs":               {config("docs: {show: maybe}"), "models/a.yml:3: docs.show takes true or false"},
		"alias":              {config("alias: 5"), "models/a.yml:3: alias takes a text"},
		"schema":             {config("schema: 5"), "models/a.yml:3: schema takes a text"},
		"grants":             {config("grants: 5"), "models/a.yml:3: grants takes a mapping"},
		"materialized":       {config("materialized: 5"), "models/a.yml:3: materialized takes a text"},
		"hook":               {config("pre_hook: 5"), "models/a.yml:3: pre_hook takes SQL"},
		"no mapping":         {inYAML("config: table"), "models/a.yml:3: config: takes a mapping of settings, not 'table'"},
		"limit":              {test("limit: abc"), "models/a.yml:3: limit takes a whole number"},
		"severity":           {test("severity: eror"), "models/a.yml:3: severity takes warn or error, not 'eror'"},
		"store_failures":     {test("store_failures: nope"), "models/a.yml:3: store_failures takes true or false"},
		"deprecation_date":   {inYAML("deprecation_date: nope"), `models/a.yml:3: deprecation_date is "nope", which is no date`},
		"latest_version":     {inYAML("latest_version: 3\n    versions: [{v: 1}, {v: 2}]"), `models/a.yml:3: latest_version of "a" is 3, which is none of its versions: 1, 2`},
		"a version twice":    {inYAML("versions:\n      - v: 1\n      - v: 1"), `models/a.yml:5: version 1 of "a" is there twice`},
		"config() in SQL":    {files{"models/a.sql": "\n{{ config(enabled='no') }} select 1"}, "models/a.sql:2:10: enabled takes true or false"},
		"config.set in SQL":  {files{"models/a.sql": "{{ config.set('tags', 5) }} select 1"}, "models/a.sql:1:14: tags takes a text"},
		"a test's SQL":       {files{"tests/t.sql": "{{ config(severity='eror') }} select 1"}, "tests/t.sql:1:10: severity takes warn or error"},
		"seed":               {files{"seeds/s.csv": "id\n1\n", "seeds/s.yml": "seeds:\n  - {name: s, config: {quote_columns: maybe}}"}, "seeds/s.yml:2: quote_columns takes true or false"},
		"source":             {files{"models/s.yml": "sources:\n  - name: raw\n    config: {enabled: maybe}\n    tables: [{name: t}]"}, "models/s.yml:3: enabled takes true or false"},
		"project file":       {files{"dbt_project.yml": projectFile + "models:\n  shop:\n    +enabled: maybe\n"}, "dbt_project.yml:6: enabled takes true or false"},
		"folders as a text":  {files{"dbt_project.yml": projectFile + "seed-paths: data\n"}, "dbt_project.yml:4: seed-paths takes a list of folders, such as [data]"},
		"severity, any test": {files{"dbt_project.yml": projectFile + "data_tests:\n  +severity: eror\n"}, "dbt_project.yml:5: severity takes warn or error"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := kith(t, project(t, c.files), "parse")
			if out.code != 2 || !strings.Contains(out.stderr, "kith: "+c.want) {
				t.Errorf("exit %d, %s%s", out.code, out.stdout, out.stderr)
			}
		})
	}
}

func TestSettingsThatLookOdd(t *testing.T) {
	t.Parallel()
	dir := project(t, files{
		"dbt_project.yml": projectFile + "models:\n  shop:\n    tags: {+enabled: true}\n    +enabled: \"{{ env_var('ON', 'True') | as_bool }}\"\n",
		"models/a.sql":    "{{ config(tags=('x', 'y'), unique_key=none, alias=var('gone', none), own={'any': 1}) }} select 1 as id",
		"models/a.yml":    "models:\n  - name: a\n    config: {pre_hook: [select 1, {sql: select 2, transaction: false}], severity: 5}\n    deprecation_date: 2031-01-01T00:00:00.00+00:00\n",
	})
	well(t, dir, "parse")
}
