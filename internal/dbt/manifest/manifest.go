package manifest

import "sort"

// Manifest is a whole project with its packages. Maps are keyed by unique id.
type Manifest struct {
	ProjectName string
	AdapterType string
	Nodes       map[string]*Node // enabled ones
	Sources     map[string]*Source
	Exposures   map[string]*Exposure
	Groups      map[string]*Group
	Macros      map[string]*Macro
	Docs        map[string]*Doc
	UnitTests   map[string]*UnitTest
	// Selectors is selectors.yml, by name.
	Selectors map[string]*Selector
	// Disabled holds what configuration switched off, for honest messages.
	Disabled        map[string]*Node
	DisabledSources map[string]*Source
}

// New makes an empty manifest.
func New(projectName, adapterType string) *Manifest {
	return &Manifest{
		ProjectName: projectName, AdapterType: adapterType,
		Nodes: map[string]*Node{}, Sources: map[string]*Source{}, Exposures: map[string]*Exposure{},
		Groups: map[string]*Group{}, Macros: map[string]*Macro{}, Docs: map[string]*Doc{},
		UnitTests: map[string]*UnitTest{}, Selectors: map[string]*Selector{},
		Disabled: map[string]*Node{}, DisabledSources: map[string]*Source{},
	}
}

// Parents gives the unique ids that id depends on directly: nodes and sources.
func (m *Manifest) Parents(id string) []string {
	if n, ok := m.Nodes[id]; ok {
		return n.DependsOn.Nodes
	}
	if e, ok := m.Exposures[id]; ok {
		return e.DependsOn.Nodes
	}
	if u, ok := m.UnitTests[id]; ok {
		return u.DependsOn.Nodes
	}
	return nil
}

// IDs gives every unique id of the graph (nodes, sources, exposures, unit
// tests), sorted.
func (m *Manifest) IDs() []string {
	ids := make([]string, 0, len(m.Nodes)+len(m.Sources)+len(m.Exposures)+len(m.UnitTests))
	for id := range m.Nodes {
		ids = append(ids, id)
	}
	for id := range m.Sources {
		ids = append(ids, id)
	}
	for id := range m.Exposures {
		ids = append(ids, id)
	}
	for id := range m.UnitTests {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	return ids
}
