package app

import (
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/globals"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/jinja"
)

// invocation is what templates may ask about the command.
func (a *App) invocation(vars *jinja.Dict) *globals.Invocation {
	return &globals.Invocation{
		ID: a.id, StartedAt: a.started.UTC(), Version: dbtRelease, Env: a.cfg.Env, Vars: vars,
		Flags: a.templateFlags(vars), Now: a.cfg.Now, Log: a.say,
	}
}

// say brings what templates log to the events.
func (a *App) say(level globals.Level, msg string) error {
	switch level {
	case globals.Debug:
		a.emit(event.Log{Msg: msg})
	case globals.Info:
		a.emit(event.Log{Msg: msg, Info: true})
	case globals.Print:
		a.emit(event.Print{Msg: msg})
	case globals.Warn:
		return a.warn(event.Warning{Msg: msg}, msg)
	}
	return nil
}

// templateFlags is `flags` in templates: dbt's names in capitals.
func (a *App) templateFlags(vars *jinja.Dict) *jinja.Dict {
	d := jinja.NewDict()
	names := make([]string, 0, len(a.cfg.Flags.Args))
	for name := range a.cfg.Flags.Args {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if v, ok := templateValue(a.cfg.Flags.Args[name]); ok {
			d.SetStr(strings.ToUpper(name), v)
		}
	}
	d.SetStr("WHICH", a.cfg.Command)
	d.SetStr("FULL_REFRESH", a.cfg.Flags.FullRefresh)
	d.SetStr("EMPTY", a.cfg.Flags.Empty)
	d.SetStr("STORE_FAILURES", a.cfg.Flags.StoreFailures != nil && *a.cfg.Flags.StoreFailures)
	d.SetStr("INTROSPECT", a.cfg.Flags.Introspect == nil || *a.cfg.Flags.Introspect)
	d.SetStr("VARS", vars)
	return d
}

// templateValue turns a flag into what templates see.
func templateValue(v any) (jinja.Value, bool) {
	switch v := v.(type) {
	case nil, bool, string, int64, float64:
		return v, true
	case int:
		return int64(v), true
	case []string:
		list := jinja.NewList()
		for _, s := range v {
			list.Append(s)
		}
		return list, true
	}
	return nil, false
}
