// Package graph holds the directed acyclic graph of a project and what is asked
// of it: which nodes a selection names, and in what order they run.
//
//	manifest --Build--> Graph --Selector.Select--> ids --Graph.Queue--> Queue
//
// A Graph is immutable once built and may be read by many goroutines. Nodes are
// numbered in the order of their unique ids, so that every answer is
// deterministic; sets of nodes are bit sets, and every walk is linear in the
// nodes and edges it can reach.
package graph
