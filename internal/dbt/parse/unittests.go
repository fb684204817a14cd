package parse

import (
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// readUnitTests reads the unit tests that YAML declares.
func (p *parser) readUnitTests() error {
	for _, e := range p.props.lists["unit_tests"] {
		d := dictOf(valueOf(e.node))
		model := str(first(d, "model"))
		if model == "" {
			return e.at("the unit test %q names no model", e.name).WithHint("add model: and the name of the tested model")
		}
		l, err := p.patchConfig(e)
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
		u.Config, _ = p.resolve(manifest.UnitTestType, e.proj.Name, u.FQN, l)
		if u.Config.Enabled() {
			p.out.UnitTests[u.UniqueID] = u
		}
	}
	return nil
}

func unitRows(d *jinja.Dict) manifest.UnitTestRows {
	rows := manifest.UnitTestRows{Rows: first(d, "rows"), Format: str(first(d, "format")), Fixture: str(first(d, "fixture"))}
	if rows.Format == "" {
		rows.Format = "dict"
	}
	return rows
}

// linkUnitTest finds the tested model, which is the unit test's only parent.
func (p *parser) linkUnitTest(u *manifest.UnitTest) error {
	n, err := p.env.ResolveRef(manifest.Ref{Name: u.Model}, u.Package)
	if err != nil {
		return place(err, u.OriginalFilePath, u.Line)
	}
	u.DependsOn.Nodes = []string{n.UniqueID}
	return nil
}
