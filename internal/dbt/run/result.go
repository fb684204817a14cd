package run

import (
	"time"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
)

// Result is how one node or hook ended.
type Result struct {
	artifact.RunResult

	// Node is nil for exposures.
	Node *manifest.Node
	// Exposure is nil for anything else.
	Exposure *manifest.Exposure
	// Err is the error that ended the node, for readers that want its place and
	// stack; nil unless Status is Error. RunResult.Message holds its text.
	Err error
	// CompiledPath is the file of the compiled SQL, relative to the project; "" when there is none.
	CompiledPath string
	// started is when a worker took the node up; zero when none did.
	started time.Time
}

// Name gives the node's name.
func (r *Result) Name() string {
	if r.Exposure != nil {
		return r.Exposure.Name
	}
	return r.Node.Name
}

// ResourceType gives dbt's name of the node's kind.
func (r *Result) ResourceType() manifest.ResourceType {
	if r.Exposure != nil {
		return manifest.ExposureType
	}
	return r.Node.ResourceType
}

// File gives the node's own file, relative to its package.
func (r *Result) File() string {
	if r.Exposure != nil {
		return r.Exposure.OriginalFilePath
	}
	return r.Node.OriginalFilePath
}

// failed says whether the status makes the command fail: an error, a failed
// test, or a node that could not run because of one.
func (r *Result) failed() bool {
	switch r.Status {
	case artifact.Error, artifact.Fail, artifact.RuntimeError, artifact.PartialSuccess:
		return true
	case artifact.Skipped:
		return r.Exposure == nil
	case artifact.Success, artifact.Pass, artifact.Warn, artifact.NoOp:
		return false
	}
	return false
}
