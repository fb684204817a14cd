package run

import (
	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
)

// SummarizeFreshness tells how a check of sources ended: those that could not be
// asked, those that are too old, and the last line.
func (r *Report) SummarizeFreshness(sink event.Sink) {
	for i := range r.Results {
		res := &r.Results[i]
		info := event.Node{UniqueID: res.UniqueID, Name: res.Name(), ResourceType: string(res.ResourceType()), Status: string(res.Status)}
		switch {
		case res.Node == nil || res.Node.ResourceType != manifest.SourceType && res.Status != artifact.Error:
		case res.Status == artifact.RuntimeError:
			sink.Emit(event.Blank{})
			sink.Emit(event.ProblemText{Msg: res.Message, Node: info})
		case res.Status == artifact.Error:
			problem(sink, res, false)
		}
	}
	sink.Emit(event.FreshnessComplete{})
}
