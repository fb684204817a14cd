package manifest

import (
	"strings"

	"github.com/kith-analytics/kith/internal/jinja"
)

// Merge lays update over the configuration, key by key as dbt does: tags,
// hooks and packages add up, mappings such as meta join, grants join per key,
// and everything else is replaced. Both spellings of the hooks are taken.
func (c *Config) Merge(update *jinja.Dict) {
	if update == nil {
		return
	}
	for k, value := range update.All() {
		key := strings.TrimSpace(jinja.Str(k))
		switch key {
		case "pre_hook", "post_hook":
			key = strings.Replace(key, "_", "-", 1)
		}
		old, _ := c.Get(key)
		switch key {
		case "tags", "pre-hook", "post-hook", "packages":
			c.Set(key, appendValues(old, value))
		case "meta", "docs", "quoting", "column_types", "contract":
			c.Set(key, joinDicts(old, value))
		case "grants":
			c.Set(key, joinGrants(old, value))
		default:
			c.Set(key, value)
		}
	}
}

func appendValues(old, add jinja.Value) *jinja.List {
	out := jinja.NewList()
	for _, v := range []jinja.Value{old, add} {
		switch v := v.(type) {
		case nil:
		case *jinja.List:
			out.Items = append(out.Items, v.Items...)
		case jinja.Tuple:
			out.Items = append(out.Items, v...)
		default:
			out.Append(v)
		}
	}
	return out
}

func joinDicts(old, add jinja.Value) jinja.Value {
	over, ok := add.(*jinja.Dict)
	if !ok {
		return add
	}
	out := jinja.NewDict()
	if base, ok := old.(*jinja.Dict); ok {
		out.Update(base)
	}
	out.Update(over)
	return out
}

// joinGrants replaces the grantees of each privilege, or adds to them where the
// privilege is written with a plus.
func joinGrants(old, add jinja.Value) jinja.Value {
	over, ok := add.(*jinja.Dict)
	if !ok {
		return add
	}
	out := jinja.NewDict()
	if base, ok := old.(*jinja.Dict); ok {
		out.Update(base)
	}
	for k, v := range over.All() {
		key := jinja.Str(k)
		if plain, plus := strings.CutPrefix(key, "+"); plus {
			before, _ := out.GetStr(plain)
			out.SetStr(plain, appendValues(before, v))
			continue
		}
		out.SetStr(key, appendValues(nil, v))
	}
	return out
}
