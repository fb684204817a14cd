package app

import (
	"sync"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/pydate"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// freshnessCheck gathers what the workers found out.
type freshnessCheck struct {
	l *loaded

	mu      sync.Mutex
	results map[string]*artifact.SourceResult
}

func (c *freshnessCheck) keep(id string, r *artifact.SourceResult) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.results[id] = r
}

// take gives the answer of a source, an empty one when there is none.
func (c *freshnessCheck) take(id string) *artifact.SourceResult {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r, ok := c.results[id]; ok {
		return r
	}
	return &artifact.SourceResult{}
}

// moment reads a timestamp; one without a zone is UTC.
func moment(s *manifest.Source, v jinja.Value) (time.Time, error) {
	if t, ok := v.(pydate.DateTime); ok {
		return t.Time().UTC(), nil
	}
	return time.Time{}, fault.New(fault.Compile, "%s of the source %s.%s is of type %s, not a timestamp",
		loadedAt(s), s.SourceName, s.Name, jinja.TypeName(v)).WithHint("cast it to a timestamp")
}

func loadedAt(s *manifest.Source) string {
	if s.LoadedAtQuery != "" {
		return "loaded_at_query"
	}
	return "loaded_at_field " + s.LoadedAtField
}

// staleness compares an age in seconds with the thresholds, the harder one
// first. An age of exactly the threshold is still well.
func staleness(f *manifest.Freshness, age float64) artifact.Status {
	switch {
	case beyond(f.ErrorAfter, age):
		return artifact.Error
	case beyond(f.WarnAfter, age):
		return artifact.Warn
	}
	return artifact.Pass
}

func beyond(t manifest.Threshold, age float64) bool {
	unit := map[string]float64{"minute": 60, "hour": 3600, "day": 86400}[t.Period]
	return t.Count > 0 && age > float64(t.Count)*unit
}
