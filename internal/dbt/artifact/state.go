package artifact

import (
	"errors"
	"path/filepath"

	"github.com/kith-analytics/kith/internal/dbt/graph"
	"github.com/kith-analytics/kith/internal/fault"
)

// LoadState reads what an earlier invocation left in dir (--state), and the
// sources.json of the last freshness check in target. Files that aren't there
// are nil in the answer; a file that can't be read is an error.
func LoadState(dir, target string) (*graph.State, error) {
	s := &graph.State{}
	m, _, err := ReadManifest(filepath.Join(dir, ManifestFile))
	s.Manifest = m
	results, resultsErr := ReadRunResults(filepath.Join(dir, RunResultsFile))
	if resultsErr == nil {
		s.Results = results.Ended()
	}
	before, beforeErr := ReadSources(filepath.Join(dir, SourcesFile))
	if beforeErr == nil {
		s.Sources = before.Loaded()
	}
	now, nowErr := ReadSources(filepath.Join(target, SourcesFile))
	if nowErr == nil {
		s.SourcesNow = now.Loaded()
	}
	if err := errors.Join(unlessMissing(err), unlessMissing(resultsErr), unlessMissing(beforeErr), unlessMissing(nowErr)); err != nil {
		return nil, err
	}
	return s, nil
}

func unlessMissing(err error) error {
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}
