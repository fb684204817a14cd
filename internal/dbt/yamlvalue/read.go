// Package yamlvalue reads YAML as dbt does: scalars by the rules of YAML 1.1
// that PyYAML follows (yes is true, 1e5 is text), values as template values,
// and every node with its line, so that a mistake is shown where it stands.
package yamlvalue

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
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
		if found := wrongLine(data, msg); found > 0 {
			line = found
		}
		return nil, fault.New(fault.Parse, "this is not valid YAML: %s", msg).At(file, line).
			WithHint("look at the indentation and the quotes around here")
	}
	root := doc.Content[0]
	if dup := duplicateKey(root); dup != nil {
		return nil, fault.New(fault.Parse, "the key %q stands twice in one mapping", dup.Value).At(file, dup.Line).
			WithHint("keep one of them")
	}
	if !hasAlias(root) {
		return root, nil
	}
	if err := (&sizer{sizes: map[*yaml.Node]int{}}).check(file, root); err != nil {
		return nil, err
	}
	return root, nil
}

// maxSearched bounds the lines in which wrongLine looks.
const maxSearched = 2000

// wrongLine finds the line with a mistake: the first at which the document so
// far is wrong in the same way. The parser itself names where the block around
// the mistake begins. It gives 0 when it can't tell.
func wrongLine(data []byte, msg string) int {
	lines := bytes.SplitAfter(data, []byte("\n"))
	if len(lines) > maxSearched {
		return 0
	}
	end := 0
	for i, line := range lines {
		end += len(line)
		var doc yaml.Node
		if err := yaml.Unmarshal(data[:end], &doc); err != nil {
			if _, same := splitLine(err.Error()); same == msg {
				return i + 1
			}
		}
	}
	return 0
}

// maxNodes bounds how large a document may become when its aliases are followed.
const maxNodes = 1_000_000

// hasAlias says whether any value of the document stands for another.
func hasAlias(n *yaml.Node) bool {
	return n.Kind == yaml.AliasNode || slices.ContainsFunc(n.Content, hasAlias)
}

// sizer counts the nodes of a document with all aliases followed.
type sizer struct{ sizes map[*yaml.Node]int }

// check refuses aliases that contain themselves, and those that multiply beyond
// all bounds.
func (s *sizer) check(file string, n *yaml.Node) error {
	switch size := s.size(n); {
	case size < 0:
		return fault.New(fault.Parse, "an anchor contains itself").At(file, n.Line)
	case size > maxNodes:
		return fault.New(fault.Parse, "the aliases blow the document up to more than %d values", maxNodes).At(file, n.Line)
	}
	return nil
}

// size gives the number of nodes below n, at most a little over maxNodes, and
// -1 for one that contains itself.
func (s *sizer) size(n *yaml.Node) int {
	if size, ok := s.sizes[n]; ok {
		return size
	}
	s.sizes[n] = -1
	total := 1
	children := n.Content
	if n.Kind == yaml.AliasNode {
		children = []*yaml.Node{n.Alias}
	}
	for _, child := range children {
		size := s.size(child)
		if size < 0 {
			return -1
		}
		total = min(total+size, maxNodes+1)
	}
	s.sizes[n] = total
	return total
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
