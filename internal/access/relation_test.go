package access_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

const fixture = `
	create table people (customer_id varchar, country varchar, tier varchar);
	insert into people values ('A', 'France', 'Gold'), ('B', 'Germany', 'Gold'), ('C', 'France', 'Silver'), ('D', null::varchar, null::varchar);
	create table profile (customer_id varchar, email varchar, born date, note varchar, income varchar);
	insert into profile values ('A', 'ann@example.com', date '1990-01-02', 'likes tea', 'high'), ('B', 'bob@example.com', null::date, null::varchar, 'low'),
		('C', '', null::date, '', null), ('D', 'dan', null::date, 'x', 'low');
	create table sales (sale_id integer, customer_id varchar, country varchar, amount integer);
	insert into sales values (1, 'A', 'France', 10), (2, 'A', 'Germany', 20), (3, 'B', 'France', 30), (4, null, 'France', 40);
	create table referrals (referrer_customer_id varchar, referred_customer_id varchar);
	insert into referrals values ('A', 'B'), ('B', 'D'), ('B', 'A'), ('C', 'A'), (null, 'B');
	create table calendar (day date);
	insert into calendar values (date '2026-01-01');`

func schema() *access.Schema {
	text := func(name string, mask ...access.Mask) access.Column {
		c := access.Column{Name: name, Text: true}
		if len(mask) > 0 {
			c.Mask = mask[0]
		}
		return c
	}
	models := map[string]access.Model{}
	for name, columns := range map[string][]access.Column{
		"people":    {text("customer_id", access.Whole), text("country"), text("tier")},
		"profile":   {text("customer_id", access.Whole), text("email", access.Initial), {Name: "born", Mask: access.Whole}, text("note", access.Whole), text("income")},
		"sales":     {{Name: "sale_id"}, text("customer_id", access.Whole), text("country"), {Name: "amount"}},
		"referrals": {text("referrer_customer_id", access.Whole), text("referred_customer_id", access.Whole)},
		"calendar":  {{Name: "day"}},
	} {
		models[name] = access.Model{Name: name, Schema: "main", Table: name, Columns: columns}
	}
	return &access.Schema{
		Models: models,
		People: access.People{Model: "people", Key: "customer_id", Dimensions: map[string]string{"country": "country", "tier": "tier"}},
		Own:    map[string]map[string]string{"sales": {"country": "country"}},
	}
}

