// Package twin computes customer figures from a sales log by brute force, straight
// from their definitions in analytics/README.md. It shares no code and no SQL with
// the project that it checks, only the seeds, which are part of the definitions. It
// is written to be read and not to be fast.
package twin
