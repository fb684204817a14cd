package compile

import (
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// override puts the macros, variables and environment variables that the unit
// test sets in place of the project's.
func (r *UnitRun) override() {
	section := func(key string) *jinja.Dict {
		if r.unit.Overrides == nil {
			return jinja.NewDict()
		}
		v, _ := r.unit.Overrides.GetStr(key)
		if d, ok := v.(*jinja.Dict); ok {
			return d
		}
		return jinja.NewDict()
	}
	if vars := section("vars"); vars.Len() > 0 {
		all := jinja.NewDict()
		all.Update(r.env.Invocation.Vars)
		all.Update(vars)
		lookup := r.env.Project.VarsFor(r.node.Package, all)
		r.Set("var", r.env.Invocation.Scope(lookup, nil, false)["var"])
	}
	if env := section("env_vars"); env.Len() > 0 {
		r.Set("env_var", overriddenEnv(env, r.env.base(r.node.Package)["env_var"]))
	}
	macros := section("macros")
	fixed := map[string]jinja.Value{}
	for key, v := range macros.All() {
		name := jinja.Str(key)
		value := v
		if r.isMacro(name) {
			value = jinja.NewFunc(name, func(*jinja.Runtime, jinja.Args) (jinja.Value, error) { return v, nil })
		}
		fixed[name] = value
		if pkg, short, named := strings.Cut(name, "."); named && manifest.IsBuiltin(pkg) {
			fixed[short] = value
		}
	}
	r.scope.fixed = fixed
}

// isMacro says whether a name, with or without package, is a macro's. Names that
// are none are replaced by the value itself.
func (r *UnitRun) isMacro(name string) bool {
	if pkg, short, named := strings.Cut(name, "."); named {
		return r.env.Library.In(pkg, short) != nil
	}
	return r.env.Library.Find(r.node.Package, name) != nil
}

func overriddenEnv(env *jinja.Dict, usual jinja.Value) *jinja.Func {
	return jinja.NewFunc("env_var", func(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		bound, err := args.Bind("env_var", jinja.Req("var"), jinja.Opt("default", nil))
		if err != nil {
			return nil, err
		}
		if v, ok := env.GetStr(jinja.Str(bound[0])); ok {
			return v, nil
		}
		return rt.Call(usual, args)
	})
}
