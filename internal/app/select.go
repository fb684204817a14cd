package app

import (
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/graph"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
)

// Selection is dbt's way to name nodes.
type Selection struct {
	Select, Exclude []string
	Selector        string
	// Types and ExcludeTypes are resource types, or "all" and "default".
	Types, ExcludeTypes []string
}

// selected gives the ids that a command works on, in the graph's order of names.
func (a *App) selected(l *loaded, s Selection, every, byDefault []manifest.ResourceType, keepEmpty bool) ([]string, error) {
	types, err := resourceTypes(s, every, byDefault)
	if err != nil {
		return nil, err
	}
	indirect, err := graph.ParseIndirect(a.text(a.cfg.Flags.Indirect, "indirect_selection", string(graph.Eager)))
	if err != nil {
		return nil, err
	}
	state, err := a.state(l)
	if err != nil {
		return nil, err
	}
	found, err := graph.NewSelector(l.graph, state).Select(graph.Request{
		Select: s.Select, Exclude: s.Exclude, Selector: s.Selector, Indirect: indirect, Types: types, KeepEmpty: keepEmpty,
	})
	if err != nil {
		return nil, err
	}
	if found.DefaultSelector != "" {
		a.emit(event.Text{Lvl: event.Info, Msg: "Using default selector " + found.DefaultSelector})
	}
	for _, warning := range found.Warnings {
		if err := a.warn(event.NoMatch{Msg: warning}, warning); err != nil {
			return nil, err
		}
	}
	return found.IDs, nil
}

// resourceTypes works out --resource-type and --exclude-resource-type.
func resourceTypes(s Selection, every, byDefault []manifest.ResourceType) ([]manifest.ResourceType, error) {
	known := map[string]manifest.ResourceType{}
	for _, t := range every {
		known[string(t)] = t
	}
	read := func(names []string, flag string) ([]manifest.ResourceType, error) {
		var out []manifest.ResourceType
		for _, name := range splitWords(names) {
			switch t, ok := known[name]; {
			case name == "all":
				out = append(out, every...)
			case name == "default":
				out = append(out, byDefault...)
			case ok:
				out = append(out, t)
			case !dbtType(name):
				return nil, fault.New(fault.Usage, "--%s: there is no resource type %q", flag, name).
					WithHint("use one of %s", typeNames(every))
			}
		}
		return out, nil
	}
	types, err := read(s.Types, "resource-type")
	if err != nil {
		return nil, err
	}
	if len(s.Types) == 0 {
		types = slices.Clone(byDefault)
	}
	without, err := read(s.ExcludeTypes, "exclude-resource-type")
	if err != nil {
		return nil, err
	}
	types = slices.DeleteFunc(types, func(t manifest.ResourceType) bool { return slices.Contains(without, t) })
	if types == nil {
		// An empty list keeps nothing; nil would keep everything.
		types = []manifest.ResourceType{}
	}
	return types, nil
}

// dbtType says whether dbt has a resource type that projects here cannot have;
// asking for it selects nothing.
func dbtType(name string) bool {
	switch name {
	case "metric", "semantic_model", "saved_query", "function", "source", "analysis", "model", "test", "unit_test", "exposure", "snapshot", "seed":
		return true
	}
	return false
}

func typeNames(types []manifest.ResourceType) string {
	names := make([]string, 0, len(types)+2)
	for _, t := range types {
		names = append(names, string(t))
	}
	slices.Sort(names)
	return strings.Join(append(names, "all", "default"), ", ")
}

// splitWords takes apart values that hold several names.
func splitWords(values []string) []string {
	var out []string
	for _, v := range values {
		out = append(out, strings.FieldsFunc(strings.ToLower(v), func(r rune) bool { return r == ' ' || r == ',' })...)
	}
	return out
}
