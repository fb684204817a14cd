package run_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/fault"
)

func TestHooksRunAroundTheNodesPackagesFirst(t *testing.T) {
	p := newProject()
	m := p.model("orders")
	for i := range 11 { // 10 comes after 2, not between 1 and 2
		p.hook("shop-on-run-start-"+string(rune('0'+i/10))+string(rune('0'+i%10)), "on-run-start")
	}
	dep := p.hook("zz-on-run-start-0", "on-run-start")
	dep.Package = "zz"
	end := p.hook("shop-on-run-end-0", "on-run-end")
	w := &warehouse{}
	r := mustRun(t, p.options(t, w, &transcript{}))
	got := started(w)
	if got[0] != dep.UniqueID || got[1] != "operation.shop.shop-on-run-start-00" || got[11] != "operation.shop.shop-on-run-start-10" {
		t.Errorf("order %v", got)
	}
	if !slices.Equal(got[12:], []string{m.UniqueID, end.UniqueID}) {
		t.Errorf("then %v", got[12:])
	}
	if h := resultOf(t, r, dep.UniqueID); h.Message != "zz.on-run-start.0 passed" || h.ThreadID != "main" || *h.Failures != 0 {
		t.Errorf("result of a hook: %+v", h.RunResult)
	}
}

func TestOnRunEndHooksSeeWhatRan(t *testing.T) {
	p := newProject()
	good := p.model("good")
	good.Schema = "gold"
	bad := p.model("bad")
	bad.Schema = "silver"
	test := p.test("t", good.UniqueID)
	p.hook("shop-on-run-start-0", "on-run-start")
	p.hook("shop-on-run-end-0", "on-run-end")
	w := &warehouse{do: map[string]func(context.Context) (run.Outcome, error){bad.UniqueID: fails(errors.New("no"))}}
	mustRun(t, p.options(t, w, &transcript{}))
	var ids []string
	for _, r := range w.with.Results {
		ids = append(ids, r.UniqueID)
	}
	slices.Sort(ids)
	if diff := cmp.Diff([]string{bad.UniqueID, good.UniqueID, test.UniqueID}, ids); diff != "" {
		t.Errorf("results: %s", diff)
	}
	if diff := cmp.Diff([]string{"gold"}, w.with.Schemas); diff != "" {
		t.Errorf("schemas: %s", diff)
	}
	if diff := cmp.Diff([]run.DatabaseSchema{{Database: "shop", Schema: "gold"}}, w.with.DatabaseSchemas); diff != "" {
		t.Errorf("database schemas: %s", diff)
	}
}

func TestFailingStartHookSkipsEverything(t *testing.T) {
	p := newProject()
	m := p.model("orders")
	p.hook("shop-on-run-start-0", "on-run-start")
	bad := p.hook("shop-on-run-start-1", "on-run-start")
	after := p.hook("shop-on-run-start-2", "on-run-start")
	end := p.hook("shop-on-run-end-0", "on-run-end")
	w := &warehouse{do: map[string]func(context.Context) (run.Outcome, error){
		bad.UniqueID: fails(fault.New(fault.Database, "Binder Error: no column").At("dbt_project.yml", 7)),
	}}
	r := mustRun(t, p.options(t, w, &transcript{}))
	s := statuses(r)
	want := map[string]artifact.Status{
		"operation.shop.shop-on-run-start-0": artifact.Success, bad.UniqueID: artifact.Error, after.UniqueID: artifact.Skipped,
		m.UniqueID: artifact.Skipped, end.UniqueID: artifact.Success,
	}
	if diff := cmp.Diff(want, s); diff != "" {
		t.Fatal(diff)
	}
	if h := resultOf(t, r, bad.UniqueID); h.Message != "shop.on-run-start.1 failed, error:\n dbt_project.yml:7: Binder Error: no column" || *h.Failures != 1 {
		t.Errorf("%q", h.Message)
	}
	if !run.Failed(r.Results) {
		t.Error("the command must fail")
	}
}

func TestPanicInAHookIsItsError(t *testing.T) {
	p := newProject()
	p.model("orders")
	h := p.hook("shop-on-run-end-0", "on-run-end")
	w := &warehouse{do: map[string]func(context.Context) (run.Outcome, error){
		h.UniqueID: func(context.Context) (run.Outcome, error) { panic("boom") },
	}}
	if s := resultOf(t, mustRun(t, p.options(t, w, &transcript{})), h.UniqueID).Status; s != artifact.Error {
		t.Fatal(s)
	}
}

func TestCommandsWithoutHooksRunNone(t *testing.T) {
	p := newProject()
	p.model("orders")
	p.hook("shop-on-run-start-0", "on-run-start")
	w := &warehouse{}
	o := p.options(t, w, &transcript{})
	o.Hooks = false
	mustRun(t, o)
	if !slices.Equal(started(w), []string{"model.shop.orders"}) {
		t.Fatal(started(w))
	}
}
