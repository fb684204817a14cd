package compile

import (
	"context"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// UnitInput is what an input of a unit test stands for: a node or a source.
type UnitInput struct {
	Node   *manifest.Node
	Source *manifest.Source
}

func (in UnitInput) id() string {
	if in.Source != nil {
		return in.Source.UniqueID
	}
	return in.Node.UniqueID
}

// UnitInput finds what an input such as ref('orders') or source('raw', 'lines')
// means. It answers false for this, which is the tested model itself.
func (e *Env) UnitInput(ctx context.Context, u *manifest.UnitTest, input string) (UnitInput, bool, error) {
	input = strings.TrimSpace(input)
	if input == "this" {
		return UnitInput{}, false, nil
	}
	node := &manifest.Node{
		UniqueID: u.UniqueID, Name: u.Name, ResourceType: manifest.UnitTestType, Package: u.Package,
		OriginalFilePath: u.OriginalFilePath, Config: manifest.NewConfig(jinja.NewDict()),
	}
	found := e.Pass(ctx, node)
	if err := found.Text(u.OriginalFilePath, max(u.Line, 1), "{{ "+input+" }}"); err != nil {
		return UnitInput{}, false, err
	}
	switch {
	case len(found.Refs) == 1:
		n, err := e.ResolveRef(found.Refs[0], u.Package)
		return UnitInput{Node: n}, err == nil, err
	case len(found.Sources) == 1:
		s, err := e.ResolveSource(found.Sources[0], u.Package)
		return UnitInput{Source: s}, err == nil, err
	}
	return UnitInput{}, false, fault.New(fault.Parse, "the unit test %q has the input %q", u.Name, input).At(u.OriginalFilePath, u.Line).
		WithHint("an input is ref('…'), source('…', '…') or this")
}

// UnitRun is one unit test with a connection: the tested model's SQL, over given
// rows in place of its inputs. It belongs to one goroutine.
type UnitRun struct {
	*Run

	unit *manifest.UnitTest
	// given is each input's rows by unique id; this is under the tested model's.
	given map[string]*unitFixture
	ctes  []manifest.InjectedCTE
}

// unitFixture is one input, compiled when the model first refers to it.
type unitFixture struct {
	input UnitInput
	rows  manifest.UnitTestRows
	name  string // of the CTE, "" until it is there
}

// OpenUnit prepares a unit test. node is the test in the form of what can be
// run, with the tested model's code.
func (e *Env) OpenUnit(ctx context.Context, node, tested *manifest.Node, u *manifest.UnitTest, ad *adapter.Adapter) (*UnitRun, error) {
	r := &UnitRun{Run: e.Open(ctx, node, ad), unit: u, given: map[string]*unitFixture{}}
	for i := range u.Given {
		in, ok, err := e.UnitInput(ctx, u, u.Given[i].Input)
		if err != nil {
			return nil, err
		}
		if !ok {
			in = UnitInput{Node: tested}
		}
		r.given[in.id()] = &unitFixture{input: in, rows: u.Given[i].UnitTestRows}
	}
	r.Set("ref", jinja.NewFunc("ref", r.unitRef))
	r.Set("source", jinja.NewFunc("source", r.unitSource))
	r.Set("this", nil)
	if f, ok := r.given[tested.UniqueID]; ok {
		this, err := r.relation(f) //nolint:contextcheck // a node keeps the context it was opened with
		if err != nil {
			return nil, err
		}
		r.Set("this", this)
	}
	r.override()
	return r, nil
}

// Compile renders the model's code over the given rows.
func (r *UnitRun) Compile() (string, error) {
	sql, err := r.Run.Compile()
	if err != nil {
		return "", err
	}
	r.node.ExtraCTEs = r.ctes
	r.node.CompiledCode = InjectCTEs(sql, r.ctes)
	return r.node.CompiledCode, nil
}

func (r *UnitRun) unitRef(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	ref, err := refArguments(args)
	if err != nil {
		return nil, err
	}
	n, err := r.env.ResolveRef(ref, r.node.Package)
	if err != nil {
		return nil, err
	}
	return r.rowsOf(UnitInput{Node: n}, refText(ref))
}

func (r *UnitRun) unitSource(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	ref, err := sourceArguments(args)
	if err != nil {
		return nil, err
	}
	s, err := r.env.ResolveSource(ref, r.node.Package)
	if err != nil {
		return nil, err
	}
	return r.rowsOf(UnitInput{Source: s}, "source('"+ref.Source+"', '"+ref.Table+"')")
}

func (r *UnitRun) rowsOf(in UnitInput, what string) (jinja.Value, error) {
	f, ok := r.given[in.id()]
	if !ok {
		return nil, fault.New(fault.Compile, "the unit test %s gives no rows for %s", r.unit.Name, what).
			WithHint("add `- input: %s` under given: in %s", what, r.unit.OriginalFilePath)
	}
	return r.relation(f)
}

// relation gives the CTE of an input, and makes it at first use.
func (r *UnitRun) relation(f *unitFixture) (jinja.Value, error) {
	if f.name != "" {
		return adapter.NewEphemeral(f.name), nil
	}
	f.name = f.alias()
	sql, err := r.fixtureSQL(f)
	if err != nil {
		return nil, err
	}
	cte := adapter.NewEphemeral(f.name)
	r.ctes = append(r.ctes, manifest.InjectedCTE{ID: f.input.id(), SQL: " " + cte.Render() + " as (\n" + sql + "\n)"})
	return cte, nil
}

// alias is the name of the CTE; two sources may have tables of one name.
func (f *unitFixture) alias() string {
	if s := f.input.Source; s != nil {
		return s.SourceName + "__" + s.Name
	}
	return f.input.Node.Alias
}

// fixtureSQL writes the rows as a query, with the types of the relation that
// they stand for.
func (r *UnitRun) fixtureSQL(f *unitFixture) (string, error) {
	node := &manifest.Node{
		UniqueID: f.input.id(), ResourceType: manifest.Operation, Package: r.node.Package,
		OriginalFilePath: r.unit.OriginalFilePath, Config: manifest.NewConfig(jinja.NewDict()),
	}
	var this, twin jinja.Value
	if s := f.input.Source; s != nil {
		rel, err := r.env.SourceRelation(s)
		if err != nil {
			return "", err
		}
		node.Name, this = s.Name, rel
	} else {
		n := f.input.Node
		node.Name = n.Name
		this = adapter.NewRelation(n.Database, n.Schema, n.Alias, "", r.env.quoteFor(n.Config))
		if rel := r.env.deferred(n); rel != nil {
			twin = rel
		}
	}
	run := r.env.Open(r.rt.Context(), node, r.adapter)
	run.Set("this", this)
	run.Set("defer_relation", twin)
	if f.rows.Format == "sql" {
		return run.Text(r.unit.OriginalFilePath, jinja.Str(f.rows.Rows))
	}
	macro := r.env.Library.Find(r.node.Package, "get_fixture_sql")
	if macro == nil {
		return "", fault.New(fault.Internal, "there is no macro get_fixture_sql")
	}
	sql, err := run.CallMacro(macro, jinja.Pos(f.rows.Rows, nil))
	return jinja.Str(sql), err
}
