// Package globals holds the names that every dbt template sees, whatever it is
// part of: var and env_var, JSON and YAML, log, return, modules, flags, target,
// exceptions. Names that need a node or a connection are package compile's.
package globals

import (
	"time"

	"github.com/kith-analytics/kith/internal/jinja"
)

// Invocation is what one command brings with it. It does not change once made.
type Invocation struct {
	ID        string
	StartedAt time.Time // UTC
	// Version is the dbt version whose behaviour is followed.
	Version string
	// Env looks an environment variable up.
	Env func(name string) (string, bool)
	// Vars are the command line's variables; nil for none.
	Vars *jinja.Dict
	// Flags are what templates see as flags: FULL_REFRESH, WHICH and so on.
	Flags *jinja.Dict
	// Now is the clock of modules.datetime.
	Now func() time.Time
	// Log takes what templates log and print. It may be called from several
	// goroutines. An error, for warnings that are to be errors, ends the template.
	Log func(level Level, message string) error
}

// Level says how loud a message is.
type Level int

// The levels.
const (
	Debug Level = iota // log(): the log file, and the console with --debug
	Info               // log(info=true)
	Print              // print(): even when quiet
	Warn               // exceptions.warn()
)

// VarLookup finds a variable, for the package whose template asks.
type VarLookup interface {
	Lookup(name string) (jinja.Value, bool)
}

// Scope gives the global names. target may be nil before the profile is known;
// secrets allows env_var to read DBT_ENV_SECRET_ variables, which only profiles
// may.
func (inv *Invocation) Scope(vars VarLookup, target *jinja.Dict, secrets bool) jinja.MapScope {
	scope := jinja.MapScope{
		"var":               NewVar(vars),
		"env_var":           inv.envVar(secrets),
		"return":            jinja.ReturnFunc(),
		"fromjson":          fn("fromjson", fromJSON),
		"tojson":            fn("tojson", toJSON),
		"fromyaml":          fn("fromyaml", fromYAML),
		"toyaml":            fn("toyaml", toYAML),
		"set":               fn("set", setOf(false)),
		"set_strict":        fn("set_strict", setOf(true)),
		"zip":               fn("zip", zip(false)),
		"zip_strict":        fn("zip_strict", zip(true)),
		"log":               fn("log", inv.log),
		"print":             fn("print", inv.print),
		"diff_of_two_dicts": fn("diff_of_two_dicts", diffOfTwoDicts),
		"local_md5":         fn("local_md5", localMD5),
		"run_started_at":    inv.runStartedAt(),
		"invocation_id":     inv.ID,
		"dbt_version":       inv.Version,
		"modules":           inv.modules(),
		"flags":             attrs{inv.Flags},
		"exceptions":        exceptions(inv),
	}
	if target != nil {
		scope["target"] = target
		scope["env"] = target
	}
	return scope
}

func fn(name string, f func(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error)) *jinja.Func {
	return jinja.NewFunc(name, f)
}
