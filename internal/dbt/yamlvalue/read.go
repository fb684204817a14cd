// Package yamlvalue reads YAML as dbt does: scalars by the rules of YAML 1.1
// that PyYAML follows (yes is true, 1e5 is text), values as template values,
// and every node with its line, so that a mistake is shown where it stands.
package yamlvalue

import (
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/fault"
)

// Read parses one YAML document. An empty file gives nil. Errors carry file and line.
func Read(file string, data []byte) (*yaml.Node, error) {
	var doc yaml.Node
	err := yaml.Unmarshal(data, &doc)
	if errors.Is(err, io.EOF) || (err == nil && doc.Kind == 0) {
		return nil, nil //nolint:nilnil // an empty document is neither an error nor a node
	}
	if err != nil {
		line, msg := splitLine(err.Error())
		return nil, fault.New(fault.Parse, "this is not valid YAML: %s", msg).At(file, line).
			WithHint("look at the indentation and the quotes around here")
	}
	root := doc.Content[0]
	if dup := duplicateKey(root); dup != nil {
		return nil, fault.New(fault.Parse, "the key %q stands twice in one mapping", dup.Value).At(file, dup.Line).
			WithHint("keep one of them")
	}
	return root, nil
}

// splitLine takes "yaml: line 3: what" apart.
func splitLine(text string) (line int, msg string) {
	m := regexp.MustCompile(`^yaml: (?:unmarshal errors:\s*)?(?:line (\d+): )?(?s:(.*))$`).FindStringSubmatch(text)
	if m == nil {
		return 0, text
	}
	line, _ = strconv.Atoi(m[1])
	return line, strings.TrimSpace(m[2])
}

// duplicateKey gives the second of two equal keys of one mapping, or nil.
func duplicateKey(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.MappingNode {
		seen := make(map[string]bool, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if key.Kind == yaml.ScalarNode && key.Tag != "!!merge" {
				if seen[key.Value] {
					return key
				}
				seen[key.Value] = true
			}
		}
	}
	if n.Kind == yaml.AliasNode {
		return nil
	}
	for _, child := range n.Content {
		if dup := duplicateKey(child); dup != nil {
			return dup
		}
	}
	return nil
}
