package run

import (
	"context"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/graph"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
)

// Executor does the work of one node at a time. Each worker has one of its own,
// which owns one session of the warehouse; it need not be safe for concurrent use.
type Executor interface {
	// Run compiles a node and, unless it is ephemeral, executes it: materializes a
	// model, seed or snapshot, or counts the failures of a test. The outcome counts
	// also beside an error, for what was reached (the compiled SQL, the timing).
	// Errors should be *fault.Error with the place in the project's own file.
	// When ctx is done Run stops and gives a fault of code Cancelled.
	Run(ctx context.Context, node *manifest.Node) (Outcome, error)
	// RunHook compiles and executes one on-run-start or on-run-end operation.
	RunHook(ctx context.Context, hook *manifest.Node, with HookContext) (Outcome, error)
	// Close gives the session back.
	Close() error
}

// OpenExecutor makes the executor of one worker. It is called at most once a
// worker, and only when the worker has a node to run.
type OpenExecutor func(ctx context.Context) (Executor, error)

// Outcome is what executing a node gave.
type Outcome struct {
	// Message is the engine's short answer: "OK", "INSERT 1", "SELECT 5". Empty
	// for tests, whose message comes from the thresholds.
	Message string
	// Response is dbt's adapter_response: _message, code, rows_affected and what else the engine tells.
	Response map[string]any
	// Failures is the number that the test's fail_calc gave; nil for anything but a test.
	Failures *int
	// ShouldWarn and ShouldError are the test SQL's own verdicts on warn_if and
	// error_if. Nil leaves the comparison to this package, which knows the usual forms.
	ShouldWarn  *bool
	ShouldError *bool
	// Compiled says whether the node's SQL was compiled; nil for seeds, which have none.
	Compiled *bool
	// CompiledCode is the SQL without the materialization around it.
	CompiledCode string
	// CompiledPath is the file that holds CompiledCode, relative to the project; "" when none was written.
	CompiledPath string
	// RelationName is the quoted full name of the relation that the node became.
	RelationName string
	// Timing holds the phases "compile" and "execute", in the order they ran.
	Timing []artifact.Timing
	// NoOp says that there was nothing to do.
	NoOp bool
	// Status is how the node ended where that is the executor's to say: sources
	// and unit tests, microbatch models. "" is Success, or the thresholds' verdict.
	Status artifact.Status
	// Batches says how the batches of a microbatch model ended; nil for other nodes.
	Batches *artifact.BatchResults
}

// HookContext is what on-run-end hooks may ask of the run before them; it is
// empty for on-run-start.
type HookContext struct {
	// Results of the nodes, and of the hooks that failed.
	Results []Result
	// Schemas that successfully run models, seeds and snapshots are in, sorted.
	Schemas []string
	// DatabaseSchemas are those with their databases, sorted.
	DatabaseSchemas []DatabaseSchema
}

// DatabaseSchema names a schema in its database.
type DatabaseSchema struct{ Database, Schema string }

// Queue hands out the nodes of a selection in the order of their dependencies.
// The scheduler uses it from one goroutine; *graph.Queue is one.
type Queue interface {
	// Next gives a node whose parents have all ended; false when there is none at
	// the moment. A node that comes with BlockedBy cannot run, because that one failed.
	Next() (graph.Item, bool)
	// Done says that a node has ended well.
	Done(uniqueID string)
	// Fail says that a node has ended badly or was skipped: those below it come blocked.
	Fail(uniqueID string)
	// Left gives the number of nodes that Next has still to give.
	Left() int
}
