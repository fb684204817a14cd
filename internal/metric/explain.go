package metric

import (
	"slices"
	"time"

	"github.com/kith-analytics/kith/internal/access"
)

// Explain says what one metric of a query is and where its number comes from. facts
// may be nil, when nothing is known of the project's runs.
func (r *Runner) Explain(name string, q Query, scope access.Scope, facts Facts) (*Explanation, error) {
	m, err := r.catalog.Metric(name)
	if err != nil {
		return nil, err
	}
	q.Metrics = []string{name}
	q.OrderBy = nil
	s, err := r.Compile(q, scope)
	if err != nil {
		return nil, err
	}
	sql, err := s.Written(r.dialect)
	if err != nil {
		return nil, err
	}
	p, err := r.plan(q, scope)
	if err != nil {
		return nil, err
	}
	if err := p.lay(); err != nil {
		return nil, err
	}
	out := &Explanation{
		Metric: name, Label: m.Label, Definition: m.Description, Formula: r.catalog.Formula(m), Place: m.Place, SQL: sql,
		Period: s.calendar.current.period(), AsOf: r.snapshot.AsOf, Models: []ModelFact{}, Lineage: []string{}, Tests: []TestFact{},
	}
	for _, leaf := range m.leaves {
		part := r.catalog.metrics[leaf]
		out.Parts = append(out.Parts, Part{Metric: leaf, Label: part.Label, Model: r.catalog.datasets[part.Dataset].Model})
	}
	names := p.models()
	for _, model := range names {
		out.addFacts(model, r.catalog.models[model], facts)
	}
	if facts != nil {
		out.Lineage = facts.Ancestors(names)
	}
	return out, nil
}

// Written gives the statement with its values written out, to be read or run by hand.
func (s *Statement) Written(d Dialect) (string, error) { return s.body.written(d) }

func (e *Explanation) addFacts(name string, m Model, facts Facts) {
	fact := ModelFact{Name: name, Description: m.Description}
	if facts != nil {
		if known, tests, ok := facts.Fact(name); ok {
			fact = known
			e.Tests = append(e.Tests, tests...)
		}
	}
	if fact.BuiltAt != nil && (e.BuiltAt == nil || fact.BuiltAt.Before(*e.BuiltAt)) {
		oldest := *fact.BuiltAt
		e.BuiltAt = &oldest
	}
	e.Models = append(e.Models, fact)
}

// models gives the models that the plan reads, sorted.
func (p *plan) models() []string {
	var out []string
	for _, q := range p.parts {
		d := q.source.dataset
		if q.source.rollup != nil {
			out = append(out, q.source.rollup.Model)
		} else {
			out = append(out, d.Model)
		}
		for _, name := range p.needed() {
			if p.ofEntity(d, name) && (q.source.rollup == nil || q.source.rollup.EntityColumn != "") {
				out = append(out, p.catalog.entities[d.Entity].Model)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Known is a Facts made of lists, by model.
type Known struct {
	Models map[string]ModelFact
	Tests  map[string][]TestFact
	// Parents gives what each model or source is made from, by name.
	Parents map[string][]string
}

// Fact gives what is known of a model.
func (k *Known) Fact(model string) (ModelFact, []TestFact, bool) {
	f, ok := k.Models[model]
	return f, k.Tests[model], ok
}

// Ancestors gives the names of all that models are made from, the farthest first.
func (k *Known) Ancestors(models []string) []string {
	var out []string
	seen := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		for _, parent := range k.Parents[name] {
			visit(parent)
		}
		if !slices.Contains(models, name) {
			out = append(out, name)
		}
	}
	for _, name := range models {
		visit(name)
	}
	if out == nil {
		out = []string{}
	}
	return out
}

// Built notes when a model was built.
func (k *Known) Built(model string, at time.Time) {
	f := k.Models[model]
	f.BuiltAt = &at
	k.Models[model] = f
}
