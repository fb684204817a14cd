// Package manifest holds what a project is once it has been read: nodes,
// sources, exposures, macros, docs and the edges between them. It is the one
// set of types that parsing fills, selection and compiling read, running
// completes, and artifact writes down as manifest.json.
//
//	project files --parse--> Manifest --graph--> selection --compile/run--> results
//
// Free-form values (config, meta, test arguments) are template values
// (jinja.Value: nil, bool, int64, float64, string, *jinja.List, *jinja.Dict), so
// that templates read them without conversion. A Manifest is built by one
// goroutine and read by many; while nodes run, each node's compiled fields are
// written only by the worker that has the node.
package manifest
