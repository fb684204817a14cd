package project

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Find gives the project folder: dir itself when it holds dbt_project.yml, else
// the nearest folder above that does.
func Find(dir string) (string, error) {
	start, err := filepath.Abs(dir)
	if err != nil {
		return "", fault.Wrap(err, fault.Usage, "the folder %s cannot be found", dir)
	}
	for at := start; ; at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, FileName)); err == nil {
			return at, nil
		}
		if at == filepath.Dir(at) {
			return "", fault.New(fault.Usage, "no %s in %s or any folder above it", FileName, start).
				WithHint("name a project with --project-dir, or start one with `kith init DIR`")
		}
	}
}

// Load reads the project in root and its installed packages. The renderer's
// scope holds what dbt_project.yml may use: var (of the command line), env_var
// and target.
func Load(ctx context.Context, root string, r *Renderer) (*Project, error) {
	p, err := loadOne(ctx, root, FileName, r)
	if err != nil {
		return nil, err
	}
	p.Packages = map[string]*Project{}
	entries, err := os.ReadDir(filepath.Join(root, p.PackagesPath))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Wrap(err, fault.Invalid, "the packages folder cannot be read").At(p.PackagesPath, 0)
	}
	for _, entry := range entries {
		dir := filepath.Join(root, p.PackagesPath, entry.Name())
		if _, err := os.Stat(filepath.Join(dir, FileName)); err != nil {
			continue
		}
		dep, err := loadOne(ctx, dir, filepath.ToSlash(filepath.Join(p.PackagesPath, entry.Name(), FileName)), r)
		if err != nil {
			return nil, err
		}
		if _, ok := p.Package(dep.Name); ok {
			return nil, fault.New(fault.Parse, "two packages are named %q", dep.Name).
				At(filepath.ToSlash(filepath.Join(p.PackagesPath, entry.Name(), FileName)), 0).
				WithHint("remove one of them from %s", p.PackagesPath)
		}
		p.Packages[dep.Name] = dep
	}
	return p, nil
}

// loadOne reads one dbt_project.yml, shown in errors as file.
func loadOne(ctx context.Context, root, file string, r *Renderer) (*Project, error) {
	data, err := os.ReadFile(filepath.Join(root, FileName))
	if err != nil {
		return nil, fault.Wrap(err, fault.Usage, "the project file cannot be read").At(file, 0)
	}
	node, err := yamlvalue.Read(file, data)
	if err != nil {
		return nil, err
	}
	if node == nil || node.Kind != yaml.MappingNode {
		return nil, fault.New(fault.Parse, "a project file is a mapping of keys").At(file, 1).
			WithHint("it needs at least a name and a profile")
	}
	rendered, err := r.Node(ctx, file, node, keepUnrendered)
	if err != nil {
		return nil, err
	}
	values, ok := rendered.(*jinja.Dict)
	if !ok {
		return nil, fault.New(fault.Internal, "a rendered mapping is no mapping").At(file, 1)
	}
	b := &builder{file: file, node: node, values: values}
	b.checkKeys()
	p, err := b.project(root)
	if err != nil {
		return nil, err
	}
	p.Text = string(data)
	return p, nil
}

// keepUnrendered leaves alone what is rendered later, when it is used: hooks,
// vars and the query comment.
func keepUnrendered(path []string) bool {
	switch path[0] {
	case "on-run-start", "on-run-end", "query-comment", "vars":
		return true
	}
	for _, key := range path {
		switch strings.TrimLeft(key, "+ ") {
		case "pre-hook", "post-hook", "pre_hook", "post_hook":
			return true
		}
	}
	return false
}

// builder takes the checked values out of one project file.
type builder struct {
	file   string
	node   *yaml.Node
	values *jinja.Dict
	err    error
}

func (b *builder) project(root string) (*Project, error) {
	p := &Project{
		Root: root, Name: b.text("name", ""), Version: b.text("version", ""), ProfileName: b.text("profile", ""),
		ModelPaths:    b.paths([]string{"models"}, "model-paths", "source-paths"),
		SeedPaths:     b.paths([]string{"seeds"}, "seed-paths", "data-paths"),
		TestPaths:     b.paths([]string{"tests"}, "test-paths"),
		AnalysisPaths: b.paths([]string{"analyses"}, "analysis-paths"),
		SnapshotPaths: b.paths([]string{"snapshots"}, "snapshot-paths"),
		MacroPaths:    b.paths([]string{"macros"}, "macro-paths"),
		TargetPath:    b.text("target-path", "target"),
		PackagesPath:  b.text("packages-install-path", "dbt_packages"),
		Configs:       map[Section]ConfigTree{},
		Vars:          b.dict("vars"),
		OnRunStart:    b.texts("on-run-start"),
		OnRunEnd:      b.texts("on-run-end"),
		HookLines:     map[string]int{},
		Flags:         b.dict("flags"),
	}
	p.CleanTargets = b.paths([]string{p.TargetPath}, "clean-targets")
	p.DocsPaths = b.paths(nil, "docs-paths")
	if p.DocsPaths == nil {
		p.DocsPaths = concat(p.ModelPaths, p.SeedPaths, p.SnapshotPaths, p.AnalysisPaths, p.MacroPaths, p.TestPaths)
	}
	for _, key := range []string{"on-run-start", "on-run-end"} {
		if n := yamlvalue.Get(b.node, key); n != nil {
			p.HookLines[key] = n.Line
		}
	}
	for _, s := range []Section{Models, Seeds, Snapshots, UnitTests, Sources, Exposures} {
		p.Configs[s] = b.tree(s.of(), string(s))
	}
	p.Configs[DataTests] = b.tree(manifest.Test, "data_tests", "tests")
	b.dispatch(p)
	b.quoting(p)
	b.requires(p)
	if b.err == nil && !validName(p.Name) {
		b.failf("name", "%q is no name for a project; use letters, digits and underscores, not a digit first", p.Name)
	}
	return p, b.err
}

