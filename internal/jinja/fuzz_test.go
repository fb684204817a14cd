package jinja_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// addSeeds gives the fuzzer a spread of the golden templates.
func addSeeds(f *testing.F) {
	f.Helper()
	for i, c := range readGoldens(f) {
		if i%25 == 0 {
			f.Add(c.Template)
		}
	}
	f.Add("{% materialization m, adapter='duckdb' %}{% endmaterialization %}{% test t(model, a: List[str]=none) %}{% endtest %}")
	f.Add("{% docs x %}{{ {% enddocs %}{% snapshot s %}{% if %}{% endsnapshot %}")
	f.Add("{% for a in range(9) recursive %}{{ loop([a]) }}{% endfor %}")
}

// wantPlace fails unless err is a fault with a line of the source.
func wantPlace(t *testing.T, src string, err error) {
	t.Helper()
	var fe *fault.Error
	if !errors.As(err, &fe) {
		t.Fatalf("%q: %v is no fault.Error", src, err)
	}
	if fe.File != "f.sql" || fe.Line < 1 {
		t.Fatalf("%q: %v has no place", src, err)
	}
}

// FuzzParse checks that no source breaks the parser, and that errors have a line.
func FuzzParse(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, src string) {
		if _, err := jinja.ExtractBlocks("f.sql", src, "macro", "docs", "snapshot"); err != nil {
			wantPlace(t, src, err)
		}
		tmpl, err := jinja.Parse("f.sql", src)
		if err != nil {
			wantPlace(t, src, err)
			return
		}
		tmpl.References()
		for _, m := range tmpl.Macros() {
			m.References()
			if m.Line < 1 || m.Source == "" {
				t.Fatalf("%q: macro %q has no place", src, m.Name)
			}
		}
	})
}

// FuzzRender checks that no template breaks the runtime or passes its limits.
func FuzzRender(f *testing.F) {
	addSeeds(f)
	limits := jinja.Limits{OutputBytes: 1 << 16, Steps: 20_000, AllocBytes: 4 << 20, Depth: 50}
	f.Fuzz(func(t *testing.T, src string) {
		tmpl, err := jinja.Parse("f.sql", src)
		if err != nil {
			return
		}
		for _, mode := range []jinja.UndefinedMode{jinja.Lenient, jinja.Silent, jinja.Strict} {
			start := time.Now()
			rt := jinja.NewRuntime(context.Background(), jinja.Options{Limits: limits, Undefined: mode})
			out, err := rt.Render(tmpl, oracleScope())
			if took := time.Since(start); took > 5*time.Second {
				t.Fatalf("%q took %v", src, took)
			}
			if err != nil {
				wantPlace(t, src, err)
			} else if len(out) > limits.OutputBytes {
				t.Fatalf("%q: %d bytes", src, len(out))
			}
		}
		rt := jinja.NewRuntime(context.Background(), jinja.Options{Limits: limits, NativeLiterals: true})
		v, err := rt.RenderNative(tmpl, oracleScope())
		if err != nil {
			wantPlace(t, src, err)
			return
		}
		if _, err := jinja.ToJSON(v); err == nil {
			jinja.ToGo(v)
		}
	})
}
