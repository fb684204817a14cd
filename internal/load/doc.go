// Package load reads files into the bronze tables of the warehouse.
//
// A file goes through three goroutines: one reads, decompresses and hashes, one
// cuts rows and converts values into columns, one writes the columns:
//
//	file -> blocks of bytes -> batches of up to 2048 rows -> bronze table
//	                       \-> rejects (row, column, value, reason)
//
// Every row of a file ends in its table or in bronze.rejects, and both, together
// with the file's line in bronze.loads, are written in one transaction: a file is
// loaded whole or not at all. A file whose content was loaded into the same table
// before adds nothing.
package load
