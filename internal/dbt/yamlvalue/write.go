package yamlvalue

import (
	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/jinja"
)

// Node turns a template value into a YAML node, the keys of dicts in order.
func Node(v jinja.Value) *yaml.Node {
	switch v := v.(type) {
	case *jinja.Dict:
		n := &yaml.Node{Kind: yaml.MappingNode}
		for key, val := range v.All() {
			n.Content = append(n.Content, Node(key), Node(val))
		}
		return n
	case *jinja.List:
		n := &yaml.Node{Kind: yaml.SequenceNode}
		for _, item := range v.Items {
			n.Content = append(n.Content, Node(item))
		}
		return n
	case jinja.Tuple:
		return Node(jinja.NewList(v...))
	}
	n := &yaml.Node{}
	switch v := v.(type) {
	case nil, bool, int64, float64, string:
		// Encoding these kinds cannot fail.
		_ = n.Encode(v)
	default:
		_ = n.Encode(jinja.Str(v))
	}
	return n
}
