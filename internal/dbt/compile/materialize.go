package compile

import (
	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Materialize runs the node's materialization over its compiled SQL and gives
// the relations that came of it. The transaction that the materialization leaves
// open is the caller's to end.
func (r *Run) Materialize() ([]*adapter.Relation, error) {
	n := r.node
	if n.Language == "python" {
		return nil, fault.New(fault.Compile, "Python models cannot be run").At(n.OriginalFilePath, 1).
			WithHint("write the model in SQL")
	}
	return r.MaterializeAs(n.Config.Materialized())
}

// MaterializeAs runs the materialization of that name in place of the node's own.
func (r *Run) MaterializeAs(name string) ([]*adapter.Relation, error) {
	n := r.node
	m := r.env.Library.Materialization(name)
	if m == nil {
		return nil, fault.New(fault.Compile, "there is no materialization %q for %s", name, r.env.Target.Type).
			At(n.OriginalFilePath, 1).WithHint("use view, table, incremental, ephemeral or one that the project defines")
	}
	// What templates saw before the node was compiled is out of date.
	for _, key := range []string{"model", "sql", "compiled_code", "compiled_sql"} {
		delete(r.scope.made, key)
	}
	v, err := r.rt.Call(r.scope.macro(m), jinja.Args{})
	if err != nil {
		return nil, r.place(err)
	}
	relations, err := r.adapter.Created(v)
	return relations, r.place(err)
}

// Statement renders text as a template and runs it: an on-run hook.
func (r *Run) Statement(sql string) (adapter.Response, error) {
	resp, _, err := r.adapter.Execute(r.rt.Context(), sql, adapter.Options{AutoBegin: true})
	return resp, r.place(err)
}

// CallMacro calls a macro of the project with the node's names.
func (r *Run) CallMacro(m *manifest.Macro, args jinja.Args) (jinja.Value, error) {
	v, err := r.rt.Call(r.scope.macro(m), args)
	return v, r.place(err)
}
