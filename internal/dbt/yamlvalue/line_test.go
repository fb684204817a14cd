package yamlvalue_test

import (
	"errors"
	"testing"

	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
)

func TestLineOfBadYAML(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"a: 1\nb:\n  - x\n y\n":                             4,
		"version: 2\nmodels:\n  - name: a\n   b: x\nc: 1\n": 4,
		"a: 1\nb: [1, 2\nc: 3\nd: 4\n":                      2,
		"a: 'x\nb: 1\n":                                     1,
		"a: 1\n\tb: 2\n":                                    2,
		"a: 1\nb: c: d\n":                                   2,
	} {
		_, err := yamlvalue.Read("f.yml", []byte(text))
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || f.Line != want {
			t.Errorf("%q: %v, want line %d", text, err, want)
		}
	}
}
