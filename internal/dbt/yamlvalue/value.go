package yamlvalue

import (
	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/jinja"
)

// Value turns a node into a template value: nil, bool, int64, *big.Int,
// float64, string, *jinja.List or *jinja.Dict, in the order of the file. Dates
// stay text, which prints as Python prints them.
func Value(n *yaml.Node) jinja.Value {
	if n == nil {
		return nil
	}
	switch n.Kind {
	case yaml.AliasNode:
		return Value(n.Alias)
	case yaml.MappingNode:
		d := jinja.NewDict()
		for _, p := range Pairs(n) {
			// Numbers are keys of their own kind; words such as on stay text.
			if n, ok := plain(p.Key).(int64); ok && !p.Quoted {
				_ = d.Set(n, Value(p.Value)) // an int has a hash
				continue
			}
			d.SetStr(p.Key, Value(p.Value))
		}
		return d
	case yaml.SequenceNode:
		items := make([]jinja.Value, 0, len(n.Content))
		for _, c := range n.Content {
			items = append(items, Value(c))
		}
		return jinja.NewList(items...)
	case yaml.ScalarNode:
		return scalar(n)
	default:
		return nil
	}
}

// Pair is one entry of a mapping.
type Pair struct {
	Key string
	// Quoted says that the key is text even where it looks like a number.
	Quoted bool
	Line   int
	Value  *yaml.Node
}

// Pairs gives a mapping's entries in order, merge keys (<<) resolved: what the
// mapping says itself wins over what it merges in. Other nodes give none.
func Pairs(n *yaml.Node) []Pair {
	n = Resolve(n)
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	var own, merged []Pair
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Tag == "!!merge" {
			value = Resolve(value)
			if value.Kind == yaml.SequenceNode {
				for _, c := range value.Content {
					merged = append(merged, Pairs(c)...)
				}
			} else {
				merged = append(merged, Pairs(value)...)
			}
			continue
		}
		seen[key.Value] = true
		own = append(own, Pair{Key: key.Value, Quoted: key.Style != 0, Line: key.Line, Value: value})
	}
	if merged == nil {
		return own
	}
	// As in Python, what is merged in comes first, and keeps its place when the
	// mapping says it anew.
	at := map[string]int{}
	var out []Pair
	for _, p := range append(merged, own...) {
		if i, ok := at[p.Key]; ok {
			if seen[p.Key] {
				out[i] = p
			}
			continue
		}
		at[p.Key] = len(out)
		out = append(out, p)
	}
	return out
}

// Get gives the value node of a mapping's key, or nil.
func Get(n *yaml.Node, key string) *yaml.Node {
	n = Resolve(n)
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	merges := false
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if k.Tag == "!!merge" {
			merges = true
		} else if k.Value == key {
			return Resolve(n.Content[i+1])
		}
	}
	if !merges {
		return nil
	}
	for _, p := range Pairs(n) {
		if p.Key == key {
			return Resolve(p.Value)
		}
	}
	return nil
}

// Resolve follows aliases.
func Resolve(n *yaml.Node) *yaml.Node {
	for n != nil && n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

// Items gives the nodes of a sequence, aliases followed. Other nodes give none.
func Items(n *yaml.Node) []*yaml.Node {
	n = Resolve(n)
	if n == nil || n.Kind != yaml.SequenceNode {
		return nil
	}
	out := make([]*yaml.Node, len(n.Content))
	for i, c := range n.Content {
		out[i] = Resolve(c)
	}
	return out
}

// IsNull says whether the node is absent or a YAML null.
func IsNull(n *yaml.Node) bool {
	n = Resolve(n)
	return n == nil || n.Kind == yaml.ScalarNode && Value(n) == nil
}

// Text gives a scalar as Python's str() of it, and "" for anything else.
func Text(n *yaml.Node) string {
	n = Resolve(n)
	if IsNull(n) || n.Kind != yaml.ScalarNode {
		return ""
	}
	return jinja.Str(Value(n))
}
