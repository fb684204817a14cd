package adapter

import (
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// GetAttr gives what templates ask of a relation: its parts, its type, is_table
// and its like, and the methods that give changed copies.
func (r *Relation) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	if v, ok := r.part(name); ok {
		return v, true, nil
	}
	if typ, ok := typeFlag(name); ok {
		return r.Type == typ, true, nil
	}
	if fn := r.method(name); fn != nil {
		return jinja.NewFunc(name, fn), true, nil
	}
	return typeConstant(name)
}

func (r *Relation) part(name string) (jinja.Value, bool) {
	switch name {
	case "database":
		return orNone(r.Database), true
	case "schema":
		return orNone(r.Schema), true
	case "identifier", "name", "table":
		return orNone(r.Identifier), true
	case "type":
		return orNone(string(r.Type)), true
	case "path":
		return pathDict(r), true
	case "quote_policy":
		return policyDict(r.Quote), true
	case "include_policy":
		return policyDict(r.Include), true
	case "quote_character":
		return `"`, true
	case "external":
		return orNone(r.External), true
	case "catalog":
		return orNone(r.Catalog), true
	case "information_schema_view":
		return orNone(r.infoView), r.infoSchema
	case "can_be_renamed", "can_be_replaced", "require_alias", "dbt_created":
		return false, true
	case "limit":
		if r.Limit == nil {
			return nil, true
		}
		return int64(*r.Limit), true
	case "event_time_filter":
		return nil, r.EventTime == nil
	}
	return nil, false
}

func typeFlag(name string) (RelationType, bool) {
	switch name {
	case "is_table":
		return TypeTable, true
	case "is_view":
		return TypeView, true
	case "is_cte":
		return TypeCTE, true
	case "is_materialized_view":
		return TypeMaterializedView, true
	case "is_pointer":
		return TypePointerTable, true
	case "is_function":
		return TypeFunction, true
	}
	return "", false
}

// typeConstant gives Table, View and the like, which stand on relations and on
// api.Relation.
func typeConstant(name string) (jinja.Value, bool, error) {
	switch name {
	case "Table":
		return string(TypeTable), true, nil
	case "View":
		return string(TypeView), true, nil
	case "CTE":
		return string(TypeCTE), true, nil
	case "External":
		return string(TypeExternal), true, nil
	case "MaterializedView":
		return string(TypeMaterializedView), true, nil
	case "PointerTable":
		return string(TypePointerTable), true, nil
	case "Function":
		return string(TypeFunction), true, nil
	}
	return nil, false, nil
}

type function = func(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error)

func (r *Relation) method(name string) function {
	switch name {
	case "render":
		return r.say(name, r.Render)
	case "render_limited", "__str__":
		return r.say(name, r.String)
	case "include":
		return r.policyMethod(name, func(c *Relation) *Policy { return &c.Include })
	case "quote":
		return r.policyMethod(name, func(c *Relation) *Policy { return &c.Quote })
	case "quoted":
		return quoteMethod
	case "without_identifier":
		return func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			_, err := args.Bind(name)
			return r.WithoutIdentifier(), err
		}
	case "information_schema", "information_schema_only":
		return r.informationSchema
	case "incorporate", "replace":
		return r.incorporate
	case "replace_path":
		return r.replacePath
	case "matches":
		return r.matches
	case "get":
		return r.get
	case "add_ephemeral_prefix":
		return addEphemeralPrefix
	}
	return nil
}

func (r *Relation) say(name string, f func() string) function {
	return func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		_, err := args.Bind(name)
		return f(), err
	}
}

// policyMethod changes the parts of a policy that are given and not none.
func (r *Relation) policyMethod(name string, field func(*Relation) *Policy) function {
	return func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		bound, err := args.Bind(name, jinja.Opt("database", nil), jinja.Opt("schema", nil), jinja.Opt("identifier", nil))
		if err != nil {
			return nil, err
		}
		c := *r
		p := field(&c)
		for i, part := range []*bool{&p.Database, &p.Schema, &p.Identifier} {
			if bound[i] != nil {
				*part = jinja.Truth(bound[i])
			}
		}
		return &c, nil
	}
}

func quoteMethod(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("quoted", jinja.Req("identifier"))
	if err != nil {
		return nil, err
	}
	return Quote(jinja.Str(bound[0])), nil
}

func addEphemeralPrefix(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("add_ephemeral_prefix", jinja.Req("name"))
	if err != nil {
		return nil, err
	}
	return EphemeralPrefix + jinja.Str(bound[0]), nil
}

func (r *Relation) informationSchema(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("information_schema", jinja.Opt("view_name", nil))
	if err != nil {
		return nil, err
	}
	view, _ := bound[0].(string)
	return r.InformationSchema(view), nil
}

func (r *Relation) incorporate(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	if len(args.Pos) > 0 {
		return nil, fault.New(fault.Compile, "incorporate takes named arguments only")
	}
	c := *r
	for _, kw := range args.Kw {
		if err := c.set(kw.Name, kw.Value); err != nil {
			return nil, err
		}
	}
	return &c, nil
}

