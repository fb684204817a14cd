package cli_test

import (
	"strings"
	"testing"
)

func TestMessagesSayWhatIsWrongAndWhatToDo(t *testing.T) {
	t.Parallel()
	profile := func(line string) files {
		return files{"profiles.yml": "shop:\n  target: d\n  outputs:\n    d:\n      type: duckdb\n      path: shop.duckdb\n      " + line + "\n"}
	}
	for name, c := range map[string]struct {
		files files
		want  string
	}{
		"a version of a model without": {
			files{"models/a.sql": "select 1 as id", "models/b.sql": "select * from {{ ref('a', v=3) }}"},
			"models/b.sql:1: ref('a', v=3) asks for a version, and a has none; leave the version out",
		},
		"a name without quotes": {
			files{"models/a.sql": "select 1 as id", "models/b.sql": "select * from {{ ref(a) }}"},
			"models/b.sql:1:21: ref() is given a, and nothing sets that name; write 'a' in quotes if the name itself is meant",
		},
		"a source without quotes": {
			files{"models/b.sql": "select * from {{ source('raw', orders) }}"},
			"models/b.sql:1:24: source() is given orders, and nothing sets that name; write 'orders' in quotes",
		},
		"secrets":             {profile("secrets: [{type: s3}]"), "profiles.yml:7: secrets is not there in this build"},
		"plugins":             {profile("plugins: [{module: excel}]"), "profiles.yml:7: plugins is not there in this build"},
		"a DuckLake":          {profile("is_ducklake: true"), "profiles.yml:7: is_ducklake is not there in this build"},
		"a misspelt key":      {profile("thraeds: 4"), `profiles.yml:7: there is no key "thraeds" for duckdb`},
		"an attached secret":  {profile("attach: [{path: x.duckdb, secret: s}]"), "profiles.yml:7: secret is not there in this build"},
		"an attached mistake": {profile("attach: [{path: x.duckdb, readonly: true}]"), `profiles.yml:7: there is no key "readonly" for duckdb`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := kith(t, project(t, c.files), "parse")
			if out.code != 2 || !strings.Contains(out.stderr, c.want) {
				t.Errorf("exit %d, %s%s", out.code, out.stdout, out.stderr)
			}
		})
	}
	well(t, project(t, profile("keep_open: true\n      is_ducklake: false\n      retries: {query_attempts: 2}")), "parse")
	if out := kith(t, t.TempDir(), "audit", "ls"); out.code != 2 || out.stdout != "" || !strings.Contains(out.stderr, "no dbt_project.yml in") {
		t.Errorf("audit outside of a project: exit %d, %q, %s", out.code, out.stdout, out.stderr)
	}
}
