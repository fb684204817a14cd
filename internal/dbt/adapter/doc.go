// Package adapter is what a template sees of the warehouse: relations, columns,
// result tables and the `adapter` and `api` objects, with dbt's names.
//
//	template --> Object --> Adapter --> warehouse.Session
//	                |          |
//	                |          +--> Cache     which relations exist, one query a run
//	                +--> Macros               dispatch, and the macros behind drop_relation ...
//
// An Adapter owns one session and serves one node at a time. It opens a
// transaction when a statement asks for one (dbt's auto_begin) and keeps what it
// told the cache since then, so that Rollback takes back both:
//
//	idle --Execute(auto begin)--> open --Commit----> idle
//	                                |
//	                                +----Rollback--> idle, cache as before
//
// While a project is parsed there is no warehouse: NewParse gives an object of
// the same shape whose questions are answered with nothing.
package adapter
