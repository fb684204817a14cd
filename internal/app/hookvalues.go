package app

import (
	"time"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/jinja"
)

// hookNames is what on-run-end hooks see besides the global names: results,
// schemas and database_schemas. on-run-start hooks see empty lists.
func hookNames(with run.HookContext) map[string]jinja.Value {
	results := jinja.NewList()
	for i := range with.Results {
		results.Append(resultValue(&with.Results[i]))
	}
	schemas := jinja.NewList()
	for _, s := range with.Schemas {
		schemas.Append(s)
	}
	pairs := jinja.NewList()
	for _, p := range with.DatabaseSchemas {
		pairs.Append(jinja.NewTuple(p.Database, p.Schema))
	}
	return map[string]jinja.Value{"results": results, "schemas": schemas, "database_schemas": pairs}
}

// resultValue is one result with dbt's keys. to_dict() gives the result itself,
// for macros that store results.
func resultValue(r *run.Result) jinja.Value {
	d := jinja.NewDict()
	d.SetStr("status", string(r.Status))
	timing := jinja.NewList()
	for _, t := range r.Timing {
		timing.Append(timingValue(t))
	}
	d.SetStr("timing", timing)
	d.SetStr("thread_id", r.ThreadID)
	d.SetStr("execution_time", r.ExecutionTime.Seconds())
	answer := jinja.NewDict()
	for _, key := range []string{"_message", "code", "rows_affected"} {
		if v, ok := r.AdapterResponse[key]; ok {
			answer.SetStr(key, v)
		}
	}
	d.SetStr("adapter_response", answer)
	d.SetStr("message", textOrNone(r.Message))
	d.SetStr("failures", nil)
	if r.Failures != nil {
		d.SetStr("failures", int64(*r.Failures))
	}
	if r.Exposure != nil {
		d.SetStr("node", artifact.ExposureDict(r.Exposure))
	} else {
		d.SetStr("node", artifact.NodeDict(r.Node))
	}
	d.SetStr("unique_id", r.UniqueID)
	d.SetStr("relation_name", textOrNone(r.RelationName))
	plain := d.Copy()
	d.SetStr("to_dict", jinja.NewFunc("to_dict", func(*jinja.Runtime, jinja.Args) (jinja.Value, error) { return plain, nil }))
	return d
}

func timingValue(t artifact.Timing) jinja.Value {
	d := jinja.NewDict()
	d.SetStr("name", t.Name)
	d.SetStr("started_at", t.StartedAt.UTC().Format(time.RFC3339Nano))
	d.SetStr("completed_at", t.CompletedAt.UTC().Format(time.RFC3339Nano))
	return d
}

func textOrNone(s string) jinja.Value {
	if s == "" {
		return nil
	}
	return s
}
