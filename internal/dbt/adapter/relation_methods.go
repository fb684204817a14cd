package adapter

import (
	"context"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// relationMethod gives the methods that look at or change relations.
func (o *object) relationMethod(name string) function {
	switch name {
	case "get_relation":
		return o.getRelation
	case "load_relation":
		return o.loadRelation
	case "list_relations":
		return o.listRelations
	case "list_relations_without_caching":
		return o.listUncached
	case "already_exists":
		return o.alreadyExists
	case "drop_relation":
		return o.dropRelation
	case "rename_relation":
		return o.renameRelation
	case "truncate_relation":
		return o.truncateRelation
	case "cache_added", "cache_dropped":
		return o.cacheChange(name)
	case "cache_renamed":
		return o.cacheRenamed
	case "get_columns_in_relation":
		return o.getColumns
	case "get_columns_in_table":
		return o.getColumnsInTable
	case "get_missing_columns":
		return o.missingColumns
	case "expand_target_column_types":
		return o.expandColumns
	}
	return nil
}

// Relation gives a relation that exists, or nil. A schema not seen before is
// read into the cache first.
func (a *Adapter) Relation(ctx context.Context, database, schema, identifier string) (*Relation, error) {
	if err := a.know(ctx, database, schema); err != nil {
		return nil, err
	}
	found := a.cfg.Cache.Get(database, schema, identifier)
	if found == nil {
		return nil, nil //nolint:nilnil // absence is an answer
	}
	c := *found
	c.Quote = a.cfg.Quote
	return &c, nil
}

func (a *Adapter) know(ctx context.Context, database, schema string) error {
	if a.cfg.Cache.Knows(database, schema) {
		return nil
	}
	return a.cfg.Cache.load(ctx, a.cfg.Session, []SchemaRef{{database, schema}}, false)
}

// Created tells the cache of the relations in what a materialization returned:
// a dict with a list under "relations". It gives them.
func (a *Adapter) Created(result jinja.Value) ([]*Relation, error) {
	d, ok := result.(*jinja.Dict)
	if !ok {
		return nil, fault.New(fault.Compile, "a materialization must return a dict with the key 'relations', not %s", jinja.TypeName(result)).
			WithHint("end it with {{ return({'relations': [target_relation]}) }}")
	}
	v, _ := d.GetStr("relations")
	list, ok := v.(*jinja.List)
	if !ok {
		return nil, fault.New(fault.Compile, "a materialization must return a list under 'relations', not %s", jinja.TypeName(v))
	}
	out := make([]*Relation, 0, len(list.Items))
	for _, item := range list.Items {
		r, ok := item.(*Relation)
		if !ok {
			return nil, fault.New(fault.Compile, "a materialization returned %s among its relations", jinja.Repr(item))
		}
		a.remember(r, plain(r))
		out = append(out, r)
	}
	return out, nil
}

func (o *object) getRelation(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("get_relation", jinja.Req("database"), jinja.Req("schema"), jinja.Req("identifier"))
	if err != nil {
		return nil, err
	}
	schema := textOrEmpty(bound[1])
	if schema == "" {
		return nil, fault.New(fault.Compile, "get_relation was asked for %s without a schema", textOrEmpty(bound[2])).
			WithHint("ephemeral models and the rows of unit tests are in none: ask is_cte of the relation first")
	}
	return relationOrNone(o.a.Relation(rt.Context(), o.database(bound[0]), schema, textOrEmpty(bound[2])))
}

func (o *object) loadRelation(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	r, err := bindRelations("load_relation", args, "relation")
	if err != nil {
		return nil, err
	}
	return relationOrNone(o.a.Relation(rt.Context(), o.database(orNone(r[0].Database)), r[0].Schema, r[0].Identifier))
}

// database fills in the target's database for none.
func (o *object) database(v jinja.Value) string {
	if s := textOrEmpty(v); s != "" {
		return s
	}
	return o.a.cfg.Database
}

// relationOrNone keeps a nil relation from becoming a value that is not none.
func relationOrNone(r *Relation, err error) (jinja.Value, error) {
	if r == nil {
		return nil, err
	}
	return r, err
}

func (o *object) listRelations(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("list_relations", jinja.Req("database"), jinja.Req("schema"))
	if err != nil {
		return nil, err
	}
	database, schema := o.database(bound[0]), textOrEmpty(bound[1])
	if err := o.a.know(rt.Context(), database, schema); err != nil {
		return nil, err
	}
	out := jinja.NewList()
	for _, r := range o.a.cfg.Cache.List(database, schema) {
		out.Append(r)
	}
	return out, nil
}

func (o *object) listUncached(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	r, err := bindRelations("list_relations_without_caching", args, "schema_relation")
	if err != nil {
		return nil, err
	}
	found, err := listRelations(rt.Context(), o.a.cfg.Session, []SchemaRef{{o.database(orNone(r[0].Database)), r[0].Schema}})
	if err != nil {
		return nil, err
	}
	out := jinja.NewList()
	for _, f := range found {
		out.Append(f)
	}
	return out, nil
}

func (o *object) alreadyExists(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("already_exists", jinja.Req("schema"), jinja.Req("name"))
	if err != nil {
		return nil, err
	}
	r, err := o.a.Relation(rt.Context(), o.a.cfg.Database, textOrEmpty(bound[0]), textOrEmpty(bound[1]))
	return r != nil, err
}

func (o *object) dropRelation(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	r, err := bindRelations("drop_relation", args, "relation")
	if err != nil {
		return nil, err
	}
	if r[0].Type == "" {
		return nil, fault.New(fault.Compile, "cannot drop %s: its type is not known", r[0].Render()).
			WithHint("use a relation from adapter.get_relation, or give its type")
	}
	if _, err := o.call(rt, "drop_relation", jinja.Pos(r[0])); err != nil {
		return nil, err
	}
	o.a.remember(r[0], nil)
	return "", nil
}

func (o *object) renameRelation(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	r, err := bindRelations("rename_relation", args, "from_relation", "to_relation")
	if err != nil {
		return nil, err
	}
	if _, err := o.call(rt, "rename_relation", jinja.Pos(r[0], r[1])); err != nil {
		return nil, err
	}
	o.a.renamed(r[0], r[1])
	return "", nil
}

func (a *Adapter) renamed(from, to *Relation) {
	target := plain(to)
	if target.Type == "" {
		target.Type = from.Type
	}
	a.remember(from, nil)
	a.remember(to, target)
}

func (o *object) truncateRelation(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	r, err := bindRelations("truncate_relation", args, "relation")
	if err != nil {
		return nil, err
	}
	_, err = o.call(rt, "truncate_relation", jinja.Pos(r[0]))
	return "", err
}

func (o *object) cacheChange(name string) function {
	return func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		r, err := bindRelations(name, args, "relation")
		if err != nil {
			return nil, err
		}
		if name == "cache_added" {
			o.a.remember(r[0], plain(r[0]))
		} else {
			o.a.remember(r[0], nil)
		}
		return "", nil
	}
}