func (r *Relation) set(name string, v jinja.Value) error {
	switch name {
	case "type":
		r.Type = RelationType(textOrEmpty(v))
		return nil
	case "path":
		return eachOf(name, v, r.setPath)
	case "quote_policy":
		return eachOf(name, v, r.Quote.set)
	case "include_policy":
		return eachOf(name, v, r.Include.set)
	case "external":
		r.External = textOrEmpty(v)
		return nil
	case "limit":
		r.Limit = nil
		if n, ok := v.(int64); ok {
			limit := int(n)
			r.Limit = &limit
		}
		return nil
	case "dbt_created", "quote_character", "require_alias", "metadata", "catalog", "catalog_name",
		"renameable_relations", "replaceable_relations":
		return nil // accepted for projects written for other adapters; DuckDB has one behavior
	}
	return fault.New(fault.Compile, "a relation has no field %s", jinja.Repr(name))
}

func (r *Relation) setPath(part string, v jinja.Value) error {
	switch part {
	case "database":
		r.Database = textOrEmpty(v)
	case "schema":
		r.Schema = textOrEmpty(v)
	case "identifier":
		r.Identifier = textOrEmpty(v)
	default:
		return fault.New(fault.Compile, "a relation's path has no part %s", jinja.Repr(part))
	}
	return nil
}

func (p *Policy) set(part string, v jinja.Value) error {
	if v == nil {
		return nil
	}
	switch part {
	case "database":
		p.Database = jinja.Truth(v)
	case "schema":
		p.Schema = jinja.Truth(v)
	case "identifier":
		p.Identifier = jinja.Truth(v)
	case "column": // of the project's quoting; not part of a relation
	default:
		return fault.New(fault.Compile, "a relation has no part %s", jinja.Repr(part))
	}
	return nil
}

// eachOf calls set for each pair of a dict.
func eachOf(name string, v jinja.Value, set func(string, jinja.Value) error) error {
	d, ok := v.(*jinja.Dict)
	if !ok {
		return fault.New(fault.Compile, "a relation's %s must be a dict, not %s", name, jinja.Repr(v))
	}
	for k, item := range d.All() {
		if err := set(jinja.Str(k), item); err != nil {
			return err
		}
	}
	return nil
}

func (r *Relation) replacePath(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	c := *r
	for _, kw := range args.Kw {
		if err := c.setPath(kw.Name, kw.Value); err != nil {
			return nil, err
		}
	}
	return &c, nil
}

// matches compares the given parts with the relation's, without regard to case.
func (r *Relation) matches(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("matches", jinja.Opt("database", nil), jinja.Opt("schema", nil), jinja.Opt("identifier", nil))
	if err != nil {
		return nil, err
	}
	want := *r
	for i, part := range []*string{&want.Database, &want.Schema, &want.Identifier} {
		if bound[i] != nil {
			*part = jinja.Str(bound[i])
		}
	}
	return r.SameName(&want), nil
}

// get answers like a dict; 'metadata' is how packages tell a relation from other
// things.
func (r *Relation) get(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("get", jinja.Req("key"), jinja.Opt("default", nil))
	if err != nil {
		return nil, err
	}
	if bound[0] == "metadata" {
		d := jinja.NewDict()
		d.SetStr("type", r.TypeName())
		return d, nil
	}
	if v, ok, err := r.GetItem(rt, bound[0]); ok || err != nil {
		return v, err
	}
	return bound[1], nil
}

// GetItem gives an attribute, as relation['schema'].
func (r *Relation) GetItem(rt *jinja.Runtime, key jinja.Value) (jinja.Value, bool, error) {
	name, ok := key.(string)
	if !ok {
		return nil, false, nil
	}
	return r.GetAttr(rt, name)
}

// Str is what {{ relation }} prints.
func (r *Relation) Str() string { return r.String() }

// Repr is dbt's.
func (r *Relation) Repr() string { return "<" + r.TypeName() + " " + r.Render() + ">" }

// TypeName is dbt-duckdb's; packages look at its ending.
func (r *Relation) TypeName() string {
	if r.infoSchema {
		return "InformationSchema"
	}
	return "DuckDBRelation"
}

// ToDict makes `relation is mapping` hold, by which packages tell a relation from
// a text. As in dbt, nobody can go through its fields.
func (r *Relation) ToDict(*jinja.Runtime) (*jinja.Dict, error) {
	return nil, fault.New(fault.Compile, "the relation %s is not a dict to go through", r.Render())
}

// Truth is always true.
func (r *Relation) Truth() bool { return true }

// Equal says whether both name one object with the same type and quoting.
func (r *Relation) Equal(other jinja.Value) bool {
	o, ok := other.(*Relation)
	return ok && r.Database == o.Database && r.Schema == o.Schema && r.Identifier == o.Identifier &&
		r.Type == o.Type && r.Quote == o.Quote && r.Include == o.Include && r.External == o.External &&
		r.infoView == o.infoView && r.String() == o.String()
}

// HashKey makes equal names one key.
func (r *Relation) HashKey() any { return "relation:" + r.Render() }

func pathDict(r *Relation) *jinja.Dict {
	d := jinja.NewDict()
	d.SetStr("database", orNone(r.Database))
	d.SetStr("schema", orNone(r.Schema))
	d.SetStr("identifier", orNone(r.Identifier))
	return d
}

func policyDict(p Policy) *jinja.Dict {
	d := jinja.NewDict()
	d.SetStr("database", p.Database)
	d.SetStr("schema", p.Schema)
	d.SetStr("identifier", p.Identifier)
	return d
}

// textOrEmpty gives "" for none and for what is undefined.
func textOrEmpty(v jinja.Value) string {
	switch v := v.(type) {
	case nil, *jinja.Undefined:
		return ""
	case string:
		return v
	default:
		return jinja.Str(v)
	}
}
