package access

import (
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

// Form says in which form a statement reads a model.
type Form int

// The forms.
const (
	// Shown is for rows that are shown: narrowed, hidden columns empty, personal ones masked.
	Shown Form = iota
	// Clear leaves personal columns as they are. It is for what is found or counted by
	// them and not shown, and for what is revealed on record.
	Clear
	// Unnarrowed leaves all rows, of a model that says nothing of single customers: a
	// calendar, a list of products. Hidden columns are empty all the same.
	Unnarrowed
)

// Relation gives the SQL to read in the place of a model's table, and takes values
// through bind, which gives the mark that stands for one. A model whose rows cannot be
// told apart by the scope's conditions gives a fault of code Forbidden: figures over
// all rows are never shown in the place of narrowed ones.
func (s Scope) Relation(schema *Schema, model string, form Form, bind func(value any) string) (string, error) {
	if !s.granted {
		return "", fault.New(fault.Denied, "there is nothing that you may see")
	}
	m, ok := schema.Models[model]
	if !ok {
		return "", fault.New(fault.NotFound, "the project has no model %s", model)
	}
	table := quoted(m.Schema) + "." + quoted(m.Table)
	n := narrowing{}
	if form != Unnarrowed && s.Narrowed() {
		var err error
		if n, err = s.narrow(schema, m, bind); err != nil {
			return "", err
		}
	}
	var replaced []string
	for _, c := range m.Columns {
		name := quoted(c.Name)
		expr := name
		switch {
		case s.Hides(model, c.Name):
			expr = nothing(name)
		case form == Shown || form == Unnarrowed:
			expr = schema.MaskOf(model, c.Name).SQL(name, c.Text)
		}
		if n.people != "" && n.several && schema.People.Names(c.Name) && expr == name {
			expr = "case when " + name + " in " + n.people + " then " + name + " end"
		}
		if expr != name {
			replaced = append(replaced, expr+" as "+name)
		}
	}
	if len(replaced) == 0 && len(n.where) == 0 {
		return table, nil
	}
	sql := "(select *"
	if len(replaced) > 0 {
		sql += " replace (" + strings.Join(replaced, ", ") + ")"
	}
	sql += " from " + table
	if len(n.where) > 0 {
		sql += " where " + strings.Join(n.where, " and ")
	}
	return sql + ")", nil
}

// narrowing is what a scope's conditions become for one model.
type narrowing struct {
	where []string
	// people are the customers that are seen, as a subquery; "" when none is needed.
	people string
	// several says that the model names more than one customer in a row.
	several bool
}

// narrow turns the conditions into those on a model's rows: by a column of its own,
// by the customer that it names, and by both where it has both.
func (s Scope) narrow(schema *Schema, m Model, bind func(value any) string) (narrowing, error) {
	var out narrowing
	keys := schema.keys(m)
	var ofPeople []string
	for _, c := range s.conditions {
		attribute := schema.People.Dimensions[c.Dimension]
		own := schema.Own[m.Name][c.Dimension]
		if m.Name == schema.People.Model {
			own = attribute
		} else if own == "" && attribute != "" && schema.owned(c.Dimension) && m.has(c.Dimension) {
			own = c.Dimension
		}
		if own != "" {
			out.where = append(out.where, among(own, c.Values, bind))
		}
		through := attribute != "" && len(keys) > 0 && m.Name != schema.People.Model
		if through {
			ofPeople = append(ofPeople, among(attribute, c.Values, bind))
		}
		if own == "" && !through {
			return out, fault.New(fault.Forbidden, "%s is not known by %s, and you see only some of that", m.Name, c.Dimension).
				WithHint("what is shown here cannot be narrowed to what you may see; ask who may see all of it")
		}
	}
	if len(ofPeople) == 0 {
		return out, nil
	}
	people := schema.Models[schema.People.Model]
	out.people = "(select " + quoted(schema.People.Key) + " from " + quoted(people.Schema) + "." + quoted(people.Table) +
		" where " + strings.Join(ofPeople, " and ") + ")"
	out.several = len(keys) > 1
	named := make([]string, len(keys))
	for i, k := range keys {
		named[i] = quoted(k) + " in " + out.people
	}
	out.where = append(out.where, "("+strings.Join(named, " or ")+")")
	return out, nil
}

// among is the condition that a column has one of the values, all read as texts.
func among(column string, values []string, bind func(value any) string) string {
	if len(values) == 0 {
		return "false"
	}
	marks := make([]string, len(values))
	for i, v := range values {
		marks[i] = bind(v)
	}
	return "cast(" + quoted(column) + " as varchar) in (" + strings.Join(marks, ", ") + ")"
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
