package manifest

import "github.com/kith-analytics/kith/internal/jinja"

// ResourceType is dbt's name for a kind of node.
type ResourceType string

// The resource types.
const (
	Model        ResourceType = "model"
	Seed         ResourceType = "seed"
	Snapshot     ResourceType = "snapshot"
	Test         ResourceType = "test"
	Analysis     ResourceType = "analysis"
	Operation    ResourceType = "operation"
	SQLOperation ResourceType = "sql_operation"
	SourceType   ResourceType = "source"
	ExposureType ResourceType = "exposure"
	UnitTestType ResourceType = "unit_test"
	MacroType    ResourceType = "macro"
	DocType      ResourceType = "doc"
	GroupType    ResourceType = "group"
)

// Checksum is the fingerprint of a node's file: sha256 of the stripped text for
// SQL, of the bytes for seeds, none for generated tests.
type Checksum struct {
	Name     string
	Checksum string
}

// Ref is one ref() call as written.
type Ref struct {
	Name    string
	Package string // "" when not given
	Version string // "" when not given
}

// SourceRef is one source() call as written.
type SourceRef struct{ Source, Table string }

// Site is a place in a file of the project.
type Site struct {
	File string
	Line int
}

// DependsOn lists unique ids in the order of first use, without repeats.
type DependsOn struct {
	Macros []string
	Nodes  []string
}

// Constraint is a column or model constraint.
type Constraint struct {
	Type            string
	Name            string
	Expression      string
	Columns         []string // model constraints only
	WarnUnenforced  bool
	WarnUnsupported bool
	To              string
	ToColumns       []string
}

// Column is one documented column.
type Column struct {
	Name        string
	Description string
	DataType    string // "" when not declared
	Quote       *bool
	Meta        *jinja.Dict
	Tags        []string
	Constraints []Constraint
	Granularity string
	DocBlocks   []string
}

// InjectedCTE is an ephemeral parent, to be prepended to the compiled SQL.
type InjectedCTE struct {
	ID  string // unique id of the parent
	SQL string // " __dbt__cte__name as (\n...\n)"
}

// TestMetadata is how a generic test was asked for.
type TestMetadata struct {
	Name      string      // without namespace
	Namespace string      // package of the test macro, "" when not given
	Kwargs    *jinja.Dict // arguments as dbt records them, with model last
}

// Node is a model, seed, snapshot, test, analysis or operation.
type Node struct {
	UniqueID         string
	Name             string
	ResourceType     ResourceType
	Package          string
	Path             string // relative to the resource folder (models/)
	OriginalFilePath string // relative to the package root
	RootPath         string // absolute folder of the node's package
	FQN              []string

	Database string
	Schema   string
	Alias    string
	// RelationName is the quoted full name; "" for nodes without a relation.
	RelationName string

	Checksum         Checksum
	Config           *Config
	UnrenderedConfig *jinja.Dict
	RawCode          string
	// RawLine is the line in OriginalFilePath where RawCode starts, 1 for whole files.
	RawLine  int
	Language string // "sql", or "python", which is refused when run

	Description     string
	Columns         []Column
	Meta            *jinja.Dict
	Tags            []string
	DocBlocks       []string
	PatchPath       string // "package://models/schema.yml", "" when no YAML names the node
	PatchLine       int
	Group           string
	Access          string
	Constraints     []Constraint
	Version         string
	LatestVersion   string
	DeprecationDate string
	PrimaryKey      []string
	// ContractChecksum is the sha256 (hex) of the columns and constraints of an enforced contract, "" without one.
	ContractChecksum string
	CreatedAt        float64 // seconds since 1970

	Refs      []Ref
	Sources   []SourceRef
	Metrics   [][]string
	DependsOn DependsOn
	// RefSites and SourceSites tell where each of Refs and Sources is written;
	// ParentSites the same by the parent's unique id, once they are resolved.
	RefSites, SourceSites []Site
	ParentSites           map[string]Site

	// Generic tests only.
	TestMetadata *TestMetadata
	TestKwargs   *jinja.Dict // what the test macro is called with (_dbt_generic_test_kwargs)
	ColumnName   string
	FileKeyName  string
	AttachedNode string

	// Filled by compiling.
	Compiled          bool
	CompiledCode      string
	CompiledPath      string // relative to the project
	BuildPath         string
	ExtraCTEs         []InjectedCTE
	ExtraCTEsInjected bool
}

// Relational says whether the node becomes a table or view of its own.
func (n *Node) Relational() bool {
	switch n.ResourceType {
	case Model:
		return n.Config.Materialized() != "ephemeral"
	case Seed, Snapshot:
		return true
	case Test:
		return n.Config.StoreFailures()
	default:
		return false
	}
}

// Ephemeral says whether the node is a model that lives only inside others.
func (n *Node) Ephemeral() bool {
	return n.ResourceType == Model && n.Config.Materialized() == "ephemeral"
}

// Column gives a documented column by name.
func (n *Node) Column(name string) (Column, bool) {
	for _, c := range n.Columns {
		if c.Name == name {
			return c, true
		}
	}
	return Column{}, false
}
