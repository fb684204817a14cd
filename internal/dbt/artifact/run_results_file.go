package artifact

import (
	"github.com/kith-analytics/kith/internal/jinja"
)

// Schema versions of run_results.json.
const (
	runResultsSchema  = "run-results"
	runResultsVersion = 6
)

// WriteRunResults writes dir/run_results.json.
func WriteRunResults(dir string, r RunResults) error {
	return write(dir, RunResultsFile, EncodeRunResults(r))
}

// EncodeRunResults gives the text of run_results.json.
func EncodeRunResults(r RunResults) []byte {
	e := &encoder{buf: make([]byte, 0, 1024+1024*len(r.Results))}
	e.beginObject()
	r.Metadata.begin(e, schemaURL(runResultsSchema, runResultsVersion))
	e.endObject()
	e.key("results")
	e.beginList()
	for i := range r.Results {
		r.Results[i].encode(e)
	}
	e.endList()
	e.key("elapsed_time")
	e.seconds(r.ElapsedTime)
	e.key("args")
	e.object(r.Args)
	e.endObject()
	return e.buf
}

func (r *RunResult) encode(e *encoder) {
	e.beginObject()
	e.strKey("status", string(r.Status))
	encodeTiming(e, r.Timing)
	e.strKey("thread_id", r.ThreadID)
	e.key("execution_time")
	e.seconds(r.ExecutionTime)
	e.key("adapter_response")
	e.object(r.AdapterResponse)
	e.optKey("message", r.Message)
	e.key("failures")
	if r.Failures == nil {
		e.null()
	} else {
		e.int(int64(*r.Failures))
	}
	e.strKey("unique_id", r.UniqueID)
	e.key("compiled")
	if r.Compiled == nil {
		e.null()
	} else {
		e.bool(*r.Compiled)
	}
	e.optKey("compiled_code", r.CompiledCode)
	e.optKey("relation_name", r.RelationName)
	e.key("batch_results")
	if r.BatchResults == nil {
		e.null()
	} else {
		e.beginObject()
		encodeBatches(e, "successful", r.BatchResults.Successful)
		encodeBatches(e, "failed", r.BatchResults.Failed)
		e.endObject()
	}
	e.rawKey("overload_results", "null")
	e.endObject()
}

func encodeTiming(e *encoder, phases []Timing) {
	e.key("timing")
	e.beginList()
	for _, t := range phases {
		e.beginObject()
		e.strKey("name", t.Name)
		e.key("started_at")
		e.time(t.StartedAt)
		e.key("completed_at")
		e.time(t.CompletedAt)
		e.endObject()
	}
	e.endList()
}

func encodeBatches(e *encoder, key string, batches []BatchRange) {
	e.key(key)
	e.beginList()
	for _, b := range batches {
		e.beginList()
		e.time(b.Start)
		e.time(b.End)
		e.endList()
	}
	e.endList()
}

// ReadRunResults reads a run_results.json of schema v4 to v6. A missing file is
// fault.NotFound, another kind of file fault.Invalid.
func ReadRunResults(path string) (RunResults, error) {
	data, err := read(path)
	if err != nil {
		return RunResults{}, err
	}
	doc, err := parse(path, data, runResultsSchema, 4, 5, runResultsVersion)
	if err != nil {
		return RunResults{}, err
	}
	out := RunResults{Metadata: readMetadata(doc), ElapsedTime: seconds(doc, "elapsed_time"), Args: map[string]any{}}
	for _, v := range items(doc, "results") {
		if d, ok := v.(*jinja.Dict); ok {
			out.Results = append(out.Results, readRunResult(d))
		}
	}
	if args := sub(doc, "args"); args != nil {
		for k, v := range args.All() {
			out.Args[jinja.Str(k)] = jinja.ToGo(v)
		}
	}
	return out, nil
}

func readRunResult(d *jinja.Dict) RunResult {
	r := RunResult{
		UniqueID: text(d, "unique_id"), Status: Status(text(d, "status")), Timing: readTiming(d),
		ThreadID: text(d, "thread_id"), ExecutionTime: seconds(d, "execution_time"),
		Message: scalar(d, "message"), CompiledCode: text(d, "compiled_code"), RelationName: text(d, "relation_name"),
	}
	if response := sub(d, "adapter_response"); response != nil {
		r.AdapterResponse, _ = jinja.ToGo(response).(map[string]any)
	}
	if n, ok := at(d, "failures").(int64); ok {
		failures := int(n)
		r.Failures = &failures
	}
	if b, ok := at(d, "compiled").(bool); ok {
		r.Compiled = &b
	}
	if batches := sub(d, "batch_results"); batches != nil {
		r.BatchResults = &BatchResults{Successful: readBatches(batches, "successful"), Failed: readBatches(batches, "failed")}
	}
	return r
}

func readTiming(d *jinja.Dict) []Timing {
	var out []Timing
	for _, v := range items(d, "timing") {
		if t, ok := v.(*jinja.Dict); ok {
			out = append(out, Timing{Name: text(t, "name"), StartedAt: instant(t, "started_at"), CompletedAt: instant(t, "completed_at")})
		}
	}
	return out
}

func readBatches(d *jinja.Dict, key string) []BatchRange {
	var out []BatchRange
	for _, v := range items(d, key) {
		if pair := textsOf(v); len(pair) == 2 {
			out = append(out, BatchRange{Start: instantOf(pair[0]), End: instantOf(pair[1])})
		}
	}
	return out
}

// Ended gives how each node ended, by unique id; nodes without a result are missing.
func (r RunResults) Ended() map[string]string {
	out := make(map[string]string, len(r.Results))
	for i := range r.Results {
		out[r.Results[i].UniqueID] = string(r.Results[i].Status)
	}
	return out
}
