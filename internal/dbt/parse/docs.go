package parse

import (
	"os"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// readDocs reads the docs blocks of Markdown files.
func (p *parser) readDocs() error {
	for _, proj := range p.projects() {
		files, err := proj.Files(proj.DocsPaths, ".md")
		if err != nil {
			return err
		}
		for _, f := range files {
			src, err := os.ReadFile(f.Absolute)
			if err != nil {
				return fault.Wrap(err, fault.Invalid, "the docs cannot be read").At(f.Original, 0)
			}
			if !strings.Contains(string(src), "docs") {
				continue
			}
			blocks, err := jinja.ExtractBlocks(shownPath(p.Project, proj, f.Original), string(src), "docs")
			if err != nil {
				return err
			}
			for _, b := range blocks {
				if err := p.addDoc(proj, f, b); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (p *parser) addDoc(proj *project.Project, f project.File, b jinja.Block) error {
	id := "doc." + proj.Name + "." + b.Name
	if old, ok := p.out.Docs[id]; ok {
		return fault.New(fault.Parse, "the docs block %q stands twice, first in %s", b.Name, old.OriginalFilePath).
			At(shownPath(p.Project, proj, f.Original), b.Line).WithHint("rename or remove one of them")
	}
	contents := b.Inner
	if project.IsTemplate(contents) {
		t, err := jinja.Parse(shownPath(p.Project, proj, f.Original), contents, jinja.FirstLine(b.InnerLine))
		if err != nil {
			return err
		}
		if contents, err = jinja.NewRuntime(p.ctx, jinja.Options{}).Render(t, jinja.MapScope{}); err != nil {
			return err
		}
	}
	p.out.Docs[id] = &manifest.Doc{
		UniqueID: id, Name: b.Name, Package: proj.Name, Path: f.Relative, OriginalFilePath: f.Original,
		Contents: strings.TrimSpace(contents),
	}
	return nil
}

// description renders a description, in which doc('name') puts a docs block, and
// tells which blocks it used.
func (p *parser) description(pkg, file string, line int, text string) (string, []string, error) {
	if !project.IsTemplate(text) {
		return text, nil, nil
	}
	var used []string
	doc := jinja.NewFunc("doc", func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		names := make([]string, 0, 2)
		for _, v := range args.Pos {
			names = append(names, jinja.Str(v))
		}
		d, err := p.findDoc(pkg, names)
		if err != nil {
			return nil, err
		}
		used = append(used, d.UniqueID)
		return d.Contents, nil
	})
	t, err := jinja.Parse(file, text, jinja.FirstLine(line))
	if err != nil {
		return "", nil, err
	}
	scope := jinja.Chain(jinja.MapScope{"doc": doc}, p.env.YAMLScope(pkg))
	out, err := jinja.NewRuntime(p.ctx, jinja.Options{Undefined: jinja.Strict}).Render(t, scope)
	return out, used, err
}

func (p *parser) findDoc(pkg string, names []string) (*manifest.Doc, error) {
	packages := []string{pkg, p.Project.Name}
	switch len(names) {
	case 1:
		packages = append(packages, p.Project.PackageNames()...)
	case 2:
		packages, names = names[:1], names[1:]
	default:
		return nil, fault.New(fault.Compile, "doc() takes a name, or a package and a name (%d given)", len(names))
	}
	for _, candidate := range packages {
		if d, ok := p.out.Docs["doc."+candidate+"."+names[0]]; ok {
			return d, nil
		}
	}
	return nil, fault.New(fault.Compile, "there is no docs block %q", names[0]).
		WithHint("write {%% docs %s %%}…{%% enddocs %%} in a .md file", names[0])
}
