package adapter

import (
	"slices"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// NewAPI gives the `api` object: api.Relation and api.Column. quote is the
// project's quoting, which relations made by templates get.
func NewAPI(quote Policy) jinja.Object { return apiObject{relationClass{quote}} }

type apiObject struct{ relation relationClass }

// GetAttr gives Relation and Column.
func (a apiObject) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	switch name {
	case "Relation":
		return a.relation, true, nil
	case "Column":
		return columnClass{}, true, nil
	}
	return nil, false, nil
}

// relationClass is api.Relation.
type relationClass struct{ quote Policy }

// GetAttr gives create, scd_args, add_ephemeral_prefix and the names of the types.
func (c relationClass) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	switch name {
	case "create":
		return jinja.NewFunc(name, c.create), true, nil
	case "scd_args":
		return jinja.NewFunc(name, scdArgs), true, nil
	case "add_ephemeral_prefix":
		return jinja.NewFunc(name, addEphemeralPrefix), true, nil
	case "get_relation_type":
		return jinja.NewFunc(name, relationTypeOf), true, nil
	}
	return typeConstant(name)
}

// Call is create by another name.
func (c relationClass) Call(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	return c.create(rt, args)
}

// TypeName is Python's name for a class.
func (relationClass) TypeName() string { return "type" }

func (c relationClass) create(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	names := [...]string{"database", "schema", "identifier", "type"}
	if len(args.Pos) > len(names) {
		return nil, fault.New(fault.Compile, "api.Relation.create takes database, schema, identifier and type")
	}
	r := NewRelation("", "", "", "", c.quote)
	fields := args.Kw
	for i, v := range args.Pos {
		fields = append(slices.Clip(fields), jinja.KwArg{Name: names[i], Value: v})
	}
	for _, f := range fields {
		set := r.set
		switch f.Name {
		case "database", "schema", "identifier":
			set = r.setPath
		}
		if err := set(f.Name, f.Value); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// scdArgs lists what a snapshot's row id is made of: the key's columns, then the
// time of the change.
func scdArgs(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("scd_args", jinja.Req("primary_key"), jinja.Req("updated_at"))
	if err != nil {
		return nil, err
	}
	out := jinja.NewList()
	if keys, ok := bound[0].(*jinja.List); ok {
		out.Items = append(out.Items, keys.Items...)
	} else {
		out.Append(bound[0])
	}
	out.Append(bound[1])
	return out, nil
}

func relationTypeOf(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("get_relation_type", jinja.Req("value"))
	if err != nil {
		return nil, err
	}
	return bound[0], nil
}
