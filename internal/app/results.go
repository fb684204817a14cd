package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/kith-analytics/kith/internal/control"
	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/host"
)

// importResults takes the last run that was made without a server into the record
// of runs, from its artifacts. Artifacts that cannot be read are left alone.
func (a *App) importResults(ctx context.Context, h *host.Host) error {
	l, err := a.configured(ctx)
	if err != nil {
		return err
	}
	file := filepath.Join(l.artifacts(), artifact.RunResultsFile)
	if _, err := os.Stat(file); err != nil {
		return nil //nolint:nilerr // nothing was run yet
	}
	results, err := artifact.ReadRunResults(file)
	if err != nil {
		a.log.Warn("the results of the last run cannot be read", "file", file, "error", err)
		return nil
	}
	store, id := h.Control(), results.Metadata.InvocationID
	if known, err := store.HasRun(ctx, id); err != nil || known || id == "" || len(results.Results) == 0 {
		return err
	}
	run := control.Run{
		ID: id, Command: commandOf(results.Args), Arguments: argumentsOf(results.Args), StartedBy: "command line, without a server",
		Started: results.Metadata.InvocationStartedAt, Total: len(results.Results), Status: control.Success,
		Ended: new(results.Metadata.GeneratedAt),
	}
	if run.Started.IsZero() {
		run.Started = results.Metadata.GeneratedAt.Add(-results.ElapsedTime)
	}
	nodes := make([]control.Node, 0, len(results.Results))
	for _, r := range results.Results {
		n := resultNode(r, results)
		if n.Status == string(artifact.Error) || n.Status == string(artifact.Fail) {
			run.Status = control.Failed
		}
		nodes = append(nodes, n)
	}
	return errors.Join(store.BeginRun(ctx, run), store.AddNodes(ctx, id, nodes, len(nodes)), store.EndRun(ctx, run))
}

func resultNode(r artifact.RunResult, all artifact.RunResults) control.Node {
	parts := strings.Split(r.UniqueID, ".")
	n := control.Node{
		ID: r.UniqueID, Type: parts[0], Name: parts[len(parts)-1], Status: string(r.Status), Message: r.Message,
		Seconds: r.ExecutionTime.Seconds(), Ended: new(all.Metadata.GeneratedAt),
	}
	if len(parts) > 3 && parts[0] == "test" {
		n.Name = parts[2] // behind it stands a hash
	}
	if r.Failures != nil {
		n.Failures = *r.Failures
	}
	for _, t := range r.Timing {
		if n.Started == nil {
			n.Started = new(t.StartedAt)
		}
		n.Ended = new(t.CompletedAt)
	}
	return n
}

func commandOf(args map[string]any) string {
	if which, ok := args["which"].(string); ok {
		return which
	}
	return "run"
}
