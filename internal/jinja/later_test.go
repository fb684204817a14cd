package jinja_test

import (
	"context"
	"sync"
	"testing"

	"github.com/kith-analytics/kith/internal/jinja"
)

func nodes() *jinja.Dict {
	d := jinja.NewDict()
	d.SetStr("b", int64(2))
	d.SetStr("a", int64(1))
	return d
}

// A dict whose pairs are made later answers as any other, whatever looks into it first.
func TestADictMadeLaterIsAsAnyOther(t *testing.T) {
	t.Parallel()
	for _, src := range []string{
		"{{ d }}", "{{ d | length }}", "{{ d.a }}", "{{ d['b'] }}", "{{ d.get('c', 3) }}", "{{ 'a' in d }}", "{{ not d }}",
		"{{ d.keys() | list }}", "{{ d.values() | list }}", "{{ d.items() | list }}", "{{ 2 in d.values() }}", "{{ ('a', 1) in d.items() }}",
		"{{ 'a' in d.keys() }}", "{{ d.values() | length }}", "{{ d.values() }}", "{% for k in d %}{{ k }}{{ loop.last }}{% endfor %}",
		"{% for k, v in d.items() %}{{ k }}{{ v }}{% endfor %}", "{{ d == {'a': 1, 'b': 2} }}", "{{ {'a': 1, 'b': 2} == d }}", "{{ d | tojson }}",
		"{{ d | dictsort }}", "{{ d | pprint }}", "{{ dict(d) }}", "{{ dict(d, c=3) }}", "{{ d.copy() }}", "{{ d.pop('a') }}{{ d }}",
		"{{ d.popitem() }}{{ d }}", "{{ d.setdefault('c', 4) }}{{ d }}", "{% do d.update({'c': 5}) %}{{ d }}", "{% do d.clear() %}{{ d }}",
		"{% set e = {} %}{% do e.update(d) %}{{ e }}", "{{ d | xmlattr }}", "{{ d | items | list }}", "{{ d | first }}", "{{ d | sort }}", "{{ d is mapping }}",
	} {
		template, err := jinja.Parse("m.sql", src)
		if err != nil {
			t.Fatal(err)
		}
		render := func(d *jinja.Dict) string {
			out, err := jinja.NewRuntime(context.Background(), jinja.Options{}).Render(template, jinja.MapScope{"d": d})
			if err != nil {
				return err.Error()
			}
			return out
		}
		if got, want := render(jinja.NewLaterDict(nodes)), render(nodes()); got != want {
			t.Errorf("%s gives %s, not %s", src, got, want)
		}
	}
}

func TestADictIsMadeOnceAndWhenAskedFor(t *testing.T) {
	t.Parallel()
	made := 0
	d := jinja.NewLaterDict(func() *jinja.Dict { made++; return nodes() })
	outer := jinja.NewDict()
	outer.SetStr("d", d)
	if outer.Copy(); made > 0 {
		t.Error("made though nobody looked into it")
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if v, ok := d.GetStr("a"); !ok || v != int64(1) {
				t.Errorf("%v, %v", v, ok)
			}
		})
	}
	all.Wait()
	if made != 1 {
		t.Errorf("made %d times", made)
	}
}
