package manifest

import "github.com/kith-analytics/kith/internal/jinja"

// Threshold is an age at which a source counts as stale.
type Threshold struct {
	Count  int    // 0 when not set
	Period string // minute, hour or day
}

// Freshness says when a source's data is too old.
type Freshness struct {
	WarnAfter  Threshold
	ErrorAfter Threshold
	Filter     string
}

// Source is one table of a source: data that the project reads and others write.
type Source struct {
	UniqueID           string
	Name               string
	SourceName         string
	Package            string
	Path               string
	OriginalFilePath   string
	FQN                []string
	Database           string
	Schema             string
	Identifier         string
	RelationName       string
	SourceDescription  string
	Description        string
	Loader             string
	LoadedAtField      string
	LoadedAtQuery      string
	Freshness          *Freshness // nil when switched off
	Quoting            *jinja.Dict
	External           jinja.Value
	Columns            []Column
	Meta               *jinja.Dict
	SourceMeta         *jinja.Dict
	Tags               []string
	Config             *Config
	UnrenderedConfig   *jinja.Dict
	UnrenderedDatabase string
	UnrenderedSchema   string
	PatchPath          string
	DocBlocks          []string
	CreatedAt          float64
}

// Exposure is a use of the project's models outside it: a dashboard, a notebook, an application.
type Exposure struct {
	UniqueID         string
	Name             string
	Package          string
	Path             string
	OriginalFilePath string
	FQN              []string
	Type             string
	OwnerName        string
	OwnerEmail       string
	// Owner is the owner as written where it says more than one name and one email; else nil.
	Owner            *jinja.Dict
	Description      string
	Label            string
	Maturity         string
	URL              string
	Meta             *jinja.Dict
	Tags             []string
	Config           *Config
	UnrenderedConfig *jinja.Dict
	Refs             []Ref
	Sources          []SourceRef
	// RefSites and SourceSites tell where each of Refs and Sources is written.
	RefSites, SourceSites []Site
	DependsOn             DependsOn
	CreatedAt             float64
}

// Group is a set of models with an owner.
type Group struct {
	UniqueID         string
	Name             string
	Package          string
	Path             string
	OriginalFilePath string
	OwnerName        string
	OwnerEmail       string
	// Owner is the owner as written where it says more than one name and one email; else nil.
	Owner       *jinja.Dict
	Description string
	Meta        *jinja.Dict
}

// Macro is one macro, test or materialization definition.
type Macro struct {
	UniqueID           string
	Name               string // full name: test_unique, materialization_table_default
	Package            string
	Path               string
	OriginalFilePath   string
	Line               int
	SQL                string
	DependsOn          []string // unique ids of macros
	Description        string
	Meta               *jinja.Dict
	Docs               *jinja.Dict
	Arguments          []MacroArgument
	PatchPath          string
	SupportedLanguages []string
	CreatedAt          float64

	// Def is the compiled definition.
	Def *jinja.MacroDef
}

// MacroArgument is a documented argument of a macro.
type MacroArgument struct{ Name, Type, Description string }

// Doc is a docs block.
type Doc struct {
	UniqueID         string
	Name             string
	Package          string
	Path             string
	OriginalFilePath string
	Contents         string
}
