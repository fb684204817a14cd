package app

import (
	"slices"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// severity is what becomes of a warning.
type severity uint8

const (
	warns severity = iota
	fails
	silent
)

// warnOptions say which warnings are errors and which are not to be told, by
// dbt's names for them. A name counts before all, and of the lists with the same
// name silence before warn before error.
type warnOptions struct {
	all                  bool
	error, warn, silence []string
}

func (o warnOptions) of(name string) severity {
	switch {
	case slices.Contains(o.silence, name):
		return silent
	case slices.Contains(o.warn, name):
		return warns
	case o.all, slices.Contains(o.error, name):
		return fails
	}
	return warns
}

// readWarnOptions takes --warn-error, --warn-error-options, or what the project's
// flags have in their place.
func (a *App) readWarnOptions() (warnOptions, error) {
	if a.flag(a.cfg.Flags.WarnError, "warn_error", false) {
		return warnOptions{all: true}, nil
	}
	const given = "--warn-error-options"
	if text := a.cfg.Flags.WarnErrorOptions; text != "" {
		node, err := yamlvalue.Read(given, []byte(text))
		if err != nil {
			return warnOptions{}, fault.Wrap(err, fault.Usage, given+" is not YAML").WithHint(`write it as '{error: all, warn: [NAME]}'`)
		}
		return newWarnOptions(yamlvalue.Value(node), given)
	}
	v, _ := a.project.project.Flags.GetStr("warn_error_options")
	return newWarnOptions(v, "flags.warn_error_options of dbt_project.yml")
}

// newWarnOptions reads the mapping; include and exclude are the old names of error
// and warn.
func newWarnOptions(v jinja.Value, where string) (warnOptions, error) {
	var o warnOptions
	if v == nil {
		return o, nil
	}
	bad := func(what string) (warnOptions, error) {
		return o, fault.New(fault.Usage, "%s %s", where, what).WithHint("it takes error (all, or names of warnings), warn and silence (names)")
	}
	d, ok := v.(*jinja.Dict)
	if !ok {
		return bad("is no mapping")
	}
	c := manifest.NewConfig(d)
	for key, value := range d.All() {
		list, isList := value.(*jinja.List)
		named := isList && !slices.ContainsFunc(list.Items, func(v jinja.Value) bool { _, ok := v.(string); return !ok })
		switch key {
		case "error", "include":
			o.all = value == "all" || value == "*"
			if !o.all {
				o.error = append(o.error, c.Strings(jinja.Str(key))...)
			}
			named = named || o.all
		case "warn", "exclude":
			o.warn = append(o.warn, c.Strings(jinja.Str(key))...)
		case "silence":
			o.silence = c.Strings("silence")
		default:
			return bad("has the key " + jinja.Repr(key))
		}
		if !named && value != nil {
			return bad("has for " + jinja.Str(key) + " no list of names")
		}
	}
	return o, nil
}

// warn tells a warning, or gives it as an error where it is to be one.
func (a *App) warn(e event.Event, msg string) error {
	var o warnOptions
	if a.project != nil {
		o = a.project.warnings
	}
	switch name := e.Meta().Name; o.of(name) {
	case fails:
		hint := "--warn-error makes this warning an error"
		if !o.all {
			hint = "the options for warnings make an error of " + name
		}
		return fault.New(fault.Compile, "%s", msg).WithHint("%s", hint)
	case warns:
		a.emit(e)
	case silent:
	}
	return nil
}
