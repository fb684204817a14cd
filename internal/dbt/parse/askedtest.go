package parse

import (
	"regexp"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

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
		if err := manifest.CheckConfig(manifest.Test, str(k), v); err != nil {
			return place(err, shown, line)
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
