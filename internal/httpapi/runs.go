package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/kith-analytics/kith/internal/control"
	"github.com/kith-analytics/kith/internal/fault"
)

// RunItem is a run as the list shows it.
type RunItem struct {
	ID          string            `json:"id"`
	Command     string            `json:"command"`
	Arguments   string            `json:"arguments"`
	StartedBy   string            `json:"started_by"`
	Status      control.RunStatus `enum:"running,success,failed,cancelled,interrupted" json:"status"`
	StartedAt   time.Time         `json:"started_at"`
	EndedAt     *time.Time        `json:"ended_at"`
	Seconds     float64           `doc:"so far, for one that runs"                     json:"seconds"`
	Done        int               `doc:"nodes with a result"                           json:"done"`
	Total       int               `json:"total"`
	Message     string            `json:"message"`
	DataVersion string            `doc:"that the run published; empty for none"        json:"data_version"`
}

// RunNode is what became of a node in a run.
type RunNode struct {
	UniqueID string     `json:"unique_id"`
	Name     string     `json:"name"`
	Kind     string     `json:"kind"`
	Status   string     `json:"status"`
	Message  string     `json:"message"`
	EndedAt  *time.Time `json:"ended_at"`
	Seconds  float64    `json:"seconds"`
}

// RunAnswer is a run and its nodes, those with trouble first.
type RunAnswer struct {
	RunItem
	Nodes []RunNode `json:"nodes"`
}

// RunsAnswer is a page of runs, the newest first.
type RunsAnswer struct {
	Items      []RunItem `json:"items"`
	NextCursor string    `doc:"empty at the end" json:"next_cursor"`
}

// RunBody starts a run.
type RunBody struct {
	Body struct {
		Command string `enum:"build,test"                                  json:"command"`
		Select  string `doc:"nodes, as --select takes them; empty for all" json:"select,omitempty" maxLength:"1000"`
	}
}

// RunInput names a run.
type RunInput struct {
	ID string `maxLength:"100" path:"id"`
}

// StartedAnswer names the run that was started.
type StartedAnswer struct {
	ID string `json:"id"`
}

func (s *server) addRuns() {
	add(s, operation{id: "listRuns", method: http.MethodGet, path: "/runs", tag: "Data", on: onState, summary: "Runs, the newest first"}, s.runs)
	add(s, operation{
		id: "getRun", method: http.MethodGet, path: "/runs/{id}", tag: "Data", on: onState, summary: "A run and what became of its nodes",
	}, s.run)
	add(s, operation{
		id: "startRun", method: http.MethodPost, path: "/runs", tag: "Data", on: onState, status: http.StatusAccepted, summary: "Start a build, or the tests",
	}, func(ctx context.Context, c *call, in *RunBody) (StartedAnswer, error) {
		if err := c.operates(); err != nil {
			return StartedAnswer{}, err
		}
		id, err := s.Jobs.Start(ctx, in.Body.Command, in.Body.Select)
		return StartedAnswer{ID: id}, err
	})
	add(s, operation{
		id: "cancelRun", method: http.MethodPost, path: "/runs/{id}/cancel", tag: "Data", on: onState, status: http.StatusAccepted,
		summary: "Stop a run that was started here",
	}, func(_ context.Context, c *call, in *RunInput) (StartedAnswer, error) {
		if err := c.operates(); err != nil {
			return StartedAnswer{}, err
		}
		return StartedAnswer{ID: in.ID}, s.Jobs.Cancel(in.ID)
	})
}

func (c *call) item(r control.Run) RunItem {
	out := RunItem{
		ID: r.ID, Command: r.Command, Arguments: r.Arguments, StartedBy: r.StartedBy, Status: r.Status, StartedAt: r.Started, EndedAt: r.Ended,
		Done: r.Done, Total: max(r.Total, r.Done), Message: c.message(r.Message), DataVersion: r.Version,
	}
	end := c.s.Now()
	if r.Ended != nil {
		end = *r.Ended
	}
	out.Seconds = end.Sub(r.Started).Seconds()
	return out
}

func (s *server) runs(ctx context.Context, c *call, in *PageInput) (RunsAnswer, error) {
	out := RunsAnswer{Items: []RunItem{}}
	at, err := in.after("runs", textKey)
	if err != nil {
		return out, err
	}
	before := ""
	if at != nil && at.Keys[0] != nil {
		before = *at.Keys[0]
		if known, err := s.Control.HasRun(ctx, before); err != nil || !known {
			if err == nil {
				err = fault.New(fault.Usage, "the cursor's run is not kept any more").WithHint("begin with the first page")
			}
			return out, err
		}
	}
	found, err := s.Control.Runs(ctx, before, in.limit()+1)
	if err != nil {
		return out, err
	}
	for i, r := range found {
		if i == in.limit() {
			out.NextCursor, err = (&place{Sort: "runs", Keys: []*string{&found[i-1].ID}}).cursor()
			break
		}
		out.Items = append(out.Items, c.item(r))
	}
	return out, err
}

func (s *server) run(ctx context.Context, c *call, in *RunInput) (RunAnswer, error) {
	r, nodes, err := s.Control.Run(ctx, in.ID)
	out := RunAnswer{Nodes: []RunNode{}}
	if err != nil {
		return out, err
	}
	out.RunItem = c.item(r)
	for _, n := range nodes {
		out.Nodes = append(out.Nodes, RunNode{
			UniqueID: n.ID, Name: n.Name, Kind: n.Type, Status: n.Status, Message: c.message(n.Message), EndedAt: n.Ended, Seconds: n.Seconds,
		})
	}
	return out, nil
}