func (o *object) cacheRenamed(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	r, err := bindRelations("cache_renamed", args, "from_relation", "to_relation")
	if err != nil {
		return nil, err
	}
	o.a.renamed(r[0], r[1])
	return "", nil
}

func (o *object) getColumns(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	r, err := bindRelations("get_columns_in_relation", args, "relation")
	if err != nil {
		return nil, err
	}
	return o.columns(rt, r[0])
}

// columns asks the macro. A relation that is not there has no columns: that is an
// answer and not an error.
func (o *object) columns(rt *jinja.Runtime, r *Relation) (jinja.Value, error) {
	v, err := o.call(rt, "get_columns_in_relation", jinja.Pos(r))
	if err == nil || !fault.Is(err, fault.Database) || r.Schema == "" || r.External != "" {
		return v, err
	}
	found, listErr := listRelations(rt.Context(), o.a.cfg.Session, []SchemaRef{{o.database(orNone(r.Database)), r.Schema}})
	if listErr != nil {
		return nil, err
	}
	for _, f := range found {
		if strings.EqualFold(f.Identifier, r.Identifier) {
			return nil, err
		}
	}
	return jinja.NewList(), nil
}

func (o *object) columnsOf(rt *jinja.Runtime, r *Relation) ([]*Column, error) {
	v, err := o.columns(rt, r)
	if err != nil {
		return nil, err
	}
	items, err := jinja.Collect(v)
	if err != nil {
		return nil, err
	}
	out := make([]*Column, 0, len(items))
	for _, item := range items {
		c, ok := item.(*Column)
		if !ok {
			return nil, fault.New(fault.Compile, "get_columns_in_relation must return columns, not %s", jinja.Repr(item))
		}
		out = append(out, c)
	}
	return out, nil
}

func (o *object) getColumnsInTable(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("get_columns_in_table", jinja.Req("schema"), jinja.Req("identifier"))
	if err != nil {
		return nil, err
	}
	return o.columns(rt, NewRelation(o.a.cfg.Database, textOrEmpty(bound[0]), textOrEmpty(bound[1]), "", o.a.cfg.Quote))
}

func (o *object) missingColumns(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	r, err := bindRelations("get_missing_columns", args, "from_relation", "to_relation")
	if err != nil {
		return nil, err
	}
	from, err := o.columnsOf(rt, r[0])
	if err != nil {
		return nil, err
	}
	to, err := o.columnsOf(rt, r[1])
	if err != nil {
		return nil, err
	}
	have := make(map[string]bool, len(to))
	for _, c := range to {
		have[strings.ToLower(c.Name)] = true
	}
	out := jinja.NewList()
	for _, c := range from {
		if !have[strings.ToLower(c.Name)] {
			out.Append(c)
		}
	}
	return out, nil
}

// expandColumns has nothing to do: text columns of DuckDB have no length.
func (o *object) expandColumns(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	_, err := bindRelations("expand_target_column_types", args, "from_relation", "to_relation")
	return nil, err
}
