package parse

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/dbt/compile"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/project"
	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

func valueOf(n *yaml.Node) jinja.Value { return yamlvalue.Value(n) }

// draft is a node on its way into the manifest.
type draft struct {
	node  *manifest.Node
	proj  *project.Project
	shown string
	entry *entry // the YAML about it, nil for none
	// pass is the first pass when it has begun already, with a test's arguments.
	pass *compile.Pass
	// known says that the pass holds already what rendering the code would find.
	known bool
	// extra are names that only this node's templates have.
	extra jinja.MapScope
}

// newNode begins a node of a file.
func (p *parser) newNode(proj *project.Project, f project.File, t manifest.ResourceType, name string) *manifest.Node {
	return &manifest.Node{
		UniqueID: string(t) + "." + proj.Name + "." + name, Name: name, ResourceType: t, Package: proj.Name,
		Path: f.Relative, OriginalFilePath: f.Original, RootPath: proj.Root, RawLine: 1, Language: "sql",
		FQN:   fqn(proj.Name, f.Relative, name),
		Alias: name, Meta: jinja.NewDict(), CreatedAt: p.created, Access: "protected",
		UnrenderedConfig: jinja.NewDict(),
	}
}

// fqn is the package, the folders of a path, and the name.
func fqn(pkg, relative, name string) []string {
	parts := []string{pkg}
	if dir := path.Dir(relative); dir != "." {
		parts = append(parts, strings.Split(dir, "/")...)
	}
	return append(parts, name)
}

// readSQL reads a file's text as dbt keeps it: without surrounding white space.
// line is where the text begins in the file.
func readSQL(f project.File, shown string) (text string, line int, err error) {
	data, err := os.ReadFile(f.Absolute)
	if err != nil {
		return "", 0, fault.Wrap(err, fault.Invalid, "the file cannot be read").At(shown, 0)
	}
	whole := strings.ReplaceAll(string(data), "\r\n", "\n")
	whole = strings.TrimPrefix(whole, "\ufeff")
	text = strings.TrimSpace(whole)
	head, _, _ := strings.Cut(whole, text)
	return text, 1 + strings.Count(head, "\n"), nil
}

// fingerprint is dbt's checksum of a file of templates: white space of any
// length counts as one blank.
func fingerprint(text string) manifest.Checksum { return sha(strings.Join(strings.Fields(text), " ")) }

func sha(text string) manifest.Checksum {
	sum := sha256.Sum256([]byte(text))
	return manifest.Checksum{Name: "sha256", Checksum: hex.EncodeToString(sum[:])}
}

// finish prepares a node and puts it into the manifest.
func (p *parser) finish(d draft) error {
	if err := p.prepare(d); err != nil {
		return err
	}
	return p.add(d)
}

// prepare takes a node through the first pass and resolves its configuration and
// names. Several nodes may be prepared at once: it changes nothing but the node.
func (p *parser) prepare(d draft) error {
	n := d.node
	l, err := p.describe(d)
	if err != nil {
		return err
	}
	// The first pass sees the configuration as far as it is known before config();
	// where its outcome is known already, nobody looks.
	if !d.known {
		n.Config, _ = p.resolve(n.ResourceType, n.Package, n.FQN, l)
	}
	p.provisionalNames(n)
	c := d.pass
	if c == nil {
		c = p.env.Pass(p.ctx, n)
	}
	if n.Language == "sql" && n.RawCode != "" {
		for name, v := range d.extra {
			c.Set(name, v)
		}
		if !d.known {
			if err := c.Code(); err != nil {
				return place(err, d.shown, n.RawLine)
			}
		}
		n.Metrics = c.Metrics
		for _, id := range c.Macros {
			n.DependsOn.Macros = appendNew(n.DependsOn.Macros, id)
		}
		refer(n, c)
		if c.Config != nil {
			l.own, l.rawOwn = c.Config.Values, c.Written
		}
	}
	return p.settle(d, l, c)
}

