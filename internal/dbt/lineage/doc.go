// Package lineage tells which columns of its parents each column of a query is
// made from. It asks the engine's own binder, so that stars, USING, lateral
// aliases, correlated subqueries and whatever else SQL has are resolved by the
// program that will run the query, and not by a parser of ours:
//
//	parents' columns --Define--> empty tables of the same shape
//	                                 |
//	compiled SQL --json_serialize_plan--> bound plan --walk--> Result
//
// The tables stand in for the real ones in an engine of the tracer's own, which
// holds no rows and touches no warehouse. A parent that is a view is a table
// there, so that lineage stops at the parent and does not look through it.
//
// In the plan every reference is a position in the operator below. The walk
// carries, for each position, the set of parent columns behind it and how they
// are used; operators that it does not know make the whole answer unknown, with
// the reason. It never guesses.
//
// What decides which rows there are (filters, join conditions, groups, sorting
// under a limit) is kept apart from what the values are made from: see
// Result.Rows. A change of a parent column can change an output column only if
// the column stands in that output's From or in Rows.
package lineage
