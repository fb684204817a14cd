package graph

import (
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
)

// stateMatcher finds nodes by how they compare with an earlier manifest.
func (s *Selector) stateMatcher(value string) (func(*item) bool, error) {
	if s.state == nil || s.state.Manifest == nil {
		return nil, fault.New(fault.Usage, "Got a state selector method, but no comparison manifest").
			WithHint("give the folder of an earlier manifest.json with --state")
	}
	if s.changed == nil {
		s.changed = newComparison(s.m, s.state.Manifest)
	}
	c := s.changed
	checks := map[string]func(old, now *item) bool{
		"new":                             func(old, _ *item) bool { return old == nil },
		"old":                             func(old, _ *item) bool { return old != nil },
		"modified":                        c.modified,
		"unmodified":                      func(old, now *item) bool { return !c.modified(old, now) },
		"modified.body":                   c.bodyModified,
		"modified.configs":                c.configModified,
		"modified.persisted_descriptions": c.descriptionsModified,
		"modified.relation":               c.relationModified,
		"modified.macros":                 func(_, now *item) bool { return c.macrosModified(now) },
		"modified.contract":               c.contractModified,
	}
	check, ok := checks[value]
	if !ok {
		return nil, fault.New(fault.Usage, "Got an invalid selector \"%s\", expected one of new, old, modified, unmodified, "+
			"modified.body, modified.configs, modified.persisted_descriptions, modified.relation, modified.macros, "+
			"modified.contract", value)
	}
	before := s.state.Manifest
	return func(it *item) bool {
		old := newItem(before, it.id)
		if old.kind == "" {
			return check(nil, it)
		}
		return check(&old, it)
	}, nil
}

// resultStatuses are the values of result.
func resultStatuses() []string {
	return []string{"success", "error", "fail", "warn", "skipped", "partial success", "pass", "runtime error", "no-op"}
}

// resultMatcher finds nodes by how they ended in an earlier run.
func (s *Selector) resultMatcher(value string) (func(*item) bool, error) {
	if s.state == nil || s.state.Results == nil {
		return nil, fault.New(fault.Usage, "No comparison run_results").
			WithHint("give the folder of an earlier run_results.json with --state")
	}
	if !slices.Contains(resultStatuses(), value) {
		return nil, fault.New(fault.Usage, "Invalid result selector \"%s\", expected one of %s",
			value, strings.Join(resultStatuses(), ", "))
	}
	return func(it *item) bool { return s.state.Results[it.id] == value }, nil
}

// sourceStatusMatcher finds sources with newer data than at an earlier freshness check.
func (s *Selector) sourceStatusMatcher(value string) (func(*item) bool, error) {
	switch {
	case s.state == nil || s.state.Sources == nil:
		return nil, fault.New(fault.Usage, "No previous state comparison freshness results in sources.json").
			WithHint("give the folder of an earlier sources.json with --state")
	case s.state.SourcesNow == nil:
		return nil, fault.New(fault.Usage, "No current state comparison freshness results in sources.json").
			WithHint("run source freshness first")
	case value != "fresher":
		return nil, fault.New(fault.Usage, "Invalid source_status selector \"%s\", expected \"fresher\"", value)
	}
	return func(it *item) bool {
		now, checked := s.state.SourcesNow[it.id]
		before, known := s.state.Sources[it.id]
		return it.kind == manifest.SourceType && checked && (!known || now.After(before))
	}, nil
}
