package parse

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// selectorsFile holds the named selections of the root project.
const selectorsFile = "selectors.yml"

func (p *parser) readSelectors() error {
	data, err := os.ReadFile(filepath.Join(p.Project.Root, selectorsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "the selectors cannot be read").At(selectorsFile, 0)
	}
	root, err := yamlvalue.Read(selectorsFile, data)
	if err != nil {
		return err
	}
	r := p.renderer(p.Project.Name)
	list := yamlvalue.Get(root, "selectors")
	if root != nil && (list == nil || list.Kind != yaml.SequenceNode) {
		return fault.New(fault.Parse, "the file is a mapping with a list selectors:, each with a name and a definition").At(selectorsFile, root.Line)
	}
	for _, item := range yamlvalue.Items(list) {
		v, err := r.Node(p.ctx, selectorsFile, item, nil)
		if err != nil {
			return err
		}
		d := dictOf(v)
		s := &manifest.Selector{
			Name: str(first(d, "name")), Description: str(first(d, "description")),
			Default: jinja.Truth(first(d, "default")), Definition: first(d, "definition"), Line: item.Line,
		}
		if s.Name == "" || s.Definition == nil {
			return fault.New(fault.Parse, "a selector has a name and a definition").At(selectorsFile, item.Line)
		}
		if _, ok := p.out.Selectors[s.Name]; ok {
			return fault.New(fault.Parse, "the selector %q is defined twice", s.Name).At(selectorsFile, item.Line)
		}
		p.out.Selectors[s.Name] = s
	}
	return nil
}
