package run_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
)

// Whatever the graph, the failures and the number of workers: nodes run after
// what they depend on, once; what is below a failure is skipped and nothing else
// is; every node has one result.
func TestEveryNodeRunsAfterItsParentsOrIsSkipped(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := newProject()
		all := names(rapid.IntRange(1, 25).Draw(rt, "nodes"))
		bad := map[string]bool{}
		w := &warehouse{do: map[string]func(context.Context) (run.Outcome, error){}}
		for i, name := range all {
			var parents []string
			for j := range i {
				if rapid.IntRange(0, 4).Draw(rt, "edge") == 0 {
					parents = append(parents, "model.shop."+all[j])
				}
			}
			n := p.model(name, parents...)
			if rapid.IntRange(0, 5).Draw(rt, "fails") == 0 {
				bad[n.UniqueID] = true
				w.do[n.UniqueID] = fails(databaseError("models/x.sql", 1))
			}
		}
		o := p.options(t, w, &transcript{})
		o.Threads = rapid.IntRange(1, 5).Draw(rt, "threads")
		report := mustRun(t, o)

		want := map[string]artifact.Status{}
		for _, name := range all { // parents come before
			id := "model.shop." + name
			want[id] = artifact.Success
			for _, parent := range p.m.Nodes[id].DependsOn.Nodes {
				if want[parent] != artifact.Success {
					want[id] = artifact.Skipped
				}
			}
			if want[id] == artifact.Success && bad[id] {
				want[id] = artifact.Error
			}
		}
		if diff := cmp.Diff(want, statuses(report)); diff != "" {
			rt.Fatalf("statuses (-want +got):\n%s", diff)
		}
		ended := map[string]bool{}
		for _, line := range w.log {
			what, id, _ := strings.Cut(line, " ")
			if what == "end" {
				ended[id] = true
				continue
			}
			if want[id] == artifact.Skipped {
				rt.Fatalf("%s ran, but was to be skipped", id)
			}
			for _, parent := range p.m.Nodes[id].DependsOn.Nodes {
				if !ended[parent] {
					rt.Fatalf("%s started before %s ended: %v", id, parent, w.log)
				}
			}
		}
		if w.opened != w.closed || w.opened > o.Threads {
			rt.Fatalf("%d executors opened, %d closed, %d threads", w.opened, w.closed, o.Threads)
		}
		if run.Failed(report.Results) != (len(bad) > 0) {
			rt.Fatalf("Failed() = %v with %d failures", run.Failed(report.Results), len(bad))
		}
	})
}

func TestWorkersRunSideBySide(t *testing.T) {
	p := newProject()
	a, b := p.model("a"), p.model("b")
	met := make(chan struct{})
	w := &warehouse{do: map[string]func(context.Context) (run.Outcome, error){
		// Each waits for the other, which only two workers can do.
		a.UniqueID: func(context.Context) (run.Outcome, error) { met <- struct{}{}; return run.Outcome{Message: "OK"}, nil },
		b.UniqueID: func(context.Context) (run.Outcome, error) { <-met; return run.Outcome{Message: "OK"}, nil },
	}}
	o := p.options(t, w, &transcript{})
	o.Threads = 2
	if r := mustRun(t, o); run.Failed(r.Results) {
		t.Fatal(statuses(r))
	}
}

func TestFailingTestBlocksWhatDescends(t *testing.T) {
	for _, tc := range []struct {
		name     string
		severity string
		want     artifact.Status
		child    artifact.Status
	}{
		{"error", "error", artifact.Fail, artifact.Skipped},
		{"warn", "warn", artifact.Warn, artifact.Success},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := newProject()
			parent := p.model("parent")
			child := p.model("child", parent.UniqueID)
			test := p.test("unique_parent", parent.UniqueID)
			test.Config.Set("severity", tc.severity)
			w := &warehouse{do: map[string]func(context.Context) (run.Outcome, error){test.UniqueID: failures(3)}}
			got := statuses(mustRun(t, p.options(t, w, &transcript{})))
			want := map[string]artifact.Status{parent.UniqueID: artifact.Success, test.UniqueID: tc.want, child.UniqueID: tc.child}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatal(diff)
			}
		})
	}
}

