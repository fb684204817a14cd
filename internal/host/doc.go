// Package host is the process that owns a warehouse: it lets one job write at a
// time, keeps what each did, and decides when what they wrote is shown.
//
//	job --write lane--> tables --(job ends)--> do they fit together?
//	                                             yes: the next version is published, all readers go over to it at once
//	                                             no:  readers stay with the version before; the state says what is missing
//
// Tables fit together when no model is unfinished: planned by a run, and failed,
// skipped or not reached since; nor any test has failed since it last passed. What
// is unfinished is written down before a run changes anything, so that a server that
// is killed finds it when it starts again. It then has nothing but the tables as
// they are, shows them, and says so.
package host
