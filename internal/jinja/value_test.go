package jinja_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kith-analytics/kith/internal/jinja"
)

// TestDictProperty compares the dict with a plain list of pairs over random
// edits, with keys that Python takes for equal.
func TestDictProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		type pair struct{ key, val jinja.Value }
		var model []pair
		d := jinja.NewDict()
		keys := rapid.OneOf(
			rapid.Map(rapid.IntRange(0, 20), func(i int) jinja.Value { return int64(i) }),
			rapid.Map(rapid.IntRange(0, 20), func(i int) jinja.Value { return float64(i) }),
			rapid.Map(rapid.Bool(), func(b bool) jinja.Value { return b }),
			rapid.Map(rapid.StringMatching(`[a-c]{0,2}`), func(s string) jinja.Value { return s }),
			rapid.Map(rapid.IntRange(0, 3), func(i int) jinja.Value { return jinja.NewTuple(int64(i), "x") }),
			rapid.Just[jinja.Value](nil),
			rapid.Map(rapid.IntRange(0, 3), func(i int) jinja.Value { return jinja.NewDecimal(big.NewInt(int64(i)*10), 1) }),
		)
		for range rapid.IntRange(0, 60).Draw(t, "edits") {
			key := keys.Draw(t, "key")
			at := -1
			for i, p := range model {
				if jinja.Equal(p.key, key) {
					at = i
				}
			}
			if rapid.Bool().Draw(t, "delete") {
				_, ok, err := d.Delete(key)
				if err != nil || ok != (at >= 0) {
					t.Fatalf("delete %s: %v, %v", jinja.Repr(key), ok, err)
				}
				if at >= 0 {
					model = append(model[:at], model[at+1:]...)
				}
				continue
			}
			val := rapid.Int64().Draw(t, "val")
			if err := d.Set(key, val); err != nil {
				t.Fatal(err)
			}
			if at >= 0 {
				model[at].val = val
			} else {
				model = append(model, pair{key, val})
			}
		}
		if d.Len() != len(model) {
			t.Fatalf("%d pairs, want %d", d.Len(), len(model))
		}
		i := 0
		for k, v := range d.Copy().All() {
			if jinja.Repr(k) != jinja.Repr(model[i].key) || v != model[i].val {
				t.Fatalf("pair %d is %s: %v, want %s: %v", i, jinja.Repr(k), v, jinja.Repr(model[i].key), model[i].val)
			}
			if got, ok, err := d.Get(k); err != nil || !ok || got != v {
				t.Fatalf("get %s: %v, %v, %v", jinja.Repr(k), got, ok, err)
			}
			i++
		}
	})
}

// TestDivisionProperty checks Python's law of // and % : the remainder has the
// divisor's sign and a == (a // b) * b + a % b.
func TestDivisionProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Int64().Draw(t, "a")
		b := rapid.Int64().Filter(func(i int64) bool { return i != 0 }).Draw(t, "b")
		out, err := render(fmt.Sprintf("{{ (%d) // (%d) }} {{ (%d) %% (%d) }}", a, b, a, b))
		if err != nil {
			t.Fatal(err)
		}
		var q, r big.Int
		left, right, _ := strings.Cut(out, " ")
		q.SetString(left, 10)
		r.SetString(right, 10)
		back := new(big.Int).Add(new(big.Int).Mul(&q, big.NewInt(b)), &r)
		if back.Cmp(big.NewInt(a)) != 0 || r.Sign() != 0 && (r.Sign() < 0) != (b < 0) || r.CmpAbs(big.NewInt(b)) >= 0 {
			t.Fatalf("%d divided by %d gave %s", a, b, out)
		}
	})
}

// TestSliceProperty compares slices with a walk over the indices.
func TestSliceProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 8).Draw(t, "n")
		step := rapid.IntRange(-4, 4).Filter(func(i int) bool { return i != 0 }).Draw(t, "step")
		start, stop := rapid.IntRange(-12, 12).Draw(t, "start"), rapid.IntRange(-12, 12).Draw(t, "stop")
		at := func(i int) int {
			if i < 0 {
				i += n
			}
			if step < 0 {
				return min(max(i, -1), n-1)
			}
			return min(max(i, 0), n)
		}
		var want []string
		for i := at(start); step > 0 && i < at(stop) || step < 0 && i > at(stop); i += step {
			want = append(want, string(rune('a'+i)))
		}
		text := "abcdefgh"[:n]
		src := fmt.Sprintf("{{ '%s'[%d:%d:%d] }}/{{ ('%s' | list)[%d:%d:%d] | join }}", text, start, stop, step, text, start, stop, step)
		got, err := render(src)
		if w := strings.Join(want, ""); err != nil || got != w+"/"+w {
			t.Fatalf("%s gave %q, %v; want %q", src, got, err, w)
		}
	})
}

