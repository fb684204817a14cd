package manifest_test

import (
	"testing"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/jinja"
)

func dict(t *testing.T, text string) *jinja.Dict {
	t.Helper()
	n, err := yamlvalue.Read("t.yml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	d, ok := yamlvalue.Value(n).(*jinja.Dict)
	if !ok {
		t.Fatalf("%s is no mapping", text)
	}
	return d
}

// The outcomes are dbt's.
func TestConfigurationsMergeKeyByKey(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ base, over, want string }{
		"tags add up":           {"{tags: a}", "{tags: [b, a]}", "{'tags': ['a', 'b', 'a']}"},
		"hooks add up":          {"{pre-hook: x}", "{pre_hook: [y]}", "{'pre-hook': ['x', 'y']}"},
		"meta joins":            {"{meta: {a: 1, b: 1}}", "{meta: {b: 2}}", "{'meta': {'a': 1, 'b': 2}}"},
		"column types join":     {"{column_types: {a: int}}", "{column_types: {b: text}}", "{'column_types': {'a': 'int', 'b': 'text'}}"},
		"grants are replaced":   {"{grants: {select: [a]}}", "{grants: {select: b}}", "{'grants': {'select': ['b']}}"},
		"or added to with plus": {"{grants: {select: [a]}}", "{grants: {+select: b}}", "{'grants': {'select': ['a', 'b']}}"},
		"the rest is replaced":  {"{materialized: view, persist_docs: {relation: true}}", "{materialized: table, persist_docs: {columns: true}}", "{'materialized': 'table', 'persist_docs': {'columns': True}}"},
		"null replaces":         {"{schema: a}", "{schema: null}", "{'schema': None}"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base := dict(t, c.base)
			before := jinja.Repr(base)
			config := manifest.NewConfig(base.Copy())
			config.Merge(dict(t, c.over))
			if got := jinja.Repr(config.Values); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if after := jinja.Repr(base); after != before {
				t.Errorf("merging changed what it started from: %s, was %s", after, before)
			}
		})
	}
}

func TestCopiesDoNotShare(t *testing.T) {
	t.Parallel()
	d := dict(t, "{a: {b: [1, {c: 2}]}}")
	own, _ := manifest.CopyValue(d).(*jinja.Dict)
	inner, _ := own.GetStr("a")
	list, _ := inner.(*jinja.Dict).GetStr("b")
	list.(*jinja.List).Append("changed")
	if got := jinja.Repr(d); got != "{'a': {'b': [1, {'c': 2}]}}" {
		t.Errorf("a template changed the manifest: %s", got)
	}
}

func TestConfigurationsAreCompleted(t *testing.T) {
	t.Parallel()
	c := manifest.NewConfig(dict(t, `{pre-hook: "select 1", post-hook: ['{"sql": "select 2", "transaction": false}'], docs: {node_color: red},
  contract: {enforced: true}, latest_version_pointer: false, freshness: {warn_after: {count: 1, period: day}}}`))
	c.Complete()
	want := "{'pre-hook': [{'sql': 'select 1', 'transaction': True, 'index': None}], " +
		"'post-hook': [{'sql': 'select 2', 'transaction': False, 'index': None}], " +
		"'docs': {'show': True, 'node_color': 'red'}, 'contract': {'enforced': True, 'alias_types': True}, " +
		"'latest_version_pointer': {'enabled': False, 'alias': None}, " +
		"'freshness': {'warn_after': {'count': 1, 'period': 'day'}, 'error_after': {'count': None, 'period': None}, 'filter': None}}"
	if got := jinja.Repr(c.Values); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	off := manifest.NewConfig(dict(t, "{freshness: null}"))
	off.Complete()
	if got := jinja.Repr(off.Values); got != "{'freshness': None}" {
		t.Errorf("freshness that is off became %s", got)
	}
}
