package adapter

import (
	"context"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// schemaMethod gives the methods that concern schemas and grants.
func (o *object) schemaMethod(name string) function {
	switch name {
	case "create_schema":
		return o.createSchema
	case "drop_schema":
		return o.dropSchema
	case "check_schema_exists":
		return o.checkSchemaExists
	case "standardize_grants_dict":
		return standardizeGrants
	}
	return nil
}

// MissingSchemas gives those of schemas that the warehouse does not have, with
// one query.
func (a *Adapter) MissingSchemas(ctx context.Context, schemas []SchemaRef) (_ []SchemaRef, err error) {
	rows, err := a.cfg.Session.Query(ctx, "select lower(database_name), lower(schema_name) from duckdb_schemas()")
	if err != nil {
		return nil, fault.Wrap(err, fault.CodeOf(err), "cannot list the warehouse's schemas")
	}
	defer func() {
		if cerr := rows.Close(); err == nil {
			err = cerr
		}
	}()
	have := map[schemaKey]bool{}
	for rows.Next() {
		v := rows.Values()
		have[schemaKey{text(v[0]), text(v[1])}] = true
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	var out []SchemaRef
	for _, s := range schemas {
		if k := keyOf(s.Database, s.Schema); !have[k] {
			have[k] = true
			out = append(out, s)
		}
	}
	return out, nil
}

func (o *object) createSchema(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	r, err := bindRelations("create_schema", args, "relation")
	if err != nil {
		return nil, err
	}
	if _, err := o.call(rt, "create_schema", jinja.Pos(r[0].WithoutIdentifier())); err != nil {
		return nil, err
	}
	return "", o.a.Commit(rt.Context())
}

func (o *object) dropSchema(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	r, err := bindRelations("drop_schema", args, "relation")
	if err != nil {
		return nil, err
	}
	if _, err := o.call(rt, "drop_schema", jinja.Pos(r[0].WithoutIdentifier())); err != nil {
		return nil, err
	}
	if err := o.a.Commit(rt.Context()); err != nil {
		return nil, err
	}
	o.a.cfg.Cache.DropSchema(o.database(orNone(r[0].Database)), r[0].Schema)
	return "", nil
}

func (o *object) checkSchemaExists(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("check_schema_exists", jinja.Req("database"), jinja.Req("schema"))
	if err != nil {
		return nil, err
	}
	missing, err := o.a.MissingSchemas(rt.Context(), []SchemaRef{{o.database(bound[0]), textOrEmpty(bound[1])}})
	return len(missing) == 0, err
}

// standardizeGrants groups rows of grantee and privilege_type by privilege.
func standardizeGrants(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("standardize_grants_dict", jinja.Req("grants_table"))
	if err != nil {
		return nil, err
	}
	table, ok := bound[0].(*Table)
	if !ok {
		return nil, fault.New(fault.Compile, "standardize_grants_dict expects a table, not %s", jinja.TypeName(bound[0]))
	}
	grantee, ok1 := table.index["grantee"]
	privilege, ok2 := table.index["privilege_type"]
	if !ok1 || !ok2 {
		return nil, fault.New(fault.Compile, "a table of grants must have the columns grantee and privilege_type")
	}
	rows, err := table.Rows()
	if err != nil {
		return nil, err
	}
	out := jinja.NewDict()
	for _, row := range rows {
		key := jinja.Str(row[privilege])
		v, _ := out.GetStr(key)
		list, ok := v.(*jinja.List)
		if !ok {
			list = jinja.NewList()
			out.SetStr(key, list)
		}
		list.Append(row[grantee])
	}
	return out, nil
}
