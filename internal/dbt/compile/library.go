package compile

import (
	"maps"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Library finds macros by dbt's precedence: for code of a package, the package's
// own macros, then the root project's, then the built-in ones, so that a project
// can replace any built-in macro by one of the same name. It does not change
// once made.
type Library struct {
	project *project.Project
	adapter string
	// byPackage holds the macros of each package by full name; the built-in
	// packages share one map under manifest.BuiltinPackage.
	byPackage map[string]map[string]*manifest.Macro
	// flat holds, for code of each package, what a plain name means.
	flat map[string]map[string]*manifest.Macro
	// byDef finds the macro of a definition that is being called.
	byDef map[*jinja.MacroDef]*manifest.Macro
}

// NewLibrary indexes the macros of a manifest.
func NewLibrary(p *project.Project, macros map[string]*manifest.Macro, adapter string) *Library {
	l := &Library{project: p, adapter: adapter, byPackage: map[string]map[string]*manifest.Macro{}, flat: map[string]map[string]*manifest.Macro{}, byDef: make(map[*jinja.MacroDef]*manifest.Macro, len(macros))}
	for _, m := range macros {
		l.byDef[m.Def] = m
		pkg := m.Package
		if manifest.IsBuiltin(pkg) {
			pkg = manifest.BuiltinPackage
		}
		if l.byPackage[pkg] == nil {
			l.byPackage[pkg] = map[string]*manifest.Macro{}
		}
		// The adapter's package stands before dbt's own.
		if old, ok := l.byPackage[pkg][m.Name]; ok && old.Package == manifest.AdapterPackage {
			continue
		}
		l.byPackage[pkg][m.Name] = m
	}
	for _, pkg := range append(p.PackageNames(), p.Name, manifest.BuiltinPackage) {
		l.flat[pkg] = l.merge(pkg)
	}
	return l
}

func (l *Library) merge(pkg string) map[string]*manifest.Macro {
	out := make(map[string]*manifest.Macro, len(l.byPackage[manifest.BuiltinPackage]))
	for _, layer := range []string{manifest.BuiltinPackage, l.project.Name, pkg} {
		if layer == manifest.BuiltinPackage && len(out) > 0 {
			continue
		}
		maps.Copy(out, l.byPackage[layer])
	}
	return out
}

// Find gives the macro that a plain name means to code of pkg, or nil.
func (l *Library) Find(pkg, name string) *manifest.Macro {
	if manifest.IsBuiltin(pkg) {
		pkg = manifest.BuiltinPackage
	}
	return l.flat[pkg][name]
}

// In gives a package's own macro, or nil. The adapter's macros are dbt's too.
func (l *Library) In(pkg, name string) *manifest.Macro {
	if manifest.IsBuiltin(pkg) {
		pkg = manifest.BuiltinPackage
	}
	return l.byPackage[pkg][name]
}

// HasPackage says whether a package with macros has that name.
func (l *Library) HasPackage(pkg string) bool {
	return manifest.IsBuiltin(pkg) || pkg == l.project.Name || l.project.Packages[pkg] != nil
}

// Dispatch gives the macro that adapter.dispatch(name, namespace) means to code
// of pkg: for each package of the search order, the adapter's own version, then
// the default one.
func (l *Library) Dispatch(pkg, name, namespace string) (*manifest.Macro, error) {
	if strings.Contains(name, ".") {
		ns, plain, _ := strings.Cut(name, ".")
		return nil, fault.New(fault.Compile, "adapter.dispatch takes a macro name without a package, not %q", name).
			WithHint("write adapter.dispatch('%s', macro_namespace='%s')", plain, ns)
	}
	packages := []string{""}
	if namespace != "" {
		packages = l.project.SearchOrder(namespace)
		if len(packages) == 0 && l.HasPackage(namespace) {
			packages = []string{l.project.Name, namespace}
		}
		if len(packages) == 0 {
			packages = []string{""}
		}
	}
	prefixes := [...]string{l.adapter, "default"}
	for _, p := range packages {
		for _, prefix := range prefixes {
			full := prefix + "__" + name
			m := l.In(p, full)
			if p == "" {
				m = l.Find(pkg, full)
			}
			if m != nil {
				return m, nil
			}
		}
	}
	var tried []string
	for _, p := range packages {
		for _, prefix := range prefixes {
			tried = append(tried, strings.TrimPrefix(p+"."+prefix+"__"+name, "."))
		}
	}
	return nil, fault.New(fault.Compile, "no macro %q is there to dispatch to in %q; searched for %s",
		name, namespace, strings.Join(tried, ", "))
}

// Materialization gives the macro that builds a materialization, or nil. One for
// the adapter stands before a default one; among those the root project's stands
// before the built-in, and a package's counts only where there is no built-in.
func (l *Library) Materialization(name string) *manifest.Macro {
	var imported *manifest.Macro
	builtin := false
	for _, adapter := range []string{l.adapter, "default"} {
		full := "materialization_" + name + "_" + adapter
		if m := l.In(l.project.Name, full); m != nil {
			return m
		}
		if m := l.In(manifest.BuiltinPackage, full); m != nil {
			return m
		}
		builtin = builtin || l.In(manifest.BuiltinPackage, "materialization_"+name+"_default") != nil
		for _, pkg := range l.project.PackageNames() {
			if m := l.In(pkg, full); m != nil && imported == nil && !builtin {
				imported = m
			}
		}
	}
	return imported
}
