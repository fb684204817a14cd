// Package app is the composition root: it wires the project, the warehouse and
// the runner together, and gives each command of Kith as one method that the
// command line, and tests, call.
//
//	New -> App --(first need)--> project: profile, files, manifest, graph
//	               \--(first need)--> warehouse: engine, lanes
//
// Nothing is opened before it is needed: listing a project never touches its
// warehouse. One App owns the warehouse for its process until Close.
package app
