package graph

import (
	"slices"
	"strconv"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// CheckSelectors refuses a project whose selectors.yml has a definition that could
// not be used, whether or not somebody asks for it.
func CheckSelectors(m *manifest.Manifest) error {
	for _, name := range sortedSelectors(m) {
		if _, err := readDefinition(m.Selectors[name], Eager); err != nil {
			return err
		}
	}
	_, err := defaultSelector(m)
	return err
}

// definitionReader turns one definition of selectors.yml into a spec.
type definitionReader struct {
	selector *manifest.Selector
	indirect Indirect // for criteria that don't say
}

// readDefinition reads a selector's definition. Criteria without their own
// indirect_selection get indirect.
func readDefinition(s *manifest.Selector, indirect Indirect) (*spec, error) {
	r := definitionReader{selector: s, indirect: indirect}
	if d, ok := s.Definition.(*jinja.Dict); ok && d.Len() > 1 && (has(d, "union") || has(d, "intersection")) {
		return nil, r.fail("only a single 'union' or 'intersection' key is allowed in a root level definition; found %s",
			strings.Join(keysOf(d), ","))
	}
	return r.read(s.Definition)
}

func (r definitionReader) fail(format string, args ...any) error {
	e := fault.New(fault.Parse, "selector '"+r.selector.Name+"': "+format, args...)
	e.File, e.Line = "selectors.yml", r.selector.Line
	return e
}

func (r definitionReader) read(v jinja.Value) (*spec, error) {
	switch v := v.(type) {
	case string:
		c, err := ParseCriterion(v)
		if err != nil {
			return nil, r.fail("%s", err)
		}
		c.Indirect = r.indirect
		return &spec{op: single, criterion: c}, nil
	case *jinja.Dict:
		switch {
		case has(v, "union"):
			return r.readGroup(v, "union", union)
		case has(v, "intersection"):
			return r.readGroup(v, "intersection", intersection)
		}
		return r.readCriterion(v)
	}
	return nil, r.fail("expected text, union, intersection, or method and value, and found %s", jinja.Repr(v))
}

// readGroup reads a union or intersection, with at most one exclude among its parts.
func (r definitionReader) readGroup(d *jinja.Dict, key string, op operation) (*spec, error) {
	items, err := r.list(d, key)
	if err != nil {
		return nil, err
	}
	group := &spec{op: op, indirect: Eager}
	var excluded *spec
	for _, item := range items {
		if sub, ok := item.(*jinja.Dict); ok && has(sub, "exclude") && !has(sub, "method") {
			if excluded != nil {
				return nil, r.fail("more than one exclude in the same %s", key)
			}
			if excluded, err = r.readExclude(sub); err != nil {
				return nil, err
			}
			continue
		}
		part, err := r.read(item)
		if err != nil {
			return nil, err
		}
		group.parts = append(group.parts, part)
	}
	return without(group, excluded), nil
}

func (r definitionReader) readExclude(d *jinja.Dict) (*spec, error) {
	items, err := r.list(d, "exclude")
	if err != nil {
		return nil, err
	}
	out := &spec{op: union, indirect: Eager}
	for _, item := range items {
		part, err := r.read(item)
		if err != nil {
			return nil, err
		}
		out.parts = append(out.parts, part)
	}
	if len(out.parts) == 1 {
		return out.parts[0], nil
	}
	return out, nil
}

func without(base, excluded *spec) *spec {
	if excluded == nil {
		return base
	}
	return &spec{op: difference, parts: []*spec{base, excluded}, indirect: Eager}
}

// readCriterion reads {method: m, value: v, ...}, or {m: v} for short.
func (r definitionReader) readCriterion(d *jinja.Dict) (*spec, error) {
	c := &Criterion{Raw: jinja.Repr(d), ParentsDepth: Unlimited, ChildrenDepth: Unlimited, Indirect: r.indirect}
	method, hasMethod := d.GetStr("method")
	value, hasValue := d.GetStr("value")
	switch {
	case d.Len() == 1:
		method, value = d.Keys()[0], d.Values()[0]
	case !hasMethod || !hasValue:
		return nil, r.fail("expected either one key, or 'method' and 'value', and found %s", strings.Join(keysOf(d), ", "))
	}
	name, ok := method.(string)
	if !ok {
		return nil, r.fail("the method must be text, not %s", jinja.Repr(method))
	}
	c.Value = value
	if err := c.setMethod(name); err != nil {
		return nil, r.fail("%s", err)
	}
	var excluded *spec
	if d.Len() > 1 {
		var err error
		if excluded, err = r.readOptions(c, d); err != nil {
			return nil, err
		}
	}
	if err := c.check(); err != nil {
		return nil, r.fail("%s", err)
	}
	return without(&spec{op: single, criterion: c}, excluded), nil
}

// readOptions reads what stands beside method and value.
func (r definitionReader) readOptions(c *Criterion, d *jinja.Dict) (excluded *spec, err error) {
	for k, v := range d.All() {
		switch k {
		case "method", "value":
		case "childrens_parents":
			c.ChildrensParents = jinja.Truth(v)
		case "parents":
			c.Parents = jinja.Truth(v)
		case "children":
			c.Children = jinja.Truth(v)
		case "parents_depth":
			c.ParentsDepth, err = r.steps("parents_depth", v)
		case "children_depth":
			c.ChildrenDepth, err = r.steps("children_depth", v)
		case "indirect_selection":
			c.Indirect, err = r.readIndirect(v)
		case "exclude":
			excluded, err = r.readExclude(d)
		default:
			err = r.fail("unknown key %s; allowed are method, value, parents, parents_depth, children, children_depth, "+
				"childrens_parents, indirect_selection, exclude", jinja.Repr(k))
		}
		if err != nil {
			return nil, err
		}
	}
	return excluded, nil
}

// steps reads a depth; dbt takes 0 and null for no limit.
func (r definitionReader) steps(key string, v jinja.Value) (int, error) {
	if !jinja.Truth(v) {
		return Unlimited, nil
	}
	if n, err := strconv.Atoi(jinja.Str(v)); err == nil && n > 0 {
		return n, nil
	}
	return 0, r.fail("%s must be a number of steps, not %s", key, jinja.Repr(v))
}

func (r definitionReader) readIndirect(v jinja.Value) (Indirect, error) {
	s, ok := v.(string)
	if !ok || s == "" {
		return "", r.fail("indirect_selection must be eager, cautious, buildable or empty, not %s", jinja.Repr(v))
	}
	i, err := ParseIndirect(s)
	if err != nil {
		return "", r.fail("%s", err)
	}
	return i, nil
}

func (r definitionReader) list(d *jinja.Dict, key string) ([]jinja.Value, error) {
	v, _ := d.GetStr(key)
	l, ok := v.(*jinja.List)
	if !ok {
		return nil, r.fail("'%s' must be a list, not %s", key, jinja.Repr(v))
	}
	return l.Items, nil
}

func has(d *jinja.Dict, key string) bool {
	_, ok := d.GetStr(key)
	return ok
}

func keysOf(d *jinja.Dict) []string {
	out := make([]string, 0, d.Len())
	for _, k := range d.Keys() {
		out = append(out, jinja.Str(k))
	}
	return out
}

// sortedSelectors gives the names of the project's selectors in order.
func sortedSelectors(m *manifest.Manifest) []string {
	out := make([]string, 0, len(m.Selectors))
	for name := range m.Selectors {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
