package compile

import (
	"slices"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Deferral lets refs resolve to what another environment has built.
type Deferral struct {
	// Nodes are that environment's models, seeds and snapshots by unique id.
	Nodes map[string]*manifest.Node
	// Refs says whether ref() defers (--defer). Without it only templates that ask
	// for defer_relation, such as clone, see the other environment.
	Refs bool
	// Favor prefers the other environment also where this one has the relation,
	// unless the node itself is selected (--favor-state).
	Favor bool
}

// NewDeferral takes the nodes of an earlier manifest that refs can resolve to.
func NewDeferral(state *manifest.Manifest, refs, favor bool) *Deferral {
	d := &Deferral{Nodes: map[string]*manifest.Node{}, Refs: refs, Favor: favor}
	for id, n := range state.Nodes {
		if refable(n) && !n.Ephemeral() {
			d.Nodes[id] = n
		}
	}
	return d
}

// deferred gives the relation of the other environment that stands for a node,
// nil when it has none.
func (e *Env) deferred(n *manifest.Node) *adapter.Relation {
	if e.Defer == nil || n.Ephemeral() {
		return nil
	}
	other, ok := e.Defer.Nodes[n.UniqueID]
	if !ok {
		return nil
	}
	return adapter.NewRelation(other.Database, other.Schema, other.Alias, "", e.quoteFor(n.Config))
}

// elsewhere gives the relation to read in place of a ref's own: one that is not
// here, or any unselected one where the other environment is preferred.
func (r *Run) elsewhere(target *manifest.Node) (*adapter.Relation, error) {
	d := r.env.Defer
	if d == nil || !d.Refs {
		return nil, nil //nolint:nilnil // nothing stands in
	}
	other := r.env.deferred(target)
	if other == nil {
		return nil, nil //nolint:nilnil // as above
	}
	if d.Favor && !slices.Contains(r.env.Selected, target.UniqueID) {
		return other, nil
	}
	here, err := r.adapter.Relation(r.rt.Context(), target.Database, target.Schema, target.Alias)
	if err != nil || here != nil {
		return nil, err
	}
	return other, nil
}

// deferRelation is defer_relation: the node's own twin elsewhere.
func (r *Run) deferRelation() jinja.Value {
	if rel := r.env.deferred(r.node); rel != nil {
		return rel
	}
	return nil
}
