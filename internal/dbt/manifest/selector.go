package manifest

import "github.com/kith-analytics/kith/internal/jinja"

// Selector is one named selection of selectors.yml.
type Selector struct {
	Name        string
	Description string
	Default     bool
	// Definition is the YAML as written: a string, or a dict of union,
	// intersection, exclude, or method and value.
	Definition jinja.Value
	Line       int
}

// UnitTest is a test of a model's SQL on rows given in YAML.
type UnitTest struct {
	UniqueID         string
	Name             string
	Package          string
	Model            string // name of the tested model
	Path             string
	OriginalFilePath string
	Line             int
	FQN              []string
	Description      string
	Config           *Config
	Given            []UnitTestInput
	Expect           UnitTestRows
	Overrides        *jinja.Dict
	Version          string
	// Versions limits the test to some versions of the model; nil when not given.
	Versions  *UnitTestVersions
	DependsOn DependsOn
	Schema    string // of the tested model
	// Checksum is the sha256 (hex) of model, versions, given, expect and overrides; two tests with the same one are unmodified.
	Checksum  string
	CreatedAt float64
}

// UnitTestVersions names the versions of a model that a unit test is for, or those it isn't for.
type UnitTestVersions struct{ Include, Exclude []string }

// UnitTestInput replaces one input of the model.
type UnitTestInput struct {
	UnitTestRows

	Input string // ref('x'), source('a', 'b') or this
}

// UnitTestRows are rows as dict, csv or sql, in place or from a fixture.
type UnitTestRows struct {
	Rows    jinja.Value
	Format  string
	Fixture string
}
