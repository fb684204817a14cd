package jinja

// Options say how a Runtime renders. The zero value is ready to use.
type Options struct {
	// Undefined says how strict the rendering is with names that are not there.
	Undefined UndefinedMode
	// Limits bound one Runtime. Zero fields take the defaults.
	Limits Limits
	// Hooks are called while rendering.
	Hooks Hooks
	// Globals replaces Jinja's own global functions (range, dict, namespace,
	// cycler, joiner, lipsum) where it knows a name. A rendering's scope comes
	// before both. Nil is fine.
	Globals Scope
	// NativeLiterals makes RenderNative read every text as a Python literal where
	// it is one, as Jinja's NativeEnvironment does. Without it only values marked
	// by as_native, as_bool and as_number are read so, which is dbt's rule.
	NativeLiterals bool
}

// Hooks let the host watch a rendering.
type Hooks struct {
	// OnMacroCall is called before each call of a macro.
	OnMacroCall func(def *MacroDef)
}

// Limits bound what one Runtime may use over all its renderings, so that no
// template can hang or exhaust the process. Passing one is a compile error.
type Limits struct {
	// OutputBytes bounds one output and one string. Default 64 MiB.
	OutputBytes int
	// Steps bounds the work: statements, loop turns, calls and operators, with
	// bulk operations counted by size. Default 50 million.
	Steps int64
	// AllocBytes bounds the bytes of all strings and lists made, kept or not.
	// Default 2 GiB.
	AllocBytes int64
	// Depth bounds nested macro calls. Default 400.
	Depth int
}

// The default limits.
const (
	defaultOutputBytes = 64 << 20
	defaultSteps       = 50_000_000
	defaultAllocBytes  = 2 << 30
	defaultDepth       = 400
)

// maxValueDepth bounds how deep nested values are walked.
const maxValueDepth = 500

func (l Limits) withDefaults() Limits {
	if l.OutputBytes <= 0 {
		l.OutputBytes = defaultOutputBytes
	}
	if l.Steps <= 0 {
		l.Steps = defaultSteps
	}
	if l.AllocBytes <= 0 {
		l.AllocBytes = defaultAllocBytes
	}
	if l.Depth <= 0 {
		l.Depth = defaultDepth
	}
	return l
}
