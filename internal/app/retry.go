package app

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
)

// Previous is the last run as run_results.json tells it, and what of it a retry
// would run.
type Previous struct {
	// Command is its verb, and Args are its flags by dbt's names.
	Command string
	Args    map[string]any
	Again   *Again
}

// Previous reads the run_results.json of --state, or of the target folder.
// warnings says whether nodes that warned are to be repeated too.
func (a *App) Previous(ctx context.Context, warnings bool) (*Previous, error) {
	l, err := a.configured(ctx)
	if err != nil {
		return nil, err
	}
	dir := l.artifacts()
	if name := a.cfg.Flags.State.Dir; name != "" {
		if dir, err = a.stateDir(l, name, "state"); err != nil {
			return nil, err
		}
	}
	results, err := artifact.ReadRunResults(filepath.Join(dir, artifact.RunResultsFile))
	if fault.Is(err, fault.NotFound) {
		return nil, fault.New(fault.Usage, "there is no earlier run to retry: %s has no %s", dir, artifact.RunResultsFile).
			WithHint("`kith build` makes one")
	}
	if err != nil {
		return nil, err
	}
	command, _ := results.Args["which"].(string)
	p := &Previous{Command: command, Args: results.Args, Again: &Again{IDs: []string{}, Batches: map[string]*artifact.BatchResults{}}}
	p.Again.Started = results.Metadata.InvocationStartedAt
	if p.Again.Started.IsZero() {
		p.Again.Started = results.Metadata.GeneratedAt
	}
	for i := range results.Results {
		r := &results.Results[i]
		if !retryable(r.Status, warnings) || strings.HasPrefix(r.UniqueID, "operation.") {
			continue
		}
		p.Again.IDs = append(p.Again.IDs, r.UniqueID)
		// Batches count only where one succeeded: else the model may have to be built anew.
		if b := r.BatchResults; b != nil && len(b.Successful) > 0 && len(b.Failed) > 0 {
			p.Again.Batches[r.UniqueID] = b
		}
	}
	slices.Sort(p.Again.IDs)
	return p, nil
}

func retryable(s artifact.Status, warnings bool) bool {
	switch s {
	case artifact.Error, artifact.Fail, artifact.Skipped, artifact.RuntimeError, artifact.PartialSuccess:
		return true
	case artifact.Warn:
		return warnings
	case artifact.Success, artifact.Pass, artifact.NoOp:
	}
	return false
}

// typeOf gives the resource type of anything that the graph has.
func typeOf(m *manifest.Manifest, id string) manifest.ResourceType {
	if n, ok := m.Nodes[id]; ok {
		return n.ResourceType
	}
	kind, _, _ := strings.Cut(id, ".")
	return manifest.ResourceType(kind)
}