// failf keeps the first mistake, at the line of its key.
func (b *builder) failf(key, format string, args ...any) {
	line := 1
	if n := yamlvalue.Get(b.node, key); n != nil {
		line = n.Line
	}
	if b.err == nil {
		b.err = fault.New(fault.Parse, format, args...).At(b.file, line)
	}
}

func (b *builder) text(key, fallback string) string {
	v, ok := b.values.GetStr(key)
	if !ok || v == nil {
		return fallback
	}
	switch v.(type) {
	case *jinja.Dict, *jinja.List:
		b.failf(key, "%s takes one text", key)
		return fallback
	}
	return jinja.Str(v)
}

func (b *builder) texts(key string) []string {
	v, _ := b.values.GetStr(key)
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		return []string{v}
	case *jinja.List:
		out := make([]string, 0, len(v.Items))
		for _, item := range v.Items {
			s, ok := item.(string)
			if !ok {
				b.failf(key, "%s takes a list of texts", key)
				continue
			}
			out = append(out, s)
		}
		return out
	}
	b.failf(key, "%s takes a text or a list of texts", key)
	return nil
}

// paths reads a list of folders under the first of the keys that is set; later
// keys are the names of older versions.
func (b *builder) paths(fallback []string, keys ...string) []string {
	for _, key := range keys {
		v, ok := b.values.GetStr(key)
		if _, one := v.(string); one {
			b.failf(key, "%s takes a list of folders, such as [%s]", key, v)
		}
		if ok {
			return b.texts(key)
		}
	}
	return fallback
}

func (b *builder) dict(key string) *jinja.Dict {
	v, _ := b.values.GetStr(key)
	switch v := v.(type) {
	case nil:
		return jinja.NewDict()
	case *jinja.Dict:
		return v
	}
	b.failf(key, "%s takes a mapping of keys", key)
	return jinja.NewDict()
}

func (b *builder) tree(t manifest.ResourceType, keys ...string) ConfigTree {
	tree := ConfigTree{Rendered: jinja.NewDict(), Unrendered: jinja.NewDict()}
	for _, key := range keys {
		rendered := b.dict(key)
		tree.Places = append(tree.Places, b.checkTree(t, yamlvalue.Get(b.node, key), rendered, nil)...)
		tree.Rendered.Update(rendered)
		if raw, ok := yamlvalue.Value(yamlvalue.Get(b.node, key)).(*jinja.Dict); ok {
			tree.Unrendered.Update(raw)
		}
	}
	return tree
}

func (b *builder) dispatch(p *Project) {
	v, _ := b.values.GetStr("dispatch")
	list, ok := v.(*jinja.List)
	if v != nil && !ok {
		b.failf("dispatch", "dispatch takes a list of rules, each with macro_namespace and search_order")
		return
	}
	if list == nil {
		return
	}
	for _, item := range list.Items {
		rule, ok := item.(*jinja.Dict)
		if !ok {
			b.failf("dispatch", "each dispatch rule has macro_namespace and search_order")
			return
		}
		config := manifest.NewConfig(rule)
		p.Dispatch = append(p.Dispatch, DispatchRule{
			Namespace: config.String("macro_namespace"), SearchOrder: config.Strings("search_order"),
		})
	}
}

func (b *builder) quoting(p *Project) {
	q := b.dict("quoting")
	read := func(key string) *bool {
		if v, ok := q.GetStr(key); ok {
			if on, ok := v.(bool); ok {
				return &on
			}
			b.failf("quoting", "quoting.%s is true or false", key)
		}
		return nil
	}
	p.Quoting = Quoting{Database: read("database"), Schema: read("schema"), Identifier: read("identifier")}
}

func validName(name string) bool {
	for i, c := range name {
		letter := c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != ""
}

func concat(lists ...[]string) []string {
	seen := map[string]bool{}
	var out []string
	for _, list := range lists {
		for _, s := range list {
			if !seen[s] {
				seen[s] = true
				out = append(out, s)
			}
		}
	}
	return out
}

// PackageNames gives the names of the installed packages, sorted.
func (p *Project) PackageNames() []string {
	names := make([]string, 0, len(p.Packages))
	for name := range p.Packages {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
