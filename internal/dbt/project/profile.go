package project

import (
	"context"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// ProfilesName is the file that says where the warehouse is.
const ProfilesName = "profiles.yml"

// Target is one output of a profile: the warehouse, and how to work on it.
type Target struct {
	Profile string
	Name    string
	Type    string // adapter type; "duckdb"
	// Path is the warehouse file as an absolute path, or ":memory:".
	Path     string
	Database string
	Schema   string
	Threads  int

	Extensions []string
	// Settings are engine settings, set on every connection.
	Settings *jinja.Dict
	// Options are engine settings that only opening the file can set.
	Options *jinja.Dict
	Attach  []Attach
	// ExternalRoot is where external materializations write, "." by default.
	ExternalRoot string
	File         string // the profiles.yml
}

// Attach is another database to attach at start.
type Attach struct {
	Path, Alias, Type string
	ReadOnly          bool
}

// ProfileRequest says which output to read.
type ProfileRequest struct {
	ProjectDir string
	// Dirs are searched in order for profiles.yml.
	Dirs    []string
	Profile string // the project's profile, or the one of --profile
	Target  string // "" takes the profile's own choice
	Threads int    // 0 takes the profile's
}

// LoadTarget reads the wanted output of profiles.yml.
func LoadTarget(ctx context.Context, req ProfileRequest, r *Renderer) (*Target, error) {
	file, data, err := findProfiles(req.Dirs)
	if err != nil {
		return nil, err
	}
	if req.Profile == "" {
		return nil, fault.New(fault.Usage, "the project names no profile").At(FileName, 1).
			WithHint("add a line such as `profile: kith`")
	}
	root, err := yamlvalue.Read(file, data)
	if err != nil {
		return nil, err
	}
	profile := yamlvalue.Get(root, req.Profile)
	if profile == nil {
		return nil, fault.New(fault.Usage, "there is no profile %q, only %s", req.Profile, names(root, "config")).At(file, 1).
			WithHint("add it, or name another with --profile")
	}
	outputs := yamlvalue.Get(profile, "outputs")
	if outputs == nil {
		return nil, fault.New(fault.Usage, "the profile %q has no outputs", req.Profile).At(file, profile.Line)
	}
	name := req.Target
	if name == "" {
		v, err := r.Node(ctx, file, yamlvalue.Get(profile, "target"), nil)
		if err != nil {
			return nil, err
		}
		if name = "default"; v != nil {
			name = jinja.Str(v)
		}
	}
	output := yamlvalue.Get(outputs, name)
	if output == nil {
		return nil, fault.New(fault.Usage, "the profile %q has no target %q, only %s", req.Profile, name, names(outputs)).
			At(file, outputs.Line).WithHint("name one of them with --target")
	}
	v, err := r.Node(ctx, file, output, nil)
	if err != nil {
		return nil, err
	}
	values, ok := v.(*jinja.Dict)
	if !ok {
		return nil, fault.New(fault.Usage, "the target %q is a mapping of keys", name).At(file, output.Line)
	}
	return newTarget(req, file, output, name, values)
}

func findProfiles(dirs []string) (string, []byte, error) {
	for _, dir := range dirs {
		file := filepath.Join(dir, ProfilesName)
		data, err := os.ReadFile(file)
		if err == nil {
			return file, data, nil
		}
		if !os.IsNotExist(err) {
			return "", nil, fault.Wrap(err, fault.Usage, "the profiles cannot be read").At(file, 0)
		}
	}
	return "", nil, fault.New(fault.Usage, "no %s in %s", ProfilesName, strings.Join(dirs, ", ")).
		WithHint("name its folder with --profiles-dir")
}

func names(n *yaml.Node, but ...string) string {
	var out []string
	for _, p := range yamlvalue.Pairs(n) {
		if len(but) == 0 || p.Key != but[0] {
			out = append(out, p.Key)
		}
	}
	if len(out) == 0 {
		return "none"
	}
	sort.Strings(out)
	return strings.Join(out, ", ")
}

func newTarget(req ProfileRequest, file string, node *yaml.Node, name string, values *jinja.Dict) (*Target, error) {
	b := &builder{file: file, node: node, values: values}
	t := &Target{
		Profile: req.Profile, Name: name, File: file,
		Type: b.text("type", ""), Path: b.text("path", ":memory:"), Schema: b.text("schema", "main"),
		Threads: 1, Extensions: b.extensions(), Settings: b.dict("settings"), Options: b.dict("config_options"),
		ExternalRoot: b.text("external_root", "."),
	}
	if t.Type != "duckdb" {
		b.failf("type", "the adapter type %q is not there; this build runs duckdb", t.Type)
	}
	b.checkProfileKeys(node, values, outputKey)
	if v, _ := values.GetStr("threads"); v != nil {
		if n, ok := v.(int64); ok && n > 0 && n <= 256 {
			t.Threads = int(n)
		} else {
			b.failf("threads", "threads is a whole number from 1 to 256")
		}
	}
	if req.Threads > 0 {
		t.Threads = req.Threads
	}
	if t.Path != ":memory:" && !strings.Contains(t.Path, ":") && !filepath.IsAbs(t.Path) {
		t.Path = filepath.Join(req.ProjectDir, filepath.FromSlash(t.Path))
	}
	t.Attach = b.attach(req.ProjectDir)
	b.database(t)
	return t, b.err
}

// database names the catalog: the file's stem up to the first dot, as the
// engine does itself.
func (b *builder) database(t *Target) {
	t.Database = "memory"
	if t.Path != ":memory:" {
		t.Database, _, _ = strings.Cut(strings.TrimLeft(filepath.Base(t.Path), "."), ".")
	}
	given := b.text("database", t.Database)
	if given == t.Database {
		return
	}
	for _, a := range t.Attach {
		if a.Alias == given {
			t.Database = given
			return
		}
	}
	b.failf("database", "the database is %q, but the file's is %q; leave the line out, or attach a database of that name", given, t.Database)
}

// extensions reads names, and the names of {name: ..., repo: ...} entries.
func (b *builder) extensions() []string {
	v, _ := b.values.GetStr("extensions")
	list, ok := v.(*jinja.List)
	if !ok {
		return b.texts("extensions")
	}
	var out []string
	for _, item := range list.Items {
		if d, ok := item.(*jinja.Dict); ok {
			item, _ = d.GetStr("name")
		}
		out = append(out, jinja.Str(item))
	}
	return out
}

func (b *builder) attach(dir string) []Attach {
	v, _ := b.values.GetStr("attach")
	list, _ := v.(*jinja.List)
	if list == nil {
		return nil
	}
	var out []Attach
	nodes := yamlvalue.Items(yamlvalue.Get(b.node, "attach"))
	for i, item := range list.Items {
		d, ok := item.(*jinja.Dict)
		if !ok {
			b.failf("attach", "each attached database is a mapping with a path")
			return nil
		}
		if i < len(nodes) {
			b.checkProfileKeys(nodes[i], d, attachKey)
		}
		one := &builder{file: b.file, node: b.node, values: d}
		a := Attach{Path: one.text("path", ""), Alias: one.text("alias", ""), Type: one.text("type", "")}
		if ro, ok := d.GetStr("read_only"); ok {
			a.ReadOnly = jinja.Truth(ro)
		}
		if a.Path == "" {
			b.failf("attach", "an attached database has no path")
			return nil
		}
		if !strings.Contains(a.Path, ":") && !filepath.IsAbs(a.Path) {
			a.Path = filepath.Join(dir, filepath.FromSlash(a.Path))
		}
		if a.Alias == "" {
			a.Alias, _, _ = strings.Cut(strings.TrimLeft(filepath.Base(a.Path), "."), ".")
		}
		out = append(out, a)
	}
	return out
}

// Dict gives what templates see as target.
func (t *Target) Dict() *jinja.Dict {
	d := jinja.NewDict()
	for _, p := range []struct {
		key string
		val jinja.Value
	}{
		{"name", t.Name},
		{"target_name", t.Name},
		{"profile_name", t.Profile},
		{"type", t.Type},
		{"threads", int64(t.Threads)},
		{"database", t.Database},
		{"dbname", t.Database},
		{"schema", t.Schema},
		{"path", t.Path},
		{"external_root", t.ExternalRoot},
	} {
		d.SetStr(p.key, p.val)
	}
	return d
}
