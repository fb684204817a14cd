package profile_test

import (
	"slices"
	"testing"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/profile"
)

// people is a model of three customers, and a table that nobody declared.
func people() *access.Schema {
	return &access.Schema{
		Models: map[string]access.Model{
			"people": {Name: "people", Schema: "main", Table: "people", Columns: []access.Column{
				{Name: "customer_id", Text: true, Mask: access.Whole}, {Name: "email", Text: true, Mask: access.Initial}, {Name: "country", Text: true}, {Name: "income"},
			}},
			"main.loose": {Name: "main.loose", Schema: "main", Table: "loose", Columns: []access.Column{
				{Name: "Email", Text: true, Undeclared: true}, {Name: "shop", Text: true, Undeclared: true},
			}},
		},
		Marked: []string{"customer_id", "email"},
		People: access.People{Model: "people", Key: "customer_id", Dimensions: map[string]string{"country": "country"}},
	}
}

func TestOnlyWhatAScopeSeesIsLookedAt(t *testing.T) {
	t.Parallel()
	s := session(
		t, `create table people as select * from (values ('a', 'ann@x.org', 'France', 1), ('b', 'bob@x.org', 'France', 2), ('c', 'cem@x.org', 'Spain', 900)) as t (customer_id, email, country, income)`,
		`create table loose as select 'ann' as "Email", 'north' as shop`,
	)
	open := func(scope access.Scope, model string) (*profile.Table, error) {
		r, err := profile.Open(t.Context(), s, people(), scope, model, []string{"_line"}, profile.Request{
			Name: model, Keys: [][]string{{"customer_id"}, {"income"}}, Now: noon(),
		})
		if err != nil {
			return nil, err
		}
		return profile.Read(t.Context(), s, r)
	}
	table, err := open(access.Limited(access.Rules{
		Who: "ann", Conditions: []access.Condition{{Dimension: "country", Values: []string{"France"}}}, Hidden: map[string][]string{"people": {"income"}},
	}), "people")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range table.Columns {
		names = append(names, c.Name)
	}
	if table.Rows != 2 || !slices.Equal(names, []string{"customer_id", "email", "country"}) || len(table.Keys) != 1 {
		t.Errorf("%d rows, %v, %v", table.Rows, names, table.Keys)
	}
	if c := table.Columns[1]; !c.Personal || c.Least != nil || c.Distinct.Count != 2 {
		t.Errorf("%+v", c)
	}
	if table.Columns[0].Personal { // the handle by which figures are followed down
		t.Error("the customer's id is masked")
	}
	loose, err := open(access.All(), "main.loose")
	if err != nil {
		t.Fatal(err)
	}
	if !loose.Columns[0].Personal || loose.Columns[1].Personal {
		t.Errorf("%+v", loose.Columns)
	}
	if _, err := open(access.Scope{}, "people"); !fault.Is(err, fault.Denied) {
		t.Errorf("nobody sees: %v", err)
	}
	if _, err := open(access.All(), "none"); !fault.Is(err, fault.NotFound) {
		t.Errorf("no model: %v", err)
	}
}

func TestGeneratedRowsAreCounted(t *testing.T) {
	t.Parallel()
	s := session(
		t, `create table visits as select * from (values (1, 'synthetic:seed=1'), (2, 'visits.csv'), (3, 'synthetic:seed=1'), (4, null)) as t (id, _file)`,
		`create table bare as select 1 as id, 7 as _file`,
	)
	schema := &access.Schema{Models: map[string]access.Model{}}
	for _, name := range []string{"visits", "bare"} {
		schema.Models[name] = access.Model{Name: name, Schema: "main", Table: name, Columns: []access.Column{{Name: "id"}, {Name: "_file"}}}
	}
	for name, want := range map[string]int64{"visits": 2, "bare": 0} {
		r, err := profile.Open(t.Context(), s, schema, access.All(), name, []string{"_file"}, profile.Request{Name: name, Now: noon()})
		if err != nil {
			t.Fatal(err)
		}
		table, err := profile.Read(t.Context(), s, r)
		if err != nil {
			t.Fatal(err)
		}
		if table.Synthetic != want || len(table.Columns) != 1 {
			t.Errorf("%s: %d generated rows, want %d; %d columns", name, table.Synthetic, want, len(table.Columns))
		}
	}
}
