// Package parse reads the files of a project and its packages into a manifest:
// macros first, then the property files, then models, seeds, snapshots,
// analyses and tests, and last the edges between them.
//
//	macros (built-in, packages, root) --> compile.Library
//	*.yml  --> properties ----------------+
//	*.sql, *.csv --> nodes (first pass) --+--> names, configs --> edges --> Manifest
//
// Nothing touches a warehouse.
package parse

import (
	"context"
	"sync"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/compile"
	"github.com/kith-analytics/kith/internal/dbt/globals"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Request is what parsing works on.
type Request struct {
	Project    *project.Project
	Target     *project.Target
	Invocation *globals.Invocation
}

// Result is a whole manifest, and the environment that compiles its nodes.
type Result struct {
	Manifest *manifest.Manifest
	Env      *compile.Env
	// Warnings are things that do not stop the work: YAML about nodes that are
	// not there, for one.
	Warnings []Warning
}

// Warning is one line with its place. Name and Code are those that dbt has for
// warnings of its kind, by which projects make errors of them or silence them.
type Warning struct{ Name, Code, Msg string }

// Parse reads the project. The first mistake found ends it, as a fault with its
// file and line.
func Parse(ctx context.Context, req Request) (*Result, error) {
	p := &parser{
		Request: req, ctx: ctx,
		out:     manifest.New(req.Project.Name, req.Target.Type),
		created: float64(req.Invocation.StartedAt.UnixNano()) / float64(time.Second),
		props:   newProperties(),
	}
	steps := []func() error{
		p.readMacros,
		p.readDocs,
		p.readProperties,
		p.readGroups,
		p.readModels,
		p.readSeeds,
		p.readSnapshots,
		p.readAnalyses,
		p.readSingularTests,
		p.readSources,
		p.readHooks,
		p.patchMacros,
		p.checkNames,
		p.readGenericTests,
		p.readExposures,
		p.readUnitTests,
		p.readSelectors,
		p.link,
		p.checkRelations,
		p.checkMicrobatch,
	}
	for _, step := range steps {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := step(); err != nil {
			return nil, err
		}
	}
	p.unusedPatches()
	p.unusedSettings()
	return &Result{Manifest: p.out, Env: p.env, Warnings: p.warnings}, nil
}

type parser struct {
	Request
	ctx        context.Context //nolint:containedctx // a parser is one call of Parse
	out        *manifest.Manifest
	env        *compile.Env
	props      *properties
	created    float64
	warnings   []Warning
	prototypes map[manifest.ResourceType]*manifest.Config
	// mu guards what nodes that are prepared side by side share.
	mu sync.Mutex
}

// projects gives the packages first, by name, then the root project.
func (p *parser) projects() []*project.Project {
	var list []*project.Project
	for _, name := range p.Project.PackageNames() {
		list = append(list, p.Project.Packages[name])
	}
	return append(list, p.Project)
}

// renderer renders YAML of a package.
func (p *parser) renderer(pkg string) *project.Renderer {
	return &project.Renderer{Scope: p.env.YAMLScope(pkg), Options: jinja.Options{Undefined: jinja.Strict}}
}
