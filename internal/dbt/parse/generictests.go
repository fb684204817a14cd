package parse

import (
	"path"
	"regexp"
	"slices"
	"sort"
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

// testConfigs gives the keys that configure a test when they stand among its arguments.
func testConfigs() []string {
	return []string{
		"severity", "tags", "enabled", "where", "limit", "warn_if", "error_if", "fail_calc",
		"store_failures", "store_failures_as", "sql_header", "meta", "database", "schema", "alias",
	}
}

var testName = regexp.MustCompile(`^(?:([a-zA-Z_][0-9a-zA-Z_]*)\.)?([a-zA-Z_][0-9a-zA-Z_]*)$`)

// genericTest is one test as YAML asks for it.
type genericTest struct {
	subject     subject
	line        int
	namespace   string
	name        string
	column      string
	args        *jinja.Dict // arguments of the macro, model included
	config      *jinja.Dict
	custom      string // the name that YAML gives, "" for none
	description string
}

// asked reads the forms of a test: a name, {name: {arguments}}, or
// {test_name: name, arguments...}; arguments may stand under arguments:.
func (p *parser) asked(s subject, item *yaml.Node, column string) (*genericTest, error) {
	t := &genericTest{subject: s, line: item.Line, column: column, config: jinja.NewDict()}
	var full string
	args := jinja.NewDict()
	switch v := valueOf(item).(type) {
	case string:
		full = v
	case *jinja.Dict:
		if named, ok := v.GetStr("test_name"); ok {
			full = str(named)
			for k, value := range v.All() {
				if str(k) != "test_name" {
					args.SetStr(str(k), value)
				}
			}
			break
		}
		if v.Len() != 1 {
			return nil, fault.New(fault.Parse, "a test is a name, or one name with its arguments below it; here are %d keys", v.Len()).
				At(s.entry.shown, item.Line).WithHint("indent the arguments under the test's name")
		}
		full = str(v.Keys()[0])
		switch inner := v.Values()[0].(type) {
		case nil:
		case *jinja.Dict:
			args.Update(inner)
		default:
			return nil, fault.New(fault.Parse, "the arguments of the test %q are a mapping", full).At(s.entry.shown, item.Line)
		}
	default:
		return nil, fault.New(fault.Parse, "a test is a name, or a name with its arguments").At(s.entry.shown, item.Line)
	}
	m := testName.FindStringSubmatch(full)
	if m == nil {
		return nil, fault.New(fault.Parse, "%q is no name of a test", full).At(s.entry.shown, item.Line)
	}
	t.namespace, t.name = m[1], m[2]
	return t, p.arguments(t, args)
}

// arguments parts what is given to a test into configuration and arguments.
func (p *parser) arguments(t *genericTest, args *jinja.Dict) error {
	shown, line := t.subject.entry.shown, t.line
	if nested, ok := args.GetStr("arguments"); ok {
		if d, ok := nested.(*jinja.Dict); ok {
			_, _, _ = args.Delete("arguments")
			args.Update(d)
		}
	}
	if _, ok := args.GetStr("model"); ok {
		return fault.New(fault.Parse, "the test %q is given the argument model, which it gets by itself", t.name).At(shown, line)
	}
	take := func(key string) jinja.Value {
		v, _, _ := args.Delete(key)
		return v
	}
	t.description, t.custom = str(take("description")), str(take("name"))
	block := dictOf(take("config"))
	for _, key := range testConfigs() {
		if v := take(key); v != nil {
			if _, twice := block.GetStr(key); twice {
				return fault.New(fault.Parse, "%s stands both beside and under config: of the test %q", key, t.name).At(shown, line)
			}
			t.config.SetStr(key, v)
		}
	}
	t.config.Update(block)
	r := p.renderer(t.subject.entry.proj.Name)
	rendered := jinja.NewDict()
	for k, v := range t.config.All() {
		if text, ok := v.(string); ok {
			var err error
			if v, err = r.Text(p.ctx, shown, line, text); err != nil {
				return err
			}
		}
		if v != nil {
			rendered.SetStr(str(k), v)
		}
	}
	t.config = rendered
	t.args = args
	if t.column != "" {
		t.args.SetStr("column_name", t.column)
	}
	t.args.SetStr("model", "{{ get_where_subquery("+t.subject.call+") }}")
	return nil
}

var notWord = regexp.MustCompile(`[^0-9a-zA-Z_]+`)

// names gives a test's short name, for files and relations, and its full one.
func (t *genericTest) names() (short, full string) {
	if t.custom != "" {
		return t.custom, t.custom
	}
	kind := t.name
	if t.subject.source != nil {
		kind = "source_" + kind
	}
	if t.namespace != "" {
		kind = t.namespace + "_" + kind
	}
	var flat []string
	for _, key := range sortedKeys(t.args) {
		if key == "model" {
			continue
		}
		for _, part := range parts(first(t.args, key)) {
			flat = append(flat, notWord.ReplaceAllString(jinja.Str(part), "_"))
		}
	}
	identifier := kind + "_" + t.subject.name
	full = identifier + "_" + strings.Join(flat, "__")
	if len(full) < 64 {
		return full, full
	}
	return identifier[:min(30, len(identifier))] + "_" + md5hex(full), full
}

func parts(v jinja.Value) []jinja.Value {
	switch v := v.(type) {
	case *jinja.Dict:
		return v.Values()
	case *jinja.List:
		return v.Items
	}
	return []jinja.Value{v}
}

func sortedKeys(d *jinja.Dict) []string {
	keys := make([]string, 0, d.Len())
	for _, k := range d.Keys() {
		keys = append(keys, str(k))
	}
	sort.Strings(keys)
	return keys
}

// hash is the last ten digits of the md5 of the name and the test's metadata as
// Python prints it, keys sorted and leaves as text.
func (t *genericTest) hash(name string) string {
	metadata := jinja.NewDict()
	metadata.SetStr("kwargs", t.args)
	metadata.SetStr("name", t.name)
	var ns jinja.Value
	if t.namespace != "" {
		ns = t.namespace
	}
	metadata.SetStr("namespace", ns)
	sum := md5hex(name + jinja.Repr(hashable(metadata)))
	return sum[len(sum)-10:]
}

func hashable(v jinja.Value) jinja.Value {
	switch v := v.(type) {
	case *jinja.Dict:
		out := jinja.NewDict()
		for _, key := range sortedKeys(v) {
			out.SetStr(key, hashable(first(v, key)))
		}
		return out
	case *jinja.List:
		out := jinja.NewList()
		for _, item := range v.Items {
			out.Append(hashable(item))
		}
		return out
	}
	return jinja.Str(v)
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
