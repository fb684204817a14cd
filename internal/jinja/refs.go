package jinja

// Ref is a name that a template calls, found without rendering it.
type Ref struct {
	// Path holds the parts of the dotted name: ["dbt_utils", "star"].
	Path []string
	// Dispatch is the macro name of an adapter.dispatch call with a constant
	// first argument, and Namespace its second argument, if constant.
	Dispatch  string
	Namespace string
	// Line is where the call stands.
	Line int
}
