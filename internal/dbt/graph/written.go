package graph

import (
	"slices"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// sameWritten compares what two manifests hold of one setting. What is not set
// may be left out, null or empty; and a value of config() may stand as it is or
// as the text that Python prints it as. Which it is depends on who wrote the
// manifest, not on the project.
func sameWritten(a, b jinja.Value) bool {
	if unset(a) || unset(b) {
		return unset(a) && unset(b)
	}
	x, isDict := a.(*jinja.Dict)
	y, areDicts := b.(*jinja.Dict)
	if isDict && areDicts {
		for _, key := range append(dictKeys(x), dictKeys(y)...) {
			if !sameKey(x, y, key) {
				return false
			}
		}
		return true
	}
	if text, ok := a.(string); ok && text == jinja.Repr(b) {
		return true
	}
	if text, ok := b.(string); ok && text == jinja.Repr(a) {
		return true
	}
	return jinja.Equal(a, b)
}

// unset says whether a value says nothing: null, an empty list, or a mapping of
// nothing but such values.
func unset(v jinja.Value) bool {
	switch v := v.(type) {
	case nil:
		return true
	case *jinja.List:
		return len(v.Items) == 0
	case *jinja.Dict:
		return v == nil || !slices.ContainsFunc(v.Values(), func(v jinja.Value) bool { return !unset(v) })
	}
	return false
}

// sameUnit compares what unit tests say, not their checksums: dbt takes them
// over Python's print of the test.
func sameUnit(o, n *manifest.UnitTest) bool {
	sameRows := func(a, b manifest.UnitTestRows) bool { return a.Format == b.Format && jinja.Equal(a.Rows, b.Rows) }
	return o.Model == n.Model && sameVersions(o.Versions, n.Versions) && sameWritten(o.Overrides, n.Overrides) &&
		sameRows(o.Expect, n.Expect) &&
		slices.EqualFunc(o.Given, n.Given, func(a, b manifest.UnitTestInput) bool {
			return a.Input == b.Input && sameRows(a.UnitTestRows, b.UnitTestRows)
		})
}

func sameVersions(a, b *manifest.UnitTestVersions) bool {
	if a == nil || b == nil {
		return a == b
	}
	return slices.Equal(a.Include, b.Include) && slices.Equal(a.Exclude, b.Exclude)
}
