package compile

import (
	"slices"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// ref is ref() with a connection: the relation of a node, or the name of the CTE
// that an ephemeral one becomes.
func (r *Run) ref(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	ref, err := refArguments(args)
	if err != nil {
		return nil, err
	}
	target, err := r.env.ResolveRef(ref, r.node.Package)
	if err != nil {
		return nil, err
	}
	if err := r.declared(target.UniqueID, refText(ref)); err != nil {
		return nil, err
	}
	if target.Ephemeral() {
		if r.node.ResourceType == manifest.Operation {
			return nil, fault.New(fault.Compile, "an operation cannot refer to the ephemeral model %s", target.Name).
				WithHint("make it a view, or select what it selects")
		}
		r.addCTE(target)
		return adapter.NewEphemeral(target.Alias), nil
	}
	rel := adapter.NewRelation(target.Database, target.Schema, target.Alias, "", r.env.quoteFor(target.Config))
	other, err := r.elsewhere(target)
	if err != nil {
		return nil, err
	}
	if other != nil {
		rel = other
	}
	return r.limited(r.inTime(rel, target.Config, target.Columns)), nil
}

func (r *Run) sourceTable(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	ref, err := sourceArguments(args)
	if err != nil {
		return nil, err
	}
	s, err := r.env.ResolveSource(ref, r.node.Package)
	if err != nil {
		return nil, err
	}
	if err := r.declared(s.UniqueID, "source('"+ref.Source+"', '"+ref.Table+"')"); err != nil {
		return nil, err
	}
	rel, err := r.env.SourceRelation(s)
	if err != nil {
		return nil, err
	}
	return r.limited(r.inTime(rel, s.Config, s.Columns)), nil
}

// SourceRelation gives the relation that a source stands for, which may be files.
func (e *Env) SourceRelation(s *manifest.Source) (*adapter.Relation, error) {
	files, err := external(s)
	if err != nil {
		return nil, err
	}
	rel := adapter.NewRelation(s.Database, s.Schema, s.Identifier, "", e.quoteFor(manifest.NewConfig(quotingConfig(s.Quoting))))
	rel.External = files
	return rel, nil
}

func quotingConfig(q *jinja.Dict) *jinja.Dict {
	d := jinja.NewDict()
	if q != nil {
		d.SetStr("quoting", q)
	}
	return d
}

// limited makes a relation read no rows under --empty.
func (r *Run) limited(rel *adapter.Relation) *adapter.Relation {
	if !r.env.Empty {
		return rel
	}
	switch r.node.ResourceType {
	case manifest.Model, manifest.Snapshot:
		return rel.WithLimit(0)
	default:
		return rel
	}
}

// declared refuses a ref that the first pass did not see: the node would run
// before what it reads is there.
func (r *Run) declared(id, what string) error {
	if r.node.ResourceType == manifest.Operation {
		return nil
	}
	if slices.Contains(r.node.DependsOn.Nodes, id) {
		return nil
	}
	return fault.New(fault.Compile, "%s was not seen when %s was parsed, so its order is not sure", what, r.node.Name).
		WithHint("put a line `-- depends_on: {{ %s }}` at the top of the model", what)
}

func (r *Run) addCTE(n *manifest.Node) {
	if slices.Contains(r.ctes, n) {
		return
	}
	r.ctes = append(r.ctes, n)
}

func noMetrics(*jinja.Runtime, jinja.Args) (jinja.Value, error) {
	return nil, fault.New(fault.Compile, "metric() in models is not supported").WithHint("metrics are defined in metric files")
}

func noPython(*jinja.Runtime, jinja.Args) (jinja.Value, error) {
	return nil, fault.New(fault.Compile, "Python models cannot be run").WithHint("write the model in SQL")
}
