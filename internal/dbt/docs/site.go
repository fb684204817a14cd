package docs

// Site is all that the page shows but code, as /api/project.json gives it.
type Site struct {
	Project string `json:"project"`
	// Database is the one of most nodes, which the page leaves out of names.
	Database string `json:"database"`
	// Generated is when the manifest was written, Catalog when the warehouse was
	// looked at, Ran when the results are from: RFC 3339, "" for never.
	Generated string `json:"generated"`
	Catalog   string `json:"catalog"`
	Ran       string `json:"ran"`
	// Command is what the results are from: build, test, run.
	Command string `json:"command"`
	// Traced says whether there is a lineage of columns.
	Traced bool `json:"traced"`
	// Nodes are models, sources, seeds, snapshots, analyses and exposures, by
	// type and name. Others refer to them by their place in this list.
	Nodes  []SiteNode  `json:"nodes"`
	Tests  []SiteTest  `json:"tests"`
	Macros []SiteMacro `json:"macros"`
	// Overview is the text of the docs block __overview__, as Markdown.
	Overview string `json:"overview,omitempty"`
}

// SiteNode is one node of the graph.
type SiteNode struct {
	ID          string `json:"id"`
	Type        string `json:"type"`
	Name        string `json:"name"`
	Package     string `json:"package"`
	Path        string `json:"path"`
	Relation    string `json:"relation,omitempty"` // database.schema.name
	Schema      string `json:"schema,omitempty"`
	Kind        string `json:"kind,omitempty"` // the materialization, or the type of an exposure
	Built       string `json:"built,omitempty"`
	Description string `json:"description,omitempty"`
	// Note is more text about it: a source's own description, a relation's comment.
	Note    string       `json:"note,omitempty"`
	Tags    []string     `json:"tags,omitempty"`
	Facts   []Fact       `json:"facts,omitempty"`
	Columns []SiteColumn `json:"columns,omitempty"`
	// Parents are places in Nodes.
	Parents []int `json:"parents,omitempty"`
	// Tests are places in Tests.
	Tests  []int   `json:"tests,omitempty"`
	Result *Result `json:"result,omitempty"`
	Fresh  *Fresh  `json:"fresh,omitempty"`
	// Rows are the parent columns that decide which rows there are.
	Rows []SiteOrigin `json:"rows,omitempty"`
	// Unknown says why the lineage of its columns is not known.
	Unknown string `json:"unknown,omitempty"`
	// Code says whether there is code to ask for.
	Code bool `json:"code,omitempty"`
}

// Fact is a property that some nodes have, such as an owner or an access level.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	// Link is an address to go to, http, https or mailto only.
	Link string `json:"link,omitempty"`
}

// SiteColumn is one column: of the warehouse, of YAML, or both.
type SiteColumn struct {
	Name        string       `json:"name"`
	Type        string       `json:"type,omitempty"`
	Description string       `json:"description,omitempty"`
	Tags        []string     `json:"tags,omitempty"`
	Tests       []int        `json:"tests,omitempty"`
	From        []SiteOrigin `json:"from,omitempty"`
	Outside     []string     `json:"outside,omitempty"`
	// Missing says that YAML documents the column and the warehouse lacks it.
	Missing bool `json:"missing,omitempty"`
}

// SiteOrigin is one parent column. Node is a place in Nodes, or -1 for a
// relation outside the project, whose name is in Relation then.
type SiteOrigin struct {
	Node     int    `json:"node"`
	Relation string `json:"relation,omitempty"`
	Column   string `json:"column"`
	Kind     string `json:"kind"`
}

// SiteTest is one test.
type SiteTest struct {
	ID          string  `json:"id"`
	Name        string  `json:"name"`
	Kind        string  `json:"kind"` // unique, not_null ..., or "singular"
	Severity    string  `json:"severity,omitempty"`
	Column      string  `json:"column,omitempty"`
	Arguments   string  `json:"arguments,omitempty"`
	Description string  `json:"description,omitempty"`
	Path        string  `json:"path"`
	Nodes       []int   `json:"nodes,omitempty"`
	Result      *Result `json:"result,omitempty"`
}

// Result is how something ran last.
type Result struct {
	Status  string  `json:"status"`
	Message string  `json:"message,omitempty"`
	Seconds float64 `json:"seconds"`
	// Failures are a test's failing rows; -1 when it did not run that far.
	Failures int `json:"failures"`
}

// Fresh is how old a source was when it was checked last.
type Fresh struct {
	Status  string  `json:"status"`
	Loaded  string  `json:"loaded,omitempty"`
	Checked string  `json:"checked,omitempty"`
	Hours   float64 `json:"hours"`
	Limits  string  `json:"limits,omitempty"`
	Message string  `json:"message,omitempty"`
}

// SiteMacro is one macro of the project or of an installed package.
type SiteMacro struct {
	ID          string     `json:"id"`
	Name        string     `json:"name"`
	Package     string     `json:"package"`
	Path        string     `json:"path"`
	Description string     `json:"description,omitempty"`
	Arguments   []Argument `json:"arguments,omitempty"`
}

// Argument is a documented argument of a macro.
type Argument struct {
	Name        string `json:"name"`
	Type        string `json:"type,omitempty"`
	Description string `json:"description,omitempty"`
}

// Code is a node's or macro's code.
type Code struct {
	Raw      string `json:"raw"`
	Compiled string `json:"compiled,omitempty"`
}
