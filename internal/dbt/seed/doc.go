// Package seed reads a project's CSV files: it checks them, infers the type of
// each column as dbt does, and gives the statement by which the engine loads
// them in one go.
//
// A file is read twice at most: once for its shape, row by row and in constant
// memory, and once more only when a template asks for the rows.
package seed
