package control_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/kith-analytics/kith/internal/control"
	"github.com/kith-analytics/kith/internal/fault"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clock is a time that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func open(t *testing.T) (*control.Store, *clock, string) {
	t.Helper()
	c := &clock{now: time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)}
	path := filepath.Join(t.TempDir(), "a folder?", "w.state")
	if err := os.Mkdir(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	s, err := control.Open(t.Context(), path, c.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s, c, path
}

func TestALinkSignsInOnce(t *testing.T) {
	t.Parallel()
	s, c, path := open(t)
	link, err := s.NewLink(t.Context(), "owner")
	if err != nil {
		t.Fatal(err)
	}
	var wins sync.Map
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			if secret, session, err := s.UseLink(t.Context(), link); err == nil {
				wins.Store(i, secret)
				if session.Person != "owner" || !session.Expires.Equal(c.Now().Add(control.SessionLife)) {
					t.Errorf("%+v", session)
				}
			} else if !fault.Is(err, fault.Denied) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	var secrets []string
	wins.Range(func(_, v any) bool { secrets = append(secrets, v.(string)); return true })
	if len(secrets) != 1 {
		t.Fatalf("%d signed in with one link", len(secrets))
	}
	session, ok, err := s.Session(t.Context(), secrets[0])
	if err != nil || !ok || session.Person != "owner" {
		t.Fatalf("%v %v %v", session, ok, err)
	}
	c.pass(control.SessionLife)
	if _, ok, _ := s.Session(t.Context(), secrets[0]); ok {
		t.Error("the session does not expire")
	}
	// Neither secret stands in the file.
	for _, name := range []string{path, path + "-wal"} {
		text, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		for _, secret := range []string{link, secrets[0]} {
			if slices.Contains([]string{string(text)}, secret) || len(text) > 0 && contains(text, secret) {
				t.Errorf("%s holds a secret", name)
			}
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the file: %v %v", info.Mode(), err)
	}
}

func contains(text []byte, part string) bool {
	for i := range len(text) - len(part) + 1 {
		if string(text[i:i+len(part)]) == part {
			return true
		}
	}
	return false
}

func TestALinkExpires(t *testing.T) {
	t.Parallel()
	s, c, _ := open(t)
	link, err := s.NewLink(t.Context(), "owner")
	if err != nil {
		t.Fatal(err)
	}
	c.pass(control.LinkLife)
	if _, _, err := s.UseLink(t.Context(), link); !fault.Is(err, fault.Denied) {
		t.Errorf("got %v", err)
	}
	if err := s.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestRunsAreKept(t *testing.T) {
	t.Parallel()
	s, c, path := open(t)
	ctx := t.Context()
	for _, id := range []string{"a", "b", "c"} {
		if err := s.BeginRun(ctx, control.Run{ID: id, Command: "build", StartedBy: "test", Started: c.Now(), Total: 2}); err != nil {
			t.Fatal(err)
		}
		c.pass(time.Second)
	}
	nodes := []control.Node{
		{ID: "model.p.x", Name: "x", Type: "model", Status: "success", Ended: new(c.Now())},
		{ID: "test.p.t", Name: "t", Type: "test", Status: "fail", Ended: new(c.Now())},
	}
	if err := s.AddNodes(ctx, "a", nodes, 2); err != nil {
		t.Fatal(err)
	}
	if err := s.NodeMessage(ctx, "a", "test.p.t", "Got 3 results"); err != nil {
		t.Fatal(err)
	}
	if err := s.EndRun(ctx, control.Run{ID: "a", Status: control.Failed, Ended: new(c.Now()), Message: "no"}); err != nil {
		t.Fatal(err)
	}
	run, got, err := s.Run(ctx, "a")
	if err != nil || run.Status != control.Failed || run.Done != 2 || len(got) != 2 || got[0].Message != "Got 3 results" {
		t.Errorf("%+v %+v %v", run, got, err)
	}
	page, err := s.Runs(ctx, "", 2)
	if err != nil || len(page) != 2 || page[0].ID != "c" {
		t.Fatalf("%+v %v", page, err)
	}
	rest, err := s.Runs(ctx, page[1].ID, 2)
	if err != nil || len(rest) != 1 || rest[0].ID != "a" {
		t.Errorf("%+v %v", rest, err)
	}
	if _, _, err := s.Run(ctx, "z"); !fault.Is(err, fault.NotFound) {
		t.Errorf("got %v", err)
	}
	// The next server finds the runs that the last one left.
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err = control.Open(ctx, path, c.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	left, err := s.InterruptRuns(ctx)
	if err != nil || len(left) != 2 {
		t.Errorf("%+v %v", left, err)
	}
	if run, _, err := s.Run(ctx, "c"); err != nil || run.Status != control.Interrupted || run.Ended == nil {
		t.Errorf("%+v %v", run, err)
	}
	if err := s.Trim(ctx, 1); err != nil {
		t.Fatal(err)
	}
	if known, err := s.HasRun(ctx, "a"); known || err != nil {
		t.Errorf("%v %v", known, err)
	}
	if results, err := s.Results(ctx); err != nil || len(results) != 0 {
		t.Errorf("nodes outlive their run: %v %v", results, err)
	}
}

func TestWhatIsUnfinished(t *testing.T) {
	t.Parallel()
	s, _, _ := open(t)
	ctx := t.Context()
	is := func(want ...string) {
		t.Helper()
		got, err := s.Unfinished(ctx)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%v %v, want %v", got, err, want)
		}
	}
	var many []string
	for i := range 1000 {
		many = append(many, string(rune('a'+i%26))+string(rune('a'+i/26)))
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.Plan(ctx, "r1", many))
	must(s.SetUnfinished(ctx, "r1", []string{"aa"}, many))
	is("aa")
	must(s.Plan(ctx, "r2", []string{"aa", "bb"}))
	must(s.Unplan(ctx, "r2"))
	is("aa") // it was so before
	must(s.SetUnfinished(ctx, "r3", nil, []string{"aa"}))
	is()
}

func TestVersionsCountUp(t *testing.T) {
	t.Parallel()
	s, _, _ := open(t)
	for want := int64(1); want < 4; want++ {
		if got, err := s.NextVersion(t.Context()); got != want || err != nil {
			t.Errorf("%d %v, want %d", got, err, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.NextVersion(ctx); !fault.Is(err, fault.Cancelled) {
		t.Errorf("got %v", err)
	}
}

func TestAFileOfAnotherKindIsRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.state")
	if err := os.WriteFile(path, []byte("this is no database, and long enough to be read as one that is broken........................................"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := control.Open(t.Context(), path, time.Now); !fault.Is(err, fault.Disk) {
		t.Errorf("got %v", err)
	}
}
