package parse

import (
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// readUnitTests reads the unit tests that YAML declares.
func (p *parser) readUnitTests() error {
	for _, e := range p.props.lists["unit_tests"] {
		v, err := p.renderer(e.proj.Name).Node(p.ctx, e.shown, e.node, notDescription)
		if err != nil {
			return err
		}
		d := dictOf(v)
		model := str(first(d, "model"))
		if model == "" {
			return e.at("the unit test %q names no model", e.name).WithHint("add model: and the name of the tested model")
		}
		l, err := p.patchConfig(e, manifest.UnitTestType)
		if err != nil {
			return err
		}
		u := &manifest.UnitTest{
			UniqueID: "unit_test." + e.proj.Name + "." + model + "." + e.name, Name: e.name, Package: e.proj.Name, Model: model,
			Path: e.file.Relative, OriginalFilePath: e.file.Original, Line: e.node.Line,
			FQN: append(fqn(e.proj.Name, e.file.Relative, model), e.name), CreatedAt: p.created,
			Overrides: dictOf(first(d, "overrides")), Expect: unitRows(dictOf(first(d, "expect"))),
		}
		if u.Description, _, err = p.entryDescription(e, e.node); err != nil {
			return err
		}
		if given, ok := first(d, "given").(*jinja.List); ok {
			for _, item := range given.Items {
				one := dictOf(item)
				u.Given = append(u.Given, manifest.UnitTestInput{Input: str(first(one, "input")), UnitTestRows: unitRows(one)})
			}
		}
		u.Versions = unitVersions(dictOf(first(d, "versions")))
		u.Config, _ = p.resolve(manifest.UnitTestType, e.proj.Name, u.FQN, l)
		if !u.Config.Enabled() {
			continue
		}
		if old, ok := p.out.UnitTests[u.UniqueID]; ok {
			return e.at("two unit tests of %s are named %q; the first is in %s:%d", model, e.name, old.OriginalFilePath, old.Line)
		}
		p.out.UnitTests[u.UniqueID] = u
		for i := range u.Given {
			if err := p.unitTestRows(e, u, u.Given[i].Input, &u.Given[i].UnitTestRows); err != nil {
				return err
			}
		}
		if err := p.unitTestRows(e, u, "", &u.Expect); err != nil {
			return err
		}
		u.Checksum = unitTestSum(u)
	}
	return nil
}

// notDescription keeps what is rendered later, with docs.
func notDescription(path []string) bool { return path[0] == "description" }

func unitRows(d *jinja.Dict) manifest.UnitTestRows {
	rows := manifest.UnitTestRows{Rows: first(d, "rows"), Format: str(first(d, "format")), Fixture: str(first(d, "fixture"))}
	if rows.Format == "" {
		rows.Format = "dict"
	}
	return rows
}

func unitVersions(d *jinja.Dict) *manifest.UnitTestVersions {
	if d.Len() == 0 {
		return nil
	}
	list := func(key string) []string {
		var out []string
		items, _ := first(d, key).(*jinja.List)
		if items == nil {
			return nil
		}
		for _, item := range items.Items {
			out = append(out, jinja.Str(item))
		}
		return out
	}
	return &manifest.UnitTestVersions{Include: list("include"), Exclude: list("exclude")}
}

// linkUnitTest finds the tested model, which is the unit test's only parent.
func (p *parser) linkUnitTest(u *manifest.UnitTest) error {
	name, version, _ := strings.Cut(u.Model, " ")
	n, err := p.env.ResolveRef(manifest.Ref{Name: name, Version: version}, u.Package)
	if err != nil {
		for _, off := range p.out.Disabled {
			if off.Name == name && off.ResourceType == manifest.Model {
				delete(p.out.UnitTests, u.UniqueID)
				return nil
			}
		}
		return place(err, u.OriginalFilePath, u.Line)
	}
	if n.ResourceType != manifest.Model {
		return fault.New(fault.Parse, "the unit test %q is about the %s %s", u.Name, n.ResourceType, n.Name).At(u.OriginalFilePath, u.Line).
			WithHint("only models have unit tests")
	}
	if err := checkIncremental(u, n); err != nil {
		return err
	}
	u.DependsOn.Nodes, u.Schema = []string{n.UniqueID}, n.Schema
	return p.spreadVersions(u, n)
}
