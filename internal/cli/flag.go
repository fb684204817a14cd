package cli

import (
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/kith-analytics/kith/internal/fault"
)

// envNote is the annotation that names a flag's environment variable.
const envNote = "env"

// withEnv lets an environment variable set a flag that the command line does not.
func withEnv(fs *pflag.FlagSet, flag, variable string) {
	if err := fs.SetAnnotation(flag, envNote, []string{variable}); err != nil {
		panic(err) // a flag of this package's own that is not there
	}
}

// negation is the --no-x of a flag x.
type negation struct{ flag *pflag.Flag }

func (n negation) Set(s string) error {
	off, err := strconv.ParseBool(s)
	if err != nil {
		return err
	}
	n.flag.Changed = true
	return n.flag.Value.Set(strconv.FormatBool(!off))
}

func (n negation) String() string   { return "" }
func (n negation) Type() string     { return "bool" }
func (n negation) IsBoolFlag() bool { return true }

// pair adds --name and a hidden --no-name, as dbt has them.
func pair(fs *pflag.FlagSet, p *bool, name, short string, value bool, variable, usage string) {
	fs.BoolVarP(p, name, short, value, usage)
	if variable != "" {
		withEnv(fs, name, variable)
	}
	no := fs.VarPF(negation{fs.Lookup(name)}, "no-"+name, "", "the opposite of --"+name)
	no.NoOptDefVal = "true"
	no.Hidden = !value
	if value {
		// The form that changes something is the one to show.
		fs.Lookup(name).Hidden = true
		no.Usage = usage
	}
}

// given gives a flag's value, or nil when neither the command line nor the
// environment set it.
func given(fs *pflag.FlagSet, name string, value bool) *bool {
	if f := fs.Lookup(name); f == nil || !f.Changed {
		return nil
	}
	return &value
}

// fromEnvironment sets the flags that the command line left alone from their
// variables: DBT_ENGINE_X before DBT_X, as dbt 1.12 does.
func (g *global) fromEnvironment(fs *pflag.FlagSet) error {
	var bad error
	fs.VisitAll(func(f *pflag.Flag) {
		names, ok := f.Annotations[envNote]
		if !ok || f.Changed || bad != nil {
			return
		}
		for _, name := range []string{"DBT_ENGINE_" + strings.TrimPrefix(names[0], "DBT_"), names[0]} {
			value, ok := g.env.lookup(name)
			if !ok || value == "" {
				continue
			}
			if f.Value.Type() == "bool" {
				on, known := truth(value)
				if !known {
					bad = fault.New(fault.Usage, "the variable %s is %q, which is neither true nor false", name, value)
					return
				}
				value = strconv.FormatBool(on)
			}
			if err := fs.Set(f.Name, value); err != nil {
				bad = fault.Wrap(err, fault.Usage, "the variable %s cannot be used", name)
			}
			return
		}
	})
	return bad
}

// truth reads a boolean as dbt reads them from the environment.
func truth(s string) (on, known bool) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "1", "t", "true", "y", "yes", "on":
		return true, true
	case "0", "f", "false", "n", "no", "off":
		return false, true
	}
	return false, false
}

// argName is a flag's name as dbt records it; "" for flags that it does not.
func argName(flag string) string {
	switch {
	case flag == "help", flag == "vars", strings.HasPrefix(flag, "no-"):
		return ""
	case flag == "resource-type":
		return "resource_types"
	case flag == "exclude-resource-type":
		return "exclude_resource_types"
	}
	return strings.ReplaceAll(flag, "-", "_")
}
