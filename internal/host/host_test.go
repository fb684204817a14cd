package host_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/control"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/host"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// open gives a host of a new warehouse; the same folder gives the same warehouse.
func open(t *testing.T, dir string) *host.Host {
	t.Helper()
	path := filepath.Join(dir, "kith.duckdb")
	h, err := host.Open(t.Context(), host.Config{
		Warehouse: duckdb.Config{Path: path}, ControlPath: path + ".state", Readers: 2, QueryTimeout: time.Minute, Now: time.Now,
		Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func closed(t *testing.T, h *host.Host) {
	t.Helper()
	if err := h.Close(); err != nil {
		t.Error(err)
	}
}

// job is a command that runs nodes: each makes its table with one statement, and has
// a status; stopped is an error because the whole job was stopped.
type job struct {
	id    string
	nodes [][3]string // id, SQL, status
	// planned are nodes beside those that it comes to.
	planned []string
	err     error
	cancel  bool
}

func (j job) run(t *testing.T, h *host.Host) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	rec := h.Record(host.Job{ID: j.id, Command: "build", StartedBy: "ann"}, event.Discard{})
	planned := slices.Clone(j.planned)
	for _, n := range j.nodes {
		planned = append(planned, n[0])
	}
	rec.Plan(planned)
	lane, err := h.Lanes().Write(ctx)
	if err != nil {
		t.Fatal(err)
	}
	rec.Emit(event.Concurrency{Nodes: len(planned)})
	session, err := lane.Session(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range j.nodes {
		if n[1] != "" {
			if _, err := session.Exec(ctx, n[1]); err != nil {
				t.Fatal(err)
			}
		}
		if n[2] == "stopped" {
			rec.Emit(event.Cancel{UniqueID: n[0]})
			n[2] = "error"
		}
		kind, _, _ := strings.Cut(n[0], ".")
		rec.Emit(event.NodeFinished{Node: event.Node{UniqueID: n[0], Name: n[0], ResourceType: kind, Status: n[2]}})
	}
	if j.cancel {
		cancel()
	}
	if err := errors.Join(session.Close(), lane.Release(), rec.End(ctx, j.err)); err != nil {
		t.Fatal(err)
	}
}

// seen gives the number in table t as readers see it, and the version that they see.
func seen(t *testing.T, h *host.Host) (n int64, version string) {
	t.Helper()
	r, err := h.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	rows, err := r.Query(t.Context(), "select n from t")
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		n, _ = rows.Values()[0].(int64)
	}
	version = r.Version()
	if err := errors.Join(rows.Err(), rows.Close(), r.Close()); err != nil {
		t.Fatal(err)
	}
	return n, version
}

const (
	one   = "create or replace table t as select 1::bigint as n"
	two   = "create or replace table t as select 2::bigint as n"
	three = "create or replace table t as select 3::bigint as n"
)

// Readers see what a job made when all of it is there: not what one leaves half done,
// whether it failed or was cancelled, until the next ends well.
func TestWhatIsHalfDoneIsNotShown(t *testing.T) {
	t.Parallel()
	for name, broken := range map[string]job{
		"a node fails":             {id: "2", nodes: [][3]string{{"model.t", two, "success"}, {"model.u", "", "error"}}},
		"it is cancelled":          {id: "2", nodes: [][3]string{{"model.t", two, "success"}}, planned: []string{"model.u"}, cancel: true},
		"it stops after the first": {id: "2", nodes: [][3]string{{"model.t", two, "success"}, {"model.u", "", "skipped"}}, err: errors.New("a wire is cut")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t, t.TempDir())
			defer closed(t, h)
			job{id: "1", nodes: [][3]string{{"model.t", one, "success"}}}.run(t, h)
			n, version := seen(t, h)
			if n != 1 || h.State().Version != version || len(h.State().Unfinished) != 0 {
				t.Fatalf("a good job shows %d in %s: %+v", n, version, h.State())
			}
			broken.run(t, h)
			if n, v := seen(t, h); n != 1 || v != version {
				t.Errorf("readers see %d in %s", n, v)
			}
			if left := h.State().Unfinished; !slices.Equal(left, []string{"model.u"}) {
				t.Errorf("unfinished: %v", left)
			}
			job{id: "3", nodes: [][3]string{{"model.t", three, "success"}, {"model.u", "", "success"}}}.run(t, h)
			if n, v := seen(t, h); n != 3 || v == version || len(h.State().Unfinished) != 0 {
				t.Errorf("after a good job readers see %d in %s: %+v", n, v, h.State())
			}
		})
	}
}

// A run that made nothing leaves the tables as they were, and so leaves nothing open.
func TestARunThatMadeNothingLeavesNothingOpen(t *testing.T) {
	t.Parallel()
	h := open(t, t.TempDir())
	defer closed(t, h)
	job{id: "1", nodes: [][3]string{{"model.t", one, "success"}}}.run(t, h)
	job{id: "2", nodes: [][3]string{{"model.t", "", "error"}}, planned: []string{"model.u"}, err: errors.New("no")}.run(t, h)
	if left := h.State().Unfinished; len(left) != 0 {
		t.Errorf("unfinished: %v", left)
	}
}

