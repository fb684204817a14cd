package graph

import (
	"slices"

	"github.com/kith-analytics/kith/internal/fault"
)

// evaluation runs one request. Tests that aren't selected themselves come along
// with their parents; where not all parents are selected yet a test is put
// aside, for a union may bring the others.
type evaluation struct {
	*Selector
	indirect Indirect
	warnings []string
	// open holds the named selectors being evaluated, to notice circles.
	open []string
}

// eval gives the nodes selected and the tests put aside.
func (e *evaluation) eval(s *spec) (direct, aside set, err error) {
	if s.op == single {
		return e.evalCriterion(s.criterion)
	}
	var both set // direct and aside together
	for k, part := range s.parts {
		d, a, err := e.eval(part)
		if err != nil {
			return nil, nil, err
		}
		a.union(d)
		if k == 0 {
			direct, both = d.clone(), a
			continue
		}
		combine(s.op, direct, d)
		combine(s.op, both, a)
	}
	if direct == nil {
		direct, both = newSet(e.g.Len()), newSet(e.g.Len())
	}
	e.takeAside(direct, both, s.indirect)
	if s.warn && direct.empty() {
		e.warnings = append(e.warnings, "The selection criterion '"+s.raw+"' does not match any enabled nodes")
	}
	return direct, both, nil
}

func combine(op operation, into, part set) {
	switch op {
	case intersection:
		into.intersect(part)
	case difference:
		into.subtract(part)
	default:
		into.union(part)
	}
}

func (e *evaluation) evalCriterion(c *Criterion) (direct, aside set, err error) {
	selected, err := e.search(c)
	if err != nil {
		return nil, nil, err
	}
	found := selected.clone()
	if c.ChildrensParents {
		selected.union(e.g.childrensParents(found))
	}
	if c.Parents {
		selected.union(e.g.walk(e.g.parents, found, c.ParentsDepth))
	}
	if c.Children {
		selected.union(e.g.walk(e.g.children, found, c.ChildrenDepth))
	}
	if c.Method == BySelector {
		// The named selection brought its tests along, and may have excluded some.
		return selected, newSet(e.g.Len()), nil
	}
	indirect := c.Indirect
	if indirect == "" {
		indirect = e.indirect
	}
	direct, aside = e.withTests(selected, indirect)
	return direct, aside, nil
}

// withTests adds the tests of the selected nodes that indirect takes, and gives
// those that it puts aside.
func (e *evaluation) withTests(selected set, indirect Indirect) (direct, aside set) {
	direct, aside = selected.clone(), newSet(e.g.Len())
	if indirect == Empty {
		return direct, aside
	}
	enough := selected
	if indirect == Buildable {
		enough = e.withAncestors(selected)
		for i := range e.items {
			if e.items[i].source != nil {
				enough.add(i)
			}
		}
	}
	selected.each(func(i int) {
		for _, c := range e.g.children[i] {
			switch {
			case !e.items[c].isTest():
			case indirect == Eager || enough.hasAll(e.g.parents[c]):
				direct.add(c)
			default:
				aside.add(c)
			}
		}
	})
	return direct, aside
}

func (e *evaluation) withAncestors(selected set) set {
	out := e.g.walk(e.g.parents, selected, Unlimited)
	out.union(selected)
	return out
}

// takeAside adds those tests put aside whose parents a group has brought together.
func (e *evaluation) takeAside(direct, aside set, indirect Indirect) {
	var enough set
	switch indirect {
	case Cautious:
		enough = direct.clone()
	case Buildable:
		enough = e.withAncestors(direct)
	default:
		return
	}
	if direct.equal(aside) {
		return
	}
	aside.each(func(i int) {
		if e.items[i].node != nil && enough.hasAll(e.g.parents[i]) {
			direct.add(i)
		}
	})
}

// searchSelector gives what the named definitions of selectors.yml select.
func (e *evaluation) searchSelector(pattern string) (set, error) {
	out := newSet(e.g.Len())
	if len(e.m.Selectors) == 0 {
		return nil, fault.New(fault.Usage, "Cannot use selector: method if selectors.yml is not provided")
	}
	matched := false
	for _, name := range sortedSelectors(e.m) {
		if !glob(pattern, name) {
			continue
		}
		matched = true
		if slices.Contains(e.open, name) {
			return nil, fault.New(fault.Parse, "Circular dependency detected in selector: %s", name).
				At("selectors.yml", e.m.Selectors[name].Line)
		}
		parsed, err := readDefinition(e.m.Selectors[name], e.indirect)
		if err != nil {
			return nil, err
		}
		e.open = append(e.open, name)
		direct, _, err := e.eval(parsed)
		if err != nil {
			return nil, err
		}
		e.open = e.open[:len(e.open)-1]
		out.union(direct)
	}
	if !matched {
		return nil, fault.New(fault.Usage, "Selector '%s' did not match any selector in selectors.yml", pattern)
	}
	return out, nil
}
