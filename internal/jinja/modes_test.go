package jinja_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

func renderMode(src string, mode jinja.UndefinedMode) (string, error) {
	tmpl, err := jinja.Parse("t.sql", src)
	if err != nil {
		return "", err
	}
	scope := jinja.MapScope{"pass": jinja.NewFunc("pass", func(*jinja.Runtime, jinja.Args) (jinja.Value, error) { return "ok", nil })}
	return jinja.NewRuntime(context.Background(), jinja.Options{Undefined: mode}).Render(tmpl, scope)
}

func TestUndefinedModes(t *testing.T) {
	t.Parallel()
	const fails = "ERR"
	for _, c := range []struct{ src, lenient, silent, strict string }{
		{"[{{ x }}]", "[]", "[]", fails},
		{"[{{ x.y }}]", fails, "[]", fails},
		{"[{{ x['y'] }}]", fails, "[]", fails},
		{"[{{ x(1).y[2] }}]", fails, "[]", fails},
		{"[{{ x + 1 }}]", fails, "[]", fails},
		{"[{{ 'a' ~ x }}]", "[a]", "[a]", fails},
		{"[{{ x | upper }}]", "[]", "[]", fails},
		{"[{{ x is defined }}]", "[False]", "[False]", "[False]"},
		{"[{{ x | default('d') }}]", "[d]", "[d]", "[d]"},
		{"[{{ x or 'd' }}]", "[d]", "[d]", "[d]"},
		{"{% if x %}a{% else %}b{% endif %}", "b", "b", "b"},
		{"{{ pass(x) }}", "ok", "ok", "ok"},
		{"{{ pass(*x, **x) }}", fails, "ok", fails},
		{"{% for i in x %}{% else %}none{% endfor %}", "none", "none", "none"},
		{"{% for i in range(x) %}{% endfor %}", fails, "", fails},
		{"{% macro f(a) %}[{{ a }}]{% endmacro %}{{ f() }}", "[]", "[]", "[]"},
		{"{% macro f(a) %}{{ a.b }}{% endmacro %}{{ f() }}", fails, "", fails},
		{"{% macro f(a) %}[{{ a }}]{% endmacro %}{{ f(x) }}", "[]", "[]", fails},
		{"[{{ {}.k }}]", "[]", "[]", "[]"},
		{"[{{ {}.k.j }}]", fails, "[]", fails},
		{"[{{ [][0] }}]", "[]", "[]", "[]"},
		{"{% if false %}{% set y = 1 %}{% endif %}[{{ y }}]", "[]", "[]", "[]"},
		{"{% macro f() %}{% if false %}{% set y = 1 %}{% endif %}[{{ y }}]{% endmacro %}{{ f() }}", "[]", "[]", "[]"},
		{"{{ x < 1 }}", fails, "False", fails},
		{"{{ -x }}", fails, "", fails},
		{"{% call x() %}{% endcall %}", fails, "", fails},
		{"{% set y = x %}{{ y is undefined }}", "True", "True", "True"},
		{"{{ x.y | default('d') }}", fails, "d", fails},
		{"{{ '%s' % x }}", "", "", fails},
		{"{{ 'a' in x }}", "False", "False", "False"},
	} {
		for mode, want := range map[jinja.UndefinedMode]string{jinja.Lenient: c.lenient, jinja.Silent: c.silent, jinja.Strict: c.strict} {
			got, err := renderMode(c.src, mode)
			if (err != nil) != (want == fails) || err == nil && got != want {
				t.Errorf("mode %d: %s\n got %q, %v\nwant %q", mode, c.src, got, err, want)
			}
		}
	}
	_, err := renderMode("\n{{ x }}", jinja.Strict)
	if err == nil || err.Error() != "t.sql:2:4: 'x' is undefined" {
		t.Errorf("got %v", err)
	}
}

