package artifact

import (
	"math"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Schema version of sources.json.
const (
	sourcesSchema  = "sources"
	sourcesVersion = 3
)

// SourceResult is how fresh one source is.
type SourceResult struct {
	UniqueID string
	// Status is Pass, Warn or Error, or RuntimeError when the source could not be asked.
	Status Status
	// Error says why the source could not be asked; with RuntimeError nothing below is written.
	Error string
	// MaxLoadedAt is the youngest row's time, SnapshottedAt the time of asking, Age the one from the other.
	MaxLoadedAt   time.Time
	SnapshottedAt time.Time
	Age           time.Duration
	// Criteria are the thresholds that Status came from.
	Criteria        manifest.Freshness
	AdapterResponse map[string]any
	Timing          []Timing
	ThreadID        string
	ExecutionTime   time.Duration
}

// SourceResults is sources.json: one freshness check, in the order of completion.
type SourceResults struct {
	Metadata    Metadata
	Results     []SourceResult
	ElapsedTime time.Duration
}

// WriteSources writes dir/sources.json.
func WriteSources(dir string, r SourceResults) error {
	return write(dir, SourcesFile, EncodeSources(r))
}

// EncodeSources gives the text of sources.json.
func EncodeSources(r SourceResults) []byte {
	e := &encoder{}
	e.beginObject()
	r.Metadata.begin(e, schemaURL(sourcesSchema, sourcesVersion))
	e.endObject()
	e.key("results")
	e.beginList()
	for i := range r.Results {
		r.Results[i].encode(e)
	}
	e.endList()
	e.key("elapsed_time")
	e.seconds(r.ElapsedTime)
	e.endObject()
	return e.buf
}

func (r *SourceResult) encode(e *encoder) {
	e.beginObject()
	e.strKey("unique_id", r.UniqueID)
	if r.Status == RuntimeError {
		e.optKey("error", r.Error)
		e.strKey("status", string(r.Status))
		e.endObject()
		return
	}
	e.key("max_loaded_at")
	if r.MaxLoadedAt.IsZero() { // a source without rows
		e.str("0001-01-01T00:00:00.000000Z")
	} else {
		e.time(r.MaxLoadedAt)
	}
	e.key("snapshotted_at")
	e.time(r.SnapshottedAt)
	e.key("max_loaded_at_time_ago_in_s")
	e.float(r.age())
	e.strKey("status", string(r.Status))
	e.key("criteria")
	e.freshness(&r.Criteria)
	e.key("adapter_response")
	e.object(r.AdapterResponse)
	encodeTiming(e, r.Timing)
	e.strKey("thread_id", r.ThreadID)
	e.key("execution_time")
	e.seconds(r.ExecutionTime)
	e.endObject()
}

// ReadSources reads a sources.json of schema v3. A missing file is
// fault.NotFound, another kind of file fault.Invalid.
func ReadSources(path string) (SourceResults, error) {
	data, err := read(path)
	if err != nil {
		return SourceResults{}, err
	}
	doc, err := parse(path, data, sourcesSchema, sourcesVersion)
	if err != nil {
		return SourceResults{}, err
	}
	out := SourceResults{Metadata: readMetadata(doc), ElapsedTime: seconds(doc, "elapsed_time")}
	for _, v := range items(doc, "results") {
		if d, ok := v.(*jinja.Dict); ok {
			out.Results = append(out.Results, readSourceResult(d))
		}
	}
	return out, nil
}

func readSourceResult(d *jinja.Dict) SourceResult {
	r := SourceResult{
		UniqueID: text(d, "unique_id"), Status: Status(text(d, "status")), Error: scalar(d, "error"),
		MaxLoadedAt: instant(d, "max_loaded_at"), SnapshottedAt: instant(d, "snapshotted_at"),
		Age: seconds(d, "max_loaded_at_time_ago_in_s"), Timing: readTiming(d), ThreadID: text(d, "thread_id"),
		ExecutionTime: seconds(d, "execution_time"),
	}
	if f := readFreshness(sub(d, "criteria")); f != nil {
		r.Criteria = *f
	}
	if response := sub(d, "adapter_response"); response != nil {
		r.AdapterResponse, _ = jinja.ToGo(response).(map[string]any)
	}
	return r
}

// Loaded gives when each source was last loaded, by unique id, without those
// that could not be asked.
func (r SourceResults) Loaded() map[string]time.Time {
	out := make(map[string]time.Time, len(r.Results))
	for i := range r.Results {
		if r.Results[i].Status != RuntimeError {
			out[r.Results[i].UniqueID] = r.Results[i].MaxLoadedAt
		}
	}
	return out
}

// age gives the seconds, also beyond the 292 years of a Duration: a source
// without rows was last loaded in the year 1.
func (r *SourceResult) age() float64 {
	if r.Age < math.MaxInt64 {
		return r.Age.Seconds()
	}
	return float64(r.SnapshottedAt.Unix()-r.MaxLoadedAt.Unix()) + float64(r.SnapshottedAt.Nanosecond()-r.MaxLoadedAt.Nanosecond())/float64(time.Second)
}
