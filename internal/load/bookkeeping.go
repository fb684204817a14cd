package load

// Bookkeeping gives the statements that make the schema of raw tables and the
// load's own tables where they are not there yet: for who fills raw tables without
// a file, and has to tell of it in bronze.loads all the same.
func Bookkeeping() []string {
	return []string{"CREATE SCHEMA IF NOT EXISTS " + bronze, createLoads, createRejects}
}
