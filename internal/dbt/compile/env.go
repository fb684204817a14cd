package compile

import (
	"sync"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/globals"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/dbt/window"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Env is what all templates of one command share. It is safe for concurrent use
// once the manifest is whole.
type Env struct {
	Project    *project.Project
	Target     *project.Target
	Invocation *globals.Invocation
	Manifest   *manifest.Manifest
	Library    *Library
	Quote      adapter.Policy
	// Empty makes ref and source read no rows (--empty).
	Empty bool
	// Sample narrows what models read to a window of time (--sample); nil for everything.
	Sample *window.Window
	// Defer lets refs resolve elsewhere; nil for never.
	Defer *Deferral
	// Selected are the unique ids that the command works on (selected_resources).
	Selected []string

	mu         sync.Mutex
	bases      map[string]jinja.MapScope
	graph      *jinja.Dict
	lookup     *refIndex
	ephemerals map[string]*ephemeralEntry
}

// NewEnv makes an environment over a manifest that holds at least the macros.
func NewEnv(p *project.Project, t *project.Target, inv *globals.Invocation, m *manifest.Manifest) *Env {
	return &Env{
		Project: p, Target: t, Invocation: inv, Manifest: m,
		Library: NewLibrary(p, m.Macros, t.Type),
		Quote:   quotePolicy(p.Quoting),
		bases:   map[string]jinja.MapScope{},
	}
}

func quotePolicy(q project.Quoting) adapter.Policy {
	on := func(b *bool) bool { return b == nil || *b }
	return adapter.Policy{Database: on(q.Database), Schema: on(q.Schema), Identifier: on(q.Identifier)}
}

// base gives the global names for code of a package; only var differs between them.
func (e *Env) base(pkg string) jinja.MapScope {
	e.mu.Lock()
	defer e.mu.Unlock()
	if s, ok := e.bases[pkg]; ok {
		return s
	}
	s := e.Invocation.Scope(e.Project.VarsFor(pkg, e.Invocation.Vars), e.Target.Dict(), false)
	s["project_name"] = e.Project.Name
	e.bases[pkg] = s
	return s
}

// variables is var as the first pass has it: one that nobody has set is none, so
// that a model which cannot run keeps nobody from running the others.
func (e *Env) variables(pkg string) jinja.Value {
	return globals.NewLenientVar(e.Project.VarsFor(pkg, e.Invocation.Vars))
}

// YAMLScope gives what property files may use: the global names, with the
// variables of the package.
func (e *Env) YAMLScope(pkg string) jinja.Scope { return e.base(pkg) }
