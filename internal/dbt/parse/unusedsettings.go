package parse

import (
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/project"
)

// unusedSettings warns of settings in dbt_project.yml that apply to nothing, such
// as those of a folder that was renamed. As in dbt, nodes that are switched off
// count for every section.
func (p *parser) unusedSettings() {
	var off [][]string
	for _, n := range p.out.Disabled {
		off = append(off, n.FQN)
	}
	for _, s := range p.out.DisabledSources {
		off = append(off, s.FQN)
	}
	used := p.fqns()
	for _, s := range project.Sections() {
		for _, place := range p.Project.Configs[s].Places {
			below := func(fqn []string) bool {
				return len(fqn) >= len(place.Path) && slices.Equal(fqn[:len(place.Path)], place.Path)
			}
			if !slices.ContainsFunc(used[s], below) && !slices.ContainsFunc(off, below) {
				p.warnf(unusedSetting, project.FileName, place.Line, "the settings of %s apply to nothing",
					strings.Join(append([]string{string(s)}, place.Path...), "."))
			}
		}
	}
}

// fqns gives the paths of what each section may configure.
func (p *parser) fqns() map[project.Section][][]string {
	out := map[project.Section][][]string{}
	add := func(t manifest.ResourceType, fqn []string) { out[section(t)] = append(out[section(t)], fqn) }
	for _, n := range p.out.Nodes {
		add(n.ResourceType, n.FQN)
	}
	for _, s := range p.out.Sources {
		add(manifest.SourceType, s.FQN)
	}
	for _, x := range p.out.Exposures {
		add(manifest.ExposureType, x.FQN)
	}
	for _, u := range p.out.UnitTests {
		add(manifest.UnitTestType, u.FQN)
	}
	return out
}
