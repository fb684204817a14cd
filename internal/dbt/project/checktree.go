package project

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// checkTree refuses settings of a section that are not what their keys take, and
// gives the places of the others. A key with a plus is a setting, one without it a
// folder where it holds a mapping.
func (b *builder) checkTree(t manifest.ResourceType, node *yaml.Node, values *jinja.Dict, path []string) []ConfigPlace {
	var here, below []ConfigPlace
	for _, pair := range yamlvalue.Pairs(node) {
		v, _ := values.GetStr(pair.Key)
		key, plus := strings.CutPrefix(pair.Key, "+")
		if folder, nested := v.(*jinja.Dict); nested && !plus {
			below = append(below, b.checkTree(t, pair.Value, folder, append(slices.Clone(path), pair.Key))...)
			continue
		}
		if here == nil {
			here = []ConfigPlace{{Path: path, Line: pair.Line}}
		}
		err := manifest.CheckConfig(t, strings.TrimSpace(key), v)
		if f, ok := err.(*fault.Error); ok && b.err == nil { //nolint:errorlint // made right there
			b.err = f.At(b.file, pair.Line)
		}
	}
	return append(here, below...)
}
