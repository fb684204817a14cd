package jinja

import "unicode/utf8"

// Template is a parsed template. It does not change and may be rendered by
// several runtimes at once.
type Template struct {
	name      string
	src       string
	firstLine int
	root      *function
	macros    []*MacroDef
	refs      []Ref
	calls     []callSite
}

// Name gives the file name shown in errors.
func (t *Template) Name() string { return t.name }

// Macros gives the top-level macro, test and materialization blocks in order.
func (t *Template) Macros() []*MacroDef { return t.macros }

// ParseOption changes how Parse reads a template.
type ParseOption func(*parseConfig)

type parseConfig struct {
	firstLine int
}

// FirstLine sets the line in the file at which the source begins; the default is
// 1. It serves snippets inside other files.
func FirstLine(line int) ParseOption {
	return func(c *parseConfig) {
		if line > 0 {
			c.firstLine = line
		}
	}
}

// MacroKind says what block defined a macro.
type MacroKind string

// The kinds.
const (
	KindMacro           MacroKind = "macro"
	KindTest            MacroKind = "test"
	KindMaterialization MacroKind = "materialization"
)

// MacroDef is one macro, test (or data_test) or materialization as written. It
// does not change and may be shared.
type MacroDef struct {
	Kind MacroKind
	// Name is the name as written.
	Name string
	// FullName is the name in the namespace of macros: the name of a macro,
	// test_NAME of a test, materialization_NAME_ADAPTER of a materialization.
	FullName string
	// Adapter is the adapter of a materialization: "default" or as written.
	Adapter string
	// SupportedLanguages are those of a materialization: ["sql"] unless written.
	SupportedLanguages []string
	// Params are the parameters in order.
	Params []MacroParam
	// Line is the line of the opening tag.
	Line int
	// Source is the exact text from the opening to the closing tag.
	Source string

	tmpl  *Template
	fn    *function
	calls callRange
}

// MacroParam is one parameter of a macro.
type MacroParam struct {
	Name string
	// Default is the source text of the default value; HasDefault tells an absent
	// default from an empty one.
	Default    string
	HasDefault bool
	// Type is the type annotation as written, empty without one.
	Type string
}

// File gives the name of the template that defines the macro.
func (d *MacroDef) File() string { return d.tmpl.name }

// place gives the line and column of a byte offset.
func (t *Template) place(pos int) (line, col int) {
	line, start := t.firstLine, 0
	pos = min(pos, len(t.src))
	for i := range pos {
		switch t.src[i] {
		case '\n':
			line, start = line+1, i+1
		case '\r':
			if i+1 == len(t.src) || t.src[i+1] != '\n' {
				line, start = line+1, i+1
			}
		}
	}
	return line, utf8.RuneCountInString(t.src[start:pos]) + 1
}
