package project

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// checkTree refuses settings of a section that are not what their keys take. A key
// with a plus is a setting, one without it a folder where it holds a mapping.
func (b *builder) checkTree(t manifest.ResourceType, node *yaml.Node, values *jinja.Dict) {
	for _, pair := range yamlvalue.Pairs(node) {
		v, _ := values.GetStr(pair.Key)
		key, plus := strings.CutPrefix(pair.Key, "+")
		if below, nested := v.(*jinja.Dict); nested && !plus {
			b.checkTree(t, pair.Value, below)
			continue
		}
		err := manifest.CheckConfig(t, strings.TrimSpace(key), v)
		if f, ok := err.(*fault.Error); ok && b.err == nil { //nolint:errorlint // made right there
			b.err = f.At(b.file, pair.Line)
		}
	}
}
