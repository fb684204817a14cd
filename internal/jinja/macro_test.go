package jinja_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

func mustParse(t testing.TB, name, src string, opts ...jinja.ParseOption) *jinja.Template {
	t.Helper()
	tmpl, err := jinja.Parse(name, src, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return tmpl
}

const macroFile = `{# macros #}
{% macro star(from, except=[], prefix: str = 'a' ~ 'b') -%}
  {{ adapter.dispatch('star', 'dbt_utils')(from) }}{{ pick(except) }}
  {%- set local = [] %}{% do local.append(dbt.hash(from)) %}
{%- endmacro %}
{%- macro pick(x) %}{{ return(x) }}{% endmacro -%}

{% test unique_key(model, column_name) %}select {{ ref('x') }}{% endtest %}
{% data_test other(model) %}{% enddata_test %}
{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}{{ run_hooks(pre_hooks) }}{% endmaterialization %}
{% materialization view, default %}{% endmaterialization %}
{% docs about %} any {{ text {% here %} {% enddocs %}
`

func TestMacrosOfAFile(t *testing.T) {
	t.Parallel()
	tmpl := mustParse(t, "macros/m.sql", macroFile)
	type summary struct {
		Kind              jinja.MacroKind
		Name, Full, Adapt string
		Langs             []string
		Line              int
	}
	var got []summary
	for _, m := range tmpl.Macros() {
		got = append(got, summary{m.Kind, m.Name, m.FullName, m.Adapter, m.SupportedLanguages, m.Line})
		if m.File() != "macros/m.sql" {
			t.Errorf("%s: file %q", m.Name, m.File())
		}
	}
	want := []summary{
		{jinja.KindMacro, "star", "star", "", nil, 2},
		{jinja.KindMacro, "pick", "pick", "", nil, 6},
		{jinja.KindTest, "unique_key", "test_unique_key", "", nil, 8},
		{jinja.KindTest, "other", "test_other", "", nil, 9},
		{jinja.KindMaterialization, "table", "materialization_table_duckdb", "duckdb", []string{"sql", "python"}, 10},
		{jinja.KindMaterialization, "view", "materialization_view_default", "default", []string{"sql"}, 11},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	star := tmpl.Macros()[0]
	params := []jinja.MacroParam{
		{Name: "from"},
		{Name: "except", Default: "[]", HasDefault: true},
		{Name: "prefix", Default: "'a' ~ 'b'", HasDefault: true, Type: "str"},
	}
	if diff := cmp.Diff(params, star.Params); diff != "" {
		t.Error(diff)
	}
	if !strings.HasPrefix(star.Source, "{% macro star(") || !strings.HasSuffix(star.Source, "{%- endmacro %}") {
		t.Errorf("source %q", star.Source)
	}
	refs := []jinja.Ref{
		{Path: []string{"adapter", "dispatch"}, Dispatch: "star", Namespace: "dbt_utils", Line: 3},
		{Path: []string{"pick"}, Line: 3},
		{Path: []string{"dbt", "hash"}, Line: 4},
	}
	if diff := cmp.Diff(refs, star.References()); diff != "" {
		t.Error(diff)
	}
	if n := len(tmpl.References()); n != 6 {
		t.Errorf("%d references in the file: %+v", n, tmpl.References())
	}
}

// A macro bound by the host sees its scope, not the file it stands in.
func TestHostBoundMacro(t *testing.T) {
	t.Parallel()
	tmpl := mustParse(t, "m.sql", "{% set n = 1 %}{% macro f(a, b=2) %}{{ g(a) }}/{{ b }}/{{ n }}{% endmacro %}{% macro g(x) %}{% do return({'v': x}) %}{% endmacro %}")
	scope := jinja.MapScope{"return": jinja.ReturnFunc(), "n": "global"}
	scope["g"] = jinja.NewMacro(tmpl.Macros()[1], scope)
	var called []string
	rt := jinja.NewRuntime(context.Background(), jinja.Options{
		Hooks: jinja.Hooks{OnMacroCall: func(d *jinja.MacroDef) { called = append(called, d.FullName) }},
	})
	f := jinja.NewMacro(tmpl.Macros()[0], scope)
	got, err := rt.Call(f, jinja.Pos(int64(5)).With("b", "B"))
	if err != nil {
		t.Fatal(err)
	}
	if got != "{'v': 5}/B/global" {
		t.Errorf("got %q", got)
	}
	if diff := cmp.Diff([]string{"f", "g"}, called); diff != "" {
		t.Error(diff)
	}
	v, err := rt.Call(scope["g"], jinja.Pos(int64(1)))
	if err != nil {
		t.Fatal(err)
	}
	if d, ok := v.(*jinja.Dict); !ok || d.Len() != 1 {
		t.Errorf("return() gave %v", v)
	}
}

func TestReturn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string][2]string{
		"stops the macro":         {"{% macro f() %}a{{ return('b') }}c{% endmacro %}{{ f() }}", "b"},
		"out of loops and ifs":    {"{% macro f() %}{% for i in [1,2,3] %}{% if i == 2 %}{{ return(i) }}{% endif %}{% endfor %}{% endmacro %}{{ f() + 1 }}", "3"},
		"keeps the type":          {"{% macro f() %}{{ return([1]) }}{% endmacro %}{{ f()[0] }}", "1"},
		"nothing":                 {"{% macro f() %}{{ return() }}{% endmacro %}{{ f() is none }}", "True"},
		"in a set block":          {"{% macro f() %}{% set x %}{{ return(4) }}{% endset %}{% endmacro %}{{ f() }}", "4"},
		"through caller":          {"{% macro w() %}a{{ caller() }}b{% endmacro %}{% macro f() %}{% call w() %}{{ return('r') }}{% endcall %}!{% endmacro %}{{ f() }}", "r!"},
		"does not leak output":    {"x{% macro f() %}lost{{ return('kept') }}{% endmacro %}{{ f() }}y", "xkepty"},
		"inner macro only":        {"{% macro g() %}{{ return(1) }}{% endmacro %}{% macro f() %}{% set x = g() %}after{{ x }}{% endmacro %}{{ f() }}", "after1"},
		"undefined stays lenient": {"{% macro f(a) %}{{ return(a) }}{% endmacro %}[{{ f() }}]", "[]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := render(c[0])
			if err != nil || got != c[1] {
				t.Errorf("got %q, %v; want %q", got, err, c[1])
			}
		})
	}
	if _, err := render("a\n{{ return(1) }}"); err == nil || !strings.Contains(err.Error(), "test.sql:2") {
		t.Errorf("return outside of a macro: %v", err)
	}
}

