// Package compile turns templates into SQL. It knows what each name means where
// it stands: macros by dbt's rules of precedence, ref and source, config, this,
// the adapter.
//
//	Env (one command)
//	 |- Library     every macro, found by name and package, and dispatch
//	 |- ParseScope  first pass: records refs, sources, configs; nothing is executed
//	 |- Run         one node with a connection: Compile, then Materialize
//
// Parsing (package parse) and running (package run) both stand on it; it depends
// on neither.
package compile
