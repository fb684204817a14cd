package graph

import (
	"strconv"
	"strings"

	"github.com/kith-analytics/kith/internal/jinja"
)

// Canonical gives a definition of selectors.yml with its texts and short forms
// written out as dicts of method and value, as manifest.json holds it. What it
// can't read it leaves as it is; reading the definition for use says why.
func Canonical(definition jinja.Value) jinja.Value {
	switch v := definition.(type) {
	case string:
		c, err := ParseCriterion(v)
		if err != nil {
			return v
		}
		return c.dict()
	case *jinja.Dict:
		for _, key := range []string{"union", "intersection"} {
			if has(v, key) {
				return dictOf(key, canonicalList(at(v, key)))
			}
		}
		if v.Len() != 1 {
			return v
		}
		key, value := jinja.Str(v.Keys()[0]), canonicalList(v.Values()[0])
		if key == "exclude" {
			return dictOf(key, value)
		}
		return dictOf("method", key, "value", value)
	}
	return definition
}

func at(d *jinja.Dict, key string) jinja.Value {
	v, _ := d.GetStr(key)
	return v
}

func canonicalList(v jinja.Value) jinja.Value {
	l, ok := v.(*jinja.List)
	if !ok {
		return v
	}
	out := jinja.NewList()
	for _, item := range l.Items {
		out.Append(Canonical(item))
	}
	return out
}

// dict gives the criterion as selectors.yml would write it.
func (c *Criterion) dict() *jinja.Dict {
	d := jinja.NewDict()
	if c.ChildrensParents {
		d.SetStr("childrens_parents", true)
	}
	if c.Parents {
		d.SetStr("parents", true)
		if c.ParentsDepth != Unlimited {
			d.SetStr("parents_depth", strconv.Itoa(c.ParentsDepth))
		}
	}
	d.SetStr("method", strings.Join(append([]string{string(c.Method)}, c.Args...), "."))
	d.SetStr("value", c.Value)
	if c.Children {
		d.SetStr("children", true)
		if c.ChildrenDepth != Unlimited {
			d.SetStr("children_depth", strconv.Itoa(c.ChildrenDepth))
		}
	}
	return d
}

func dictOf(pairs ...jinja.Value) *jinja.Dict {
	d := jinja.NewDict()
	for k := 0; k+1 < len(pairs); k += 2 {
		d.SetStr(jinja.Str(pairs[k]), pairs[k+1])
	}
	return d
}
