// Package parity checks Kith against dbt: the same project, the same commands,
// the same answers.
//
//	project --copy--> kith's folder --build, change, build--> facts --+
//	        \                                                         +--> compare
//	         +-copy--> dbt's folder  --build, change, build--> facts --+
//	                                                   \--> testdata/PROJECT.json
//
// The facts are what a run leaves behind: manifest, results, exit codes,
// relations with their types and rows, and what `ls` lists. They are read by a
// third process, this package's test, from the artifacts and the warehouse.
//
// dbt needs Python and is asked by `make parity` alone; its facts about the
// projects in test/projects are kept in testdata, so that `make test` compares
// without it.
//
// A project's parity.json says what is run and what may differ (see spec).
package parity
