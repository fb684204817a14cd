package parse_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A reference that leads nowhere is shown at the line where it is written, in a
// model as in an exposure.
func TestMissingParentsAreShownWhereTheyAreWritten(t *testing.T) {
	t.Parallel()
	for want, more := range map[string]map[string]string{
		"models/a.sql:3: ref('gone') is not there":              {"models/a.sql": "select 1 as x\n\nfrom {{ ref('gone') }}"},
		"models/a.sql:2: source('raw', 'gone') is not declared": {"models/a.sql": "select 1 as x\nfrom {{ source('raw', 'gone') }}"},
		"models/x.yml:6: ref('gone') is not there":              {"models/x.yml": "exposures:\n  - name: board\n    type: dashboard\n    owner: {name: Ann}\n    depends_on:\n      - ref('gone')\n"},
		"macros/m.sql:2: ref('gone') is not there":              {"macros/m.sql": "{% macro m() %}\n{{ ref('gone') }}{% endmacro %}", "models/a.sql": "select * from {{ m() }}"},
	} {
		dir := t.TempDir()
		files := map[string]string{
			"dbt_project.yml": "name: shop\nprofile: shop\n",
			"profiles.yml":    "shop: {target: dev, outputs: {dev: {type: duckdb}}}\n",
		}
		maps.Copy(files, more)
		for name, text := range files {
			file := filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := read(t, dir); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v, want %s…", err, want)
		}
	}
}