// settle resolves the configuration and what follows from it.
func (p *parser) settle(d draft, l layers, c *compile.Pass) error {
	n := d.node
	n.Config, n.UnrenderedConfig = p.resolve(n.ResourceType, n.Package, n.FQN, l)
	if n.ResourceType == manifest.Test {
		settleFailures(n.Config)
	}
	for _, tag := range n.Config.Strings("tags") {
		n.Tags = appendNew(n.Tags, tag)
	}
	if v, ok := n.Config.Get("meta"); ok {
		n.Meta = dictOf(v)
	}
	if g := n.Config.String("group"); g != "" {
		n.Group = g
	}
	if a := n.Config.String("access"); a != "" && n.ResourceType == manifest.Model {
		n.Access = a
		if a != "private" && a != "protected" && a != "public" {
			return fault.New(fault.Parse, "access is private, protected or public, not %q", a).At(d.shown, 1)
		}
	}
	if err := p.names(n, c, d.shown); err != nil {
		return err
	}
	return p.parseHooks(n)
}

// add puts the node into the manifest, among the disabled ones if it is off.
func (p *parser) add(d draft) error {
	n := d.node
	if !n.Config.Enabled() {
		p.out.Disabled[n.UniqueID] = n
		return nil
	}
	if old, ok := p.out.Nodes[n.UniqueID]; ok {
		return fault.New(fault.Parse, "two %ss are named %q: this one and %s", n.ResourceType, n.Name, old.OriginalFilePath).
			At(d.shown, 1).WithHint("rename one of them; names are unique in a package")
	}
	if n.Relational() || n.Ephemeral() {
		n.RelationName = p.env.RelationName(n)
	}
	if n.Ephemeral() {
		n.RelationName = ""
	}
	target := p.Project.TargetPath
	n.CompiledPath = path.Join(target, "compiled", n.Package, n.OriginalFilePath)
	n.BuildPath = path.Join(target, "run", n.Package, n.OriginalFilePath)
	if path.Base(n.Path) != path.Base(n.OriginalFilePath) {
		// Several nodes of one file, generic tests and snapshots, have files of their own.
		n.CompiledPath = path.Join(n.CompiledPath, n.Path)
		n.BuildPath = path.Join(n.BuildPath, n.Path)
	}
	p.out.Nodes[n.UniqueID] = n
	return nil
}

// settleFailures makes the two settings of a test's failures agree: how they are
// kept decides, whether they are kept stands in for it.
func settleFailures(c *manifest.Config) {
	if as := c.String("store_failures_as"); as != "" {
		c.Set("store_failures", as != "ephemeral")
		return
	}
	switch keep, ok := c.Get("store_failures"); {
	case !ok || keep == nil:
	case c.Bool("store_failures", false):
		c.Set("store_failures_as", "table")
	default:
		c.Set("store_failures_as", "ephemeral")
	}
}

// parseHooks renders the node's hooks once for what they refer to.
func (p *parser) parseHooks(n *manifest.Node) error {
	if n.ResourceType == manifest.Test {
		return nil
	}
	for _, key := range []string{"pre-hook", "post-hook"} {
		v, _ := n.Config.Get(key)
		for _, hook := range manifest.HookValues(v).Items {
			sql, _ := dictOf(hook).GetStr("sql")
			if !project.IsTemplate(str(sql)) {
				continue
			}
			c := p.env.Pass(p.ctx, n)
			if err := c.Text(n.OriginalFilePath, 1, str(sql)); err != nil {
				return err
			}
			refer(n, c)
			for _, m := range c.Macros {
				n.DependsOn.Macros = appendNew(n.DependsOn.Macros, m)
			}
		}
	}
	return nil
}

// refer adds what a pass found to what the node refers to.
func refer(n *manifest.Node, c *compile.Pass) {
	n.Refs, n.RefSites = append(n.Refs, c.Refs...), append(n.RefSites, c.RefSites...)
	n.Sources, n.SourceSites = append(n.Sources, c.Sources...), append(n.SourceSites, c.SourceSites...)
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// place gives an error without a file the node's.
func place(err error, file string, line int) error {
	if f, ok := err.(*fault.Error); ok && (f.File == "" || strings.HasPrefix(f.File, compile.BuiltinPrefix)) { //nolint:errorlint // only the outermost fault is shown
		for _, frame := range f.Stack {
			if frame.File != "" && !strings.HasPrefix(frame.File, compile.BuiltinPrefix) {
				file, line = frame.File, frame.Line
				break
			}
		}
		f.File, f.Line, f.Column = file, line, 0
	}
	return err
}
