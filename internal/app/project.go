package app

import (
	"context"
	"os"
	"path/filepath"

	"github.com/kith-analytics/kith/internal/dbt/compile"
	"github.com/kith-analytics/kith/internal/dbt/globals"
	"github.com/kith-analytics/kith/internal/dbt/graph"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/parse"
	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// loaded is the project as far as commands have needed it. The manifest and
// what follows come with parse.
type loaded struct {
	root       string
	project    *project.Project
	target     *project.Target
	invocation *globals.Invocation
	warnings   warnOptions

	manifest *manifest.Manifest
	graph    *graph.Graph
	env      *compile.Env
	// state is what --state holds, once it was asked for.
	state *graph.State
}

// configured reads the project file and the profile.
func (a *App) configured(ctx context.Context) (*loaded, error) {
	if a.project != nil {
		return a.project, nil
	}
	root, err := a.projectRoot()
	if err != nil {
		return nil, err
	}
	vars, err := a.vars()
	if err != nil {
		return nil, err
	}
	l := &loaded{root: root, invocation: a.invocation(vars)}
	commandVars := project.CommandLineVars(vars)
	early := renderer(l.invocation.Scope(commandVars, nil, true))
	profile, err := a.profileName(ctx, root, early)
	if err != nil {
		return nil, err
	}
	l.target, err = project.LoadTarget(ctx, project.ProfileRequest{
		ProjectDir: root, Dirs: a.profileDirs(root), Profile: profile, Target: a.cfg.Target, Threads: a.cfg.Threads,
	}, early)
	if err != nil {
		return nil, err
	}
	l.project, err = project.Load(ctx, root, renderer(l.invocation.Scope(commandVars, l.target.Dict(), false)))
	if err != nil {
		return nil, err
	}
	a.project = l
	if a.flag(a.cfg.Flags.VersionCheck, "version_check", true) {
		if err := l.project.CheckVersion(dbtRelease); err != nil {
			a.project = nil
			return nil, err
		}
	}
	if l.warnings, err = a.readWarnOptions(); err != nil {
		a.project = nil
		return nil, err
	}
	l.project.TargetPath = a.targetPath(root, l.project.TargetPath)
	return l, nil
}

// parsed reads the whole project into a manifest and its graph.
func (a *App) parsed(ctx context.Context) (*loaded, error) {
	l, err := a.configured(ctx)
	if err != nil || l.manifest != nil {
		return l, err
	}
	if err := a.packagesThere(ctx, l); err != nil {
		return nil, err
	}
	result, err := parse.Parse(ctx, parse.Request{Project: l.project, Target: l.target, Invocation: l.invocation})
	if err != nil {
		return nil, err
	}
	for _, w := range result.Warnings {
		if err := a.warn(event.Warning{Name: w.Name, Code: w.Code, Msg: w.Msg}, w.Msg); err != nil {
			return nil, err
		}
	}
	if l.graph, err = graph.Build(result.Manifest); err != nil {
		return nil, err
	}
	if err := graph.CheckSelectors(result.Manifest); err != nil {
		return nil, err
	}
	l.manifest, l.env = result.Manifest, result.Env
	l.env.Empty, l.env.Sample = a.cfg.Flags.Empty, a.cfg.Flags.Sample
	return l, a.deferTo(l)
}

func renderer(scope jinja.Scope) *project.Renderer {
	return &project.Renderer{Scope: scope, Options: jinja.Options{Undefined: jinja.Strict}}
}

// projectRoot finds the project's folder: the one that was named, which must
// hold a project, or the nearest one above the working directory.
func (a *App) projectRoot() (string, error) {
	if a.cfg.ProjectDir == "" {
		return project.Find(a.cfg.WorkDir)
	}
	root := a.abs(a.cfg.ProjectDir)
	if _, err := os.Stat(filepath.Join(root, project.FileName)); err != nil {
		return "", fault.New(fault.Usage, "%s holds no project: it has no %s", a.cfg.ProjectDir, project.FileName).
			WithHint("name a project with --project-dir, or start one with `kith init %s`", a.cfg.ProjectDir)
	}
	return root, nil
}

// profileDirs are where profiles.yml is looked for.
func (a *App) profileDirs(root string) []string {
	if a.cfg.ProfilesDir != "" {
		return []string{a.abs(a.cfg.ProfilesDir)}
	}
	dirs := []string{a.cfg.WorkDir}
	if root != a.cfg.WorkDir {
		dirs = append(dirs, root)
	}
	if a.cfg.HomeDir != "" {
		dirs = append(dirs, filepath.Join(a.cfg.HomeDir, ".dbt"))
	}
	return dirs
}

// profileName gives the profile to use: the one of the command line, or the
// project's, which is read before the project because the project's own
// templates may use the target.
func (a *App) profileName(ctx context.Context, root string, r *project.Renderer) (string, error) {
	if a.cfg.Profile != "" {
		return a.cfg.Profile, nil
	}
	data, err := os.ReadFile(filepath.Join(root, project.FileName))
	if err != nil {
		return "", fault.Wrap(err, fault.Usage, "the project file cannot be read").At(project.FileName, 0)
	}
	file, err := yamlvalue.Read(project.FileName, data)
	if err != nil {
		return "", err
	}
	name, err := r.Node(ctx, project.FileName, yamlvalue.Get(file, "profile"), nil)
	if err != nil || name == nil {
		return "", err
	}
	return jinja.Str(name), nil
}

// targetPath gives the folder for artifacts relative to the root, as nodes keep
// their compiled paths; it may lie elsewhere ("../out").
func (a *App) targetPath(root, configured string) string {
	path := configured
	if a.cfg.TargetPath != "" {
		path = a.cfg.TargetPath
	}
	if filepath.IsAbs(path) {
		if rel, err := filepath.Rel(root, path); err == nil {
			path = rel
		}
	}
	return filepath.ToSlash(path)
}

// vars reads --vars.
func (a *App) vars() (*jinja.Dict, error) {
	node, err := yamlvalue.Read("--vars", []byte(a.cfg.Vars))
	if err != nil {
		return nil, fault.Wrap(err, fault.Usage, "--vars is not YAML").WithHint(`write it as '{name: value}'`)
	}
	switch v := yamlvalue.Value(node).(type) {
	case nil:
		return jinja.NewDict(), nil
	case *jinja.Dict:
		return v, nil
	}
	return nil, fault.New(fault.Usage, "--vars is not a mapping of names to values").WithHint(`write it as '{name: value}'`)
}

// flag resolves a flag that the command line or the project may set.
func (a *App) flag(given *bool, key string, fallback bool) bool {
	if given != nil {
		return *given
	}
	if a.project == nil || a.project.project == nil || a.project.project.Flags == nil {
		return fallback
	}
	v, ok := a.project.project.Flags.GetStr(key)
	if on, isBool := v.(bool); ok && isBool {
		return on
	}
	return fallback
}

// text resolves a flag of text in the same way.
func (a *App) text(given, key, fallback string) string {
	if given != "" {
		return given
	}
	if a.project != nil && a.project.project != nil && a.project.project.Flags != nil {
		if v, _ := a.project.project.Flags.GetStr(key); v != nil {
			return jinja.Str(v)
		}
	}
	return fallback
}

// artifacts is the absolute folder for artifacts.
func (l *loaded) artifacts() string {
	if filepath.IsAbs(l.project.TargetPath) {
		return l.project.TargetPath
	}
	return filepath.Join(l.root, filepath.FromSlash(l.project.TargetPath))
}
