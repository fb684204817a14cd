package project

import (
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// FileName is the file that makes a folder a project.
const FileName = "dbt_project.yml"

// Project is one dbt_project.yml, of the root project or of a package.
type Project struct {
	Name        string
	Version     string
	Root        string // absolute folder
	ProfileName string

	ModelPaths    []string
	SeedPaths     []string
	TestPaths     []string
	AnalysisPaths []string
	SnapshotPaths []string
	MacroPaths    []string
	DocsPaths     []string
	TargetPath    string
	PackagesPath  string
	CleanTargets  []string

	// Configs holds the configuration trees by section: models, seeds,
	// snapshots, data_tests, unit_tests, sources and exposures; analyses go with the models.
	Configs map[Section]ConfigTree
	// Vars is the vars section as written.
	Vars       *jinja.Dict
	OnRunStart []string
	OnRunEnd   []string
	// Text is dbt_project.yml as it stands, which hooks are fingerprinted by.
	Text string
	// HookLines is the line in dbt_project.yml where each hook list starts.
	HookLines map[string]int
	Dispatch  []DispatchRule
	Quoting   Quoting
	Flags     *jinja.Dict
	// Requires are the dbt versions that the project asks for, as ">=1.7.0"; all
	// have to hold. RequiresAt is where they stand.
	Requires   []string
	RequiresAt manifest.Site

	// Packages are the installed dependencies, by name; set on the root project only.
	Packages map[string]*Project
}

// Section names a configuration tree of dbt_project.yml.
type Section string

// The sections.
const (
	Models    Section = "models"
	Seeds     Section = "seeds"
	Snapshots Section = "snapshots"
	DataTests Section = "data_tests"
	UnitTests Section = "unit_tests"
	Sources   Section = "sources"
	Exposures Section = "exposures"
)

// Sections gives all of them.
func Sections() []Section {
	return []Section{Models, Seeds, Snapshots, DataTests, UnitTests, Sources, Exposures}
}

// of gives the resource type that a section configures.
func (s Section) of() manifest.ResourceType {
	switch s {
	case Seeds:
		return manifest.Seed
	case Snapshots:
		return manifest.Snapshot
	case DataTests:
		return manifest.Test
	case UnitTests:
		return manifest.UnitTestType
	case Sources:
		return manifest.SourceType
	case Exposures:
		return manifest.ExposureType
	case Models:
	}
	return manifest.Model
}

// ConfigTree is one section, rendered and as written (for state comparison).
type ConfigTree struct {
	Rendered   *jinja.Dict
	Unrendered *jinja.Dict
	// Places are the levels of the tree that set something.
	Places []ConfigPlace
}

// ConfigPlace is a level of a tree: the names that lead to it, and the line of the
// first setting there.
type ConfigPlace struct {
	Path []string
	Line int
}

// DispatchRule says in which packages adapter.dispatch looks for a namespace.
type DispatchRule struct {
	Namespace   string
	SearchOrder []string
}

// Quoting says which parts of a relation's name are quoted; nil means the adapter's default, which is to quote.
type Quoting struct {
	Database, Schema, Identifier *bool
}

// SearchOrder gives the packages that dispatch searches for a namespace, nil when no rule names it.
func (p *Project) SearchOrder(namespace string) []string {
	for _, rule := range p.Dispatch {
		if rule.Namespace == namespace {
			return rule.SearchOrder
		}
	}
	return nil
}

// Package gives the project of that name among the root project and its packages.
func (p *Project) Package(name string) (*Project, bool) {
	if name == p.Name {
		return p, true
	}
	dep, ok := p.Packages[name]
	return dep, ok
}
