package project

import (
	"context"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Renderer renders the templates inside YAML, with native types: a value that
// is one expression keeps the expression's type.
type Renderer struct {
	Scope   jinja.Scope
	Options jinja.Options
}

// Keep says which key paths stay unrendered; nil renders all. A path holds the
// mapping keys from the root; list positions do not count.
type Keep func(path []string) bool

// Node renders a YAML tree into a template value.
func (r *Renderer) Node(ctx context.Context, file string, n *yaml.Node, keep Keep) (jinja.Value, error) {
	return r.node(ctx, file, n, keep, nil)
}

func (r *Renderer) node(ctx context.Context, file string, n *yaml.Node, keep Keep, path []string) (jinja.Value, error) {
	n = yamlvalue.Resolve(n)
	if n == nil {
		return nil, nil //nolint:nilnil // nothing renders to none
	}
	if keep != nil && len(path) > 0 && keep(path) {
		return yamlvalue.Value(n), nil
	}
	switch n.Kind {
	case yaml.MappingNode:
		d := jinja.NewDict()
		for _, p := range yamlvalue.Pairs(n) {
			v, err := r.node(ctx, file, p.Value, keep, append(slices.Clip(path), p.Key))
			if err != nil {
				return nil, err
			}
			d.SetStr(p.Key, v)
		}
		return d, nil
	case yaml.SequenceNode:
		items := make([]jinja.Value, 0, len(n.Content))
		for _, c := range n.Content {
			v, err := r.node(ctx, file, c, keep, path)
			if err != nil {
				return nil, err
			}
			items = append(items, v)
		}
		return jinja.NewList(items...), nil
	default:
	}
	if s, ok := yamlvalue.Time(n); ok {
		return s, nil
	}
	v := yamlvalue.Value(n)
	if s, ok := v.(string); ok {
		return r.Text(ctx, file, n.Line, s)
	}
	return v, nil
}

// Text renders one text that stands at a line of a file. As of any template, the last
// newline is left out, so that a text block ends with its last line.
func (r *Renderer) Text(ctx context.Context, file string, line int, s string) (jinja.Value, error) {
	if !IsTemplate(s) {
		return strings.TrimSuffix(s, "\n"), nil
	}
	t, err := jinja.Parse(file, s, jinja.FirstLine(line))
	if err != nil {
		return nil, err
	}
	return jinja.NewRuntime(ctx, r.Options).RenderNative(t, r.Scope)
}

// IsTemplate says whether a text has anything to render.
func IsTemplate(s string) bool {
	return strings.Contains(s, "{{") || strings.Contains(s, "{%") || strings.Contains(s, "{#")
}