func TestDecimals(t *testing.T) {
	t.Parallel()
	dec := func(s string) jinja.Value {
		d, err := jinja.ParseDecimal(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	scope := jinja.MapScope{"a": dec("1.50"), "b": dec("0.1"), "c": dec("-2.675"), "z": dec("0.00"), "e": dec("1e3")}
	for src, want := range map[string]string{
		"{{ a }}":                      "1.50",
		"{{ [a] }}":                    "[Decimal('1.50')]",
		"{{ a + b }}":                  "1.60",
		"{{ a * 3 }}":                  "4.50",
		"{{ a - 2 }}":                  "-0.50",
		"{{ a / 3 }}":                  "0.50",
		"{{ 1 / (b * 30) }}":           "0.3333333333333333333333333333",
		"{{ 2 / (b * 30) }}":           "0.6666666666666666666666666667",
		"{{ a + 0.25 }}":               "1.75",
		"{{ a == 1.5 }}{{ b == 0.1 }}": "TrueFalse",
		"{{ a > 1 }}{{ c < b }}":       "TrueTrue",
		"{{ -c }}{{ c | abs }}":        "2.6752.675",
		"{{ c | round(2) }}":           "-2.68",
		"{{ a | int }}{{ a | float }}": "11.5",
		"{{ '%.1f' % c }}{{ '%d' % a }}{{ '%s' % a }}":      "-2.711.50",
		"{{ '{:.1f}'.format(a) }}{{ '{:,.2f}'.format(e) }}": "1.51,000.00",
		"{{ a // 1 }}{{ c % 2 }}":                           "1-0.675",
		"{{ a ** 2 }}":                                      "2.2500",
		"{% if z %}y{% else %}n{% endif %}":                 "n",
		"{{ {a: 1}[1.5] }}":                                 "1",
		"{{ [a, b] | sum }}{{ [a, b] | max }}":              "1.601.50",
		"{{ [a, b] | sort | first }}":                       "0.1",
		"{{ a is number }}{{ a is float }}":                 "TrueFalse",
		"{{ a | tojson }}":                                  "1.50",
		"{{ e }}":                                           "1000",
	} {
		tmpl := mustParse(t, "t", src)
		got, err := jinja.NewRuntime(t.Context(), jinja.Options{}).Render(tmpl, scope)
		if err != nil || got != want {
			t.Errorf("%s gave %q, %v; want %q", src, got, err, want)
		}
	}
	for _, s := range []string{"", "x", "1.2.3", "1e99999", "--1", "1.-2"} {
		if d, err := jinja.ParseDecimal(s); err == nil {
			t.Errorf("%q gave %v", s, d)
		}
	}
}

// point is a host object with everything an object can do.
type point struct{ x, y int64 }

func (p *point) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	switch name {
	case "x":
		return p.x, true, nil
	case "scaled":
		return jinja.NewFunc("scaled", func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			a, err := args.Bind("scaled", jinja.Req("by"), jinja.Opt("plus", int64(0)))
			if err != nil {
				return nil, err
			}
			by, _ := a[0].(int64)
			plus, _ := a[1].(int64)
			return &point{p.x*by + plus, p.y*by + plus}, nil
		}), true, nil
	}
	return nil, false, nil
}

func (p *point) GetItem(_ *jinja.Runtime, key jinja.Value) (jinja.Value, bool, error) {
	return p.y, key == "y", nil
}

func (p *point) Call(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	return args.Len(), nil // a plain Go int: taken in as int
}
func (p *point) Str() string      { return fmt.Sprintf("(%d|%d)", p.x, p.y) }
func (p *point) Repr() string     { return fmt.Sprintf("point(%d, %d)", p.x, p.y) }
func (p *point) TypeName() string { return "point" }
func (p *point) Truth() bool      { return p.x != 0 }
func (p *point) Len() int         { return 2 }
func (p *point) HashKey() any     { return *p }
func (p *point) Equal(o jinja.Value) bool {
	q, ok := o.(*point)
	return ok && *p == *q
}

func (p *point) Compare(o jinja.Value) (int, bool) {
	q, ok := o.(*point)
	if !ok {
		return 0, false
	}
	return int(p.x - q.x), true
}

func (p *point) Iterate(*jinja.Runtime) (jinja.Iterator, error) {
	return jinja.Iterate(jinja.NewTuple(p.x, p.y))
}
func (p *point) Contains(_ *jinja.Runtime, v jinja.Value) (bool, error) { return v == "in", nil }
func (p *point) Format(spec string) (string, error)                     { return "<" + spec + ">", nil }

func (p *point) BinaryOp(_ *jinja.Runtime, op jinja.Op, o jinja.Value, reflected bool) (jinja.Value, bool, error) {
	n, ok := o.(int64)
	if !ok || op != jinja.OpAdd && op != jinja.OpSub {
		return nil, false, nil
	}
	if reflected {
		return fmt.Sprintf("%d%s%s", n, op, p.Str()), true, nil
	}
	return &point{p.x + n, p.y}, true, nil
}

