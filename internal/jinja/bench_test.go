package jinja_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/jinja"
)

// simpleModel is a staging model as most projects have dozens of.
const simpleModel = `{{ config(materialized='view') }}

with source as (
    select * from {{ source('shop', 'orders') }}
),

renamed as (
    select
        id as order_id,
        user_id as customer_id,
        {% for method in ['card', 'coupon', 'transfer'] -%}
        sum(case when payment_method = '{{ method }}' then amount end) as {{ method }}_amount{{ ',' if not loop.last }}
        {% endfor %}
    from source
    join {{ ref('stg_customers') }} using (customer_id)
    {% if is_incremental() %}
    where updated_at > '{{ var("start", "2020-01-01") }}'
    {% endif %}
)

select * from renamed
`

// macroModel leans on macros, lists, dicts and filters.
const macroModel = `{%- macro cents(col, places=2) -%}
round({{ col }} / 100, {{ places }})
{%- endmacro -%}
{%- macro key(fields) -%}
{%- set parts = [] -%}
{%- for f in fields -%}
{%- do parts.append("coalesce(cast(" ~ f ~ " as varchar), '_null_')") -%}
{%- if not loop.last -%}{%- do parts.append("'-'") -%}{%- endif -%}
{%- endfor -%}
md5({{ parts | join(' || ') }})
{%- endmacro -%}
{%- set cols = {'amount': 2, 'tax': 3, 'total': 2} -%}
select
    {{ key(['order_id', 'line', 'sku']) }} as id,
    {%- for name, places in cols.items() %}
    {{ cents(name, places=places) }} as {{ name | upper }}{{ "," if not loop.last }}
    {%- endfor %}
from {{ ref('orders') }}
where status in ({{ ['a', 'b', 'c'] | map('upper') | join(', ') }})
`

// benchScope holds stand-ins for the functions a project gives its models.
func benchScope() jinja.Scope {
	text := func(s string) jinja.Value {
		return jinja.NewFunc("f", func(*jinja.Runtime, jinja.Args) (jinja.Value, error) { return s, nil })
	}
	return jinja.MapScope{
		"config": text(""), "source": text(`"db"."shop"."orders"`), "ref": text(`"db"."main"."t"`), "var": text("2020-01-01"),
		"is_incremental": jinja.NewFunc("is_incremental", func(*jinja.Runtime, jinja.Args) (jinja.Value, error) { return true, nil }),
	}
}

func benchmarkRender(b *testing.B, src string) {
	b.Helper()
	tmpl, err := jinja.Parse("m.sql", src)
	if err != nil {
		b.Fatal(err)
	}
	scope := benchScope()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := jinja.NewRuntime(context.Background(), jinja.Options{}).Render(tmpl, scope); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "models/s")
}

func benchmarkParse(b *testing.B, src string) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := jinja.Parse("m.sql", src); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "models/s")
}

func BenchmarkRenderSimple(b *testing.B) { benchmarkRender(b, simpleModel) }
func BenchmarkRenderMacros(b *testing.B) { benchmarkRender(b, macroModel) }
func BenchmarkParseSimple(b *testing.B)  { benchmarkParse(b, simpleModel) }
func BenchmarkParseMacros(b *testing.B)  { benchmarkParse(b, macroModel) }

// TestBenchAgainstPython prints how many models a second one core parses and
// renders, beside Python's Jinja2. It runs with KITH_BENCH=1 only.
func TestBenchAgainstPython(t *testing.T) {
	if os.Getenv("KITH_BENCH") == "" {
		t.Skip("set KITH_BENCH=1 to compare the speed with Python")
	}
	script := `
import jinja2, sys, time
env = jinja2.Environment(extensions=["jinja2.ext.do"])
scope = dict(config=lambda **k: "", source=lambda *a: '"db"."shop"."orders"', ref=lambda *a: '"db"."main"."t"', var=lambda *a: "2020-01-01", is_incremental=lambda: True)
src = sys.stdin.read()
n, start = 0, time.perf_counter()
while time.perf_counter() - start < 2:
    env.from_string(src).render(scope)
    n += 1
print(n / (time.perf_counter() - start))
`
	for name, src := range map[string]string{"jinja_models_per_second": simpleModel, "jinja_macro_models_per_second": macroModel} {
		cmd := exec.Command(python(t), "-c", script)
		cmd.Stdin = strings.NewReader(src)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		var ref float64
		if _, err := fmt.Sscan(string(out), &ref); err != nil {
			t.Fatal(err)
		}
		scope, n, start := benchScope(), 0, time.Now()
		for time.Since(start) < 2*time.Second {
			tmpl, err := jinja.Parse("m.sql", src)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := jinja.NewRuntime(context.Background(), jinja.Options{}).Render(tmpl, scope); err != nil {
				t.Fatal(err)
			}
			n++
		}
		ours := float64(n) / time.Since(start).Seconds()
		fmt.Printf("bench: %s ours=%.0f ref=%.0f ratio=%.1f\n", name, ours, ref, ours/ref)
	}
}
