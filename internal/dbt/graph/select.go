package graph

import (
	"slices"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
)

// State is what earlier invocations left behind, for the methods state, result
// and source_status. A nil field is an artifact that isn't there.
type State struct {
	// Manifest is the project as it was.
	Manifest *manifest.Manifest
	// Results is how each node ended, by unique id, in dbt's words: success, error, fail ...
	Results map[string]string
	// Sources is when each source was last loaded as seen then, SourcesNow as
	// seen by the last freshness check of this project. A source whose check
	// failed isn't in the map.
	Sources    map[string]time.Time
	SourcesNow map[string]time.Time
}

// Request is one selection.
type Request struct {
	// Select holds the values of --select: unions by space, intersections by
	// comma. nil is everything, or the project's default selector.
	Select []string
	// Exclude holds the values of --exclude.
	Exclude []string
	// Selector names a definition of selectors.yml (--selector), which cannot go
	// with Select or Exclude.
	Selector string
	// Indirect says which tests come along; "" is Eager. Definitions in
	// selectors.yml may say otherwise for their own criteria.
	Indirect Indirect
	// Types keeps only these resource types; nil keeps all.
	Types []manifest.ResourceType
	// ExcludeTypes drops resource types.
	ExcludeTypes []manifest.ResourceType
	// KeepEmpty keeps nodes whose file is blank, as ls does; there is nothing in them to run.
	KeepEmpty bool
}

// Selection is what a request selects.
type Selection struct {
	// IDs are the unique ids, sorted.
	IDs []string
	// Warnings names the criteria that match nothing, in the order of the request.
	Warnings []string
	// DefaultSelector is the selector of selectors.yml that was used because the request named nothing.
	DefaultSelector string
}

// Selector answers requests on one graph. It may be used by one goroutine at a time.
type Selector struct {
	g     *Graph
	m     *manifest.Manifest
	state *State
	items []item
	paths *pathSet // built when first asked for
	// changed answers state questions; built when first asked for.
	changed *comparison
}

// NewSelector makes a selector on g. state may be nil.
func NewSelector(g *Graph, state *State) *Selector {
	return &Selector{g: g, m: g.m, state: state, items: itemsOf(g)}
}

// Select answers one request. Bad requests fail with fault.Usage, bad
// definitions in selectors.yml with fault.Parse.
func (s *Selector) Select(r Request) (Selection, error) {
	if r.Indirect == "" {
		r.Indirect = Eager
	}
	out := Selection{}
	parsed, err := s.parse(r, &out)
	if err != nil {
		return Selection{}, err
	}
	ev := evaluation{Selector: s, indirect: r.Indirect}
	direct, _, err := ev.eval(parsed)
	if err != nil {
		return Selection{}, err
	}
	s.filter(direct, r)
	out.IDs, out.Warnings = s.g.names(direct), ev.warnings
	return out, nil
}

func (s *Selector) parse(r Request, out *Selection) (*spec, error) {
	name := r.Selector
	if name != "" && (len(r.Select) > 0 || len(r.Exclude) > 0) {
		return nil, fault.New(fault.Usage, "--selector does not go with --select or --exclude").
			WithHint("put them into the definition, or leave --selector away")
	}
	if name == "" && len(r.Select) == 0 && len(r.Exclude) == 0 {
		var err error
		if name, err = defaultSelector(s.m); err != nil {
			return nil, err
		}
		out.DefaultSelector = name
	}
	if name == "" {
		return parseArgs(r.Select, r.Exclude, r.Indirect)
	}
	def, ok := s.m.Selectors[name]
	if !ok {
		return nil, fault.New(fault.Usage, "Could not find selector named %s, expected one of %s",
			name, strings.Join(sortedSelectors(s.m), ", "))
	}
	return readDefinition(def, r.Indirect)
}

// defaultSelector gives the selector marked as default, or "".
func defaultSelector(m *manifest.Manifest) (string, error) {
	found := ""
	for _, name := range sortedSelectors(m) {
		switch sel := m.Selectors[name]; {
		case !sel.Default:
		case found != "":
			return "", fault.New(fault.Parse, "selectors '%s' and '%s' are both the default", found, name).
				At("selectors.yml", sel.Line).WithHint("keep one of them")
		default:
			found = name
		}
	}
	return found, nil
}

// filter drops what the request doesn't want of the nodes it selects.
func (s *Selector) filter(selected set, r Request) {
	drop := newSet(s.g.Len())
	selected.each(func(i int) {
		it := &s.items[i]
		switch {
		case r.Types != nil && !slices.Contains(r.Types, it.kind),
			slices.Contains(r.ExcludeTypes, it.kind),
			!r.KeepEmpty && it.blank():
			drop.add(i)
		}
	})
	selected.subtract(drop)
}
