package app

import (
	"slices"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
)

// Again is what a retry repeats of an earlier run.
type Again struct {
	// IDs are the nodes to run in place of the selection.
	IDs []string
	// Batches are the microbatch models of which some batches had succeeded.
	Batches map[string]*artifact.BatchResults
	// Started is when the earlier run began; its windows of time are kept.
	Started time.Time
}

// again gives the ids to run of those that the project still has.
func (a *App) again(l *loaded, v verb) []string {
	var out []string
	for _, id := range a.cfg.Flags.Again.IDs {
		if l.graph.Has(id) && slices.Contains(v.types, typeOf(l.manifest, id)) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
