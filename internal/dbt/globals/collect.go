package globals

import (
	"sort"
	"strings"

	"github.com/kith-analytics/kith/internal/jinja"
)

func listItems(v jinja.Value) []jinja.Value {
	items, err := jinja.Collect(v)
	if err != nil {
		return nil
	}
	return items
}

func foldKey(key, item jinja.Value) string {
	return strings.ToLower(jinja.Str(key)) + "\x00" + strings.ToLower(jinja.Str(item))
}

// sortedKeys gives a copy of v with the keys of all dicts in order.
func sortedKeys(v jinja.Value) jinja.Value {
	switch v := v.(type) {
	case *jinja.List:
		out := jinja.NewList()
		for _, item := range v.Items {
			out.Append(sortedKeys(item))
		}
		return out
	case *jinja.Dict:
		keys := make([]string, 0, v.Len())
		for _, k := range v.Keys() {
			keys = append(keys, jinja.Str(k))
		}
		sort.Strings(keys)
		out := jinja.NewDict()
		for _, k := range keys {
			item, _ := v.GetStr(k)
			out.SetStr(k, sortedKeys(item))
		}
		return out
	}
	return v
}

// setOf is set(value, default): strict passes errors on where the plain one
// answers with the default.
func setOf(strict bool) func(*jinja.Runtime, jinja.Args) (jinja.Value, error) {
	return func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		bound, err := args.Bind("set", jinja.Req("value"), jinja.Opt("default", nil))
		if err != nil {
			return nil, err
		}
		items, err := jinja.Collect(bound[0])
		if err == nil {
			var s *jinja.Set
			if s, err = jinja.NewSet(items...); err == nil {
				return s, nil
			}
		}
		if strict {
			return nil, err
		}
		return bound[1], nil
	}
}

// zip pairs several sequences up to the shortest; strict as setOf.
func zip(strict bool) func(*jinja.Runtime, jinja.Args) (jinja.Value, error) {
	return func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		fallback, _ := args.Keyword("default")
		columns := make([][]jinja.Value, len(args.Pos))
		shortest := 0
		for i, arg := range args.Pos {
			items, err := jinja.Collect(arg)
			if err != nil {
				if strict {
					return nil, err
				}
				return fallback, nil
			}
			columns[i] = items
			if i == 0 || len(items) < shortest {
				shortest = len(items)
			}
		}
		out := jinja.NewList()
		for row := range shortest {
			tuple := make(jinja.Tuple, len(columns))
			for i := range columns {
				tuple[i] = columns[i][row]
			}
			out.Append(tuple)
		}
		return out, nil
	}
}