func TestFailFastStopsRunningNodesAndSkipsTheRest(t *testing.T) {
	p := newProject()
	slow, bad, later := p.model("a_slow"), p.model("b_bad"), p.model("c_later")
	begun := make(chan struct{})
	w := &warehouse{do: map[string]func(context.Context) (run.Outcome, error){
		slow.UniqueID: blocks(begun),
		bad.UniqueID: func(context.Context) (run.Outcome, error) {
			<-begun
			return run.Outcome{}, databaseError("models/b_bad.sql", 2)
		},
	}}
	out := &transcript{}
	o := p.options(t, w, out)
	o.Threads, o.FailFast = 2, true
	r := mustRun(t, o)
	want := map[string]artifact.Status{slow.UniqueID: artifact.Skipped, bad.UniqueID: artifact.Error, later.UniqueID: artifact.Skipped}
	if diff := cmp.Diff(want, statuses(r)); diff != "" {
		t.Fatal(diff)
	}
	for _, id := range []string{slow.UniqueID, later.UniqueID} {
		if m := resultOf(t, r, id).Message; m != "Skipping due to fail_fast" {
			t.Errorf("%s: %q", id, m)
		}
	}
	if !strings.Contains(out.String(), "CANCEL query model.shop.a_slow") {
		t.Errorf("no line of the cancelled query:\n%s", out)
	}
	if r.Interrupted {
		t.Error("failing fast is no interrupt")
	}
}

func TestStopMarksRunningNodesAndSkipsTheRest(t *testing.T) {
	p := newProject()
	slow := p.model("slow")
	below := p.model("below", slow.UniqueID)
	p.hook("shop-on-run-end-0", "on-run-end")
	begun := make(chan struct{})
	w := &warehouse{do: map[string]func(context.Context) (run.Outcome, error){slow.UniqueID: blocks(begun)}}
	ctx, stop := context.WithCancel(t.Context())
	go func() { <-begun; stop() }()
	r, err := run.Run(ctx, p.options(t, w, &transcript{}))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]artifact.Status{slow.UniqueID: artifact.Error, below.UniqueID: artifact.Skipped}
	if diff := cmp.Diff(want, statuses(r)); diff != "" {
		t.Fatal(diff)
	}
	if !r.Interrupted {
		t.Error("the report does not say that the run was interrupted")
	}
	if m := resultOf(t, r, slow.UniqueID).Message; m != "Cancelled while it ran" {
		t.Errorf("message %q", m)
	}
}

func TestStopBeforeTheStartRunsNothing(t *testing.T) {
	p := newProject()
	p.model("a")
	ctx, stop := context.WithCancel(t.Context())
	stop()
	w := &warehouse{}
	r, err := run.Run(ctx, p.options(t, w, &transcript{}))
	if err != nil || len(w.log) > 0 || r.Results[0].Status != artifact.Skipped {
		t.Fatalf("%v, ran %v, results %v", err, w.log, statuses(r))
	}
}

func TestPanicIsTheErrorOfItsNodeAlone(t *testing.T) {
	p := newProject()
	bad, other := p.model("a_bad"), p.model("b_other")
	w := &warehouse{do: map[string]func(context.Context) (run.Outcome, error){
		bad.UniqueID: func(context.Context) (run.Outcome, error) { panic("index out of range") },
	}}
	out := &transcript{}
	r := mustRun(t, p.options(t, w, out))
	r.Summarize(out)
	got := resultOf(t, r, bad.UniqueID)
	if got.Status != artifact.Error || fault.CodeOf(got.Err) != fault.Internal || !strings.Contains(got.Message, "index out of range") {
		t.Errorf("status %s, message %q", got.Status, got.Message)
	}
	if s := resultOf(t, r, other.UniqueID).Status; s != artifact.Success {
		t.Errorf("the other node: %s", s)
	}
	if w.opened != 2 || w.closed != 2 {
		t.Errorf("%d executors opened and %d closed: the node after a panic needs a fresh one", w.opened, w.closed)
	}
	if strings.Contains(out.String(), "goroutine ") {
		t.Errorf("a stack trace outside the debug log:\n%s", out)
	}
}

