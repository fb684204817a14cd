package parse

import (
	"os"
	"path"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/compile"
	"github.com/kith-analytics/kith/internal/dbt/macros"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// macroFile is a file with macros. Its text is read from absolute unless it is
// one that ships with Kith.
type macroFile struct{ pkg, original, shown, absolute, src string }

// readMacros reads the macros of the built-in packages, the installed ones and
// the root project, and makes the environment over them.
func (p *parser) readMacros() error {
	list, err := p.macroFiles()
	if err != nil {
		return err
	}
	templates, errs := makeAll(len(list), func(i int) (*jinja.Template, error) { return list[i].parse() })
	for i, f := range list {
		if errs[i] != nil {
			return errs[i]
		}
		if err := p.addMacros(f, templates[i]); err != nil {
			return err
		}
	}
	p.env = compile.NewEnv(p.Project, p.Target, p.Invocation, p.out)
	p.linkMacros()
	return nil
}

func (p *parser) macroFiles() ([]macroFile, error) {
	builtin, err := macros.Files()
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "the built-in macros cannot be read")
	}
	list := make([]macroFile, 0, len(builtin))
	for _, f := range builtin {
		list = append(list, macroFile{pkg: f.Package, original: f.Path, shown: compile.BuiltinPrefix + f.Package + "/" + f.Path, src: f.Source})
	}
	for _, proj := range p.projects() {
		// Generic tests may be defined in tests/generic as well as among the macros.
		folders := append([]string{}, proj.MacroPaths...)
		for _, dir := range proj.TestPaths {
			folders = append(folders, path.Join(dir, "generic"))
		}
		files, err := proj.Files(folders, ".sql")
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			list = append(list, macroFile{
				pkg: proj.Name, original: f.Original, shown: shownPath(p.Project, proj, f.Original), absolute: f.Absolute,
			})
		}
	}
	return list, nil
}

func (f macroFile) parse() (*jinja.Template, error) {
	if f.absolute != "" {
		src, err := os.ReadFile(f.absolute)
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "the macro file cannot be read").At(f.original, 0)
		}
		f.src = string(src)
	}
	return jinja.Parse(f.shown, f.src)
}

// shownPath is a file's path as errors show it: from the root project, also for
// files of packages.
func shownPath(root, proj *project.Project, original string) string {
	if proj == root {
		return original
	}
	return path.Join(root.PackagesPath, path.Base(strings.ReplaceAll(proj.Root, "\\", "/")), original)
}

// addMacros adds the definitions of one file. Snapshot and docs blocks that
// share the file are read elsewhere.
func (p *parser) addMacros(f macroFile, t *jinja.Template) error {
	for _, def := range t.Macros() {
		id := "macro." + f.pkg + "." + def.FullName
		if old, ok := p.out.Macros[id]; ok {
			return fault.New(fault.Parse, "the %s %q is defined twice, first in %s:%d", def.Kind, def.Name, old.OriginalFilePath, old.Line).
				At(f.shown, def.Line).WithHint("rename or remove one of them")
		}
		p.out.Macros[id] = &manifest.Macro{
			UniqueID: id, Name: def.FullName, Package: f.pkg, Path: f.original, OriginalFilePath: f.original,
			Line: def.Line, SQL: def.Source, Meta: jinja.NewDict(), SupportedLanguages: def.SupportedLanguages,
			CreatedAt: p.created, Def: def,
		}
	}
	return nil
}

// linkMacros finds which macros each macro calls, from its text.
func (p *parser) linkMacros() {
	for _, m := range p.out.Macros {
		m.DependsOn = p.macroRefs(m.Package, m.Def.References())
	}
}

// macroRefs gives the unique ids of the macros that calls in code of a package mean.
func (p *parser) macroRefs(pkg string, refs []jinja.Ref) []string {
	var ids []string
	seen := map[string]bool{}
	add := func(m *manifest.Macro) {
		if m != nil && !seen[m.UniqueID] {
			seen[m.UniqueID] = true
			ids = append(ids, m.UniqueID)
		}
	}
	for _, ref := range refs {
		switch {
		case ref.Dispatch != "":
			if m, err := p.env.Library.Dispatch(pkg, ref.Dispatch, ref.Namespace); err == nil {
				add(m)
			}
		case len(ref.Path) == 1:
			add(p.env.Library.Find(pkg, ref.Path[0]))
		case len(ref.Path) == 2:
			add(p.env.Library.In(ref.Path[0], ref.Path[1]))
		}
	}
	return ids
}
