package parse

import (
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/dbt/compile"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// subject is what a generic test is about: a model, seed, snapshot or source table.
type subject struct {
	entry    *entry
	node     *yaml.Node // the YAML with the tests and columns
	key      string     // section and name, dbt's file_key_name
	name     string     // in test names
	call     string     // ref('x') or source('a', 'b')
	ref      manifest.Ref
	source   *manifest.SourceRef
	attached string
}

// askedTest is one element of a list of tests.
type askedTest struct {
	subject subject
	item    *yaml.Node
	column  string
	tags    []string
}

func (p *parser) readGenericTests() error {
	var list []askedTest
	add := func(t askedTest) { list = append(list, t) }
	if err := p.collectTests(add); err != nil {
		return err
	}
	return p.each(len(list), func(i int) (draft, error) {
		t := list[i]
		d, err := p.genericTest(t)
		return d, place(err, t.subject.entry.shown, t.item.Line)
	})
}

// collectTests finds the tests of all nodes and source tables.
func (p *parser) collectTests(add func(askedTest)) error {
	for _, section := range []string{"models", "seeds", "snapshots"} {
		for _, e := range p.props.lists[section] {
			if err := p.testsOfNode(section, e, add); err != nil {
				return err
			}
		}
	}
	for _, e := range p.props.lists["sources"] {
		for _, table := range yamlvalue.Items(e.get("tables")) {
			name := yamlvalue.Text(yamlvalue.Get(table, "name"))
			s := subject{
				entry: e, node: table, key: "sources." + e.name, name: e.name + "_" + name,
				call: "source('" + e.name + "', '" + name + "')", source: &manifest.SourceRef{Source: e.name, Table: name},
			}
			if err := p.testsOf(s, add); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *parser) testsOfNode(section string, e *entry, add func(askedTest)) error {
	s := subject{
		entry: e, node: e.node, key: section + "." + e.name, name: e.name,
		call: "ref('" + e.name + "')", ref: manifest.Ref{Name: e.name},
	}
	kind := strings.TrimSuffix(section, "s")
	versions := yamlvalue.Items(e.get("versions"))
	if len(versions) == 0 {
		s.attached = kind + "." + e.proj.Name + "." + e.name
		return p.testsOf(s, add)
	}
	for _, item := range versions {
		v := yamlvalue.Text(yamlvalue.Get(item, "v"))
		one := s
		one.node = p.versionEntry(version{entry: e, node: item, v: v}).node
		one.name, one.ref.Version = e.name+"_v"+v, v
		one.call = "ref('" + e.name + "', version='" + v + "')"
		one.attached = kind + "." + e.proj.Name + "." + e.name + ".v" + v
		if err := p.testsOf(one, add); err != nil {
			return err
		}
	}
	return nil
}

// testsOf reads the tests of the columns, then those of the whole.
func (p *parser) testsOf(s subject, add func(askedTest)) error {
	for _, c := range yamlvalue.Items(yamlvalue.Get(s.node, "columns")) {
		column := yamlvalue.Text(yamlvalue.Get(c, "name"))
		if quote, _ := valueOf(yamlvalue.Get(c, "quote")).(bool); quote {
			column = `"` + column + `"`
		}
		tags := manifest.NewConfig(dictOf(valueOf(c))).Strings("tags")
		tags = append(tags, manifest.NewConfig(dictOf(valueOf(yamlvalue.Get(c, "config")))).Strings("tags")...)
		if err := testList(askedTest{s, c, column, tags}, add); err != nil {
			return err
		}
	}
	return testList(askedTest{s, s.node, "", nil}, add)
}

// testList adds the tests in the lists of a node or column, which holder.item is.
func testList(holder askedTest, add func(askedTest)) error {
	for _, key := range []string{"data_tests", "tests"} {
		list := yamlvalue.Get(holder.item, key)
		if yamlvalue.IsNull(list) {
			continue
		}
		if list.Kind != yaml.SequenceNode {
			return fault.New(fault.Parse, "%s: takes a list of tests", key).At(holder.subject.entry.shown, list.Line)
		}
		for _, item := range yamlvalue.Items(list) {
			t := holder
			t.item = item
			add(t)
		}
	}
	return nil
}

// genericTest makes the node of a test that is asked for, ready for its first pass.
func (p *parser) genericTest(asked askedTest) (draft, error) {
	s, e := asked.subject, asked.subject.entry
	t, err := p.asked(s, asked.item, asked.column)
	if err != nil {
		return draft{}, err
	}
	short, full := t.names()
	if _, ok := t.config.GetStr("alias"); !ok && short != full {
		t.config.SetStr("alias", short)
	}
	n := p.newNode(e.proj, e.file, manifest.Test, full)
	n.UniqueID += "." + t.hash(full)
	n.Path = short + ".sql"
	n.FQN = fqn(e.proj.Name, afterFirst(e.file.Original), full)
	n.RawLine, n.PatchLine = t.line, t.line
	n.RawCode = t.code()
	n.Checksum = manifest.Checksum{Name: "none"}
	n.Description, n.ColumnName, n.FileKeyName = t.description, asked.column, s.key
	n.TestMetadata = &manifest.TestMetadata{Name: t.name, Namespace: t.namespace, Kwargs: t.args}
	n.TestKwargs = t.args
	tags := slices.Clone(asked.tags)
	if s.source != nil {
		if src := p.out.Sources["source."+e.proj.Name+"."+s.source.Source+"."+s.source.Table]; src != nil {
			tags = append(tags, src.Tags...)
		}
	}
	slices.Sort(tags)
	for _, tag := range tags {
		n.Tags = appendNew(n.Tags, tag)
	}
	macro, err := p.findTestMacro(n, t)
	if err != nil {
		return draft{}, err
	}
	if owner := p.owner(s); owner != nil {
		n.AttachedNode, n.Group = owner.UniqueID, owner.Group
	}
	if macro == "macro.dbt.test_not_null" || macro == "macro.dbt.test_unique" {
		return draft{node: n, proj: e.proj, shown: e.shown, pass: p.plainReferences(n, t), known: true}, nil
	}
	c, err := p.testReferences(n)
	return draft{node: n, proj: e.proj, shown: e.shown, pass: c}, err
}

// plainReferences is what the first pass of not_null and unique finds: the node
// that they test and nothing else, as dbt has it. Most tests are of these two, and
// rendering each would take a third of the time of reading a project.
func (p *parser) plainReferences(n *manifest.Node, t *genericTest) *compile.Pass {
	c := p.env.Pass(p.ctx, n)
	at := []manifest.Site{{File: n.OriginalFilePath, Line: t.line}}
	if t.subject.source != nil {
		c.Sources, c.SourceSites = []manifest.SourceRef{*t.subject.source}, at
	} else {
		c.Refs, c.RefSites = []manifest.Ref{t.subject.ref}, at
	}
	if t.config.Len() > 0 {
		c.Configure(t.config)
	}
	return c
}

// owner gives the node that a test is about, nil for sources and for YAML
// without a node.
func (p *parser) owner(s subject) *manifest.Node {
	if n, ok := p.out.Nodes[s.attached]; ok {
		return n
	}
	return p.out.Disabled[s.attached]
}

func afterFirst(original string) string {
	_, rest, ok := strings.Cut(original, "/")
	if !ok {
		return path.Base(original)
	}
	return rest
}

// findTestMacro makes sure that the test exists before anything runs. It gives the
// macro's unique id.
func (p *parser) findTestMacro(n *manifest.Node, t *genericTest) (string, error) {
	macro := "test_" + t.name
	var m *manifest.Macro
	if t.namespace != "" {
		m = p.env.Library.In(t.namespace, macro)
	} else {
		m = p.env.Library.Find(n.Package, macro)
	}
	if m != nil {
		n.DependsOn.Macros = append(n.DependsOn.Macros, m.UniqueID)
		return m.UniqueID, nil
	}
	var known []string
	for _, candidate := range p.out.Macros {
		if name, ok := strings.CutPrefix(candidate.Name, "test_"); ok {
			known = append(known, name)
		}
	}
	err := fault.New(fault.Parse, "there is no test %q", t.name).At(t.subject.entry.shown, t.line)
	if near := compile.Nearest(t.name, known); near != "" {
		return "", err.WithHint("did you mean %q?", near)
	}
	return "", err.WithHint("define it with {%% test %s(model, column_name) %%}", t.name)
}

// code is the template that runs the test: a call of its macro with the
// arguments, which the scope has.
func (t *genericTest) code() string {
	name := "test_" + t.name
	if t.namespace != "" {
		name = t.namespace + "." + name
	}
	var config []string
	for k, v := range t.config.All() {
		text := jinja.Str(v)
		if s, ok := v.(string); ok {
			text = `"` + strings.ReplaceAll(s, `"`, `\"`) + `"`
		}
		config = append(config, str(k)+"="+text)
	}
	out := "{{ " + name + "(**" + compile.TestKwargsName + ") }}"
	if len(config) > 0 {
		out += "{{ config(" + strings.Join(config, ",") + ") }}"
	}
	return out
}

// testReferences begins the first pass of a test with its arguments, for what
// they refer to.
func (p *parser) testReferences(n *manifest.Node) (*compile.Pass, error) {
	n.Config = p.defaults(manifest.Test)
	c := p.env.Pass(p.ctx, n)
	kwargs, err := c.Arguments()
	if err != nil {
		return nil, err
	}
	c.Set(compile.TestKwargsName, kwargs)
	return c, nil
}