func TestErrorsHavePlaceAndStack(t *testing.T) {
	t.Parallel()
	boom := errors.New("boom")
	scope := jinja.MapScope{
		"fail": jinja.NewFunc("fail", func(*jinja.Runtime, jinja.Args) (jinja.Value, error) { return nil, boom }),
		"coded": jinja.NewFunc("coded", func(*jinja.Runtime, jinja.Args) (jinja.Value, error) {
			return nil, fault.New(fault.Database, "no such table")
		}),
	}
	lib := mustParse(t, "macros/lib.sql", "\n{% macro outer() %}\n\n{{ inner() }}\n{% endmacro %}\n{% macro inner() %}\n{{ fail() }}{% endmacro %}")
	for _, m := range lib.Macros() {
		scope[m.FullName] = jinja.NewMacro(m, scope)
	}
	rt := jinja.NewRuntime(context.Background(), jinja.Options{})
	_, err := rt.Render(mustParse(t, "models/a.sql", "select\n  {{ outer() }}"), scope)
	var fe *fault.Error
	if !errors.As(err, &fe) || !errors.Is(err, boom) {
		t.Fatalf("got %v", err)
	}
	if fe.File != "macros/lib.sql" || fe.Line != 7 || fe.Column != 8 || fe.Code != fault.Compile || fe.Message != "boom" {
		t.Errorf("got %+v", fe)
	}
	stack := []fault.Frame{{Name: "inner", File: "macros/lib.sql", Line: 4}, {Name: "outer", File: "models/a.sql", Line: 2}}
	if diff := cmp.Diff(stack, fe.Stack); diff != "" {
		t.Error(diff)
	}
	_, err = rt.Render(mustParse(t, "models/b.sql", "{{ coded() }}"), scope)
	if !errors.As(err, &fe) || fe.Code != fault.Database || fe.Error() != "models/b.sql:1:9: no such table" {
		t.Errorf("got %v", err)
	}
}

func TestErrorLines(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"a\n\n{{ 1 + 'x' }}": "t.sql:3:6: unsupported operand type(s) for +: 'int' and 'str'",
		"\n{% if x %}\n":     "t.sql:2:11: Unexpected end of template. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if' (line 2).",
		"x\r\n{{ y.z }}":     "t.sql:2:5: 'y' is undefined",
		"{% macro f(a) %}{% endmacro %}\n{{ f(z=1) }}": "t.sql:2:5: macro 'f' takes no keyword argument 'z'",
		"{% for i in 5 %}{% endfor %}":                 "t.sql:1:4: 'int' object is not iterable",
		"{{ {}.x.y }}":                                 "t.sql:1:8: 'dict object' has no attribute 'x'",
		"{{ 'a }}":                                     "t.sql:1:4: this string is not closed; add '",
		"\n\n{% include 'x' %}":                        "t.sql:3:4: the tag 'include' is not supported: templates are not loaded from other templates; call a macro instead",
		"{{ é() }}":                                    "t.sql:1:4: 'é' is undefined",
	} {
		tmpl, err := jinja.Parse("t.sql", src)
		if err == nil {
			_, err = jinja.NewRuntime(context.Background(), jinja.Options{}).Render(tmpl, nil)
		}
		if err == nil || err.Error() != want {
			t.Errorf("%q\n got %v\nwant %s", src, err, want)
		}
	}
	tmpl := mustParse(t, "schema.yml", "\n{{ nope() }}", jinja.FirstLine(40))
	_, err := jinja.NewRuntime(context.Background(), jinja.Options{}).Render(tmpl, nil)
	if err == nil || !strings.HasPrefix(err.Error(), "schema.yml:41:4:") {
		t.Errorf("got %v", err)
	}
}

func TestCancelledContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	stop := jinja.NewFunc("stop", func(*jinja.Runtime, jinja.Args) (jinja.Value, error) {
		cancel()
		return "", nil
	})
	tmpl := mustParse(t, "t.sql", "{{ stop() }}{% for i in range(100000000) %}{% endfor %}")
	_, err := jinja.NewRuntime(ctx, jinja.Options{}).Render(tmpl, jinja.MapScope{"stop": stop})
	if !fault.Is(err, fault.Cancelled) || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