func TestHostObject(t *testing.T) {
	t.Parallel()
	scope := jinja.MapScope{"p": &point{1, 2}, "q": &point{1, 2}, "r": &point{0, 9}}
	for src, want := range map[string]string{
		"{{ p }}{{ [p] }}":                                  "(1|2)[point(1, 2)]",
		"{{ p.x }}{{ p.y }}{{ p['y'] }}{{ p['x'] }}":        "1221",
		"[{{ p.nope }}]":                                    "[]",
		"{{ p.scaled(3).x }}{{ p.scaled(by=2, plus=1).x }}": "33",
		"{{ p(1, 2, a=3) + 1 }}":                            "4",
		"{{ p == q }}{{ p == r }}{{ p != r }}":              "TrueFalseTrue",
		"{{ r < p }}{{ [p, r] | sort }}":                    "True[point(0, 9), point(1, 2)]",
		"{{ p + 5 }}{{ 5 - p }}":                            "(6|2)5-(1|2)",
		"{{ {p: 'v'}[q] }}":                                 "v",
		"{{ p | list }}{{ p | length }}":                    "[1, 2]2",
		"{{ 'in' in p }}{{ 'out' in p }}":                   "TrueFalse",
		"{{ 'y' if p }}{{ 'n' if not r }}":                  "yn",
		"{{ '{:%Y}'.format(p) }}{{ '{}'.format(p) }}":       "<%Y>(1|2)",
		"{{ p is callable }}{{ p is iterable }}":            "TrueTrue",
		"{% for a in p %}{{ a }}{% endfor %}":               "12",
	} {
		got, err := jinja.NewRuntime(t.Context(), jinja.Options{}).Render(mustParse(t, "t", src), scope)
		if err != nil || got != want {
			t.Errorf("%s gave %q, %v; want %q", src, got, err, want)
		}
	}
	for src, want := range map[string]string{
		"{{ p.scaled() }}":        "t:1:12: scaled() missing 1 required positional argument: 'by'",
		"{{ p.scaled(1, 2, 3) }}": "t:1:12: scaled() takes from 1 to 2 positional arguments but 3 were given",
		"{{ p.scaled(1, by=2) }}": "t:1:12: scaled() got multiple values for argument 'by'",
		"{{ p.scaled(1, c=2) }}":  "t:1:12: scaled() got an unexpected keyword argument 'c'",
		"{{ p < 1 }}":             "t:1:4: '<' not supported between instances of 'point' and 'int'",
		"{{ p * 2 }}":             "t:1:6: unsupported operand type(s) for *: 'point' and 'int'",
	} {
		_, err := jinja.NewRuntime(t.Context(), jinja.Options{}).Render(mustParse(t, "t", src), scope)
		if err == nil || err.Error() != want {
			t.Errorf("%s\n got %v\nwant %s", src, err, want)
		}
	}
}

func TestConvert(t *testing.T) {
	t.Parallel()
	type named string
	in := map[string]any{
		"b": []int{1, 2}, "a": map[any]any{2: "x", 1: true}, "c": named("n"), "d": json.Number("12"), "e": float32(0.5),
		"f": []map[string]string{{"k": "v"}}, "g": nil, "h": uint64(1 << 63), "i": [2]bool{true, false}, "j": json.Number("1.5"),
	}
	v := jinja.FromGo(in)
	want := "{'a': {1: True, 2: 'x'}, 'b': [1, 2], 'c': 'n', 'd': 12, 'e': 0.5, 'f': [{'k': 'v'}], 'g': None, 'h': 9223372036854775808, 'i': [True, False], 'j': 1.5}"
	if got := jinja.Repr(v); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	back := jinja.ToGo(jinja.NewList(v, jinja.NewTuple(int64(1)), jinja.NewUndefined("x"), jinja.Markup("m")))
	list, _ := back.([]any)
	m, _ := list[0].(map[string]any)
	if diff := cmp.Diff(map[string]any{"1": true, "2": "x"}, m["a"]); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]any{[]any{int64(1)}, nil, "m"}, list[1:]); diff != "" {
		t.Error(diff)
	}
	out, err := jinja.JSON{SortKeys: true, Indent: " "}.Encode(jinja.FromGo(map[string]any{"b": []any{1, "é"}, "a": nil}))
	if err != nil || string(out) != "{\n \"a\": null,\n \"b\": [\n  1,\n  \"\\u00e9\"\n ]\n}" {
		t.Errorf("got %s, %v", out, err)
	}
	if _, err := jinja.ToJSON(jinja.NewFunc("f", nil)); err == nil {
		t.Error("a function has no JSON form")
	}
}

func TestTemplateIsSharedByGoroutines(t *testing.T) {
	t.Parallel()
	tmpl := mustParse(t, "m.sql", macroModel)
	scope := benchScope()
	want, err := jinja.NewRuntime(t.Context(), jinja.Options{}).Render(tmpl, scope)
	if err != nil {
		t.Fatal(err)
	}
	for range 4 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			for range 50 {
				got, err := jinja.NewRuntime(t.Context(), jinja.Options{}).Render(tmpl, scope)
				if err != nil || got != want {
					t.Fatalf("got %q, %v", got, err)
				}
			}
		})
	}
}
