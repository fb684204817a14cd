package globals

import (
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// variables is var: a function with a method has_var.
type variables struct {
	vars    VarLookup
	lenient bool
}

// NewVar makes var, of which a missing variable without a default is an error.
func NewVar(vars VarLookup) jinja.Value { return variables{vars: vars} }

// NewLenientVar makes var, of which a missing variable without a default is none.
func NewLenientVar(vars VarLookup) jinja.Value { return variables{vars: vars, lenient: true} }

// GetAttr gives has_var.
func (v variables) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	if name != "has_var" {
		return nil, false, nil
	}
	return fn("has_var", func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		bound, err := args.Bind("has_var", jinja.Req("var_name"))
		if err != nil {
			return nil, err
		}
		_, ok := v.vars.Lookup(jinja.Str(bound[0]))
		return ok, nil
	}), true, nil
}

// Call is var(name, default=none).
func (v variables) Call(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("var", jinja.Req("var_name"), jinja.Opt("default", nil))
	if err != nil {
		return nil, err
	}
	name := jinja.Str(bound[0])
	if value, ok := v.vars.Lookup(name); ok {
		return value, nil
	}
	if _, named := args.Keyword("default"); named || len(args.Pos) > 1 || v.lenient {
		return bound[1], nil
	}
	return nil, fault.New(fault.Compile, "Required var '%s' not found in config", name).
		WithHint("set it under vars: in dbt_project.yml or with --vars '{%s: …}', or give var() a default", name)
}

// secretPrefix starts the names of variables that only profiles may read.
const secretPrefix = "DBT_ENV_SECRET_" //nolint:gosec // the name of a kind of variable, not a secret

func (inv *Invocation) envVar(secrets bool) *jinja.Func {
	return fn("env_var", func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		bound, err := args.Bind("env_var", jinja.Req("var"), jinja.Opt("default", nil))
		if err != nil {
			return nil, err
		}
		name := jinja.Str(bound[0])
		if strings.HasPrefix(name, secretPrefix) && !secrets {
			return nil, fault.New(fault.Compile, "the secret variable '%s' may be used only in profiles.yml and packages.yml", name)
		}
		if value, ok := inv.Env(name); ok {
			return value, nil
		}
		if bound[1] != nil {
			return bound[1], nil
		}
		return nil, fault.New(fault.Compile, "Env var required but not provided: '%s'", name).
			WithHint("set it in the environment, or give env_var() a default")
	})
}