func TestWarehouseThatCannotBeOpenedEndsTheRun(t *testing.T) {
	p := newProject()
	for _, n := range names(5) {
		p.model(n)
	}
	held := fault.New(fault.Held, "the warehouse is held by process 42")
	w := &warehouse{broken: held}
	o := p.options(t, w, &transcript{})
	o.Threads = 2
	r, err := run.Run(t.Context(), o)
	if !errors.Is(err, held) {
		t.Fatalf("error %v", err)
	}
	if len(r.Results) != 5 {
		t.Errorf("%d results of 5 nodes: %v", len(r.Results), statuses(r))
	}
}

func TestEphemeralFailureIsToldBelow(t *testing.T) {
	p := newProject()
	eph := p.add(manifest.Model, "eph", "ephemeral")
	child := p.model("child", eph.UniqueID)
	w := &warehouse{do: map[string]func(context.Context) (run.Outcome, error){
		eph.UniqueID: fails(fault.New(fault.Compile, "'nope' is undefined").At("models/eph.sql", 3)),
	}}
	out := &transcript{}
	r := mustRun(t, p.options(t, w, out))
	if s := statuses(r); s[eph.UniqueID] != artifact.Error || s[child.UniqueID] != artifact.Skipped {
		t.Fatal(s)
	}
	if want := "1 of 1 SKIP relation main.child due to ephemeral model status 'error' .......... [ERROR SKIP]"; !strings.Contains(out.String(), want) {
		t.Errorf("want %q in:\n%s", want, out)
	}
}

func TestEphemeralModelsLeaveNoResult(t *testing.T) {
	p := newProject()
	eph := p.add(manifest.Model, "eph", "ephemeral")
	child := p.model("child", eph.UniqueID)
	w := &warehouse{}
	r := mustRun(t, p.options(t, w, &transcript{}))
	if diff := cmp.Diff(map[string]artifact.Status{child.UniqueID: artifact.Success}, statuses(r)); diff != "" {
		t.Error(diff)
	}
	if !slices.Equal(started(w), []string{eph.UniqueID, child.UniqueID}) {
		t.Errorf("ran %v", started(w))
	}
}

func TestModelThatContinuesOnErrorBlocksNothing(t *testing.T) {
	p := newProject()
	bad := p.model("bad")
	bad.Config.Set("on_error", "continue")
	child := p.model("child", bad.UniqueID)
	w := &warehouse{do: map[string]func(context.Context) (run.Outcome, error){bad.UniqueID: fails(databaseError("models/bad.sql", 1))}}
	if s := statuses(mustRun(t, p.options(t, w, &transcript{}))); s[child.UniqueID] != artifact.Success {
		t.Fatal(s)
	}
}

func TestNothingSelected(t *testing.T) {
	p := newProject()
	out := &transcript{}
	o := p.options(t, &warehouse{}, out)
	r := mustRun(t, o)
	if len(r.Results) != 0 || !strings.HasPrefix(out.String(), "[WARNING]: Nothing to do.") {
		t.Fatalf("%v\n%s", r.Results, out)
	}
}

func TestSelectionOfSomethingElseIsADefect(t *testing.T) {
	p := newProject()
	p.model("a")
	o := p.options(t, &warehouse{}, event.Discard{})
	o.Selected = append(o.Selected, "source.shop.raw.orders")
	if _, err := run.Run(t.Context(), o); fault.CodeOf(err) != fault.Internal || err == nil {
		t.Fatalf("error %v", err)
	}
}