func open(t *testing.T) warehouse.Session {
	t.Helper()
	e, err := duckdb.Open(t.Context(), duckdb.Config{Path: duckdb.Memory})
	if err != nil {
		t.Fatal(err)
	}
	s, err := e.Session(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := s.Exec(t.Context(), fixture); err != nil {
		t.Fatal(err)
	}
	return s
}

// lines gives the rows of a model as a scope sees them, a line each.
func lines(t *testing.T, db warehouse.Session, scope access.Scope, model string, form access.Form) []string {
	t.Helper()
	var args []any
	relation, err := scope.Relation(schema(), model, form, func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows(t.Context(), t, db, "select * from "+relation+" as m order by all", args...)
}

func rows(ctx context.Context, t *testing.T, db warehouse.Session, sql string, args ...any) []string {
	t.Helper()
	found, err := db.Query(ctx, sql, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	out := []string{}
	for found.Next() {
		var line []string
		for _, v := range found.Values() {
			if v == nil {
				v = "-"
			}
			line = append(line, fmt.Sprint(v))
		}
		out = append(out, strings.Join(line, " "))
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func limited(reveal bool, hidden map[string][]string, conditions ...access.Condition) access.Scope {
	return access.Limited(access.Rules{Who: "ann", Conditions: conditions, Hidden: hidden, Reveal: reveal})
}

func TestWhatAScopeSees(t *testing.T) {
	t.Parallel()
	db := open(t)
	france := access.Condition{Dimension: "country", Values: []string{"France"}}
	gold := access.Condition{Dimension: "tier", Values: []string{"Gold"}}
	for _, c := range []struct {
		name  string
		scope access.Scope
		model string
		form  access.Form
		want  []string
	}{
		{"the owner sees masks", access.All(), "profile", access.Shown, []string{"A a•••@example.com - ••• high", "B b•••@example.com - - low", "C  -  -", "D d••• - ••• low"}},
		{"and what is under them, where it is asked for", access.All(), "profile", access.Clear, []string{
			"A ann@example.com 1990-01-02 00:00:00 +0000 UTC likes tea high", "B bob@example.com - - low", "C  -  -", "D dan - x low",
		}},
		{"attributes narrow people", limited(false, nil, france), "people", access.Shown, []string{"A France Gold", "C France Silver"}},
		{"all conditions hold", limited(false, nil, france, gold), "profile", access.Shown, []string{"A a•••@example.com - ••• high"}},
		{"a model's own column narrows, and the customer does", limited(false, nil, france), "sales", access.Shown, []string{"1 A France 10"}},
		{"the customer alone where there is no column", limited(false, nil, gold), "sales", access.Shown, []string{"1 A France 10", "2 A Germany 20", "3 B France 30"}},
		{"of two customers the other is left out", limited(false, nil, france), "referrals", access.Shown, []string{"A -", "C A", "- A"}},
		{"no value, no row", limited(false, nil, access.Condition{Dimension: "country"}), "profile", access.Shown, []string{}},
		{"values are values", limited(false, nil, access.Condition{Dimension: "country", Values: []string{"' or true --"}}), "profile", access.Shown, []string{}},
		{"hidden columns are empty", limited(true, map[string][]string{"profile": {"income", "email"}}, france), "profile", access.Shown, []string{"A - - ••• -", "C - -  -"}},
		{"in clear too", limited(true, map[string][]string{access.EveryModel: {"email", "income"}}, france), "profile", access.Clear, []string{
			"A - 1990-01-02 00:00:00 +0000 UTC likes tea -", "C - -  -",
		}},
		{"what says nothing of customers is read whole", limited(false, nil, france), "calendar", access.Unnarrowed, []string{"2026-01-01 00:00:00 +0000 UTC"}},
	} {
		if diff := cmp.Diff(c.want, lines(t, db, c.scope, c.model, c.form)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestWhatCannotBeNarrowedIsRefused(t *testing.T) {
	t.Parallel()
	bind := func(any) string { return "?" }
	for _, c := range []struct {
		scope access.Scope
		model string
		want  fault.Code
	}{
		{limited(false, nil, access.Condition{Dimension: "country", Values: []string{"France"}}), "calendar", fault.Forbidden},
		{limited(false, nil, access.Condition{Dimension: "channel", Values: []string{"web"}}), "profile", fault.Forbidden},
		{access.Scope{}, "calendar", fault.Denied},
		{access.All(), "nothing", fault.NotFound},
	} {
		for _, form := range []access.Form{access.Shown, access.Clear} {
			if sql, err := c.scope.Relation(schema(), c.model, form, bind); !fault.Is(err, c.want) {
				t.Errorf("%s of %s: %q, %v", c.model, c.scope.Who(), sql, err)
			}
		}
	}
	if got, err := access.All().Relation(schema(), "sales", access.Shown, bind); err != nil || got != `"main"."sales"` {
		t.Errorf("the owner reads %s (%v) in the place of the table", got, err)
	}
}

func TestMasks(t *testing.T) {
	t.Parallel()
	db := open(t)
	for _, c := range []struct {
		mask        access.Mask
		value, want string
	}{
		{access.Open, "Jane", "Jane"},
		{access.Initial, "Jane", "J•••"},
		{access.Initial, "J", "J•••"},
		{access.Initial, "", ""},
		{access.Initial, "jane@example.com", "j•••@example.com"},
		{access.Initial, "jane.doe+tag@mail.example.com", "j•••@mail.example.com"},
		{access.Initial, "@jane", "@•••"},
		{access.Initial, "jane@", "j•••"},
		{access.Initial, "jane@doe@example.com", "j•••"},
		{access.Initial, "call jane@example.com now", "c•••"},
		{access.Initial, "Éloïse", "É•••"},
		{access.Initial, "李小龙", "李•••"},
		{access.Initial, "🙂 smile", "🙂•••"},
		{access.Whole, "+49 30 1234567", "•••"},
		{access.Whole, "female", "•••"},
		{access.Whole, "", ""},
	} {
		if got := rows(t.Context(), t, db, "select "+c.mask.SQL("v", true)+" from (select $1::varchar as v)", c.value); got[0] != c.want {
			t.Errorf("%s of %q: %q, not %q", c.mask, c.value, got[0], c.want)
		}
	}
	for _, sql := range []string{"42", "date '1990-01-02'", "null::varchar"} {
		for _, mask := range access.Masks() {
			text := strings.Contains(sql, "varchar")
			if got := rows(t.Context(), t, db, "select "+mask.SQL("v", text)+" from (select "+sql+" as v)"); got[0] != "-" {
				t.Errorf("%s of %s: %s", mask, sql, got[0])
			}
		}
	}
}

// What nobody describes is taken for personal where a column of its name is marked.
func TestIsPersonal(t *testing.T) {
	t.Parallel()
	schema := &access.Schema{
		Models: map[string]access.Model{
			"people": {Name: "people", Columns: []access.Column{{Name: "customer_id", Mask: access.Whole}, {Name: "city", Mask: access.Whole}}},
			"shops":  {Name: "shops", Columns: []access.Column{{Name: "city"}, {Name: "CITY ", Undeclared: true}, {Name: "City", Undeclared: true}, {Name: "size", Undeclared: true}}},
		},
		People: access.People{Model: "people", Key: "customer_id"},
		Marked: []string{"city", "customer_id"},
	}
	for name, want := range map[string]bool{
		"people.customer_id": false, "people.city": true, "shops.city": false, "shops.City": true, "shops.size": false, "shops.customer_id": false, "none.city": true,
	} {
		model, column, _ := strings.Cut(name, ".")
		if got := schema.IsPersonal(model, column); got != want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
