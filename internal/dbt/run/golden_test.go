package run_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/fault"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares text with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// shop is a project with every kind of line in its build.
func shop() (*project, *warehouse) {
	p := newProject()
	seed := p.add(manifest.Seed, "sd", "seed")
	m1 := p.model("m1", seed.UniqueID)
	m2 := p.add(manifest.Model, "m2", "table", m1.UniqueID)
	m3 := p.add(manifest.Model, "m3", "incremental", m2.UniqueID)
	m3.Database = "lake"
	bad := p.model("bad", m1.UniqueID)
	after := p.model("after_bad", bad.UniqueID)
	p.test("unique_after_bad", after.UniqueID)
	p.test("not_null_m1_id", m1.UniqueID)
	warn := p.test("t_warn", m1.UniqueID)
	warn.Config.Set("severity", "warn")
	store := p.test("t_store", m3.UniqueID)
	store.Config.Set("store_failures", true)
	store.RelationName = `"shop"."main_dbt_test__audit"."t_store"`
	broken := p.test("t_err", m3.UniqueID)
	p.exposure("dash", m2.UniqueID)
	p.hook("shop-on-run-start-0", "on-run-start")
	p.hook("shop-on-run-end-0", "on-run-end")
	return p, &warehouse{do: map[string]func(context.Context) (run.Outcome, error){
		seed.UniqueID: func(context.Context) (run.Outcome, error) { return run.Outcome{Message: "INSERT 2"}, nil },
		bad.UniqueID: func(context.Context) (run.Outcome, error) {
			err := fault.New(fault.Database, "Binder Error: Referenced column \"nocol\" not found in FROM clause!\nCandidate bindings: \"name\"").
				At("models/bad.sql", 7).WithHint("did you mean \"name\"?")
			err.Stack = []fault.Frame{{Name: "pick", File: "macros/pick.sql", Line: 3}}
			return run.Outcome{CompiledPath: "target/compiled/shop/models/bad.sql"}, err
		},
		warn.UniqueID:   failures(2),
		store.UniqueID:  failures(1),
		broken.UniqueID: fails(databaseError("tests/t_err.sql", 1)),
	}}
}

func TestBuildLines(t *testing.T) {
	p, w := shop()
	out := &transcript{}
	r := mustRun(t, p.options(t, w, out))
	r.Summarize(out)
	golden(t, "build", out.String())
}

func TestGoodBuildLines(t *testing.T) {
	p, w := shop()
	w.do = nil
	out := &transcript{}
	r := mustRun(t, p.options(t, w, out))
	r.Summarize(out)
	golden(t, "build_good", out.String())
}

func TestFailFastLines(t *testing.T) {
	p, w := shop()
	out := &transcript{}
	o := p.options(t, w, out)
	o.FailFast = true
	r := mustRun(t, o)
	r.Summarize(out)
	golden(t, "fail_fast", out.String())
}

func TestInterruptedLines(t *testing.T) {
	p, w := shop()
	ctx, stop := context.WithCancel(t.Context())
	w.do["model.shop.m2"] = func(context.Context) (run.Outcome, error) {
		stop()
		return run.Outcome{}, fault.New(fault.Cancelled, "cancelled")
	}
	out := &transcript{}
	r, err := run.Run(ctx, p.options(t, w, out))
	if err != nil {
		t.Fatal(err)
	}
	r.Summarize(out)
	golden(t, "interrupted", out.String())
}

func TestFailedStartHookLines(t *testing.T) {
	p, w := shop()
	w.do["operation.shop.shop-on-run-start-0"] = fails(fault.New(fault.Database, "Binder Error: no column").At("dbt_project.yml", 7))
	out := &transcript{}
	r := mustRun(t, p.options(t, w, out))
	r.Summarize(out)
	golden(t, "start_hook", out.String())
}

func TestFoundLine(t *testing.T) {
	p, _ := shop()
	p.m.Macros["macro.shop.a"] = &manifest.Macro{}
	p.m.Sources["source.shop.raw.a"] = &manifest.Source{}
	p.m.Sources["source.shop.raw.b"] = &manifest.Source{}
	p.add(manifest.Analysis, "one", "view")
	p.add(manifest.Analysis, "two", "view")
	p.m.UnitTests["unit_test.shop.a.b"] = &manifest.UnitTest{}
	p.m.Groups["group.shop.g"] = &manifest.Group{}
	want := "5 models, 2 analyses, 5 data tests, 1 seed, 2 operations, 2 sources, 1 exposure, 1 macro, 1 group, 1 unit test"
	if got := run.Found(p.m); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}
