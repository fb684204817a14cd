// Package profile looks at a table column by column: what is in it, how much of it is
// missing, repeated or malformed, and what is unusual.
//
//	Request -> count (one pass) -> plan -> one statement (two passes; a third for columns
//	           of very many values in large tables) -> figures -> rules -> Table
//
// The statement stands in sql/profile.sql. What it needs of the columns is put into it by
// statement.go: columns are called by their places, so that no name of theirs gets into
// the rest of it. The engine counts; which count is worth telling is decided here, by the
// rules in rule.go, each of which names who has described it.
//
// # What is exact
//
// All figures are exact for tables up to ExactRows. In larger ones, quartiles come from a
// t-digest, and of a column with more than about ExactValues different values the
// distinct ones are estimated: those are counted whose hash falls into one of m equal
// parts, and multiplied by m (Flajolet, On adaptive sampling, Computing 43, 1990). With D
// different values its standard error is sqrt((m-1)/D), which the answer tells. Rows
// are repeated when they have the same 64-bit hash: among ten million different rows,
// the chance that any two are taken for one is 3 in a million.
//
// # Personal data
//
// Of a column that is personal nothing is told but counts: no value, no range, no length,
// no mean. Neither is of a column that nobody marked, but in which mail addresses are.
package profile
