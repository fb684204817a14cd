package artifact

import "time"

// Status is how running a node ended, in dbt's words.
type Status string

// The statuses. Models, seeds and snapshots end in Success, Error, Skipped,
// PartialSuccess or NoOp; tests in Pass, Warn, Fail, Error or Skipped; source
// freshness in Pass, Warn, Error or RuntimeError.
const (
	Success        Status = "success"
	Error          Status = "error"
	Fail           Status = "fail"
	Warn           Status = "warn"
	Skipped        Status = "skipped"
	PartialSuccess Status = "partial success"
	Pass           Status = "pass"
	RuntimeError   Status = "runtime error"
	NoOp           Status = "no-op"
)

// Timing is one phase of a node's run: "compile" or "execute".
type Timing struct {
	Name        string
	StartedAt   time.Time
	CompletedAt time.Time
}

// BatchRange is one batch of a microbatch model: from Start up to but without End.
type BatchRange struct{ Start, End time.Time }

// BatchResults says how the batches of a microbatch model ended.
type BatchResults struct {
	Successful []BatchRange
	Failed     []BatchRange
}

// RunResult is how one node ran.
type RunResult struct {
	UniqueID string
	Status   Status
	// Timing holds the phases in the order they ran; empty for skipped nodes.
	Timing []Timing
	// ThreadID names the worker: "Thread-1".
	ThreadID string
	// ExecutionTime is the wall time of the whole node.
	ExecutionTime time.Duration
	// AdapterResponse is what the engine answered, such as _message, code and
	// rows_affected; values are string, bool, int, int64 or float64.
	AdapterResponse map[string]any
	// Message is the line for people: "OK", "INSERT 5", "Got 3 results, configured to fail if != 0"; "" is written as null.
	Message string
	// Failures is the number of failing rows of a test, nil for other nodes and for tests that did not run.
	Failures *int
	// Compiled says whether the node's SQL was compiled; nil for seeds, which have none.
	Compiled *bool
	// CompiledCode is the SQL without the materialization around it; "" is written as null.
	CompiledCode string
	// RelationName is the quoted full name of what was built; "" is written as null.
	RelationName string
	// BatchResults is nil except for microbatch models.
	BatchResults *BatchResults
}

// RunResults is run_results.json: what one invocation ran, in the order of completion.
type RunResults struct {
	Metadata Metadata
	Results  []RunResult
	// ElapsedTime is the wall time of the whole run.
	ElapsedTime time.Duration
	// Args are the invocation's flags by name; values are nil, bool, string,
	// int, int64, float64, []string, []any or map[string]any.
	Args map[string]any
}

// Metadata says who wrote an artifact, and when.
type Metadata struct {
	// SchemaVersion is the URL of the artifact's schema; writers set it themselves.
	SchemaVersion string
	// DbtVersion is the dbt whose format this is; "" is written as CompatibleVersion.
	DbtVersion   string
	GeneratedAt  time.Time
	InvocationID string
	// InvocationStartedAt is when the command began.
	InvocationStartedAt time.Time
	// Generator names the program that writes, "kith 0.1.0"; it is written into Env as GENERATOR.
	Generator string
	// Env holds the environment variables named DBT_ENV_CUSTOM_ENV_*, without that prefix.
	Env map[string]string
}
