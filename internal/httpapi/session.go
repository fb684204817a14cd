package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/kith-analytics/kith/internal/control"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
)

// SessionAnswer is what every page shows around its figures.
type SessionAnswer struct {
	User        User       `json:"user"`
	CanReveal   bool       `doc:"whether who is signed in may have personal data in clear, on record" json:"can_reveal"`
	Version     string     `doc:"of Kith"                                                             json:"version"`
	Project     string     `json:"project"`
	Currency    string     `doc:"ISO 4217; empty when the project names none"                         json:"currency"`
	IsSynthetic bool       `doc:"whether any of the data was generated"                               json:"is_synthetic"`
	DataVersion string     `doc:"of what is shown"                                                    json:"data_version"`
	PublishedAt time.Time  `doc:"since when it is shown"                                              json:"published_at"`
	IsBuilt     bool       `doc:"false before the first build"                                        json:"is_built"`
	AsOf        metric.Day `doc:"the snapshot day: all before it is counted"                          json:"as_of"`
	FirstDay    metric.Day `json:"first_day"`
	LastDay     metric.Day `json:"last_day"`
	BuiltAt     *time.Time `doc:"when the last build ended that changed what is shown"                json:"built_at"`
	Tests       TestCounts `json:"tests"`
	Freshness   Freshness  `json:"freshness"`
	// Notice says in words what is wrong with the state of the data.
	Notice     string   `doc:"what is wrong with the state of the data; empty when nothing is" json:"notice"`
	Unfinished []string `doc:"nodes because of which newer tables are not shown"               json:"unfinished"`
	Problem    string   `doc:"what is wrong with the project's files; empty when nothing is"   json:"problem"`
}

// User is who is signed in.
type User struct {
	Name string `json:"name"`
}

// TestCounts counts the last results of the project's tests.
type TestCounts struct {
	Passed int        `json:"passed"`
	Failed int        `json:"failed"`
	Warned int        `json:"warned"`
	RanAt  *time.Time `json:"ran_at"`
}

// Freshness says how new the data is.
type Freshness struct {
	Status    string      `doc:"stale: loaded after the last build, or nothing loaded for two days" enum:"fresh,stale,unknown" json:"status"`
	NewestDay *metric.Day `doc:"of the newest event in any source"                                  json:"newest_day"`
	LoadedAt  *time.Time  `doc:"of the newest load"                                                 json:"loaded_at"`
}

// staleAfter is how long after its last load data counts as fresh.
const staleAfter = 48 * time.Hour

func (s *server) addSession() {
	add(s, operation{
		id: "getSession", method: http.MethodGet, path: "/session", tag: "Frame", on: onState,
		summary: "Who is signed in, which data is shown and how it stands with it",
	}, s.sessionAnswer)
}

func (s *server) sessionAnswer(ctx context.Context, c *call, _ *struct{}) (SessionAnswer, error) {
	state := s.Data.State()
	out := SessionAnswer{
		User: User{Name: person(ctx)}, CanReveal: c.scope.Reveals(), Version: s.Version, Project: c.project.Name, Currency: c.project.Currency,
		DataVersion: c.db.Version(), PublishedAt: state.PublishedAt, Unfinished: append([]string{}, state.Unfinished...),
	}
	if c.project.Problem != nil {
		out.Problem = c.project.Problem.Error()
	}
	runner, err := c.runner(ctx)
	switch {
	case fault.Is(err, fault.NotFound), err != nil && c.project.Catalog == nil:
	case err != nil:
		return out, err
	default:
		span := runner.Snapshot()
		out.IsBuilt, out.AsOf, out.FirstDay, out.LastDay = span.AsOf != 0, span.AsOf, span.First, span.Last
	}
	if err := s.standing(ctx, c, &out); err != nil {
		return out, err
	}
	err = s.notice(ctx, &out, state.Mixed)
	return out, err
}

// standing says how it stands with the data: its tests, when it was built, and its age,
// which is told against that.
func (s *server) standing(ctx context.Context, c *call, out *SessionAnswer) error {
	if err := s.countTests(ctx, c, out); err != nil {
		return err
	}
	return c.freshness(ctx, out)
}

func (s *server) countTests(ctx context.Context, c *call, out *SessionAnswer) error {
	results, err := s.Control.Results(ctx)
	if err != nil {
		return err
	}
	for _, t := range c.project.Tests {
		r, ok := results[t.UniqueID]
		if !ok {
			continue
		}
		switch r.Status {
		case "pass":
			out.Tests.Passed++
		case "warn":
			out.Tests.Warned++
		default:
			out.Tests.Failed++
		}
		if out.Tests.RanAt == nil || r.Ended != nil && r.Ended.After(*out.Tests.RanAt) {
			out.Tests.RanAt = r.Ended
		}
	}
	for _, n := range c.project.Nodes {
		if r, ok := results[n.UniqueID]; ok && r.Ended != nil && r.Status == "success" && n.Kind == "model" && (out.BuiltAt == nil || r.Ended.After(*out.BuiltAt)) {
			out.BuiltAt = r.Ended
		}
	}
	return nil
}

// loadState is what the loads tell of the data's age.
type loadState struct {
	LoadedAt    *time.Time `json:"loaded_at"`
	IsSynthetic bool       `json:"is_synthetic"`
}

type newestEvent struct {
	NewestDay *metric.Day `json:"newest_day"`
}

func (c *call) freshness(ctx context.Context, out *SessionAnswer) error {
	out.Freshness.Status = "unknown"
	loads, err := list[loadState](ctx, c, "loads_state")
	if fault.Is(err, fault.NotFound) || len(loads) == 0 && err == nil {
		return nil // nothing was loaded yet
	}
	if err != nil {
		return err
	}
	out.IsSynthetic, out.Freshness.LoadedAt = loads[0].IsSynthetic, loads[0].LoadedAt
	newest, err := list[newestEvent](ctx, c, "newest_event")
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if len(newest) > 0 {
		out.Freshness.NewestDay = newest[0].NewestDay
	}
	switch loaded := out.Freshness.LoadedAt; {
	case loaded == nil:
	case out.BuiltAt == nil || loaded.After(*out.BuiltAt), c.s.Now().Sub(*loaded) > staleAfter:
		out.Freshness.Status = "stale"
	default:
		out.Freshness.Status = "fresh"
	}
	return nil
}

// notice puts what is wrong with the data into a sentence.
func (s *server) notice(ctx context.Context, out *SessionAnswer, mixed bool) error {
	switch {
	case !out.IsBuilt:
		out.Notice = "Nothing is built yet. Load data, then run kith build."
		return nil
	case len(out.Unfinished) == 0:
		return nil
	case mixed:
		out.Notice = "The last build did not end well and the server was started after it: figures may come from two builds. Run kith build."
		return nil
	}
	out.Notice = "The last build did not end well. Shown is the data before it."
	runs, err := s.Control.Runs(ctx, "", 1)
	if err == nil && len(runs) > 0 && runs[0].Status == control.Running {
		out.Notice = "A build is running. Shown is the data before it."
	}
	return err
}
