// Package cli is Kith's command line: one file a command, which reads flags and
// calls one method of package app. It decides nothing else but what exit code an
// ending has:
//
//	0  everything went well
//	1  something failed: a node, a test, a load, the warehouse
//	2  the command was not understood, or the project cannot be read
//
// Flags of commands on projects have dbt's names, short forms and environment
// variables.
package cli
