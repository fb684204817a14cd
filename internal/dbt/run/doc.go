// Package run executes a selection of a project's nodes in the order of their
// dependencies on a pool of workers, decides how tests ended, and says what
// happened as events and results. It knows dbt's rules about skipping and
// failing; it knows neither templates nor SQL: an Executor does the work of one node.
//
// A node's way through a run:
//
//	                  on-run-start hook failed, stopped, failed fast
//	waiting ------------------------------------------------------> skipped
//	   |  a node above it failed (or, in build, was skipped)           ^
//	   +---------------------------------------------------------------+
//	   | all nodes above it are done
//	   v
//	started --Executor.Run--> success | no-op                models, seeds, snapshots
//	                          pass | warn | fail             tests, by their thresholds
//	                          error                          the executor's error, a panic
//	                          error (cancelled)              the run was stopped meanwhile
//	                          skipped                        failed fast meanwhile
//
// Every node of the selection gets exactly one Result, also when the run is
// stopped, so that run_results.json is whole. Ephemeral models run like others,
// because their SQL must compile, but have a result only when they fail.
package run
