package metric

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/fault"
)

// block is a mapping of a metric file. It keeps the first error, after which all it
// gives is empty, so that a reader asks for everything and checks once.
type block struct {
	file  string
	line  int
	what  string // "metric", for messages
	keys  []string
	asked []string
	nodes map[string]*yaml.Node
	err   *error
}

func newBlock(file, what string, n *yaml.Node, err *error) *block { //nolint:gocritic // all blocks of a file keep one error
	b := &block{file: file, line: n.Line, what: what, nodes: map[string]*yaml.Node{}, err: err}
	if n.Kind != yaml.MappingNode {
		b.fail(n.Line, "a %s has to be a mapping of settings to values", what)
		return b
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if _, twice := b.nodes[key.Value]; twice {
			b.fail(key.Line, "%s is given twice", key.Value)
		}
		b.keys = append(b.keys, key.Value)
		b.nodes[key.Value] = n.Content[i+1]
	}
	return b
}

// complaint is what was found wrong, to which a hint can be added.
type complaint struct{ fault *fault.Error }

func (c complaint) hintf(format string, args ...any) { c.fault.Hint = fmt.Sprintf(format, args...) }

func (b *block) fail(line int, format string, args ...any) complaint {
	e := fault.New(fault.Parse, format, args...).At(b.file, line)
	if *b.err == nil {
		*b.err = e
	}
	return complaint{e}
}

func (b *block) place() Place { return Place{File: b.file, Line: b.line} }

// lineOf gives the line of a setting, and that of the block when it is not given.
func (b *block) lineOf(key string) int {
	if n, ok := b.nodes[key]; ok {
		return n.Line
	}
	return b.line
}

func (b *block) has(key string) bool { _, ok := b.nodes[key]; return ok }

func (b *block) node(key string) *yaml.Node {
	b.asked = append(b.asked, key)
	return b.nodes[key]
}

// text gives a scalar as it is written; "" when it is not given.
func (b *block) text(key string) string {
	n := b.node(key)
	if n == nil {
		return ""
	}
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		b.fail(n.Line, "%s has to be one value", key)
		return ""
	}
	return n.Value
}

// needed is text that must be there.
func (b *block) needed(key string) string {
	s := b.text(key)
	if s == "" {
		b.fail(b.lineOf(key), "the %s has no %s", b.what, key)
	}
	return s
}

// name is needed text that can be an identifier.
func (b *block) name(key string) string {
	s := b.needed(key)
	if s != "" && !validName(s) {
		b.fail(b.lineOf(key), "%q is no name", s).hintf("use small letters, digits and _, and begin with a letter")
	}
	return s
}

// number gives a number, and otherwise when it is not given.
func (b *block) number(key string, otherwise float64) float64 {
	s := b.text(key)
	if s == "" {
		return otherwise
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		b.fail(b.lineOf(key), "%s has to be a number, not %q", key, s)
		return otherwise
	}
	return f
}

// oneOf gives one of the allowed words, and otherwise when none is given.
func oneOf[T ~string](b *block, key string, allowed []T, otherwise T) T {
	s := b.text(key)
	if s == "" {
		return otherwise
	}
	if slices.Contains(allowed, T(s)) {
		return T(s)
	}
	names := make([]string, len(allowed))
	for i, a := range allowed {
		names[i] = string(a)
	}
	b.fail(b.lineOf(key), "there is no %s %q", key, s).hintf("%s", suggestion(s, names, "it can be "+listed(names)))
	return otherwise
}

// texts gives a list of scalars; one scalar is a list of one.
func (b *block) texts(key string) []string {
	n := b.node(key)
	if n == nil {
		return nil
	}
	if n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
		return []string{n.Value}
	}
	if n.Kind != yaml.SequenceNode {
		b.fail(n.Line, "%s has to be a list", key)
		return nil
	}
	out := make([]string, 0, len(n.Content))
	for _, item := range n.Content {
		if item.Kind != yaml.ScalarNode {
			b.fail(item.Line, "%s has to be a list of single values", key)
			return nil
		}
		out = append(out, item.Value)
	}
	return out
}

// mapping gives a mapping of names to columns; a list of names maps each to itself.
func (b *block) mapping(key string) map[string]string {
	n := b.node(key)
	if n == nil {
		return map[string]string{}
	}
	out := map[string]string{}
	put := func(name, value *yaml.Node) {
		if name.Kind != yaml.ScalarNode || value.Kind != yaml.ScalarNode || !validName(name.Value) || value.Value == "" {
			b.fail(name.Line, "%s has to map names to columns", key)
			return
		}
		if _, twice := out[name.Value]; twice {
			b.fail(name.Line, "%s is in %s twice", name.Value, key)
		}
		out[name.Value] = value.Value
	}
	switch n.Kind {
	case yaml.SequenceNode:
		for _, item := range n.Content {
			put(item, item)
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			put(n.Content[i], n.Content[i+1])
		}
	default:
		b.fail(n.Line, "%s has to map names to columns", key)
	}
	return out
}

// blocks gives a list of mappings.
func (b *block) blocks(key, what string) []*block {
	n := b.node(key)
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		b.fail(n.Line, "%s has to be a list", key)
		return nil
	}
	out := make([]*block, 0, len(n.Content))
	for _, item := range n.Content {
		if item.Kind == yaml.AliasNode {
			b.fail(item.Line, "aliases are not taken here")
			return nil
		}
		out = append(out, newBlock(b.file, what, item, b.err))
	}
	return out
}

// done refuses settings that nobody asked for.
func (b *block) done() {
	for _, key := range b.keys {
		if !slices.Contains(b.asked, key) {
			b.fail(b.nodes[key].Line, "a %s has no setting %q", b.what, key).
				hintf("%s", suggestion(key, b.asked, "it has "+listed(b.asked)))
		}
	}
}

// validName says whether s can name a metric, a dimension or a dataset.
func validName(s string) bool {
	if s == "" || len(s) > 63 || !isNameByte(s[0], true) {
		return false
	}
	for i := range len(s) {
		if !isNameByte(s[i], false) {
			return false
		}
	}
	return true
}