// TestLimits holds templates that would hang or exhaust a process without limits.
func TestLimits(t *testing.T) {
	t.Parallel()
	for _, src := range []string{
		"{{ 'a' * 10**12 }}",
		"{{ 10**(10**10) }}",
		"{{ (10**4000)**100 }}",
		"{{ range(10**12) | list }}",
		"{{ range(10**12) | join }}",
		"{{ [0] * 10**11 }}",
		"{{ '%1000000000d' % 1 }}",
		"{{ '{:1000000000}'.format(1) }}",
		"{{ '%.999999999f' % 1.0 }}",
		"{{ 'a'.ljust(10**10) }}{{ 'a'.zfill(10**10) }}",
		"{{ 'a\\nb' | indent(10**10) }}",
		"{{ 'a' | center(10**11) }}",
		"{% for i in range(10**10) %}{% endfor %}",
		"{% for i in range(10**10) %}x{% endfor %}",
		"{% set l = [1] %}{% for i in l %}{% do l.append(1) %}{% endfor %}",
		"{% set ns = namespace(s='ab') %}{% for i in range(60) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
		"{% set ns = namespace(s='ab') %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
		"{% set ns = namespace(l=[1]) %}{% for i in range(60) %}{% set ns.l = ns.l + ns.l %}{% endfor %}",
		"{% set ns = namespace(l=[1]) %}{% for i in range(60) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l }}",
		"{% set ns = namespace(l=1) %}{% for i in range(9999) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l }}",
		"{% set ns = namespace(l=1) %}{% for i in range(9999) %}{% set ns.l = (ns.l, ns.l) %}{% endfor %}{{ {ns.l: 1} }}",
		"{% set ns = namespace(l=1, m=1) %}{% for i in range(99) %}{% set ns.l = [ns.l, ns.l] %}{% set ns.m = [ns.m, ns.m] %}{% endfor %}{{ ns.l == ns.m }}",
		"{% set l = [] %}{% do l.append(l) %}{{ l | tojson }}",
		"{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
		"{% macro f() %}{{ caller() }}{% endmacro %}{% macro g() %}{% call f() %}{{ g() }}{% endcall %}{% endmacro %}{{ g() }}",
		"{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}",
		"{{ 'a' | replace('', 'b' * 60000) | replace('b', 'c' * 60000) }}",
		"{{ 'x' | wordwrap(1, wrapstring='y' * 999999) | replace('x', 'z' * 999999) | wordwrap(1, wrapstring='y' * 999999) }}",
		"{{ ('ab' * 30000) | list | join('x' * 60000) }}",
		"{{ '\\t'.expandtabs(10**10) }}",
		"{{ [1] | batch(10**10, 0) | list }}",
		"{{ [1] | slice(10**10) | list }}",
		"{{ " + strings.Repeat("(", 5000) + "1" + strings.Repeat(")", 5000) + " }}",
		"{{ " + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + " }}",
		"{{ " + strings.Repeat("not ", 5000) + "1 }}",
		"{{ " + strings.Repeat("-", 5000) + "1 }}",
		"{{ 1" + strings.Repeat("+1", 50000) + " }}",
		"{{ x" + strings.Repeat(".a", 50000) + " }}",
		"{{ x" + strings.Repeat("|d", 50000) + " }}",
		"{{ 1" + strings.Repeat(" if 1 else 1", 5000) + " }}",
		strings.Repeat("{% if 1 %}", 5000),
		"{% set " + strings.Repeat("(", 5000) + "a %}",
	} {
		tmpl, err := jinja.Parse("t.sql", src)
		if err == nil {
			rt := jinja.NewRuntime(context.Background(), jinja.Options{
				Limits: jinja.Limits{Steps: 2_000_000, OutputBytes: 4 << 20, AllocBytes: 64 << 20},
			})
			_, err = rt.Render(tmpl, nil)
		}
		if err == nil || fault.CodeOf(err) != fault.Compile && fault.CodeOf(err) != fault.Parse {
			t.Errorf("%.100q: got %v", src, err)
		}
	}
}

func TestNative(t *testing.T) {
	t.Parallel()
	scope := jinja.MapScope{"x": int64(5), "s": "5", "l": jinja.NewList(int64(1), int64(2)), "yes": true, "n": nil}
	for _, c := range []struct {
		src  string
		want any
	}{
		{"{{ x }}", int64(5)},
		{"{{ s }}", "5"},
		{"{{ l }}", []any{int64(1), int64(2)}},
		{"{{ yes }}", true},
		{"{{ n }}", nil},
		{"{{ x + 1 }}", int64(6)},
		{"{{ [x] }}", []any{int64(5)}},
		{"{{ 5 }}", "5"},
		{"{{ true }}", "True"},
		{"{{ [1, 2] }}", "[1, 2]"},
		{"{{ '3' | int }}", "3"},
		{"{{ x }} ", "5 "},
		{"{{ x }}{{ x }}", "55"},
		{"5", "5"},
		{"", ""},
		{"{% if yes %}{{ x }}{% endif %}", int64(5)},
		{"{% for i in l %}{{ i }}{% endfor %}", "12"},
		{"{% set y = 4 %}{{ y }}", int64(4)},
		{"{{ s | as_number }}", int64(5)},
		{"{{ '5' | as_native }}", int64(5)},
		{"{{ s | as_text }}", "5"},
		{"{{ 'True' | as_bool }}", true},
		{"{{ '[1, {\"a\": (2,)}]' | as_native }}", []any{int64(1), map[string]any{"a": []any{int64(2)}}}},
		{"{{ 'not a literal' | as_native }}", "not a literal"},
		{"{% macro m() %}{{ 7 }}{% endmacro %}{{ m() }}", "7"},
	} {
		rt := jinja.NewRuntime(context.Background(), jinja.Options{})
		got, err := rt.RenderNative(mustParse(t, "t.yml", c.src), scope)
		if err != nil {
			t.Errorf("%s: %v", c.src, err)
		} else if diff := cmp.Diff(c.want, jinja.ToGo(got)); diff != "" {
			t.Errorf("%s\n%s", c.src, diff)
		}
	}
	for _, src := range []string{"{{ 'true' | as_bool }}", "{{ 'x' | as_number }}", "{{ 'True' | as_number }}"} {
		rt := jinja.NewRuntime(context.Background(), jinja.Options{})
		if v, err := rt.RenderNative(mustParse(t, "t.yml", src), scope); err == nil || !strings.HasPrefix(err.Error(), "t.yml:1") {
			t.Errorf("%s: got %v, %v", src, v, err)
		}
	}
	rt := jinja.NewRuntime(context.Background(), jinja.Options{NativeLiterals: true})
	if v, err := rt.RenderNative(mustParse(t, "t", "{{ 5 }}"), nil); err != nil || v != int64(5) {
		t.Errorf("with literals: got %v, %v", v, err)
	}
	if got, err := render("{{ 5 | as_number }}{{ 'x' | as_text }}"); err != nil || got != "5x" {
		t.Errorf("marks in text: %q, %v", got, err)
	}
}

