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

// readMacros reads the macros of the built-in packages, the installed ones and
// the root project, and makes the environment over them.
func (p *parser) readMacros() error {
	if err := p.readBuiltin(); err != nil {
		return err
	}
	for _, proj := range p.projects() {
		// Generic tests may be defined in tests/generic as well as among the macros.
		folders := append([]string{}, proj.MacroPaths...)
		for _, dir := range proj.TestPaths {
			folders = append(folders, path.Join(dir, "generic"))
		}
		files, err := proj.Files(folders, ".sql")
		if err != nil {
			return err
		}
		for _, f := range files {
			src, err := os.ReadFile(f.Absolute)
			if err != nil {
				return fault.Wrap(err, fault.Invalid, "the macro file cannot be read").At(f.Original, 0)
			}
			if err := p.addMacros(proj.Name, f.Original, shownPath(p.Project, proj, f.Original), string(src)); err != nil {
				return err
			}
		}
	}
	p.env = compile.NewEnv(p.Project, p.Target, p.Invocation, p.out)
	p.linkMacros()
	return nil
}

// readBuiltin reads the macros that ship with Kith.
func (p *parser) readBuiltin() error {
	files, err := macros.Files()
	if err != nil {
		return fault.Wrap(err, fault.Internal, "the built-in macros cannot be read")
	}
	for _, f := range files {
		if err := p.addMacros(f.Package, f.Path, compile.BuiltinPrefix+f.Package+"/"+f.Path, f.Source); err != nil {
			return err
		}
	}
	return nil
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
func (p *parser) addMacros(pkg, original, shown, src string) error {
	t, err := jinja.Parse(shown, src)
	if err != nil {
		return err
	}
	for _, def := range t.Macros() {
		id := "macro." + pkg + "." + def.FullName
		if old, ok := p.out.Macros[id]; ok {
			return fault.New(fault.Parse, "the %s %q is defined twice, first in %s:%d", def.Kind, def.Name, old.OriginalFilePath, old.Line).
				At(shown, def.Line).WithHint("rename or remove one of them")
		}
		p.out.Macros[id] = &manifest.Macro{
			UniqueID: id, Name: def.FullName, Package: pkg, Path: original, OriginalFilePath: original,
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
