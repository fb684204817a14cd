package httpapi_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

type notice struct {
	kind    string
	RunID   string `json:"run_id"`
	Status  string
	Done    int
	Total   int
	Version string `json:"data_version"`
}

// stream reads events until the test ends.
func stream(t *testing.T, s *shop) <-chan notice {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address+"/api/v1/events", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.client.Do(r) //nolint:bodyclose // closed when the test ends
	if err != nil {
		t.Fatal(err)
	}
	if kind := a.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Fatalf("%d %s", a.StatusCode, kind)
	}
	out := make(chan notice, 1024)
	done := make(chan struct{})
	go func() {
		defer close(done)
		lines := bufio.NewScanner(a.Body)
		var n notice
		for lines.Scan() {
			kind, value, _ := strings.Cut(lines.Text(), ": ")
			switch kind {
			case "event":
				n.kind = value
			case "data":
				if err := json.Unmarshal([]byte(value), &n); err != nil {
					t.Error(err)
				}
			case "":
				if n.kind != "" {
					out <- n
				}
				n = notice{}
			}
		}
	}()
	t.Cleanup(func() {
		cancel()
		<-done
		a.Body.Close()
	})
	return out
}

func next(t *testing.T, from <-chan notice, kind string) notice {
	t.Helper()
	deadline := time.After(2 * time.Minute)
	for {
		select {
		case n := <-from:
			if n.kind == kind {
				return n
			}
		case <-deadline:
			t.Fatalf("no event %s", kind)
		}
	}
}

// Not parallel: it changes the data version, and runs before the others, which begin
// when it has ended.
func TestARunIsTold(t *testing.T) {
	s := served(t)
	events := stream(t, s)
	before := next(t, events, "data_changed").Version
	a := s.ask(t, http.MethodPost, "/api/v1/runs", `{"command": "build", "select": "data_sources"}`)
	var started struct{ ID string }
	if err := json.Unmarshal(a.body, &started); err != nil || a.status != http.StatusAccepted {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if n := next(t, events, "run_started"); n.RunID != started.ID {
		t.Errorf("run %s began, not %s", n.RunID, started.ID)
	}
	if n := next(t, events, "run_progress"); n.RunID != started.ID || n.Done != 1 || n.Total < 1 {
		t.Errorf("%+v", n)
	}
	after := next(t, events, "data_changed").Version
	end := next(t, events, "run_finished")
	if end.RunID != started.ID || end.Status != "success" || end.Version != after || after == before {
		t.Errorf("%+v, from version %s to %s", end, before, after)
	}
	run := get[struct {
		Status, Command, Arguments string
		StartedBy                  string `json:"started_by"`
		DataVersion                string `json:"data_version"`
		Nodes                      []struct{ Name, Status string }
	}](t, s, "/api/v1/runs/"+started.ID)
	if run.Status != "success" || run.DataVersion != after || len(run.Nodes) == 0 || run.Arguments != "--select data_sources" || run.StartedBy != "web app" {
		t.Errorf("%+v", run)
	}
	if a := s.ask(t, http.MethodPost, "/api/v1/runs/"+started.ID+"/cancel", "{}"); a.status != http.StatusNotFound {
		t.Errorf("a run that has ended is cancelled: %d", a.status)
	}
}

// build starts a build; it waits for one that is about to leave.
func (s *shop) build(t *testing.T, selection string) (id string) {
	t.Helper()
	deadline := time.Now().Add(time.Minute)
	for {
		a := s.ask(t, http.MethodPost, "/api/v1/runs", `{"command": "build", "select": "`+selection+`"}`)
		if a.status == http.StatusConflict && time.Now().Before(deadline) {
			continue
		}
		var started struct{ ID string }
		if err := json.Unmarshal(a.body, &started); err != nil || a.status != http.StatusAccepted {
			t.Fatalf("%d %s", a.status, a.body)
		}
		return started.ID
	}
}

// A build that is cancelled in the app ends as cancelled, and what people see is the data
// from before it, until the next build ends well. Not parallel, as TestARunIsTold.
func TestARunIsCancelled(t *testing.T) {
	s := served(t)
	events := stream(t, s)
	before := next(t, events, "data_changed").Version
	total := get[struct{ Total int }](t, s, "/api/v1/customers").Total
	type state struct {
		DataVersion string `json:"data_version"`
		Notice      string
		Unfinished  []string
	}
	id := s.build(t, "+fct_transactions")
	next(t, events, "run_progress")
	if a := s.ask(t, http.MethodPost, "/api/v1/runs", `{"command": "build"}`); a.status != http.StatusConflict {
		t.Errorf("a second run beside it: %d %s", a.status, a.body)
	}
	if a := s.ask(t, http.MethodPost, "/api/v1/runs/another/cancel", ""); a.status != http.StatusNotFound {
		t.Errorf("another run is cancelled: %d", a.status)
	}
	if a := s.ask(t, http.MethodPost, "/api/v1/runs/"+id+"/cancel", ""); a.status != http.StatusAccepted {
		t.Fatalf("cancelling: %d %s", a.status, a.body)
	}
	if end := next(t, events, "run_finished"); end.RunID != id || end.Status != "cancelled" || end.Version != "" {
		t.Errorf("the end is %+v", end)
	}
	run := get[struct {
		Status      string
		EndedAt     *time.Time `json:"ended_at"`
		DataVersion string     `json:"data_version"`
	}](t, s, "/api/v1/runs/"+id)
	if run.Status != "cancelled" || run.EndedAt == nil || run.DataVersion != "" {
		t.Errorf("the run is kept as %+v", run)
	}
	now := get[state](t, s, "/api/v1/session")
	if now.DataVersion != before || len(now.Unfinished) == 0 || now.Notice == "" {
		t.Errorf("the session says %+v", now)
	}
	if got := get[struct{ Total int }](t, s, "/api/v1/customers").Total; got != total {
		t.Errorf("%d customers became %d", total, got)
	}
	id = s.build(t, "+fct_transactions")
	if end := next(t, events, "run_finished"); end.RunID != id || end.Status != "success" || end.Version == before {
		t.Errorf("the next build: %+v", end)
	}
	if now := get[state](t, s, "/api/v1/session"); now.DataVersion == before || len(now.Unfinished) != 0 {
		t.Errorf("after the next build the session says %+v", now)
	}
}

func TestARunThatCannotBeginIsSeen(t *testing.T) {
	s := served(t)
	events := stream(t, s)
	id := s.build(t, "state:modified")
	if end := next(t, events, "run_finished"); end.RunID != id || end.Status != "failed" {
		t.Errorf("the end is %+v", end)
	}
	run := get[struct{ Status, Message string }](t, s, "/api/v1/runs/"+id)
	if run.Status != "failed" || !strings.Contains(run.Message, "--state") {
		t.Errorf("the run is kept as %+v", run)
	}
}