func TestParseLiteral(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"1": "1", "-1.5": "-1.5", "'a'": "'a'", "[1, 'b', None]": "[1, 'b', None]", "(1,)": "(1,)", "()": "()", "1, 2": "(1, 2)",
		"{'a': {'b': True}}": "{'a': {'b': True}}", "{1, 2}": "{1, 2}", "{}": "{}", " 5": "5", "[\n1,\n]": "[1]", "'a' 'b'": "'ab'",
		"'{{ x }}'": "'{{ x }}'",
	} {
		if v, err := jinja.ParseLiteral(src); err != nil || jinja.Repr(v) != want {
			t.Errorf("%q: got %s, %v; want %s", src, jinja.Repr(v), err, want)
		}
	}
	for _, src := range []string{"", "x", "1 +", "1 + 1", "[1", "'a", "f(1)", "true", "1 }} 2", "{'a'}}", "a.b", "[1] [2]", "1 2", "{[]: 1}", "--'a'"} {
		if v, err := jinja.ParseLiteral(src); err == nil {
			t.Errorf("%q: got %s, want an error", src, jinja.Repr(v))
		}
	}
}

func TestExtractBlocks(t *testing.T) {
	t.Parallel()
	src := "# Title {{ not closed\n{# {% docs no %} #}\n{% docs first %}\ntext {{ doc('x') }} {% if %}\n{% enddocs %}\n" +
		"{% raw %}{% docs no %}{% endraw %} it's 100% {\n{%- docs second -%} '%}' {%- enddocs -%}\n{{ '{% docs no %}' }}{% docs %}x{% enddocs %}"
	got, err := jinja.ExtractBlocks("a.md", src, "docs")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, b := range got {
		lines = append(lines, fmt.Sprintf("%s %s %d %d %q", b.Tag, b.Name, b.Line, b.InnerLine, b.Inner))
		if src[b.Offset:b.Offset+len(b.Full)] != b.Full || src[b.InnerOffset:b.InnerOffset+len(b.Inner)] != b.Inner {
			t.Errorf("offsets of %s are wrong", b.Name)
		}
	}
	want := []string{
		`docs first 3 3 "\ntext {{ doc('x') }} {% if %}\n"`,
		`docs second 7 7 " '%}' "`,
		`docs  8 8 "x"`,
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
	for src, want := range map[string]string{
		"{% snapshot a %}\n":                            "a.md:1:1: the block 'snapshot a' is not closed: add {% endsnapshot %}",
		"\n{% if x %}{% snapshot a %}{% endsnapshot %}": "a.md:2:11: a snapshot block must stand at the top level, not inside the if of line 2",
		"{% snapshot a %}{% snapshot b %}":              "a.md:1:17: a snapshot block cannot stand inside the snapshot block of line 1",
		"{# ":                                           "a.md:1:1: this comment is not closed: add #}",
		"{% raw %}":                                     "a.md:1:1: this raw block is not closed: add {% endraw %}",
	} {
		if _, err := jinja.ExtractBlocks("a.md", src, "snapshot"); err == nil || err.Error() != want {
			t.Errorf("%q\n got %v\nwant %s", src, err, want)
		}
	}
}