// A test that is stopped while it runs has not failed: its result stays, and the tables are
// shown.
func TestAStoppedTestHasNotFailed(t *testing.T) {
	t.Parallel()
	h := open(t, t.TempDir())
	defer closed(t, h)
	job{id: "1", nodes: [][3]string{{"model.t", one, "success"}, {"test.t", "", "pass"}}}.run(t, h)
	job{id: "2", nodes: [][3]string{{"model.t", two, "success"}, {"test.t", "", "stopped"}}, cancel: true}.run(t, h)
	results, err := h.Control().Results(t.Context())
	if err != nil || results["test.t"].Status != "pass" {
		t.Errorf("%+v %v", results["test.t"], err)
	}
	if n, _ := seen(t, h); n != 2 || len(h.State().Unfinished) != 0 {
		t.Errorf("readers see %d; unfinished: %v", n, h.State().Unfinished)
	}
}

func TestRunsAreKeptWithHowTheyEnded(t *testing.T) {
	t.Parallel()
	h := open(t, t.TempDir())
	defer closed(t, h)
	notices, stop := h.Listen()
	job{id: "1", nodes: [][3]string{{"model.t", one, "success"}}}.run(t, h)
	job{id: "2", nodes: [][3]string{{"model.t", two, "success"}, {"model.u", "", "error"}}, err: errors.New("a wire is cut")}.run(t, h)
	job{id: "3", nodes: [][3]string{{"model.t", three, "success"}}, planned: []string{"model.u"}, cancel: true}.run(t, h)
	stop()
	for id, want := range map[string]control.RunStatus{"1": control.Success, "2": control.Failed, "3": control.Cancelled} {
		r, nodes, err := h.Control().Run(t.Context(), id)
		if err != nil || r.Status != want || r.StartedBy != "ann" || len(nodes) == 0 || r.Ended == nil {
			t.Errorf("run %s: %+v, %d nodes, %v", id, r, len(nodes), err)
		}
		if shown := r.Version != ""; shown != (want == control.Success) {
			t.Errorf("run %s is said to be shown as %q", id, r.Version)
		}
	}
	var heard []string
	for n := range notices {
		if n.Kind == host.RunFinished {
			heard = append(heard, n.RunID+" "+n.Status)
		}
	}
	if want := []string{"1 success", "2 failed", "3 cancelled"}; !slices.Equal(heard, want) {
		t.Errorf("heard %v, not %v", heard, want)
	}
}

// A job waits for the one before; a reader that began before the publication still sees
// what it saw.
func TestReadersKeepTheirVersion(t *testing.T) {
	t.Parallel()
	h := open(t, t.TempDir())
	defer closed(t, h)
	job{id: "1", nodes: [][3]string{{"model.t", one, "success"}}}.run(t, h)
	reading, err := h.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	job{id: "2", nodes: [][3]string{{"model.t", two, "success"}}}.run(t, h)
	rows, err := reading.Query(t.Context(), "select n from t")
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		if n := rows.Values()[0]; n != int64(1) {
			t.Errorf("a reading from before sees %v", n)
		}
	}
	if err := errors.Join(rows.Err(), rows.Close(), reading.Close()); err != nil {
		t.Fatal(err)
	}
	if n, _ := seen(t, h); n != 2 {
		t.Errorf("a new one sees %d", n)
	}
}

// What a job left half done is shown when somebody asks for it, or when the server is
// started anew, for then nothing else is there; it says so.
func TestUnfinishedTablesAreShownOnDemandOrAfterAStart(t *testing.T) {
	t.Parallel()
	half := job{id: "2", nodes: [][3]string{{"model.t", two, "success"}, {"model.u", "", "error"}}}
	dir := t.TempDir()
	h := open(t, dir)
	job{id: "1", nodes: [][3]string{{"model.t", one, "success"}}}.run(t, h)
	half.run(t, h)
	closed(t, h)
	h = open(t, dir)
	defer closed(t, h)
	if n, _ := seen(t, h); n != 2 || !h.State().Mixed || !slices.Equal(h.State().Unfinished, []string{"model.u"}) {
		t.Errorf("after a start: %d, %+v", n, h.State())
	}
	half.id, half.nodes[0][1] = "3", three
	half.run(t, h)
	if n, _ := seen(t, h); n != 2 {
		t.Errorf("half a job shows %d", n)
	}
	if err := h.PublishAnyway(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n, _ := seen(t, h); n != 3 || h.State().Mixed || len(h.State().Unfinished) != 0 {
		t.Errorf("published anyway: %d, %+v", n, h.State())
	}
}

func TestOneWarehouseHasOneOwner(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h := open(t, dir)
	defer closed(t, h)
	path := filepath.Join(dir, "kith.duckdb")
	if !h.Owns(path) || !h.Owns(filepath.Join(dir, "x", "..", "kith.duckdb")) || h.Owns(path+"2") || h.Owns(duckdb.Memory) {
		t.Error("the host does not know what it owns")
	}
	called := 0
	h.Afterward(func() { called++ })
	job{id: "1", nodes: [][3]string{{"model.t", one, "success"}}}.run(t, h)
	if called != 1 {
		t.Errorf("called %d times after one job", called)
	}
	if _, _, err := h.Control().Run(t.Context(), "none"); !fault.Is(err, fault.NotFound) {
		t.Errorf("an unknown run: %v", err)
	}
}
