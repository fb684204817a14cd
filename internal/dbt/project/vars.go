package project

import "github.com/kith-analytics/kith/internal/jinja"

// Vars looks variables up for one package, in dbt's order: the command line,
// then the root project's own section for the package, the root project's
// global vars, and last the package's own.
type Vars struct {
	layers []*jinja.Dict
}

// VarsFor gives the variables that templates of the named package see. cli
// holds the command line's and may be nil.
func (p *Project) VarsFor(pkg string, cli *jinja.Dict) Vars {
	layers := []*jinja.Dict{cli}
	layers = append(layers, packageLayers(p.Vars, pkg)...)
	if dep, ok := p.Packages[pkg]; ok && pkg != p.Name {
		layers = append(layers, packageLayers(dep.Vars, pkg)...)
	}
	return Vars{layers: layers}
}

func packageLayers(vars *jinja.Dict, pkg string) []*jinja.Dict {
	if vars == nil {
		return nil
	}
	if own, ok := vars.GetStr(pkg); ok {
		if d, ok := own.(*jinja.Dict); ok {
			return []*jinja.Dict{d, vars}
		}
	}
	return []*jinja.Dict{vars}
}

// CommandLineVars are variables of the command line alone, which is what
// dbt_project.yml and profiles.yml may use.
func CommandLineVars(cli *jinja.Dict) Vars { return Vars{layers: []*jinja.Dict{cli}} }

// Lookup gives a variable's value.
func (v Vars) Lookup(name string) (jinja.Value, bool) {
	for _, layer := range v.layers {
		if layer == nil {
			continue
		}
		if value, ok := layer.GetStr(name); ok {
			return value, true
		}
	}
	return nil, false
}
